#include "base/log.h"
#include "base/num.h"
#include "base/sandbox.h"
#include "base/tm.h"
#include "cli/metrics.h"
#include "cli/serving.h"
#include "job/job.h"
#include "model/setting.h"
#include "page/app.h"
#include "service/oidc.h"
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { REACH_MAX = 64, DESCRIPTORS_MAX = 20480 };

/* The port behind the last ':' of an address, or `otherwise`. */
static int port_of(struct str address, int otherwise)
{
    int64_t port;
    while (str_find(address, ':') >= 0)
        str_cut(&address, ':');
    struct str digits = str_cut(&address, '/');
    return num_i64(digits, 0, 65535, &port) ? (int)port : otherwise;
}

/* The folder a path stands in. */
static const char *folder_of(struct arena *a, struct str path)
{
    size_t n = path.n;
    while (n && path.p[n - 1] != '/')
        n--;
    return n ? arena_cstr(a, (struct str){path.p, n}) : ".";
}

int serving_smtp_port(struct str url)
{
    return url.n ? port_of(url, str_starts(url, STR("smtps:")) ? 465 : 25) : 587;
}

/* What the lines to the database need: its own, and the one that listens. */
struct reach {
    const char *file[REACH_MAX];
    int port[REACH_MAX];
    size_t n_files, n_ports;
};
static enum err add_reach(struct cli *cli, struct reach *r, const char *url)
{
    const int *ports;
    const char *const *files;
    TRY(db_reaches(cli->a, url, &ports, &files));
    while (*ports && r->n_ports < REACH_MAX)
        r->port[r->n_ports++] = *ports++;
    while (*files && r->n_files < REACH_MAX)
        r->file[r->n_files++] = *files++;
    return OK;
}

/* What may be read outside the data folder: the files that the configuration and the database's url name, and the folder where the configuration
 * itself stands (the data folder may hold a link). Of a provider's key its folder: it is replaced by a new file when it is changed. */
static const char *const *readable(struct cli *cli, const struct reach *db)
{
    const struct conf *k = &cli->conf;
    size_t n = 0;
    const char **out = ARENA_ARRAY(cli->a, const char *, 5 + 2 * k->n_oidc + db->n_files);
    for (; n < db->n_files; n++)
        out[n] = db->file[n];
    out[n++] = cli->data;
    char *conf = realpath(cli->conf_path, NULL);
    if (conf)
        out[n++] = folder_of(cli->a, str_c(conf));
    free(conf);
    if (k->smtp_password_file.n)
        out[n++] = arena_cstr(cli->a, k->smtp_password_file);
    if (k->key_file.n)
        out[n++] = arena_cstr(cli->a, k->key_file);
    for (size_t i = 0; i < k->n_oidc; i++) {
        if (k->oidc[i].client_key_file.n)
            out[n++] = folder_of(cli->a, k->oidc[i].client_key_file);
        if (k->oidc[i].client_secret_file.n)
            out[n++] = folder_of(cli->a, k->oidc[i].client_secret_file);
    }
    return out;
}

/* Where the program may connect to: the database, names of hosts (53), the mail server, https, providers of logins at ports of their own. */
static const int *reachable(struct cli *cli, const struct reach *db)
{
    const struct conf *k = &cli->conf;
    size_t n = 0;
    int *out = ARENA_ARRAY(cli->a, int, 4 + k->n_oidc + db->n_ports);
    for (; n < db->n_ports; n++)
        out[n] = db->port[n];
    out[n++] = 53;
    out[n++] = serving_smtp_port(k->smtp_url);
    out[n++] = 443;
    for (size_t i = 0; i < k->n_oidc; i++) {
        struct str host = k->oidc[i].issuer, scheme = str_cut(&host, ':');
        (void)scheme;
        while (str_starts(host, STR("/")))
            host = (struct str){host.p + 1, host.n - 1};
        struct str where = str_cut(&host, '/');
        if (str_find(where, ':') >= 0)
            out[n++] = port_of(where, 443);
    }
    return out;
}

static const char *listen_url(struct cli *cli)
{
    return cli->conf.database_listen.n ? arena_cstr(cli->a, cli->conf.database_listen) : NULL;
}

/* Before the first thread: what serving does not need is given up for good. 0: done or switched off. */
static int enter_sandbox(struct cli *cli, bool off, struct str listen, bool *held)
{
    if (off || str_is(cli->conf.sandbox, "off")) {
        log_warn("serve", "the sandbox is switched off");
        return 0;
    }
    if (cli->conf.sandbox.n && !str_is(cli->conf.sandbox, "on"))
        return cli_fail("sandbox is on or off, not %.*s", STR_FMT(cli->conf.sandbox));
    if (!sandbox_fits()) {
        log_warn("serve", "no sandbox in a build with sanitizers");
        return 0;
    }
    const int listens[] = {port_of(listen, 8080), port_of(cli->conf.metrics, 0)};
    struct reach db = {0};
    const char *url = arena_cstr(cli->a, cli->db_url), *ear = listen_url(cli);
    if (add_reach(cli, &db, url) || (ear && add_reach(cli, &db, ear)))
        return cli_fail("the database's url cannot be read");
    const char *write[] = {cli->data, db_kind_of(url) == DB_SQLITE ? folder_of(cli->a, cli->db_url) : NULL, NULL};
    struct sandbox s = {.write = write, .read = readable(cli, &db), .connect = reachable(cli, &db), .listen = listens, .n_listen = COUNT(listens)};
    struct sandbox_got got;
    if (sandbox_enter(&s, &got) != OK)
        return cli_fail("the kernel refuses the sandbox; sandbox = off in springbrett.conf serves without one");
    *held = got.landlock > 0;
    if (!got.seccomp || !got.landlock)
        log_warn("serve", "the kernel has only a part of the sandbox", LOG_I("seccomp", got.seccomp), LOG_I("landlock", got.landlock));
    else
        log_info("serve", "sandbox", LOG_I("landlock", got.landlock));
    return 0;
}

static int read_demo(struct cli *cli, bool *demo)
{
    CLEANUP(db_closep) struct db *db = NULL;
    int rc = cli_open(cli, &db);
    if (rc)
        return rc;
    enum err e = setting_demo(db, cli->a, demo);
    return e ? cli_fail("cannot read the settings (%s)", err_name(e)) : 0;
}

static int check_roles(const struct cli *cli)
{
    unsigned bits;
    for (size_t i = 0; i < cli->conf.n_oidc; i++)
        if (oidc_roles(cli->conf.oidc[i].roles, &bits))
            return cli_fail("oidc.%.*s.roles names a role that there is not", STR_FMT(cli->conf.oidc[i].name));
    return 0;
}

static const char *cstr_or_null(struct arena *a, struct str s)
{
    return s.n ? arena_cstr(a, s) : NULL;
}

/* Each connection takes a descriptor: of what the system allows, as many as are ever used. */
static void want_descriptors(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) || files.rlim_cur >= DESCRIPTORS_MAX)
        return;
    files.rlim_cur = files.rlim_max < DESCRIPTORS_MAX ? files.rlim_max : DESCRIPTORS_MAX;
    if (setrlimit(RLIMIT_NOFILE, &files))
        log_warn("serve", "the limit of descriptors cannot be raised", LOG_I("limit", (int64_t)files.rlim_cur));
}

/* Memory that is free goes back to the machine. Left to itself the C library raises both limits with the largest piece that was ever freed, up to 32 and
 * 64 MB, and each of its arenas keeps so much: after some minutes of many people four times what is in use (tests/long/mixed). mallopt(3). */
static void give_memory_back(void)
{
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 20);
    mallopt(M_ARENA_MAX, 4);
}

static int start_app(struct serving *s, bool no_sandbox)
{
    struct cli *cli = s->cli;
    const struct conf *k = &cli->conf;
    bool demo = false;
    int rc = read_demo(cli, &demo);
    want_descriptors();
    give_memory_back();
    if (!rc)
        rc = check_roles(cli);
    struct str listen = k->listen.n ? k->listen : STR("127.0.0.1:8080");
    if (!rc)
        rc = enter_sandbox(cli, no_sandbox, listen, &s->held);
    if (rc)
        return rc;
    log_gather();
    struct app_conf conf = {.db_url = arena_cstr(cli->a, cli->db_url), .listen = arena_cstr(cli->a, listen), .demo = demo,
                            .base_url = cstr_or_null(cli->a, k->base_url), .trusted_proxy = cstr_or_null(cli->a, k->trusted_proxy),
                            .oidc = k->oidc, .n_oidc = k->n_oidc, .listen_url = listen_url(cli)};
    enum err e = app_start(&conf, &s->app);
    if (e)
        return cli_fail("cannot listen on %s (%s)", conf.listen, err_name(e));
    log_info("serve", "listening", LOG_I("port", app_port(s->app)), LOG_I("demo", demo));
    return 0;
}

static int start_jobs(struct serving *s)
{
    struct cli *cli = s->cli;
    const struct conf *k = &cli->conf;
    struct job_conf jc = {.db_url = arena_cstr(cli->a, cli->db_url), .servers = app_servers(s->app), .folder = cli->data, .smtp_url = k->smtp_url, .mail_from = k->mail_from,
                          .smtp_password_file = k->smtp_password_file,
                          .base_url = k->base_url.n ? k->base_url : arena_fmt(cli->a, "http://127.0.0.1:%d", app_port(s->app))};
    enum err e = jobs_start(&jc, app_writer(s->app), &s->jobs);
    return e ? cli_fail("cannot start the jobs (%s)", err_name(e)) : 0;
}

static int start_metrics(struct serving *s)
{
    struct cli *cli = s->cli;
    struct metrics_conf mc = {.listen = arena_cstr(cli->a, cli->conf.metrics), .db_url = arena_cstr(cli->a, cli->db_url), .data = cli->data,
                              .app = s->app, .jobs = s->jobs};
    if (!cli->conf.metrics.n)
        return 0;
    enum err e = metrics_start(&mc, &s->metrics);
    return e ? cli_fail("cannot listen on %s for metrics (%s)", mc.listen, err_name(e)) : 0;
}

static void say_where(const struct serving *s)
{
    struct str listen = s->cli->conf.listen.n ? s->cli->conf.listen : STR("127.0.0.1:8080");
    const char *host = arena_cstr(s->cli->a, listen), *metrics = arena_cstr(s->cli->a, s->cli->conf.metrics);
    printf("Springbrett serves on http://%.*s:%d\n", (int)(strrchr(host, ':') - host), host, app_port(s->app));
    if (s->metrics)
        printf("Metrics on http://%.*s:%d/metrics\n", (int)(strrchr(metrics, ':') - metrics), metrics, metrics_port(s->metrics));
    fflush(stdout);
}

/* Load balancers ask /readyz and send nothing more here; a second signal does not wait for them. */
static void wait_for_others(const struct serving *s, const sigset_t *signals)
{
    int64_t grace_s = 0;
    if (!num_i64(s->cli->conf.stop_grace, 0, CONF_GRACE_MAX_S, &grace_s) || !grace_s)
        return;
    int64_t until = tm_mono_ms() + grace_s * 1000, left;
    log_info("serve", "not ready any more, still serving", LOG_I("seconds", grace_s));
    while ((left = until - tm_mono_ms()) > 0) {
        int sig = sigtimedwait(signals, NULL, &(struct timespec){.tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000});
        if (sig == SIGTERM || sig == SIGINT)
            return;
    }
}

static void stop_all(struct serving *s)
{
    if (s->jobs)
        jobs_leave(s->jobs);
    if (s->app)
        app_close(s->app);
    metrics_stop(s->metrics);
    jobs_stop(s->jobs);
    app_stop(s->app);
    if (s->fresh)
        arena_free(s->fresh);
}

static void serve_until_told(struct serving *s, const sigset_t *signals)
{
    int sig = SIGHUP;
    while (sigwait(signals, &sig) != 0 || sig == SIGHUP)
        serving_reload(s);
    log_info("serve", "stopping", LOG_I("signal", sig));
    app_leave(s->app);
    wait_for_others(s, signals);
}

/* `springbrett serve`: opens, migrates, serves until SIGTERM or SIGINT, finishes what is under way. SIGHUP: reads the configuration again. */
int cli_serve(struct cli *cli)
{
    struct serving s = {.cli = cli};
    bool no_sandbox = cli_flag(cli, "--no-sandbox");
    const char *metrics = cli_option(cli, "--metrics");
    const char *wrong = metrics ? conf_set(&cli->conf, STR("metrics"), str_c(metrics)) : NULL;
    if (wrong || cli->argc)
        return wrong ? cli_usage(cli, "%s", wrong) : cli_usage(cli, "serve does not know %s", cli->argv[0]);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* all threads inherit this; sigwait takes them */
    signal(SIGPIPE, SIG_IGN);
    serving_log(&cli->conf);
    int rc = start_app(&s, no_sandbox);
    if (!rc)
        rc = start_jobs(&s);
    if (!rc)
        rc = start_metrics(&s);
    if (!rc) {
        say_where(&s);
        serve_until_told(&s, &signals);
        log_info("serve", "finishing what is under way");
    }
    stop_all(&s);
    if (!rc)
        log_info("serve", "stopped");
    log_gather_end();
    return rc;
}
