#include "base/log.h"
#include "base/tm.h"
#include "cli/cli.h"
#include "job/job.h"
#include "model/setting.h"
#include "page/app.h"
#include <signal.h>
#include <stdio.h>

/* `springbrett serve`: opens, migrates, serves until SIGTERM or SIGINT, finishes what is under way. */
int cli_serve(struct cli *cli)
{
    if (cli->argc)
        return cli_usage(cli, "serve does not know %s", cli->argv[0]);
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, NULL); /* all threads inherit this; sigwait below takes them */
    signal(SIGPIPE, SIG_IGN);

    struct db *db = NULL;
    int rc = cli_open(cli, &db);
    if (rc)
        return rc;
    bool demo = false;
    enum err e = setting_demo(db, cli->a, &demo);
    db_close(db);
    if (e)
        return cli_fail("cannot read the settings (%s)", err_name(e));

    struct str listen = cli->conf.listen.n ? cli->conf.listen : STR("127.0.0.1:8080");
    struct app_conf conf = {.db_url = arena_cstr(cli->a, cli->db_url), .listen = arena_cstr(cli->a, listen), .demo = demo,
                            .base_url = cli->conf.base_url.n ? arena_cstr(cli->a, cli->conf.base_url) : NULL,
                            .trusted_proxy = cli->conf.trusted_proxy.n ? arena_cstr(cli->a, cli->conf.trusted_proxy) : NULL};
    struct app *app = NULL;
    e = app_start(&conf, &app);
    if (e)
        return cli_fail("cannot listen on %s (%s)", conf.listen, err_name(e));
    struct job_conf jc = {.db_url = conf.db_url, .smtp_url = cli->conf.smtp_url, .mail_from = cli->conf.mail_from,
                          .smtp_password_file = cli->conf.smtp_password_file};
    struct jobs *jobs = NULL;
    e = jobs_start(&jc, app_writer(app), &jobs);
    if (e) {
        app_stop(app);
        return cli_fail("cannot start the jobs (%s)", err_name(e));
    }
    log_info("serve", "listening", LOG_I("port", app_port(app)), LOG_I("demo", demo));
    printf("Springbrett serves on http://%.*s:%d\n", (int)(strrchr(conf.listen, ':') - conf.listen), conf.listen, app_port(app));
    fflush(stdout);

    int sig;
    sigwait(&stop, &sig);
    log_info("serve", "stopping", LOG_I("signal", sig));
    jobs_stop(jobs);
    app_stop(app);
    return 0;
}
