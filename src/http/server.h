/* server.h: what server.c (loops, sockets, stopping) and exchange.c (one request on libmicrohttpd) share. For http/ only.
 *
 * Everything of a loop belongs to its thread, except `mail`, which is under `lock`. An exchange whose handler said HTTP_LATER belongs
 * to whoever will call http_answer, until it is in `mail`. */
#pragma once
#include "http/http.h"
#include "http/peers.h"
#include "http/request.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

enum {
    HTTP_TARGET_MAX = 4096,
    HTTP_HEADERS_MAX = 100,
    HTTP_HEADER_BYTES = 8192,
    HTTP_UPLOAD_MS = 600000, /* more than HTTP_BODY_MAX allowed */
    HTTP_ANSWER_MS = 60000,  /* sending, and 1 s more for each 16 KiB */
    HTTP_DRAIN_MAX = 16 << 20,/* a refused body is read and dropped up to here, so that the refusal can be read */
    HTTP_STOP_MS = 4000,
};

struct conn {
    struct conn *prev, *next; /* of the loop, or of the free ones */
    int fd;
    int64_t deadline; /* monotonic ms; 0: none */
    struct exchange *x; /* the request under way */
    bool counted;
    bool served, shed; /* it had an answer; it was closed to make room */
    struct peer_key key;
    char peer[48];
};

enum phase {
    PHASE_HEAD,     /* only the first line was read */
    PHASE_BODY,
    PHASE_LATER,    /* the handler keeps it */
    PHASE_ANSWERED, /* resumed, to be sent */
    PHASE_SENT,
};

struct exchange {
    struct req r; /* first: a struct req of ours is its exchange */
    struct loop *loop;
    struct conn *conn;
    struct MHD_Connection *mhd;
    struct exchange *next; /* in mail, or of the free ones */
    enum phase phase;
    const char *raw_target; /* in the connection's memory, until PHASE_BODY */
    struct str target;
    enum body_kind kind;
    struct str boundary;
    struct buf in;
    size_t body_max, received;
    int refused; /* status, 0: none */
    bool handled;
    int64_t began_us, sent; /* sent: bytes of the body */
    bool orphan; /* the loop has ended; http_answer frees it */
    char peer[48], id[17];
};

struct loop {
    struct http_server *server;
    int index;
    struct arena *a;
    struct MHD_Daemon *daemon;
    int epoll_fd, wake_fd;
    pthread_t thread;
    struct conn *conns, *last_conn, *free_conns; /* newest first */
    size_t n_conns, n_shed, conns_max; /* n_shed: of n_conns, closed to make room and not yet gone */
    struct exchange *free_exchanges;
    size_t n_free, n_active;
    bool stopping;
    unsigned char random[512]; /* for request ids, drawn many at a time */
    size_t n_random;           /* left */
    pthread_mutex_t lock;
    struct exchange *mail; /* answered, newest first */
    size_t n_later;        /* taken by handlers and not yet out of mail, and 1 for the server itself */
    bool closed;           /* the thread is gone: the last holder frees the loop */
};

struct http_server {
    struct arena *a;
    struct http_conf conf;
    const char *trusted_proxy;
    struct peers peers;
    int port;
    int n_loops;
    struct loop **loop;
    atomic_bool stop;
};

/* exchange.c: libmicrohttpd's call-backs; cls is the loop. */
void *exchange_on_target(void *cls, const char *target, struct MHD_Connection *mhd);
enum MHD_Result exchange_on_request(void *cls, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
                                    const char *data, size_t *n, void **context);
void exchange_on_completed(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode why);
/* Frees what an exchange holds outside the loop's arena. */
void exchange_done(struct exchange *x);
/* refusal.c: the page for a request that never reaches the handler; `id` of the request. When there is no memory for it, the bare one without. */
void refusal_page(struct buf *o, int status, struct str id);
struct str refusal_bare(int status);
/* head.c: the checks of a request's first line and headers; fills r. 0, or the status to refuse with. *framed: the length of the body
 * is certain and small enough to read it away before a refusal. */
int head_read(struct exchange *x, const char *method, const char *version, bool *framed);
