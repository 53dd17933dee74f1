/* server.c: sockets, loops and stopping.
 *
 * A loop sleeps in its own epoll set of two: libmicrohttpd's epoll descriptor and an eventfd for answers from other threads. The
 * daemons share one listening socket, so whichever loop is awake takes the next connection. */
#include "http/server.h"

#include "base/log.h"
#include "base/num.h"
#include "base/secret.h"
#include "base/tm.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

enum { SHED_AT_ONCE = 256, CONNECTIONS_MAX = 12288 };
enum { LOOPS_MAX = 8, TICK_MS = 1000, STOP_TICK_MS = 20, LOOP_ARENA = 256 << 20, CONN_MEMORY = 16384, LISTEN_QUEUE = 1024 };

static void wake(struct loop *l)
{
    uint64_t one = 1;
    if (write(l->wake_fd, &one, sizeof one) < 0 && errno != EAGAIN)
        log_bug("a loop cannot be woken");
}

/* ---- connections ---- */

static void peer_text(const struct sockaddr *addr, char out[48])
{
    struct peer_key k = peers_key(addr);
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    out[0] = '\0';
    if (memcmp(k.b, mapped, sizeof mapped) == 0) {
        inet_ntop(AF_INET, k.b + 12, out, 48);
    } else if (addr->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, addr, sizeof v6);
        inet_ntop(AF_INET6, &v6.sin6_addr, out, 48);
    }
}

static bool is_trusted(const struct http_server *s, const char *peer)
{
    return s->trusted_proxy && strcmp(peer, s->trusted_proxy) == 0;
}

static enum MHD_Result on_accept(void *cls, const struct sockaddr *addr, socklen_t n)
{
    struct loop *l = cls;
    char peer[48];
    (void)n;
    peer_text(addr, peer);
    if (is_trusted(l->server, peer) || peers_may(&l->server->peers, peers_key(addr)))
        return MHD_YES;
    log_peer("http", "too many connections from one address");
    return MHD_NO;
}

static enum err conn_new(void *arg)
{
    struct loop *l = arg;
    struct conn *c = ARENA_NEW(l->a, struct conn);
    c->next = l->free_conns;
    l->free_conns = c;
    return OK;
}

/* How soon a connection may be closed to make room; 0: not at all. Who never said anything goes first, then who does not come to an end with
 * the headers, then who had an answer and is silent since: a browser simply connects again. */
static int idleness(const struct conn *c)
{
    if (c->fd < 0 || c->shed)
        return 0;
    if (!c->x)
        return c->served ? 1 : 3;
    return c->x->phase == PHASE_HEAD ? 2 : 0;
}

/* Full: the oldest of the most idle make room, many at a time, so that the list is not read for each newcomer. So nobody keeps others out by
 * connections that say nothing. */
static void shed(struct loop *l, const struct conn *newest)
{
    size_t most = l->conns_max / 4 < SHED_AT_ONCE ? l->conns_max / 4 + 1 : SHED_AT_ONCE, n = 0;
    if (l->n_conns - l->n_shed <= l->conns_max)
        return;
    for (int idle = 3; idle > 0; idle--)
        for (struct conn *c = l->last_conn; c && n < most; c = c->prev)
            if (c != newest && idleness(c) == idle) {
                c->shed = true;
                shutdown(c->fd, SHUT_RDWR);
                n++;
            }
    l->n_shed += n;
    if (n)
        log_peer("http", "closed connections that say nothing, to make room");
}

/* Without memory *context stays NULL, and the connection is closed at its first line. */
static void conn_open(struct loop *l, struct MHD_Connection *mhd, void **context)
{
    if (!l->free_conns && arena_guard(conn_new, l))
        return;
    struct conn *c = l->free_conns;
    l->free_conns = c->next;
    *c = (struct conn){.fd = -1, .next = l->conns, .deadline = tm_mono_ms() + l->server->conf.head_timeout_s * 1000};
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info)
        c->fd = info->connect_fd;
    info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info && info->client_addr) {
        peer_text(info->client_addr, c->peer);
        c->key = peers_key(info->client_addr);
        c->counted = !is_trusted(l->server, c->peer) && peers_enter(&l->server->peers, c->key);
    }
    if (l->conns)
        l->conns->prev = c;
    else
        l->last_conn = c;
    l->conns = c;
    l->n_conns++;
    *context = c;
    shed(l, c);
}

static void conn_close(struct loop *l, struct conn *c)
{
    if (c->counted)
        peers_leave(&l->server->peers, c->key);
    if (c->prev)
        c->prev->next = c->next;
    else
        l->conns = c->next;
    if (c->next)
        c->next->prev = c->prev;
    else
        l->last_conn = c->prev;
    l->n_conns--;
    l->n_shed -= c->shed;
    c->next = l->free_conns;
    l->free_conns = c;
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode what)
{
    struct loop *l = cls;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        conn_open(l, mhd, context);
    } else if (*context) {
        conn_close(l, *context);
        *context = NULL;
    }
}

/* Has the client gone in the middle of a request? Where it had gone before it was let in, the library reads what it left and never asks for the
 * rest, and the connection would keep its descriptor until it is too late: when descriptors are short, for all others. */
static bool has_gone(const struct conn *c)
{
    char one;
    bool asking = !c->x || c->x->phase == PHASE_HEAD || c->x->phase == PHASE_BODY;
    return asking && recv(c->fd, &one, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* The library's time-out starts again with every byte; these do not. It sees the closed socket and cleans up. */
static void cut_late(struct loop *l, int64_t now)
{
    for (struct conn *c = l->conns; c; c = c->next) {
        bool late = c->deadline && c->deadline < now;
        if (c->fd < 0 || (!late && !has_gone(c)))
            continue;
        c->deadline = 0;
        shutdown(c->fd, SHUT_RDWR);
        if (late)
            log_peer("http", "cut a connection that was too slow");
    }
}

/* ---- answers from other threads ---- */

static void loop_free(struct loop *l)
{
    for (struct exchange *x = l->free_exchanges; x; x = x->next)
        exchange_done(x);
    close(l->epoll_fd);
    close(l->wake_fd);
    pthread_mutex_destroy(&l->lock);
    arena_free(l->a);
}

void http_answer(struct req *r)
{
    struct exchange *x = r->server;
    struct loop *l = x->loop;
    pthread_mutex_lock(&l->lock);
    if (!l->closed) {
        bool first = l->mail == NULL;
        x->next = l->mail;
        l->mail = x;
        if (first)
            wake(l); /* under the lock: afterwards the loop may be gone */
        pthread_mutex_unlock(&l->lock);
        return;
    }
    exchange_done(x); /* before it is counted: the exchange lies in the loop's memory, which the last one frees */
    bool last = --l->n_later == 0;
    pthread_mutex_unlock(&l->lock);
    if (last)
        loop_free(l);
}

static void read_mail(struct loop *l)
{
    pthread_mutex_lock(&l->lock);
    struct exchange *x = l->mail;
    l->mail = NULL;
    for (struct exchange *y = x; y; y = y->next)
        l->n_later--;
    pthread_mutex_unlock(&l->lock);
    while (x) {
        struct exchange *next = x->next;
        x->phase = PHASE_ANSWERED;
        MHD_resume_connection(x->mhd);
        x = next;
    }
}

/* ---- loops ---- */

static void loop_turn(struct loop *l, int most_ms)
{
    MHD_UNSIGNED_LONG_LONG wanted;
    struct epoll_event ev[2];
    int ms = most_ms;
    if (MHD_get_timeout(l->daemon, &wanted) == MHD_YES && wanted < (unsigned)ms)
        ms = (int)wanted;
    int n = epoll_wait(l->epoll_fd, ev, 2, ms);
    for (int i = 0; i < n; i++)
        if (ev[i].data.fd == l->wake_fd) {
            uint64_t count;
            if (read(l->wake_fd, &count, sizeof count) < 0 && errno != EAGAIN)
                log_bug("the wake-up cannot be read");
            read_mail(l);
        }
    MHD_run(l->daemon);
}

static void stop_listening(struct loop *l)
{
    MHD_socket fd = MHD_quiesce_daemon(l->daemon);
    if (fd != MHD_INVALID_SOCKET)
        close(fd);
    l->stopping = true;
    for (struct conn *c = l->conns; c; c = c->next)
        if (!c->x && c->fd >= 0)
            shutdown(c->fd, SHUT_RDWR);
}

/* What handlers still keep is theirs from now on: their connections are closed, http_answer frees them. */
static void loop_close(struct loop *l)
{
    read_mail(l);
    MHD_run(l->daemon); /* answers that came in the last moment get one chance to leave */
    pthread_mutex_lock(&l->lock);
    l->closed = true;
    for (struct exchange *x = l->mail; x; x = x->next) {
        x->phase = PHASE_SENT; /* too late to be sent, but not kept by anyone */
        l->n_later--;
        MHD_resume_connection(x->mhd);
    }
    for (struct conn *c = l->conns; c; c = c->next)
        if (c->x && c->x->phase == PHASE_LATER) {
            c->x->orphan = true;
            MHD_resume_connection(c->x->mhd);
        }
    l->mail = NULL;
    pthread_mutex_unlock(&l->lock);
    MHD_run(l->daemon);
    MHD_stop_daemon(l->daemon);
}

static void *loop_main(void *arg)
{
    struct loop *l = arg;
    int64_t next_cut = 0;
    while (!atomic_load(&l->server->stop)) {
        loop_turn(l, TICK_MS);
        int64_t now = tm_mono_ms();
        if (now >= next_cut) {
            cut_late(l, now);
            next_cut = now + TICK_MS;
        }
    }
    stop_listening(l);
    int64_t end = tm_mono_ms() + HTTP_STOP_MS;
    while (l->n_active > 0 && tm_mono_ms() < end)
        loop_turn(l, STOP_TICK_MS);
    loop_close(l);
    return NULL;
}

/* ---- start and stop ---- */

static bool parse_listen(struct str s, struct sockaddr_storage *addr, socklen_t *n)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    char host[64] = "";
    int64_t port;
    struct str h;
    if (s.n > 0 && s.p[0] == '[') {
        str_cut(&s, '[');
        h = str_cut(&s, ']');
        if (s.n == 0 || s.p[0] != ':')
            return false;
        str_cut(&s, ':');
    } else {
        h = str_cut(&s, ':');
    }
    if (h.n == 0 || h.n >= sizeof host || !num_i64(s, 0, 65535, &port))
        return false;
    memcpy(host, h.p, h.n);
    memset(addr, 0, sizeof *addr);
    if (inet_pton(AF_INET, host, &v4.sin_addr) == 1) {
        v4.sin_port = htons((uint16_t)port);
        memcpy(addr, &v4, *n = sizeof v4);
        return true;
    }
    v6.sin6_port = htons((uint16_t)port);
    if (inet_pton(AF_INET6, host, &v6.sin6_addr) != 1)
        return false;
    memcpy(addr, &v6, *n = sizeof v6);
    return true;
}

static enum err listen_on(const char *where, int *out, int *port)
{
    struct sockaddr_storage addr;
    socklen_t n;
    int yes = 1;
    if (!parse_listen(str_c(where), &addr, &n))
        return ERR_INVALID;
    int fd = socket(addr.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return ERR_INTERNAL;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&addr, n) || listen(fd, LISTEN_QUEUE) || getsockname(fd, (struct sockaddr *)&addr, &n)) {
        enum err e = errno == EADDRINUSE ? ERR_CONFLICT : errno == EACCES ? ERR_DENIED : ERR_INTERNAL;
        close(fd);
        return e;
    }
    in_port_t p;
    memcpy(&p, (char *)&addr + offsetof(struct sockaddr_in, sin_port), sizeof p); /* at the same place in both families */
    *port = ntohs(p);
    *out = fd;
    return OK;
}

static bool watch(int epoll_fd, int fd)
{
    struct epoll_event ev = {.events = EPOLLIN, .data.fd = fd};
    return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &ev) == 0;
}

static struct MHD_Daemon *start_daemon(struct loop *l, int listen_fd)
{
    const struct http_conf *c = &l->server->conf;
    unsigned most = (unsigned)((c->connections_max + l->server->n_loops - 1) / l->server->n_loops);
    l->conns_max = most;
    most += SHED_AT_ONCE; /* the library's own limit is not met while there is somebody to shed: it looks for newcomers again only at the next tick */
    return MHD_start_daemon(
        MHD_USE_EPOLL | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE, 0, on_accept, l, exchange_on_request, l, MHD_OPTION_LISTEN_SOCKET,
        listen_fd, MHD_OPTION_URI_LOG_CALLBACK, exchange_on_target, l, MHD_OPTION_NOTIFY_COMPLETED, exchange_on_completed, l,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, l, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_LIMIT, most,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)c->idle_timeout_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONN_MEMORY,
        MHD_OPTION_END);
}

static enum err loop_start(struct http_server *s, int index, int listen_fd, struct loop **out)
{
    struct arena *a = arena_new(LOOP_ARENA);
    struct loop *l = ARENA_NEW(a, struct loop);
    *l = (struct loop){.server = s, .index = index, .a = a, .n_later = 1};
    pthread_mutex_init(&l->lock, NULL);
    l->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    l->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int own = fcntl(listen_fd, F_DUPFD_CLOEXEC, 0); /* each daemon closes its own */
    l->daemon = own >= 0 ? start_daemon(l, own) : NULL;
    if (!l->daemon) {
        if (own >= 0)
            close(own);
        loop_free(l);
        return ERR_INTERNAL;
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(l->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    if (!info || !watch(l->epoll_fd, info->epoll_fd) || !watch(l->epoll_fd, l->wake_fd) ||
        pthread_create(&l->thread, NULL, loop_main, l)) {
        MHD_stop_daemon(l->daemon);
        loop_free(l);
        return ERR_INTERNAL;
    }
    *out = l;
    return OK;
}

/* As many as the limit of descriptors leaves, when a quarter of them is for everything else. */
static int connections_fit(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) || files.rlim_cur / 4 * 3 >= CONNECTIONS_MAX)
        return CONNECTIONS_MAX;
    return (int)(files.rlim_cur / 4 * 3);
}

static void use_defaults(struct http_conf *c)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (c->loops <= 0)
        c->loops = cores < 1 ? 1 : (int)cores;
    if (c->loops > LOOPS_MAX)
        c->loops = LOOPS_MAX;
    if (c->connections_max <= 0)
        c->connections_max = connections_fit();
    if (c->per_address_max <= 0)
        c->per_address_max = 512;
    if (c->idle_timeout_s <= 0)
        c->idle_timeout_s = 30;
    if (c->head_timeout_s <= 0)
        c->head_timeout_s = 30;
}

static enum err start_loops(struct http_server *s, int fd)
{
    sigset_t all, before;
    enum err e = OK;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* signals are the main thread's */
    s->n_loops = s->conf.loops;
    s->loop = ARENA_ARRAY(s->a, struct loop *, (size_t)s->n_loops);
    for (int i = 0; i < s->n_loops && !e; i++)
        e = loop_start(s, i, fd, &s->loop[i]);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return e;
}

enum err http_start(const struct http_conf *conf, struct http_server **out)
{
    struct http_conf c = *conf;
    int fd, port;
    use_defaults(&c);
    TRY(listen_on(c.listen, &fd, &port));
    struct arena *a = arena_new(LOOP_ARENA);
    struct http_server *s = ARENA_NEW(a, struct http_server);
    s->a = a;
    s->conf = c;
    s->port = port;
    s->trusted_proxy = c.trusted_proxy ? arena_cstr(a, str_c(c.trusted_proxy)) : NULL;
    peers_init(&s->peers, a, (size_t)c.connections_max + (size_t)c.loops * (SHED_AT_ONCE + 1), c.per_address_max);
    if (c.bound)
        c.bound(c.user, port);
    enum err e = start_loops(s, fd);
    close(fd);
    if (e) {
        http_stop(s);
        return e;
    }
    *out = s;
    return OK;
}

int http_port(const struct http_server *s)
{
    return s->port;
}

void http_stop(struct http_server *s)
{
    if (!s)
        return;
    atomic_store(&s->stop, true);
    for (int i = 0; i < s->n_loops; i++)
        if (s->loop[i])
            wake(s->loop[i]);
    for (int i = 0; i < s->n_loops; i++) {
        struct loop *l = s->loop[i];
        if (!l)
            continue;
        pthread_join(l->thread, NULL);
        pthread_mutex_lock(&l->lock);
        bool last = --l->n_later == 0;
        pthread_mutex_unlock(&l->lock);
        if (last)
            loop_free(l);
    }
    peers_done(&s->peers);
    arena_free(s->a);
}
