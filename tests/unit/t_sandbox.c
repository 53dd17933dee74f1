/* The sandbox from inside: a child gives its rights up and tries what it must no longer be able to; another without it shows that the same
 * tries work otherwise. Children end by _exit, for nothing of theirs may be looked at on the way out. */
#include "base/sandbox.h"
#include "tests/test.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/sandbox-XXXXXX", outside[] = "/tmp/outside-XXXXXX", path[64];
static int port_ok, port_other, listening_ok, listening_other;

static bool writes(const char *p)
{
    int fd = open(p, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    bool done = fd >= 0 && write(fd, "x", 1) == 1;
    if (fd >= 0)
        close(fd);
    return done;
}
static bool reads(const char *p)
{
    int fd = open(p, O_RDONLY | O_CLOEXEC);
    char c;
    bool done = fd >= 0 && read(fd, &c, 1) >= 0;
    if (fd >= 0)
        close(fd);
    return done;
}
static bool in_folder(void)
{
    char two[80];
    snprintf(two, sizeof two, "%s.new", path);
    return writes(path) && reads(path) && rename(path, two) == 0 && unlink(two) == 0;
}
static bool write_outside(void) { return writes(outside); }
static bool read_passwd(void) { return reads("/etc/passwd"); }
static bool write_passwd(void)
{
    int fd = open("/etc/passwd", O_WRONLY | O_APPEND | O_CLOEXEC); /* opened only, nothing is written */
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}
static bool read_fonts(void) { return reads("/etc/nsswitch.conf") || reads("/etc/hosts"); }
static bool connects(int port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    bool done = fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
    if (fd >= 0)
        close(fd);
    return done;
}
static bool connect_ok(void) { return connects(port_ok); }
static bool connect_other(void) { return connects(port_other); }
static bool runs_program(void)
{
    /* the child of the child becomes another program; with vfork's flags nothing is copied */
    pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (pid < 0)
        return false;
    if (pid == 0) {
        execl("/bin/true", "true", (char *)NULL);
        _exit(7);
    }
    int st;
    return waitpid(pid, &st, 0) == pid && WIFEXITED(st) && WEXITSTATUS(st) == 0;
}
static bool becomes_program(void)
{
    execl("/nonexistent/program", "program", (char *)NULL); /* ENOENT: the call was made; EPERM: it was refused */
    return errno == ENOENT;
}
static bool traces(void) { return ptrace(PTRACE_TRACEME, 0, 0, 0) == 0; }
static bool raw_socket(void)
{
    int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    bool done = fd >= 0 || errno != EPERM;
    if (fd >= 0)
        close(fd);
    return done;
}
static bool new_space(void) { return unshare(CLONE_NEWUSER) == 0 || errno == ENOSPC; }
static bool written_and_run(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        return false;
    munmap(p, 4096);
    return true;
}
static bool kills_others(void) { return kill(getppid(), 0) == 0; }
static bool reads_others(void)
{
    char b[8], *p = b;
    struct { void *at; size_t n; } to = {p, 1}, from = {p, 1};
    return syscall(SYS_process_vm_readv, getppid(), &to, 1, &from, 1, 0) != -1 || errno != EPERM;
}
static bool new_rights(void) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0; }
static void *thread(void *arg)
{
    *(int *)arg = 1;
    return NULL;
}
static bool threads(void)
{
    pthread_t t;
    int seen = 0;
    return pthread_create(&t, NULL, thread, &seen) == 0 && pthread_join(t, NULL) == 0 && seen;
}
static bool thread_is_bound(void);
static bool names(void)
{
    struct addrinfo hint = {.ai_socktype = SOCK_STREAM}, *got = NULL;
    bool done = getaddrinfo("localhost", "25", &hint, &got) == 0;
    if (done)
        freeaddrinfo(got);
    return done;
}
static void *thread_tries(void *arg)
{
    *(int *)arg = written_and_run() ? 2 : 1;
    return NULL;
}
static bool thread_is_bound(void) /* true: a thread started later can do what its maker gave up */
{
    pthread_t t;
    int got = 0;
    return pthread_create(&t, NULL, thread_tries, &got) == 0 && pthread_join(t, NULL) == 0 && got == 2;
}

/* `needs`: the kernel's part that refuses it; 0: it works inside too. */
enum { NOTHING, CALLS, FILES, PORTS };
static const struct {
    const char *what;
    bool (*works)(void);
    int needs;
} tries[] = {
    {"files in the own folder are made, read, renamed, removed", in_folder, NOTHING},
    {"hosts can be read", read_fonts, NOTHING},
    {"a name is looked up", names, NOTHING},
    {"a thread is started", threads, NOTHING},
    {"a connection to the named port", connect_ok, NOTHING},
    {"a connection to another port", connect_other, PORTS},
    {"a file outside is written", write_outside, FILES},
    {"/etc/passwd is read", read_passwd, FILES},
    {"/etc/passwd is opened to write", write_passwd, FILES},
    {"another program is started", runs_program, CALLS},
    {"it becomes another program", becomes_program, CALLS},
    {"memory is written and run", written_and_run, CALLS},
    {"a thread's memory is written and run", thread_is_bound, CALLS},
    {"another process is asked", kills_others, CALLS},
    {"another process is read", reads_others, CALLS},
    {"a raw socket", raw_socket, CALLS},
    {"a new space of users", new_space, CALLS},
    {"it may gain new rights", new_rights, CALLS},
    {"it is traced", traces, CALLS},
};

struct report {
    struct sandbox_got got;
    enum err e;
    bool works[COUNT(tries)];
};

static struct report in_child(bool with)
{
    struct report r = {.e = ERR_INTERNAL};
    int p[2];
    if (pipe(p))
        return r;
    fflush(stdout); /* or the child may say it again */
    pid_t pid = fork();
    if (pid == 0) {
        const char *write_to[] = {folder, NULL};
        const int ports[] = {port_ok, 0};
        struct sandbox s = {.write = write_to, .read = NULL, .connect = ports, .listen = (const int[]){0}, .n_listen = 1};
        r.e = with ? sandbox_enter(&s, &r.got) : OK;
        for (size_t i = 0; i < COUNT(tries) && !r.e; i++)
            r.works[i] = tries[i].works();
        ssize_t n = write(p[1], &r, sizeof r);
        _exit(n == (ssize_t)sizeof r ? 0 : 1);
    }
    close(p[1]);
    if (read(p[0], &r, sizeof r) != (ssize_t)sizeof r)
        r.e = ERR_INTERNAL;
    close(p[0]);
    int st;
    waitpid(pid, &st, 0);
    return r;
}

static int listens(int *port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, n) || listen(fd, 8) || getsockname(fd, (struct sockaddr *)&at, &n))
        return -1;
    *port = ntohs(at.sin_port);
    return fd;
}

/* The thread sanitizer has a thread of its own. */
#if defined(__SANITIZE_THREAD__)
enum { ALONE = false };
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
enum { ALONE = false };
#else
enum { ALONE = true };
#endif
#else
enum { ALONE = true };
#endif

int main(void)
{
    CHECK(mkdtemp(folder) != NULL);
    int fd = mkstemp(outside);
    CHECK(fd >= 0);
    close(fd);
    snprintf(path, sizeof path, "%s/file", folder);
    listening_ok = listens(&port_ok);
    listening_other = listens(&port_other);
    CHECK(listening_ok >= 0 && listening_other >= 0);

    struct report without = in_child(false), with = in_child(true);
    CHECK_ERR(without.e, OK);
    CHECK_ERR(with.e, OK);
    printf("# seccomp %d, landlock %d\n", with.got.seccomp, with.got.landlock);
    CHECK(with.got.seccomp);
    bool root = geteuid() == 0;
    for (size_t i = 0; i < COUNT(tries); i++) {
        bool held = tries[i].needs == CALLS ? with.got.seccomp : tries[i].needs == FILES ? with.got.landlock > 0
                    : tries[i].needs == PORTS ? with.got.landlock >= 4 : false;
        bool needs_root = tries[i].works == write_passwd;
        printf("# %s: without %d, within %d\n", tries[i].what, without.works[i], with.works[i]);
        bool needs_alone = tries[i].works == new_space; /* the kernel gives none to a process of several threads */
        if ((root || !needs_root) && (ALONE || !needs_alone))
            CHECK(without.works[i]); /* the control: it is no accident that it fails inside */
        CHECK_INT(with.works[i], !held && without.works[i]);
    }
    close(listening_ok);
    close(listening_other);
    unlink(outside);
    unlink(path);
    rmdir(folder);
    return test_end();
}
