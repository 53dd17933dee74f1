#include "page/counts.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/prom.h"
#include "page/page.h"
#include <stdatomic.h>
#include <stdio.h>

enum { CLASSES = 6 }; /* 0: nothing was answered */
enum kind { PAGE, FORM, ASSET, OTHER, KINDS };
static const char *const kind_names[KINDS] = {"page", "form", "asset", "other"};

/* Upper ends in ms. From a page of 0.1 ms to the slowest matching. */
static const int ends_ms[] = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000};

struct tally {
    _Atomic int64_t n[CLASSES], us;
};
struct spread {
    _Atomic int64_t n[COUNT(ends_ms) + 1], us;
};

struct counts {
    struct arena *a;
    size_t n_routes;
    struct tally *route;     /* as routes[] */
    struct tally none[KINDS];/* what is no route's */
    struct spread spread[KINDS];
    _Atomic int64_t bytes, again, open;
};

struct counts *counts_new(void)
{
    struct arena *a = arena_new(1 << 20);
    struct counts *c = ARENA_NEW(a, struct counts);
    c->a = a;
    while (routes[c->n_routes].path)
        c->n_routes++;
    c->route = ARENA_ARRAY(a, struct tally, c->n_routes);
    return c;
}

void counts_free(struct counts *c)
{
    if (c)
        arena_free(c->a);
}

static void add(_Atomic int64_t *n, int64_t k)
{
    atomic_fetch_add_explicit(n, k, memory_order_relaxed);
}

static int64_t get(_Atomic int64_t *n)
{
    return atomic_load_explicit(n, memory_order_relaxed);
}

static const char *method_name(const struct req *r)
{
    return r->method == POST ? "POST" : r->method == METHOD_OTHER ? "other" : r->head ? "HEAD" : "GET";
}

/* Who asks for health every few seconds is heard at debug only, while it is well. */
static bool is_probe(const struct route *rt)
{
    return rt && (!strcmp(rt->path, "/healthz") || !strcmp(rt->path, "/readyz"));
}

static void line(const struct req *r, const char *pattern, const struct route *rt, const struct http_done *d)
{
    enum log_level level = is_probe(rt) && d->status == 200 ? LOG_DEBUG : LOG_INFO;
    const struct log_kv kv[] = {LOG_S("request", r->id), LOG_S("method", str_c(method_name(r))), LOG_S("route", str_c(pattern)),
                                LOG_I("status", d->status), LOG_I("us", d->us), LOG_I("bytes", d->bytes),
                                d->whole ? LOG_NONE_ : LOG_I("cut", 1)};
    log_line(level, "http", "request", kv, COUNT(kv));
}

void counts_done(struct counts *c, const struct req *r, const struct route *rt, bool asset, const struct http_done *d)
{
    enum kind kind = asset ? ASSET : !rt || is_probe(rt) ? OTHER : rt->method == POST ? FORM : PAGE;
    struct tally *t = rt ? &c->route[rt - routes] : &c->none[kind];
    size_t i = 0;
    while (i < COUNT(ends_ms) && d->us > ends_ms[i] * 1000)
        i++;
    add(&t->n[d->status / 100 % CLASSES], 1);
    add(&t->us, d->us);
    add(&c->spread[kind].n[i], 1);
    add(&c->spread[kind].us, d->us);
    add(&c->bytes, d->bytes);
    if (d->handled)
        add(&c->open, -1);
    line(r, rt ? rt->path : asset ? "/assets/:name" : d->handled ? "unknown" : "refused", rt, d);
}

void counts_begun(struct counts *c)
{
    add(&c->open, 1);
}

void counts_again(struct counts *c)
{
    add(&c->again, 1);
}

static void write_tally(struct buf *o, const char *method, const char *path, struct tally *t)
{
    static const char *const class_names[CLASSES] = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};
    for (int i = 0; i < CLASSES; i++)
        if (get(&t->n[i]))
            prom_sample(o, "springbrett_requests_total",
                        PROM_LABELS({"method", str_c(method)}, {"route", str_c(path)}, {"class", str_c(class_names[i])}), get(&t->n[i]));
}

static bool any(struct tally *t)
{
    for (int i = 0; i < CLASSES; i++)
        if (get(&t->n[i]))
            return true;
    return false;
}

static void write_spread(struct buf *o, const char *kind, struct spread *s)
{
    int64_t sum = 0;
    for (size_t i = 0; i <= COUNT(ends_ms); i++) {
        char end[24] = "+Inf";
        if (i < COUNT(ends_ms))
            snprintf(end, sizeof end, "%d.%03d", ends_ms[i] / 1000, ends_ms[i] % 1000);
        sum += get(&s->n[i]);
        prom_sample(o, "springbrett_request_seconds_bucket", PROM_LABELS({"kind", str_c(kind)}, {"le", str_c(end)}), sum);
    }
    prom_sample_us(o, "springbrett_request_seconds_sum", PROM_LABELS({"kind", str_c(kind)}), get(&s->us));
    prom_sample(o, "springbrett_request_seconds_count", PROM_LABELS({"kind", str_c(kind)}), sum);
}

/* Of each route its method's name: routes of one path may differ in it. */
static const char *route_method(const struct route *rt)
{
    return rt->method == POST ? "POST" : "GET";
}

void counts_write(struct counts *c, struct buf *o)
{
    prom_head(o, "springbrett_requests_total", PROM_COUNTER, "Requests by route and class of answer; none: nobody was there to answer.");
    for (size_t i = 0; i < c->n_routes; i++)
        write_tally(o, route_method(&routes[i]), routes[i].path, &c->route[i]);
    write_tally(o, "GET", "assets", &c->none[ASSET]);
    write_tally(o, "any", "none", &c->none[OTHER]);
    prom_head(o, "springbrett_route_seconds_total", PROM_COUNTER, "Time that requests of a route took, in all.");
    for (size_t i = 0; i < c->n_routes; i++)
        if (any(&c->route[i]))
            prom_sample_us(o, "springbrett_route_seconds_total",
                           PROM_LABELS({"method", str_c(route_method(&routes[i]))}, {"route", str_c(routes[i].path)}), get(&c->route[i].us));
    prom_head(o, "springbrett_request_seconds", PROM_HISTOGRAM, "How long requests took, from the headers to the last byte of the answer.");
    for (int i = 0; i < KINDS; i++)
        write_spread(o, kind_names[i], &c->spread[i]);
    prom_one(o, "springbrett_requests_open", PROM_GAUGE, "Requests under way.", get(&c->open));
    prom_one(o, "springbrett_answer_bytes_total", PROM_COUNTER, "Bytes of answers, without headers.", get(&c->bytes));
    prom_one(o, "springbrett_requests_again_total", PROM_COUNTER, "Requests begun again, for the database was busy.", get(&c->again));
}
