#include "cli/serving.h"
#include "base/log.h"
#include "job/job.h"

void serving_log(const struct conf *conf)
{
    enum log_format f = LOG_TEXT;
    enum log_level l = LOG_INFO;
    if (conf->log.n)
        log_format_of(conf->log, &f);
    if (conf->log_level.n)
        log_level_of(conf->log_level, &l);
    log_set_format(f);
    log_set_level(l);
}

static void say_key(void *arg, const char *key, bool reload)
{
    int *n = arg;
    ++*n;
    if (reload)
        log_info("serve", "configuration taken", LOG_S("key", str_c(key)));
    else
        log_warn("serve", "configuration changed, but this wants a restart", LOG_S("key", str_c(key)));
}

/* Mail goes another way from now on, if it can. */
static enum err take_mail(const struct serving *s, const struct conf *fresh)
{
    const struct conf *now = &s->cli->file;
    struct job_conf jc = {.smtp_url = fresh->smtp_url, .smtp_password_file = now->smtp_password_file, .mail_from = fresh->mail_from};
    if (s->held && fresh->smtp_url.n && serving_smtp_port(fresh->smtp_url) != serving_smtp_port(s->cli->conf.smtp_url)) {
        log_error("serve", "configuration not taken, the old one holds: another port of the mail server wants a restart");
        return ERR_STATE;
    }
    enum err e = jobs_mail(s->jobs, &jc);
    if (e)
        log_error("serve", "configuration not taken, the old one holds: mail_from is missing or no address");
    return e;
}

void serving_reload(struct serving *s)
{
    char why[512] = "";
    struct conf fresh;
    struct cli *cli = s->cli;
    struct arena *a = arena_new(1 << 20);
    int n = 0;
    if (conf_read(a, cli->conf_path, &fresh, why, sizeof why) != OK) {
        log_error("serve", "configuration not taken, the old one holds", LOG_S("why", str_c(why)));
        arena_free(a);
        return;
    }
    if (take_mail(s, &fresh)) {
        arena_free(a);
        return;
    }
    conf_compare(&cli->file, &fresh, say_key, &n);
    conf_take(&cli->file, &fresh);
    conf_take(&cli->conf, &fresh);
    serving_log(&cli->conf);
    if (!n)
        log_info("serve", "configuration read again: nothing has changed");
    if (s->fresh)
        arena_free(s->fresh); /* nothing points into it any more */
    s->fresh = a;
}
