/* Figures for the monitoring, and when a server is ready. */
#include "base/log.h"
#include "base/prom.h"
#include "page/counts.h"
#include "page/page.h"
#include "page/system/system.h"
#include "tests/test.h"

static bool has(const struct buf *o, const char *line)
{
    struct str rest = buf_view(o);
    while (rest.n)
        if (str_is(str_cut(&rest, '\n'), line))
            return true;
    printf("# missing: %s\n", line);
    return false;
}

static void t_format(void)
{
    struct buf o = {0};
    prom_head(&o, "a_total", PROM_COUNTER, "What.");
    prom_sample(&o, "a_total", PROM_LABELS({"k", STR("x\"y\\z\nå")}, {"l", STR("")}), -5);
    prom_one_us(&o, "b_seconds", PROM_GAUGE, "How long.", 1000001);
    CHECK_STR(buf_view(&o), "# HELP a_total What.\n# TYPE a_total counter\na_total{k=\"x\\\"y\\\\z\\nå\",l=\"\"} -5\n"
                            "# HELP b_seconds How long.\n# TYPE b_seconds gauge\nb_seconds 1.000001\n");
    buf_free(&o);
}

static const struct route *route(enum method m, const char *path)
{
    const struct route *rt = routes;
    while (rt->path && (rt->method != m || strcmp(rt->path, path) != 0))
        rt++;
    return rt->path ? rt : NULL;
}

static void t_counted(void)
{
    struct counts *c = counts_new();
    struct req r = {.method = GET, .id = STR("00000000000000fa")};
    struct buf o = {0};
    const struct route *page = route(GET, "/login"), *form = route(POST, "/login"), *probe = route(GET, "/readyz");
    log_set_level(LOG_ERROR);
    for (int i = 0; i < 6; i++)
        counts_begun(c);
    counts_done(c, &r, page, false, &(struct http_done){.handled = true, .whole = true, .status = 200, .us = 1000, .bytes = 10});
    counts_done(c, &r, page, false, &(struct http_done){.handled = true, .whole = true, .status = 404, .us = 1001, .bytes = 1});
    counts_done(c, &r, probe, false, &(struct http_done){.handled = true, .status = 503, .us = 7});
    counts_done(c, &r, NULL, true, &(struct http_done){.handled = true, .whole = true, .status = 200, .us = 20000000});
    r.method = POST;
    counts_done(c, &r, form, false, &(struct http_done){.handled = true, .whole = true, .status = 303, .us = 600000});
    counts_done(c, &r, NULL, false, &(struct http_done){0}); /* gone before its body was there */
    counts_again(c);
    log_set_level(LOG_INFO);
    counts_write(c, &o);
    CHECK(has(&o, "springbrett_requests_total{method=\"GET\",route=\"/login\",class=\"2xx\"} 1"));
    CHECK(has(&o, "springbrett_requests_total{method=\"GET\",route=\"/login\",class=\"4xx\"} 1"));
    CHECK(has(&o, "springbrett_requests_total{method=\"POST\",route=\"/login\",class=\"3xx\"} 1"));
    CHECK(has(&o, "springbrett_requests_total{method=\"GET\",route=\"/readyz\",class=\"5xx\"} 1"));
    CHECK(has(&o, "springbrett_requests_total{method=\"GET\",route=\"assets\",class=\"2xx\"} 1"));
    CHECK(has(&o, "springbrett_requests_total{method=\"any\",route=\"none\",class=\"none\"} 1"));
    CHECK(has(&o, "springbrett_route_seconds_total{method=\"GET\",route=\"/login\"} 0.002001"));
    /* a bucket holds its upper end, and what is below */
    CHECK(has(&o, "springbrett_request_seconds_bucket{kind=\"page\",le=\"0.001\"} 1"));
    CHECK(has(&o, "springbrett_request_seconds_bucket{kind=\"page\",le=\"0.002\"} 2"));
    CHECK(has(&o, "springbrett_request_seconds_bucket{kind=\"page\",le=\"+Inf\"} 2"));
    CHECK(has(&o, "springbrett_request_seconds_sum{kind=\"page\"} 0.002001"));
    CHECK(has(&o, "springbrett_request_seconds_bucket{kind=\"form\",le=\"0.500\"} 0"));
    CHECK(has(&o, "springbrett_request_seconds_bucket{kind=\"form\",le=\"1.000\"} 1"));
    CHECK(has(&o, "springbrett_request_seconds_bucket{kind=\"asset\",le=\"10.000\"} 0"));
    CHECK(has(&o, "springbrett_request_seconds_bucket{kind=\"asset\",le=\"+Inf\"} 1"));
    CHECK(has(&o, "springbrett_request_seconds_count{kind=\"other\"} 2"));
    CHECK(has(&o, "springbrett_answer_bytes_total 11"));
    CHECK(has(&o, "springbrett_requests_again_total 1"));
    CHECK(has(&o, "springbrett_requests_open 1"));
    buf_free(&o);
    counts_free(c);
}

/* However many addresses strangers ask for, there are no more series than routes have classes. */
static void t_bounded(void)
{
    struct counts *c = counts_new();
    struct req r = {.method = GET, .id = STR("00000000000000fa")};
    struct buf once = {0}, often = {0};
    size_t lines[2] = {0, 0};
    log_set_level(LOG_ERROR);
    for (int i = 0; i < 1000; i++) {
        struct buf path = {0};
        buf_fmt(&path, "/nothing/%d", i);
        r.path = buf_view(&path);
        counts_done(c, &r, NULL, false, &(struct http_done){.handled = true, .whole = true, .status = 404});
        if (i == 0)
            counts_write(c, &once);
        buf_free(&path);
    }
    log_set_level(LOG_INFO);
    counts_write(c, &often);
    for (size_t i = 0; i < once.n; i++)
        lines[0] += once.p[i] == '\n';
    for (size_t i = 0; i < often.n; i++)
        lines[1] += often.p[i] == '\n';
    CHECK_INT(lines[1], lines[0]);
    buf_free(&once);
    buf_free(&often);
    counts_free(c);
}

static void t_ready(void)
{
    static const struct {
        struct ready r;
        const char *why;
    } cases[] = {
        {{.reads = true}, NULL},
        {{.reads = true, .waiting = 5000, .busy_ms = 10000}, NULL},
        {{.reads = true, .waiting = 5001}, "too many changes wait"},
        {{.reads = true, .busy_ms = 10001}, "a change takes too long"},
        {{.reads = false}, "the database cannot be read"},
        {{.reads = true, .leaving = true}, "stopping"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK_STR(str_c(not_ready(&cases[i].r)), cases[i].why ? cases[i].why : "");
}

int main(void)
{
    t_format();
    t_counted();
    t_bounded();
    t_ready();
    return test_end();
}
