/* exchange.c: one request on libmicrohttpd, from its first line to the last byte of its answer. */
#include "http/server.h"

#include "base/log.h"
#include "base/secret.h"
#include "base/tm.h"

#include <fcntl.h>
#include <unistd.h>

enum { KEEP_BUFFER = 256 << 10, KEEP_ARENAS = 64 };

static void wish_deadline(struct exchange *x, int64_t ms)
{
    x->conn->deadline = tm_mono_ms() + ms;
}

static void buf_rest(struct buf *b)
{
    if (b->cap > KEEP_BUFFER)
        buf_free(b);
    buf_clear(b);
}

void exchange_done(struct exchange *x)
{
    arena_free(x->r.a);
    buf_free(&x->r.body);
    buf_free(&x->in);
    x->r.a = NULL;
}

static struct exchange *take(struct loop *l, struct conn *c)
{
    struct exchange *x = l->free_exchanges;
    if (!x)
        x = ARENA_NEW(l->a, struct exchange);
    struct arena *a = x->r.a ? x->r.a : arena_new(HTTP_REQUEST_ARENA); /* before anything changes: there may be no memory for it */
    struct buf in = x->in, body = x->r.body;
    if (x == l->free_exchanges) {
        l->free_exchanges = x->next;
        l->n_free--;
    }
    *x = (struct exchange){.loop = l, .conn = c, .in = in};
    x->r = (struct req){.a = a, .body = body, .status = 200, .server = x};
    x->r.type = "text/html; charset=utf-8";
    l->n_active++;
    return x;
}

static void give_back(struct exchange *x)
{
    struct loop *l = x->loop;
    x->conn->x = NULL;
    x->conn->served = true;
    l->n_active--;
    if (x->orphan)
        return;
    if (l->n_free >= KEEP_ARENAS) {
        exchange_done(x);
    } else {
        arena_clear(x->r.a);
        buf_rest(&x->in);
        buf_rest(&x->r.body);
        x->r.body.max = 0;
    }
    x->next = l->free_exchanges;
    l->free_exchanges = x;
    l->n_free++;
}

struct beginning {
    struct loop *loop;
    struct conn *conn;
    const char *target;
    struct exchange *x;
};
static enum err begin(void *arg)
{
    struct beginning *b = arg;
    struct exchange *x = take(b->loop, b->conn);
    b->conn->x = x;
    b->x = x;
    x->target = arena_str(x->r.a, str_c(b->target)); /* libmicrohttpd decodes it in place after this */
    return OK;
}

/* NULL: the connection is closed without an answer. */
void *exchange_on_target(void *cls, const char *target, struct MHD_Connection *mhd)
{
    struct loop *l = cls;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct conn *c = info ? info->socket_context : NULL;
    struct beginning b = {l, c, target, NULL};
    if (!c)
        return NULL;
    if (arena_guard(begin, &b)) {
        if (b.x)
            give_back(b.x);
        return NULL;
    }
    struct exchange *x = b.x;
    int64_t latest = tm_mono_ms() + l->server->conf.head_timeout_s * 1000;
    if (c->deadline == 0 || c->deadline > latest)
        c->deadline = latest;
    x->mhd = mhd;
    x->raw_target = target;
    return x;
}

void exchange_on_completed(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode why)
{
    struct loop *l = cls;
    struct exchange *x = *context;
    (void)mhd;
    *context = NULL;
    if (!x)
        return;
    const struct http_conf *conf = &l->server->conf;
    if (conf->done && x->began_us && !x->orphan)
        conf->done(conf->user, &x->r, &(struct http_done){.handled = x->handled, .whole = why == MHD_REQUEST_TERMINATED_COMPLETED_OK,
                                                          .status = x->phase == PHASE_SENT ? x->r.status : 0,
                                                          .us = tm_mono_us() - x->began_us, .bytes = x->sent});
    x->conn->deadline = tm_mono_ms() + (conf->idle_timeout_s + conf->head_timeout_s) * 1000;
    give_back(x);
}

static void set_id(struct exchange *x)
{
    static const char hex[] = "0123456789abcdef";
    enum { N = 8 };
    struct loop *l = x->loop;
    if (l->n_random < N) {
        secret_random(l->random, sizeof l->random);
        l->n_random = sizeof l->random;
    }
    l->n_random -= N;
    const unsigned char *b = l->random + l->n_random;
    for (size_t i = 0; i < N; i++) {
        x->id[2 * i] = hex[b[i] >> 4];
        x->id[2 * i + 1] = hex[b[i] & 15];
    }
    x->id[16] = '\0';
    x->r.id = (struct str){x->id, 16};
}

static void head_add(struct req *r, struct str name, struct str value)
{
    r->out[r->n_out++] = (struct pair){name, value};
}

/* Needs no memory, for it may be refused for want of it. */
static void refuse(struct exchange *x, int status)
{
    struct req *r = &x->r;
    r->status = status;
    r->type = "text/html; charset=utf-8";
    r->n_out = 0;
    refusal_page(&r->body, status, r->id);
    r->static_body = r->body.bad ? refusal_bare(status) : (struct str){0};
    if (r->body.bad)
        buf_clear(&r->body);
    head_add(r, STR("Content-Security-Policy"), STR("default-src 'none'; frame-ancestors 'none'"));
    head_add(r, STR("X-Content-Type-Options"), STR("nosniff"));
    head_add(r, STR("Referrer-Policy"), STR("same-origin"));
    head_add(r, STR("Cross-Origin-Resource-Policy"), STR("same-origin"));
    head_add(r, STR("Cache-Control"), STR("no-store"));
    if (status == 405)
        head_add(r, STR("Allow"), STR("GET, HEAD, POST"));
    if (x->refused)
        head_add(r, STR("Connection"), STR("close"));
}

static struct MHD_Response *make_response(struct req *r, size_t *n)
{
    struct str body = r->static_body.n > 0 ? r->static_body : buf_view(&r->body);
    *n = body.n;
    /* PERSISTENT: it reads the bytes only, which live until the exchange is given back */
    struct MHD_Response *resp = MHD_create_response_from_buffer(body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
    if (resp && r->type && body.n > 0 && MHD_add_response_header(resp, "Content-Type", r->type) != MHD_YES)
        log_bug("a content type was not taken");
    for (size_t i = 0; resp && i < r->n_out; i++)
        if (MHD_add_response_header(resp, r->out[i].k.p, r->out[i].v.p) != MHD_YES)
            log_bug("a response header was not taken");
    if (resp && MHD_add_response_header(resp, "X-Request-Id", r->id.p) != MHD_YES)
        log_bug("a response header was not taken");
    /* whoever came by TLS once shall not be led to a page without it */
    if (resp && r->secure && MHD_add_response_header(resp, "Strict-Transport-Security", "max-age=31536000") != MHD_YES)
        log_bug("a response header was not taken");
    return resp;
}

/* The library keeps its own descriptor and memory for the connection until it is told to close: it is told at once, and the new owner
 * has a descriptor of its own. */
static void on_upgrade(void *cls, struct MHD_Connection *mhd, void *context, const char *early, size_t n, MHD_socket sock,
                       struct MHD_UpgradeResponseHandle *handle)
{
    struct exchange *x = cls;
    (void)mhd, (void)context;
    int fd = fcntl(sock, F_DUPFD_CLOEXEC, 0);
    if (fd >= 0)
        x->r.upgrade(x->r.upgrade_arg, fd, (struct bytes){(const uint8_t *)early, n});
    else
        log_warn("http", "no descriptor is left for an upgraded connection");
    if (MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE) != MHD_YES)
        log_bug("an upgraded connection cannot be given up");
}

static enum MHD_Result send_upgrade(struct exchange *x)
{
    struct req *r = &x->r;
    struct MHD_Response *resp = MHD_create_response_for_upgrade(on_upgrade, x);
    if (!resp)
        return MHD_NO;
    for (size_t i = 0; i < r->n_out; i++)
        if (MHD_add_response_header(resp, r->out[i].k.p, r->out[i].v.p) != MHD_YES)
            log_bug("a response header was not taken");
    wish_deadline(x, HTTP_ANSWER_MS);
    x->phase = PHASE_SENT;
    enum MHD_Result queued = MHD_queue_response(x->mhd, MHD_HTTP_SWITCHING_PROTOCOLS, resp);
    MHD_destroy_response(resp);
    return queued;
}

/* In PHASE_HEAD this closes the connection after the answer; the body is not read. */
static enum MHD_Result send_answer(struct exchange *x)
{
    struct req *r = &x->r;
    if (r->status == 101 && r->upgrade)
        return x->loop->stopping ? MHD_NO : send_upgrade(x);
    if (r->body.bad || r->status < 200 || r->status > 599) {
        log_bug("an answer over its limit or without a status");
        refuse(x, 500);
    }
    if (x->loop->stopping && r->n_out < COUNT(r->out) && !x->refused)
        res_header(r, "Connection", STR("close"));
    size_t n;
    struct MHD_Response *resp = make_response(r, &n);
    if (!resp)
        return MHD_NO;
    wish_deadline(x, HTTP_ANSWER_MS + (int64_t)(n / 16));
    x->sent = r->head ? 0 : (int64_t)n;
    x->phase = PHASE_SENT;
    enum MHD_Result queued = MHD_queue_response(x->mhd, (unsigned)r->status, resp);
    MHD_destroy_response(resp);
    return queued;
}

/* What may run out of memory (arena_guard) between the library's call and its return, for it must not be left by another way. */
struct step {
    struct exchange *x;
    const char *method, *version;
    bool framed;
    int status;
    enum http_when when;
};

static enum err read_head(void *arg)
{
    struct step *s = arg;
    s->status = head_read(s->x, s->method, s->version, &s->framed);
    return OK;
}

static enum MHD_Result on_head(struct exchange *x, const char *method, const char *version)
{
    struct step s = {.x = x, .method = method, .version = version};
    struct req *r = &x->r;
    memcpy(x->peer, x->conn->peer, sizeof x->peer);
    r->peer = str_c(x->peer);
    set_id(x);
    r->now = tm_now();
    x->began_us = tm_mono_us();
    x->refused = arena_guard(read_head, &s) ? 503 : s.status;
    x->raw_target = NULL;
    if (x->refused) {
        log_peer("http", "refused a request");
        refuse(x, x->refused);
        bool waits = req_header(r, "expect").n > 0; /* it has not sent the body, so there is nothing to read away */
        if (!s.framed || waits)
            return send_answer(x);
    }
    x->phase = PHASE_BODY;
    x->in.max = x->body_max + 1;
    wish_deadline(x, x->body_max > HTTP_BODY_MAX ? HTTP_UPLOAD_MS : x->loop->server->conf.head_timeout_s * 1000);
    return MHD_YES;
}

static enum MHD_Result on_data(struct exchange *x, const char *data, size_t n)
{
    x->received += n;
    if (!x->refused && x->received > x->body_max) { /* chunked; one with a length was refused before */
        x->refused = 413;
        refuse(x, 413);
        buf_free(&x->in);
    }
    if (x->refused)
        return x->received > x->body_max + HTTP_DRAIN_MAX ? MHD_NO : MHD_YES;
    buf_add(&x->in, data, n);
    return MHD_YES;
}

static int status_of(enum err e)
{
    return e == ERR_LIMIT ? 413 : e == ERR_BUSY || e == ERR_INTERNAL ? 503 : 400;
}

static void count_later(struct loop *l, int n)
{
    pthread_mutex_lock(&l->lock);
    l->n_later += (size_t)n;
    pthread_mutex_unlock(&l->lock);
}

static enum err read_body(void *arg)
{
    struct exchange *x = ((struct step *)arg)->x;
    return x->in.bad ? ERR_BUSY : request_body(&x->r, x->kind, x->boundary, buf_view(&x->in));
}

static enum err handle(void *arg)
{
    struct step *s = arg;
    struct loop *l = s->x->loop;
    s->when = l->server->conf.handle(l->server->conf.user, l->index, &s->x->r);
    return OK;
}

static enum MHD_Result on_whole(struct exchange *x)
{
    struct loop *l = x->loop;
    struct step s = {.x = x};
    if (!x->refused && x->r.method == POST) {
        enum err e = arena_guard(read_body, &s);
        if (e) {
            log_peer("http", "refused a form");
            refuse(x, status_of(e));
            return send_answer(x);
        }
    }
    if (x->refused)
        return send_answer(x);
    x->conn->deadline = 0; /* our own time now */
    x->phase = PHASE_LATER; /* before the call: another thread may answer at once */
    x->handled = true;
    count_later(l, 1);
    if (arena_guard(handle, &s)) /* only before it has given the request to anybody else */
        refuse(x, 503);
    if (s.when == HTTP_NOW) {
        count_later(l, -1);
        return send_answer(x);
    }
    MHD_suspend_connection(x->mhd);
    return MHD_YES;
}

enum MHD_Result exchange_on_request(void *cls, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
                                    const char *data, size_t *n, void **context)
{
    struct exchange *x = *context;
    (void)cls, (void)mhd, (void)url;
    if (!x)
        return MHD_NO;
    switch (x->phase) {
    case PHASE_HEAD:
        return on_head(x, method, version);
    case PHASE_BODY:
        if (*n > 0) {
            size_t got = *n;
            *n = 0;
            return on_data(x, data, got);
        }
        return on_whole(x);
    case PHASE_ANSWERED:
        return send_answer(x);
    case PHASE_LATER: /* resumed without an answer: the server stops */
    case PHASE_SENT:
        break;
    }
    return MHD_NO;
}
