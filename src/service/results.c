#include "service/results.h"
#include "service/relation.h"
#include "base/tm.h"
#include "domain/field.h"
#include "model/outcome.h"
#include "service/standing.h"
#include "sheet/csv_write.h"

/* The jobs of one trainee among those of all, sorted by trainee: the best field-relevant one. */
static void job_of(struct arena *a, const struct outcome_row *jobs, size_t n, struct result_trainee *t)
{
    struct outcome *o = ARENA_ARRAY(a, struct outcome, n);
    for (size_t i = 0; i < n; i++)
        o[i] = outcome_of_row(&jobs[i]);
    int best = outcome_best_job(o, n);
    if (best < 0 || !outcome_is_relevant_job(&o[best]))
        return;
    t->job = outcome_job_class(&o[best]);
    t->job_on = o[best].offered_on ? o[best].offered_on : o[best].from_on;
}

/* When the time is over by the first plan: from the first mentoring meeting, and before that as the cohort began, so that whoever
 * never met a mentor is not lost from the denominator. */
static int due_on(const struct result_fact *f, int months)
{
    if (f->first_meeting_on)
        return agreement_period(f->first_meeting_on, months, NULL, 0, f->first_meeting_on).planned_end_on;
    return f->cohort_start_on ? tm_add_months(f->cohort_start_on, months) : 0;
}

static struct result_trainee trainee_of(struct ctx *c, const struct result_fact *f, int months)
{
    int sex = SEX_UNKNOWN, field = field_code(f->field);
    (void)level_of(sex_names, SEX_N, f->sex, &sex);
    return (struct result_trainee){.cohort = f->cohort_id, .cohort_name = f->cohort_name, .sex = (enum sex)sex,
                                   .field = field ? str_c(text_get(c->lang, field_name(field))) : STR(""),
                                   .admitted_on = tm_on_of(f->admitted_at), .due_on = due_on(f, months),
                                   .completed_on = f->status == TRAINEE_COMPLETED ? f->completed_on : 0,
                                   .on_time = f->status == TRAINEE_COMPLETED && f->on_time, .on_leave = f->status == TRAINEE_ON_LEAVE,
                                   .ended = f->status == TRAINEE_ENDED, .internship = f->internship, .education = f->education};
}

/* 1 January of the year, where the trainee is. */
static int64_t begin_of(int year)
{
    return tm_at(tm_on(year, 1, 1), 0, 0);
}

/* What is used of what was asked for, and what there is to choose from. */
static enum err choose(struct ctx *c, struct results_page *p)
{
    struct results_filter *f = &p->filter;
    struct result_span span;
    if (!p->may_filter)
        *f = (struct results_filter){0};
    f->latest = f->latest && !f->cohort_id && !f->from_year && !f->to_year;
    if (f->latest)
        f->from_year = tm_ymd(c->today).year - RESULTS_YEARS + 1;
    TRY(result_span(c->db, c->a, c->actor->organisation_id, viewer_of(c), &span));
    p->first_year = span.first_at ? tm_ymd(tm_on_of(span.first_at)).year : 0;
    p->last_year = span.last_at ? tm_ymd(tm_on_of(span.last_at)).year : 0;
    return p->may_filter ? result_cohorts(c->db, c->a, c->actor->organisation_id, viewer_of(c), &p->cohorts, &p->n_cohorts) : OK;
}

/* A field that hides even how many there are in it names a few persons' profession: outsiders do not see its line. */
static void drop_small_fields(struct results *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->fields_n; i++)
        if (!r->fields[i].admitted.hidden)
            r->fields[n++] = r->fields[i];
    r->fields_n = n;
}

enum err results_see(struct ctx *c, struct results_filter filter, struct results_page *out)
{
    struct results_page p = {.filter = filter, .may_filter = c->actor->role == ROLE_PROJECT_LEADER};
    struct progress_settings s;
    struct result_fact *facts;
    struct outcome_row *jobs;
    size_t n_facts, n_jobs, at = 0;
    int64_t organisation_id = c->actor->organisation_id;
    TRY(may(c, ACT_RESULTS_SEE, rel_org(c, organisation_id)));
    TRY(choose(c, &p));
    TRY(standing_settings(c, organisation_id, &s));
    struct result_ask ask = {.organisation_id = organisation_id, .cohort_id = p.filter.cohort_id, .viewer = viewer_of(c),
                             .from_at = p.filter.from_year ? begin_of(p.filter.from_year) : 0,
                             .to_at = p.filter.to_year ? begin_of(p.filter.to_year + 1) : INT64_MAX};
    TRY(result_facts(c->db, c->a, &ask, &facts, &n_facts));
    TRY(result_jobs(c->db, c->a, &ask, &jobs, &n_jobs));
    struct result_trainee *t = ARENA_ARRAY(c->a, struct result_trainee, n_facts);
    for (size_t i = 0; i < n_facts; i++) {
        size_t first;
        while (at < n_jobs && jobs[at].trainee_id < facts[i].id)
            at++;
        for (first = at; at < n_jobs && jobs[at].trainee_id == facts[i].id;)
            at++;
        t[i] = trainee_of(c, &facts[i], s.months);
        job_of(c->a, jobs + first, at - first, &t[i]);
    }
    p.r = results_of(c->a, t, n_facts, c->today, !p.may_filter);
    if (p.r.outsider)
        drop_small_fields(&p.r);
    *out = p;
    return OK;
}

struct result_count results_without(struct result_count all, struct result_count with)
{
    return (struct result_count){all.n - with.n, all.hidden || with.hidden};
}

/* ---- CSV */
struct sheet {
    struct buf *out;
    struct arena *a;
    enum lang lang;
    struct str kind, name; /* of the group */
};

static struct str cell(const struct sheet *s, struct result_count c)
{
    return c.hidden ? str_c(text_get(s->lang, N_("skjult"))) : arena_fmt(s->a, "%d", c.n);
}

static void put_count(const struct sheet *s, const char *what, struct result_count c)
{
    const struct str row[] = {s->kind, s->name, str_c(text_get(s->lang, what)), cell(s, c), STR(""), STR(""), STR("")};
    csv_write_row(s->out, row, COUNT(row));
}

static void put_share(const struct sheet *s, const char *what, struct result_count part, const char *of, struct result_count whole)
{
    int share = results_share(part, whole);
    int tenths = (share + 5) / 10;
    struct str percent = share < 0 ? STR("") : arena_fmt(s->a, "%d,%d", tenths / 10, tenths % 10);
    const struct str row[] = {s->kind, s->name, str_c(text_get(s->lang, what)), cell(s, part), cell(s, whole), str_c(text_get(s->lang, of)),
                              percent};
    csv_write_row(s->out, row, COUNT(row));
}

static void put_group(const struct sheet *s, const struct result_group *g)
{
    put_count(s, N_("Tatt opp"), g->admitted);
    put_count(s, N_("Kvinner"), g->women);
    put_count(s, N_("Menn"), g->men);
    put_count(s, N_("Fullført"), g->completed);
    put_count(s, N_("Fullført på normert tid"), g->completed_on_time);
    put_count(s, N_("Avsluttet før tiden"), g->ended);
    put_count(s, N_("Fagrelevante jobber"), g->jobs[JOB_NONE]);
    for (int k = 1; k < JOB_CLASS_N; k++)
        put_count(s, job_class_names[k].name, g->jobs[k]);
    for (int k = 0; k < RESULT_SHARES; k++) {
        const struct result_share *x = &g->shares[k];
        put_share(s, x->name, x->numerator, N_("av alle som er tatt opp"), x->of_admitted);
        put_share(s, x->name, x->part_of_due, N_("av dem som skulle vært ferdige"), x->of_due);
        put_share(s, x->name, x->part_of_completed, N_("av dem som fullførte på normert tid"), x->of_completed);
    }
    put_share(s, N_("Fagrelevant jobb"), g->internship_jobs, N_("av dem som har hatt internship"), g->internships);
    put_share(s, N_("Fagrelevant jobb"), results_without(g->jobs[JOB_NONE], g->internship_jobs), N_("av dem som ikke har hatt internship"),
              results_without(g->admitted, g->internships));
    put_count(s, N_("Dager fra opptak til jobbtilbud, median"),
              (struct result_count){g->median_days_to_job, g->median_days_to_job < 0 && g->jobs[JOB_NONE].hidden});
}

static void put_groups(struct sheet *s, const char *kind, const struct result_group *g, size_t n)
{
    s->kind = str_c(text_get(s->lang, kind));
    for (size_t i = 0; i < n; i++) {
        s->name = g[i].msgid ? str_c(text_get(s->lang, g[i].msgid)) : g[i].name;
        put_group(s, &g[i]);
    }
}

void results_csv(struct buf *out, struct arena *a, enum lang lang, const struct results *r)
{
    struct sheet s = {.out = out, .a = a, .lang = lang};
    static const char *const heads[] = {N_("Gruppering"), N_("Gruppe"), N_("Hva"), N_("Antall"), N_("Av"), N_("Nevner"), N_("Prosent")};
    struct str head[COUNT(heads)];
    for (size_t i = 0; i < COUNT(heads); i++)
        head[i] = str_c(text_get(lang, heads[i]));
    csv_write_start(out);
    csv_write_row(out, head, COUNT(head));
    put_groups(&s, N_("Alle"), &r->all, 1);
    put_groups(&s, N_("Pulje"), r->cohorts, r->cohorts_n);
    put_groups(&s, N_("Fagfelt"), r->fields, r->fields_n);
    put_groups(&s, N_("Kjønn"), r->sexes, r->sexes_n);
}
