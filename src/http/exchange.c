/* exchange.c: one request on libmicrohttpd, from its first line to the last byte of its answer. */
#include "http/server.h"

#include "base/log.h"
#include "base/secret.h"
#include "base/tm.h"

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
    struct arena *a;
    struct buf in, body;
    if (x) {
        l->free_exchanges = x->next;
        l->n_free--;
        a = x->r.a;
        in = x->in;
        body = x->r.body;
    } else {
        x = ARENA_NEW(l->a, struct exchange);
        a = NULL;
        in = body = (struct buf){0};
    }
    *x = (struct exchange){.loop = l, .conn = c, .in = in};
    x->r = (struct req){.a = a ? a : arena_new(HTTP_REQUEST_ARENA), .body = body, .status = 200, .server = x};
    x->r.type = "text/html; charset=utf-8";
    l->n_active++;
    c->x = x;
    return x;
}

static void give_back(struct exchange *x)
{
    struct loop *l = x->loop;
    x->conn->x = NULL;
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

void *exchange_on_target(void *cls, const char *target, struct MHD_Connection *mhd)
{
    struct loop *l = cls;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct conn *c = info ? info->socket_context : NULL;
    if (!c)
        return NULL;
    struct exchange *x = take(l, c);
    int64_t latest = tm_mono_ms() + l->server->conf.head_timeout_s * 1000;
    if (c->deadline == 0 || c->deadline > latest)
        c->deadline = latest;
    x->mhd = mhd;
    x->raw_target = target;
    x->target = arena_str(x->r.a, str_c(target)); /* libmicrohttpd decodes it in place after this */
    return x;
}

void exchange_on_completed(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode why)
{
    struct loop *l = cls;
    struct exchange *x = *context;
    (void)mhd, (void)why;
    *context = NULL;
    if (!x)
        return;
    const struct http_conf *conf = &l->server->conf;
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

static void refuse(struct exchange *x, int status)
{
    struct req *r = &x->r;
    r->status = status;
    r->type = "text/html; charset=utf-8";
    r->n_out = 0;
    r->static_body = refusal_page(status);
    res_header(r, "Content-Security-Policy", STR("default-src 'none'; frame-ancestors 'none'"));
    res_header(r, "X-Content-Type-Options", STR("nosniff"));
    res_header(r, "Referrer-Policy", STR("same-origin"));
    res_header(r, "Cross-Origin-Resource-Policy", STR("same-origin"));
    res_header(r, "Cache-Control", STR("no-store"));
    if (status == 405)
        res_header(r, "Allow", STR("GET, HEAD, POST"));
    if (x->refused)
        res_header(r, "Connection", STR("close"));
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
    return resp;
}

/* In PHASE_HEAD this closes the connection after the answer; the body is not read. */
static enum MHD_Result send_answer(struct exchange *x)
{
    struct req *r = &x->r;
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
    x->phase = PHASE_SENT;
    enum MHD_Result queued = MHD_queue_response(x->mhd, (unsigned)r->status, resp);
    MHD_destroy_response(resp);
    return queued;
}

static enum MHD_Result on_head(struct exchange *x, const char *method, const char *version)
{
    bool framed;
    struct req *r = &x->r;
    memcpy(x->peer, x->conn->peer, sizeof x->peer);
    r->peer = str_c(x->peer);
    set_id(x);
    r->now = tm_now();
    x->refused = head_read(x, method, version, &framed);
    x->raw_target = NULL;
    if (x->refused) {
        log_peer("http", "refused a request");
        refuse(x, x->refused);
        bool waits = req_header(r, "expect").n > 0; /* it has not sent the body, so there is nothing to read away */
        if (!framed || waits)
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
    return e == ERR_LIMIT ? 413 : 400;
}

static void count_later(struct loop *l, int n)
{
    pthread_mutex_lock(&l->lock);
    l->n_later += (size_t)n;
    pthread_mutex_unlock(&l->lock);
}

static enum MHD_Result on_whole(struct exchange *x)
{
    struct loop *l = x->loop;
    const struct http_conf *conf = &l->server->conf;
    if (!x->refused && x->r.method == POST) {
        enum err e = request_body(&x->r, x->kind, x->boundary, buf_view(&x->in));
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
    count_later(l, 1);
    if (conf->handle(conf->user, l->index, &x->r) == HTTP_NOW) {
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
