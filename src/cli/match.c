#include "base/num.h"
#include "cli/cli.h"
#include "model/cohort.h"
#include "service/matching.h"
#include <jansson.h>
#include <stdio.h>

static struct str full(struct arena *a, struct str first, struct str last)
{
    struct str parts[2] = {first, last};
    return arena_join(a, parts, 2, STR(" "));
}

static json_t *text(struct str s)
{
    return json_stringn(s.p ? s.p : "", s.n);
}

/* {"pairs": [{"trainee", "trainee_id", "mentor", "mentor_id", "points", "reasons": [{"points", "of", "text", "against"}]}],
 *  "unmatched": [{"trainee", "trainee_id", "why", "recruit"}]} */
static json_t *as_json(struct ctx *c, const struct matching_board *b)
{
    json_t *pairs = json_array(), *unmatched = json_array();
    for (size_t i = 0; i < b->proposal.n_pairs; i++) {
        const struct matching_pair *p = &b->proposal.pairs[i];
        const struct match_need *t = &b->needs[p->trainee];
        const struct mentor_row *m = &b->mentors[p->mentor];
        json_t *reasons = json_array();
        for (size_t k = 0; k < p->n_reasons; k++) {
            struct say s = matching_say(&p->reasons[k]);
            json_array_append_new(reasons, json_pack("{s:i, s:i, s:o, s:b}", "points", p->reasons[k].points, "of", p->reasons[k].of,
                                                     "text", text(text_say(c->a, c->lang, &s)), "against",
                                                     (int)matching_against(p->reasons[k].code)));
        }
        json_array_append_new(pairs, json_pack("{s:o, s:I, s:o, s:I, s:i, s:b, s:o}", "trainee",
                                               text(full(c->a, t->first_name, t->last_name)), "trainee_id", (json_int_t)t->id,
                                               "mentor", text(full(c->a, m->first_name, m->last_name)), "mentor_id",
                                               (json_int_t)m->id, "points", p->points, "pinned", (int)p->pinned, "reasons", reasons));
    }
    for (size_t i = 0; i < b->proposal.n_unmatched; i++) {
        const struct match_need *t = &b->needs[b->proposal.unmatched[i]];
        struct say why = matching_lack_say(&b->proposal.missing[i]), whom = matching_recruit_say(&b->proposal.missing[i]);
        json_array_append_new(unmatched, json_pack("{s:o, s:I, s:o, s:o}", "trainee", text(full(c->a, t->first_name, t->last_name)),
                                                   "trainee_id", (json_int_t)t->id, "why", text(text_say(c->a, c->lang, &why)),
                                                   "recruit", text(text_say(c->a, c->lang, &whom))));
    }
    return json_pack("{s:o, s:o}", "pairs", pairs, "unmatched", unmatched);
}

static void as_text(struct ctx *c, const struct matching_board *b)
{
    for (size_t i = 0; i < b->proposal.n_pairs; i++) {
        const struct matching_pair *p = &b->proposal.pairs[i];
        struct str t = full(c->a, b->needs[p->trainee].first_name, b->needs[p->trainee].last_name);
        struct str m = full(c->a, b->mentors[p->mentor].first_name, b->mentors[p->mentor].last_name);
        printf("%.*s – %.*s: %d av 1000 poeng\n", STR_FMT(t), STR_FMT(m), p->points);
        for (size_t k = 0; k < p->n_reasons; k++) {
            struct say s = matching_say(&p->reasons[k]);
            printf("    %s %.*s (%d av %d)\n", matching_against(p->reasons[k].code) ? "-" : "+", STR_FMT(text_say(c->a, c->lang, &s)),
                   p->reasons[k].points, p->reasons[k].of);
        }
    }
    for (size_t i = 0; i < b->proposal.n_unmatched; i++) {
        const struct match_need *t = &b->needs[b->proposal.unmatched[i]];
        struct say why = matching_lack_say(&b->proposal.missing[i]), whom = matching_recruit_say(&b->proposal.missing[i]);
        printf("%.*s: uten forslag. %.*s %.*s\n", STR_FMT(full(c->a, t->first_name, t->last_name)), STR_FMT(text_say(c->a, c->lang, &why)),
               STR_FMT(text_say(c->a, c->lang, &whom)));
    }
}

/* `springbrett match --cohort ID [--county] [--json]`: the proposal that /matching shows, for one cohort. Changes nothing but the log. */
int cli_match(struct cli *cli)
{
    const char *cohort = cli_option(cli, "--cohort");
    bool json = cli_flag(cli, "--json"), county = cli_flag(cli, "--county");
    int64_t id;
    if (cli->argc)
        return cli_usage(cli, "match does not know %s", cli->argv[0]);
    if (!cohort || !num_i64(str_c(cohort), 1, INT64_MAX, &id))
        return cli_usage(cli, "match wants --cohort ID");
    CLEANUP(db_closep) struct db *db = NULL;
    int rc = cli_open(cli, &db);
    if (rc)
        return rc;
    struct actor actor;
    struct ctx c;
    struct matching_board b;
    struct cohort_row row;
    enum err e = cli_ctx(cli, db, ROLE_PROJECT_LEADER, &actor, &c);
    if (!e)
        e = cohort_get(db, cli->a, id, (struct viewer){0}, &row);
    if (e == ERR_NOT_FOUND)
        return cli_fail("there is no cohort %s", cohort);
    if (!e)
        e = matching_board(&c, id, county ? MATCHING_COUNTY : MATCHING_ANYWHERE, &b);
    if (e)
        return cli_fail("matching failed (%s)", err_name(e));
    if (b.contradiction)
        return cli_fail("the pinned pairs contradict each other: trainee %lld, mentor %lld", (long long)b.bad.trainee_id, (long long)b.bad.mentor_id);
    e = cli_seen(&c);
    if (e)
        return cli_fail("nothing is shown, for the log could not be written (%s)", err_name(e));
    if (!json) {
        as_text(&c, &b);
        return 0;
    }
    json_t *out = as_json(&c, &b);
    json_dumpf(out, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(out);
    return 0;
}
