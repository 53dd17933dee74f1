#include "base/sandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- system calls */

/* Everything serve was seen to make, and their siblings that other versions of the C library use instead. */
static const char *const allowed[] = {
    "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2", "pwritev2", "close", "close_range", "lseek",
    "open", "openat", "fcntl", "dup", "dup2", "dup3", "pipe", "pipe2", "sendfile", "copy_file_range", "fadvise64", "readahead",
    "stat", "fstat", "lstat", "newfstatat", "statx", "statfs", "fstatfs", "access", "faccessat", "faccessat2", "readlink", "readlinkat",
    "getdents64", "getcwd", "umask", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat",
    "ftruncate", "fallocate", "fsync", "fdatasync", "sync_file_range", "fchmod", "fchown", "flock", "utimensat",
    "munmap", "mremap", "madvise", "brk", "msync", "mlock", "mlock2", "munlock", "mincore", "membarrier",
    "futex", "futex_waitv", "set_robust_list", "get_robust_list", "rseq", "set_tid_address", "exit", "exit_group", "restart_syscall",
    "sched_yield", "sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_get_priority_max", "sched_get_priority_min",
    "nanosleep", "clock_nanosleep", "clock_gettime", "clock_getres", "gettimeofday", "time", "times", "getrusage",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "rt_sigpending", "rt_sigsuspend", "sigaltstack", "pause",
    "gettid", "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid", "getpgrp", "getpgid", "getgroups",
    "uname", "sysinfo", "getrandom", "getcpu",
    "bind", "listen", "accept", "accept4", "connect", "getsockname", "getpeername", "getsockopt", "setsockopt", "shutdown",
    "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg", "poll", "ppoll", "select", "pselect6",
    "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2", "eventfd2", "timerfd_create", "timerfd_settime",
};

static int allow(scmp_filter_ctx f, const char *name, unsigned n, const struct scmp_arg_cmp *arg)
{
    int nr = seccomp_syscall_resolve_name(name);
    if (nr == __NR_SCMP_ERROR)
        return 0; /* this library does not know it, so nothing here was built to call it */
    return seccomp_rule_add_array(f, SCMP_ACT_ALLOW, nr, n, arg);
}

/* Calls whose arguments decide. */
static int allow_some(scmp_filter_ctx f)
{
    enum { WX = PROT_WRITE | PROT_EXEC, THREAD = 0x00010000 /* CLONE_THREAD */ };
    static const int domains[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};
    static const unsigned ioctls[] = {FIONREAD, FIONBIO, FIOCLEX, 0x5401 /* TCGETS */, 0x5413 /* TIOCGWINSZ */};
    static const int prctls[] = {PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, 0x53564d41 /* PR_SET_VMA */};
    int bad = 0;
    /* memory is written or run, never both */
    for (int prot = 0; prot < 3; prot++) {
        const unsigned long want[] = {0, PROT_WRITE, PROT_EXEC};
        struct scmp_arg_cmp a = SCMP_A2(SCMP_CMP_MASKED_EQ, WX, want[prot]);
        bad |= allow(f, "mmap", 1, &a) | allow(f, "mmap2", 1, &a) | allow(f, "mprotect", 1, &a);
    }
    for (size_t i = 0; i < COUNT(domains); i++) {
        struct scmp_arg_cmp a = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)domains[i]);
        bad |= allow(f, "socket", 1, &a);
    }
    for (size_t i = 0; i < COUNT(ioctls); i++) {
        struct scmp_arg_cmp a = SCMP_A1(SCMP_CMP_EQ, ioctls[i]);
        bad |= allow(f, "ioctl", 1, &a);
    }
    for (size_t i = 0; i < COUNT(prctls); i++) {
        struct scmp_arg_cmp a = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)prctls[i]);
        bad |= allow(f, "prctl", 1, &a);
    }
    struct scmp_arg_cmp pair = SCMP_A0(SCMP_CMP_EQ, AF_UNIX), self = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()),
                        thread = SCMP_A0(SCMP_CMP_MASKED_EQ, THREAD, THREAD), ask = SCMP_A2(SCMP_CMP_EQ, 0);
    bad |= allow(f, "socketpair", 1, &pair) | allow(f, "tgkill", 1, &self) | allow(f, "kill", 1, &self) | allow(f, "clone", 1, &thread);
    bad |= allow(f, "prlimit64", 1, &ask);
    /* clone3 hides its flags behind a pointer; told that there is none, the C library takes clone */
    return bad | seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

static enum err filter_calls(void)
{
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!f)
        return ERR_DENIED;
    int bad = seccomp_attr_set(f, SCMP_FLTATR_CTL_TSYNC, 1);
    seccomp_attr_set(f, SCMP_FLTATR_CTL_LOG, 1); /* since Linux 4.14 */
    seccomp_attr_set(f, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    for (size_t i = 0; i < COUNT(allowed); i++)
        bad |= allow(f, allowed[i], 0, NULL);
    bad |= allow_some(f);
    bad = bad ? bad : seccomp_load(f);
    seccomp_release(f);
    return bad ? ERR_DENIED : OK;
}

/* ---- files and ports: <linux/landlock.h> of Debian 12 is older than ports, so its numbers stand here */

enum {
    FS_EXECUTE = 1 << 0, FS_WRITE = 1 << 1, FS_READ = 1 << 2, FS_LIST = 1 << 3, FS_REMOVE_DIR = 1 << 4, FS_REMOVE = 1 << 5,
    FS_MAKE_DIR = 1 << 7, FS_MAKE = 1 << 8, FS_TRUNCATE = 1 << 14,
    FS_V1 = (1 << 13) - 1, FS_V2 = 1 << 13, FS_V3 = FS_TRUNCATE, FS_V5 = 1 << 15,
    FILE_ONLY = FS_WRITE | FS_READ | FS_TRUNCATE, /* what a file that is no folder can be allowed */
    NET_BIND = 1, NET_CONNECT = 2, SCOPED = 3, /* no abstract sockets, no signals to others */
    BENEATH = 1, PORT = 2
};
struct ll_rules { uint64_t fs, net, scoped; };
struct ll_beneath { uint64_t allow; int32_t fd; } __attribute__((packed));
struct ll_port { uint64_t allow, port; };

/* The system's own: fonts, certificates, how names of hosts are looked up, the clock's zones, libraries that a look-up loads. */
static const char *const system_read[] = {
    "/usr/share", "/usr/local/share/fonts", "/usr/local/share/ca-certificates", "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/fonts", "/etc/ssl",
    "/etc/ca-certificates", "/etc/gnutls", "/etc/pkcs11", "/etc/resolv.conf", "/run/systemd/resolve", "/run/resolvconf", "/run/NetworkManager",
    "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/gai.conf", "/etc/services", "/etc/protocols", "/etc/localtime", "/etc/timezone",
    "/etc/ld.so.cache", "/var/cache/fontconfig", "/dev/urandom", "/dev/random", "/proc/self", "/proc/sys/vm/overcommit_memory", "/proc/meminfo",
    "/sys/devices/system/cpu", "/sys/fs/cgroup", NULL};
static const char *const system_write[] = {"/dev/null", NULL};

static enum err beneath(int rules, const char *path, uint64_t rights)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return OK;
    struct stat st;
    struct ll_beneath r = {rights, fd};
    bool bad = fstat(fd, &st) != 0;
    if (!bad && !S_ISDIR(st.st_mode))
        r.allow &= FILE_ONLY;
    bad = bad || syscall(SYS_landlock_add_rule, rules, BENEATH, &r, 0) != 0;
    close(fd);
    return bad ? ERR_DENIED : OK;
}

static enum err paths(int rules, const struct sandbox *s, uint64_t handled)
{
    const uint64_t read = FS_READ | FS_LIST;
    const uint64_t write = read | ((FS_WRITE | FS_TRUNCATE | FS_MAKE | FS_REMOVE | FS_MAKE_DIR | FS_REMOVE_DIR) & handled);
    const struct { const char *const *list; uint64_t rights; } all[] = {
        {system_read, read}, {system_write, write & FILE_ONLY}, {s->read, read}, {s->write, write}};
    for (size_t i = 0; i < COUNT(all); i++)
        for (const char *const *p = all[i].list; p && *p; p++)
            TRY(beneath(rules, *p, all[i].rights));
    return OK;
}

static enum err ports(int rules, const struct sandbox *s)
{
    for (size_t i = 0; i < s->n_listen; i++) {
        struct ll_port own = {NET_BIND, (uint64_t)s->listen[i]};
        if (syscall(SYS_landlock_add_rule, rules, PORT, &own, 0))
            return ERR_DENIED;
    }
    for (const int *p = s->connect; p && *p; p++) {
        struct ll_port r = {NET_CONNECT, (uint64_t)*p};
        if (syscall(SYS_landlock_add_rule, rules, PORT, &r, 0))
            return ERR_DENIED;
    }
    return OK;
}

static enum err close_files(const struct sandbox *s, int *version)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* LANDLOCK_CREATE_RULESET_VERSION */);
    if (abi < 1)
        return OK; /* not in this kernel, or switched off */
    struct ll_rules r = {.fs = FS_V1 | (abi >= 2 ? FS_V2 : 0) | (abi >= 3 ? FS_V3 : 0) | (abi >= 5 ? FS_V5 : 0),
                         .net = abi >= 4 ? NET_BIND | NET_CONNECT : 0, .scoped = abi >= 6 ? SCOPED : 0};
    size_t size = abi >= 6 ? sizeof r : abi >= 4 ? offsetof(struct ll_rules, scoped) : offsetof(struct ll_rules, net);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &r, size, 0);
    if (rules < 0)
        return ERR_DENIED;
    enum err e = paths(rules, s, r.fs);
    if (!e && abi >= 4)
        e = ports(rules, s);
    if (!e && syscall(SYS_landlock_restrict_self, rules, 0))
        e = ERR_DENIED;
    close(rules);
    *version = e ? 0 : (int)abi;
    return e;
}

/* ---- */

enum err sandbox_enter(const struct sandbox *s, struct sandbox_got *got)
{
    struct sandbox_got g = {0};
    struct rlimit none = {0, 0};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) || setrlimit(RLIMIT_CORE, &none))
        return ERR_DENIED;
    TRY(close_files(s, &g.landlock));
    if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0) { /* EINVAL: a kernel without */
        TRY(filter_calls());
        g.seccomp = true;
    }
    *got = g;
    return OK;
}

bool sandbox_fits(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return false;
#else
    return true;
#endif
#else
    return true;
#endif
}
