/* http.h: one request and its answer, and the server that carries them (GNU libmicrohttpd, external epoll, one daemon a core).
 *
 * The server reads and bounds a request, fills struct req and calls the handler on a loop thread. The handler answers at once by
 * returning HTTP_NOW, or keeps the request, returns HTTP_LATER, and calls http_answer(r) from any thread when the answer is there.
 * Nothing here knows databases or sessions. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

enum method { GET, POST, METHOD_OTHER }; /* HEAD arrives as GET with `head` set */

struct pair {
    struct str k, v;
};
struct upload { /* one file of a multipart form */
    struct str name, filename, data;
};

enum {
    HTTP_PATH_MAX = 1024,
    HTTP_FIELDS_MAX = 512,
    HTTP_BODY_MAX = 1 << 20,          /* ordinary forms: 1 MiB */
    HTTP_UPLOAD_MAX = 64 << 20,       /* routes with .upload */
    HTTP_REQUEST_ARENA = 512 << 20,   /* ceiling; ordinary requests use some tens of kB */
};

struct req {
    struct arena *a; /* gone after the answer is sent */
    enum method method;
    bool head, old; /* old: HTTP/1.0, which knows no upgrade */
    struct str path;   /* decoded, valid UTF-8, no NUL, starts with / */
    struct str target; /* path and query as sent */
    struct pair *query, *form, *cookie, *header;
    size_t n_query, n_form, n_cookie, n_header;
    struct upload *file;
    size_t n_file;
    struct str peer; /* address of the connection, or of X-Forwarded-For's last hop when the peer is a trusted proxy */
    bool secure;     /* came by TLS to the proxy (X-Forwarded-Proto from a trusted one) */
    int64_t now;     /* ms UTC, once per request */
    struct str id;   /* request id for the log, 16 hex digits; every answer has it as X-Request-Id */
    struct pair var[4]; /* :name pieces of the route */

    /* the answer */
    int status;
    struct buf body;
    const char *type;      /* "text/html; charset=utf-8" unless set */
    struct pair out[24];   /* further headers */
    size_t n_out;
    struct str static_body; /* instead of body: bytes that live as long as the program */
    /* With status 101: the socket is given away after the headers. Called once on the loop's thread, or never when the client is gone
     * before; `early` is what it sent already, valid during the call. */
    void (*upgrade)(void *arg, int fd, struct bytes early);
    void *upgrade_arg; /* lives as long as the request */

    void *app;    /* the handler's */
    void *server; /* the server's */
};

/* The last of a name wins never: the first is taken, as browsers send them. Empty string when absent. */
struct str req_query(const struct req *r, const char *name);
struct str req_field(const struct req *r, const char *name);
struct str req_cookie(const struct req *r, const char *name);
struct str req_header(const struct req *r, const char *name); /* any case */
struct str req_var(const struct req *r, const char *name);
const struct upload *req_file(const struct req *r, const char *name); /* NULL when absent or empty */
void res_header(struct req *r, const char *name, struct str value); /* CR, LF and control characters are our bug: aborts */
void res_redirect(struct req *r, struct str location);              /* 303; a path of ours */
void res_cookie(struct req *r, const char *name, struct str value, int64_t max_age_s, bool secure);

/* What became of a request. */
struct http_done {
    bool handled; /* the handler was called; else the server refused it, or the client went before it was whole */
    bool whole;   /* the answer was taken to its last byte */
    int status;   /* 0: nothing was answered */
    int64_t us;   /* from the headers to the end */
    int64_t bytes;/* of the answer's body */
};

enum http_when { HTTP_NOW, HTTP_LATER };
struct http_server;
struct http_conf {
    const char *listen;       /* "127.0.0.1:8080", "[::1]:0"; port 0 takes a free one */
    int loops;                /* 0: one per core, at most 8 */
    int connections_max;      /* 0: 12,288, fewer where the limit of descriptors is low. When full, idle ones make room */
    int per_address_max;      /* 0: 512 */
    int idle_timeout_s;       /* 0: 30 */
    int head_timeout_s;       /* 0: 30; for all headers, and again for an ordinary body, however busy the client is */
    const char *trusted_proxy;/* address whose X-Forwarded-* count; NULL: none */
    enum http_when (*handle)(void *user, int loop, struct req *r);
    /* Called when headers are there, before the body is read: the ceiling for it, or 0 to refuse a body. */
    size_t (*body_max)(void *user, const struct req *r);
    /* Last, on the loop's thread, while r still stands; may be NULL. Not for what a stop cuts off. */
    void (*done)(void *user, const struct req *r, const struct http_done *d);
    void *user;
    void (*bound)(void *user, int port); /* before the first request; may be NULL */
};
enum err http_start(const struct http_conf *conf, struct http_server **out) MUST_CHECK;
int http_port(const struct http_server *s);
/* Stops listening, finishes what is under way (at most 5 s), frees. */
void http_stop(struct http_server *s);
void http_answer(struct req *r); /* after HTTP_LATER; r is not the caller's any more */

/* Pieces of the above that tests and fuzzers call directly. */
/* application/x-www-form-urlencoded. ERR_INVALID: broken %xx or not UTF-8 or a NUL; ERR_LIMIT: over HTTP_FIELDS_MAX. */
enum err http_parse_form(struct arena *a, struct str body, struct pair **out, size_t *n) MUST_CHECK;
enum err http_parse_multipart(struct arena *a, struct str body, struct str boundary, struct pair **out, size_t *n,
                              struct upload **files, size_t *n_files) MUST_CHECK;
enum err http_parse_cookies(struct arena *a, struct str header, struct pair **out, size_t *n) MUST_CHECK;
/* Percent-decoding of a path; ERR_INVALID as above, also for "//", "/../" and "/./". */
enum err http_parse_path(struct arena *a, struct str raw, struct str *out) MUST_CHECK;
/* A request made without a socket, for tests in process: fills r as the server would. */
enum err http_fake(struct arena *a, const char *method, const char *target, const char *cookie, const char *form, struct req *r) MUST_CHECK;
