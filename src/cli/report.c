/* report.c: `springbrett report results`: the same figures as the results page, for the project leader. */
#include "cli/cli.h"
#include "service/results.h"
#include <stdio.h>

static int put(struct buf *b)
{
    bool bad = b->bad || fwrite(b->p, 1, b->n, stdout) != b->n || fflush(stdout) != 0;
    buf_free(b);
    return bad ? cli_fail("the report could not be written") : 0;
}

static void put_line(struct buf *b, struct ctx *c, struct result_count part, struct result_count whole, const char *of)
{
    struct str percent = text_percent(c->a, c->lang, part.n, whole.n);
    buf_fmt(b, "    %d av %d %s (%.*s)\n", part.n, whole.n, of, STR_FMT(percent));
}

/* For people at a terminal; the rest stands in --json and --csv. */
static void words(struct buf *b, struct ctx *c, const struct results *r)
{
    const struct result_group *g = &r->all;
    buf_fmt(b, "Tatt opp: %d (%d kvinner, %d menn)\n", g->admitted.n, g->women.n, g->men.n);
    for (int k = 0; k < RESULT_SHARES; k++) {
        const struct result_share *s = &g->shares[k];
        buf_fmt(b, "%s\n", s->name);
        put_line(b, c, s->numerator, s->of_admitted, "som er tatt opp");
        put_line(b, c, s->part_of_due, s->of_due, "som skulle vært ferdige");
        put_line(b, c, s->part_of_completed, s->of_completed, "som fullførte på normert tid");
    }
    buf_c(b, "Fagrelevant jobb, med og uten internship\n");
    put_line(b, c, g->internship_jobs, g->internships, "som har hatt internship");
    put_line(b, c, results_without(g->jobs[JOB_NONE], g->internship_jobs), results_without(g->admitted, g->internships),
             "som ikke har hatt internship");
    buf_c(b, "Fagrelevante jobber\n");
    for (int k = 1; k < JOB_CLASS_N; k++)
        buf_fmt(b, "    %d: %s\n", g->jobs[k].n, job_class_names[k].name);
}

int cli_report(struct cli *cli)
{
    bool json = cli_flag(cli, "--json"), csv = cli_flag(cli, "--csv"), xlsx = cli_flag(cli, "--xlsx");
    const char *what = cli_word(cli, 0);
    for (int i = 0; i < cli->argc; i++)
        if (cli->argv[i][0] == '-')
            return cli_usage(cli, "report does not know %s", cli->argv[i]);
    if (!what || strcmp(what, "results") || cli->argc != 1)
        return cli_usage(cli, "say what to report: springbrett report results --data DIR");
    if (json + csv + xlsx > 1)
        return cli_usage(cli, "choose one of --json, --csv and --xlsx");
    if (xlsx)
        return cli_fail("this version writes no XLSX yet; use --csv, which spreadsheets open");
    CLEANUP(db_closep) struct db *db = NULL;
    int rc = cli_open_read(cli, &db);
    if (rc)
        return rc;
    struct actor actor;
    struct ctx c;
    if (cli_ctx(cli, db, ROLE_PROJECT_LEADER, &actor, &c) != OK)
        return cli_fail("%s has no organisation yet; make it with springbrett init", cli->data);
    struct results_page p;
    enum err e = results_see(&c, (struct results_filter){0}, &p);
    if (e)
        return cli_fail("the results could not be counted (%s)", err_name(e));
    struct buf b = {0};
    if (json)
        results_json(&b, &p.r);
    else if (csv)
        results_csv(&b, cli->a, LANG_NB, &p.r);
    else
        words(&b, &c, &p.r);
    return put(&b);
}
