#include "service/screening.h"
#include "domain/protection.h"
#include "service/relation.h"
#include "base/num.h"
#include "base/tm.h"
#include "base/utf8.h"
#include "model/account.h"
#include "model/setting.h"
#include "service/invitation.h"

/* The two longest words: the rarest beginnings find fastest. */
static void words_of(struct arena *a, struct str typed, struct str out[2])
{
    struct str rest = utf8_fold(a, typed);
    out[0] = out[1] = STR("");
    while (rest.n) {
        struct str w = str_cut(&rest, ' ');
        if (w.n > out[0].n) {
            out[1] = out[0];
            out[0] = w;
        } else if (w.n > out[1].n) {
            out[1] = w;
        }
    }
}

/* Names do not belong in addresses: a page begins after an id, and its key is looked up. */
static enum err begin_after(struct ctx *c, struct participant_filter *f, int64_t after)
{
    struct participant_row p;
    enum err e = after > 0 ? participant_get(c->db, c->a, after, &p) : ERR_NOT_FOUND;
    if (e == OK && rel_org(c, p.organisation_id))
        f->after = (struct participant_key){.name = p.sort_name, .key = f->sort == SORT_CRITERIA ? p.criteria_sort : p.settled_on, .id = p.id};
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err screening_find(struct ctx *c, struct participant_filter f, int64_t after, struct str search, struct screening_list *out)
{
    TRY(may(c, ACT_PARTICIPANT_LIST, rel_org(c, c->actor->organisation_id)));
    f.organisation_id = c->actor->organisation_id;
    f.viewer = c->actor->account_id;
    f.today = c->today;
    if (c->actor->role == ROLE_ADVISER)
        f.adviser_id = c->actor->account_id;
    if (c->actor->role == ROLE_NAV_CONTACT)
        f.nav_contact_id = c->actor->account_id;
    f.others = c->actor->role == ROLE_ADVISER || c->actor->role == ROLE_NAV_CONTACT;
    TRY(begin_after(c, &f, after));
    words_of(c->a, search, f.words);
    struct screening_list got = {0};
    struct participant_row *rows;
    struct criteria_settings s;
    TRY(criteria_load(c->db, c->a, f.organisation_id, &s));
    TRY(participant_list(c->db, c->a, &f, &rows, &got.n, &got.next));
    TRY(participant_count(c->db, c->a, &f, &got.count, &got.exact));
    got.lines = ARENA_ARRAY(c->a, struct screening_line, got.n);
    struct criteria_facts *facts = ARENA_ARRAY(c->a, struct criteria_facts, got.n);
    TRY(criteria_facts_of(c->db, c->a, rows, got.n, c->today, facts));
    for (size_t i = 0; i < got.n; i++) {
        if (rows[i].organisation_id != (i ? rows[i - 1].organisation_id : f.organisation_id))
            TRY(criteria_load(c->db, c->a, rows[i].organisation_id, &s));
        got.lines[i] = (struct screening_line){rows[i], criteria_look(&s, &facts[i])};
        saw(c, rows[i].organisation_id, rows[i].id, "list");
    }
    *out = got;
    return OK;
}

size_t screening_acts(enum intake_stage stage, enum intake_act out[INTAKE_ACT_N])
{
    static const enum intake_act ours[] = {INTAKE_INVITE, INTAKE_SAY_NOT_NOW, INTAKE_GO_OTHER_WAY, INTAKE_RESUME};
    enum intake_act all[INTAKE_ACT_N];
    size_t n = 0, n_all = intake_acts(stage, all);
    for (size_t i = 0; i < COUNT(ours); i++)
        for (size_t k = 0; k < n_all; k++)
            if (all[k] == ours[i])
                out[n++] = ours[i];
    return n;
}

static enum err nav_name(struct ctx *c, int64_t account_id, struct str *name)
{
    struct account_row acc = {0};
    enum err e = account_id ? account_get(c->db, c->a, account_id, &acc) : ERR_NOT_FOUND;
    *name = acc.name;
    return e == ERR_NOT_FOUND ? OK : e;
}

enum err screening_person(struct ctx *c, int64_t id, struct screening_person *out)
{
    struct screening_person x = {0};
    TRY(participant_open(c, id, ACT_PARTICIPANT_SEE, &x.p));
    unsigned rel = participant_rel(c, &x.p);
    if (!protection_shows(x.p.address_protection, PROTECTED_MUNICIPALITY, c->actor->role, rel))
        x.p.municipality = STR("");
    if (!protection_shows(x.p.address_protection, PROTECTED_CONTACT, c->actor->role, rel))
        x.p.email = x.p.phone = STR("");
    struct criteria_settings s;
    struct criteria_facts facts;
    TRY(criteria_load(c->db, c->a, x.p.organisation_id, &s));
    TRY(criteria_facts_of(c->db, c->a, &x.p, 1, c->today, &facts));
    x.overview = criteria_look(&s, &facts);
    TRY(assessment_of(c->db, c->a, id, &x.assessments, &x.n_assessments));
    TRY(recommendation_of(c->db, c->a, id, &x.recommendations, &x.n_recommendations));
    TRY(gap_of(c->db, c->a, id, &x.gaps, &x.n_gaps));
    TRY(nav_name(c, x.p.nav_contact_id, &x.nav_contact));
    x.may_edit = may(c, ACT_PARTICIPANT_EDIT, rel) == OK;
    x.may_assess = may(c, ACT_PARTICIPANT_ASSESS, rel) == OK;
    x.may_recommend = may(c, ACT_PARTICIPANT_RECOMMEND, rel) == OK;
    x.may_decide = may(c, ACT_SCREENING_DECIDE, rel) == OK;
    x.may_history = may(c, ACT_PARTICIPANT_HISTORY, rel) == OK;
    if (x.may_decide)
        x.n_acts = screening_acts((enum intake_stage)x.p.stage, x.acts);
    if (x.may_history)
        TRY(event_of_participant(c->db, c->a, id, 200, &x.events, &x.n_events));
    saw(c, x.p.organisation_id, id, "profile");
    *out = x;
    return OK;
}

enum err screening_next(struct ctx *c, int64_t after_id, int64_t *id, int64_t *left, bool *exact)
{
    TRY(may(c, ACT_SCREENING_DECIDE, rel_org(c, c->actor->organisation_id)));
    struct participant_filter f = {.organisation_id = c->actor->organisation_id, .stage = -1, .screening = true, .sort = SORT_CRITERIA,
                                   .viewer = c->actor->account_id, .today = c->today};
    struct participant_row *rows;
    struct participant_key next;
    size_t n;
    TRY(participant_count(c->db, c->a, &f, left, exact));
    TRY(begin_after(c, &f, after_id));
    TRY(participant_list(c->db, c->a, &f, &rows, &n, &next));
    *id = n ? rows[0].id : 0;
    return OK;
}

/* After something about the person changed that the criteria look at. */
static enum err mark_again(struct ctx *c, struct participant_row *p)
{
    struct criteria_settings s;
    TRY(criteria_load(c->db, c->a, p->organisation_id, &s));
    TRY(criteria_mark(c->db, c->a, &s, p, c->today, true));
    return participant_set_criteria(c->db, p->id, p->criteria_sort, p->criteria_due_on);
}

enum err screening_judge(struct ctx *c, int64_t id, enum criterion criterion, enum verdict verdict, struct str note)
{
    struct participant_row p;
    TRY(participant_open(c, id, ACT_PARTICIPANT_ASSESS, &p));
    struct assessment_row x = {.participant_id = id, .criterion = (int)criterion, .verdict = (int)verdict, .note = note,
                               .by_leader = c->actor->role == ROLE_PROJECT_LEADER, .by_account = c->actor->account_id, .at = c->now};
    TRY(assessment_insert(c->db, &x));
    TRY(mark_again(c, &p));
    return event_add(c, (struct event){.organisation_id = p.organisation_id, .participant_id = id, .subject_id = (int64_t)criterion,
                                       .kind = "criterion.judged", .outcome = verdict_names[verdict].code, .reason = note});
}

enum err screening_recommend(struct ctx *c, int64_t id, enum recommendation_verdict verdict, struct str reason)
{
    struct participant_row p;
    TRY(participant_open(c, id, ACT_PARTICIPANT_RECOMMEND, &p));
    if (verdict <= RECOMMEND_NONE || verdict >= RECOMMEND_N || !str_trim(reason).n)
        return ERR_INVALID;
    struct recommendation_row x = {.participant_id = id, .verdict = (int)verdict, .reason = reason, .by_account = c->actor->account_id,
                                   .at = c->now};
    TRY(recommendation_insert(c->db, &x));
    TRY(event_add(c, (struct event){.organisation_id = p.organisation_id, .participant_id = id, .subject_id = id,
                                    .kind = "recommendation.given", .outcome = recommendation_names[verdict].code, .reason = reason}));
    bool yes = verdict == RECOMMEND_YES;
    if (p.stage != (yes ? INTAKE_LISTED : INTAKE_RECOMMENDED))
        return OK;
    struct intake_past past;
    enum intake_stage next;
    TRY(participant_past(c->db, c->a, id, &past));
    TRY(intake_next((enum intake_stage)p.stage, yes ? INTAKE_RECOMMEND : INTAKE_UNRECOMMEND, past, &next));
    return participant_set_stage(c->db, id, p.stage, (int)next, c->now);
}

enum err screening_gap_add(struct ctx *c, int64_t id, struct str requirement, struct str gap)
{
    struct participant_row p;
    TRY(participant_open(c, id, ACT_PARTICIPANT_ASSESS, &p));
    struct gap_row x = {.participant_id = id, .requirement = requirement, .gap = gap, .by_account = c->actor->account_id, .at = c->now};
    TRY(gap_insert(c->db, &x));
    return event_add(c, (struct event){.organisation_id = p.organisation_id, .participant_id = id, .subject_id = id, .kind = "gap.added",
                                       .outcome = "", .reason = requirement});
}

enum err screening_gap_close(struct ctx *c, int64_t id, int64_t gap_id)
{
    struct participant_row p;
    TRY(participant_open(c, id, ACT_PARTICIPANT_ASSESS, &p));
    enum err e = gap_close(c->db, gap_id, id, c->now);
    if (e)
        return e == ERR_CONFLICT ? ERR_NOT_FOUND : e;
    return event_add(c, (struct event){.organisation_id = p.organisation_id, .participant_id = id, .subject_id = gap_id,
                                       .kind = "gap.closed", .outcome = "", .reason = STR("")});
}

enum err screening_decide(struct ctx *c, int64_t id, enum intake_act act, enum intake_stage seen, struct str reason)
{
    struct participant_row p;
    TRY(participant_open(c, id, ACT_SCREENING_DECIDE, &p));
    enum intake_act acts[INTAKE_ACT_N];
    size_t n = screening_acts((enum intake_stage)p.stage, acts), i = 0;
    if ((enum intake_stage)p.stage != seen)
        return ERR_CONFLICT;
    while (i < n && acts[i] != act)
        i++;
    if (i == n)
        return ERR_STATE;
    TRY(participant_step(c, &p, ACT_SCREENING_DECIDE, act, reason));
    return act == INTAKE_INVITE ? invitation_send(c, id) : OK;
}

enum err screening_settings(struct ctx *c, struct criteria_settings *out)
{
    TRY(may(c, ACT_CRITERIA_SET, rel_org(c, c->actor->organisation_id)));
    return criteria_load(c->db, c->a, c->actor->organisation_id, out);
}

static const char refresh_key[] = "refresh.criteria_after"; /* the last participant counted anew after new settings; "" none to do */

enum err screening_settings_set(struct ctx *c, const struct criteria_settings *s)
{
    int64_t org = c->actor->organisation_id;
    TRY(may(c, ACT_CRITERIA_SET, rel_org(c, org)));
    enum criterion bad;
    struct say why;
    int n;
    TRY(criteria_check(s, &bad, &why));
    TRY(criteria_store(c->db, c->a, org, s, c->now, c->actor->account_id));
    struct setting_row from = {.organisation_id = org, .key = str_c(refresh_key), .value = STR("0"), .changed_at = c->now,
                               .changed_by = c->actor->account_id};
    TRY(setting_put(c->db, &from));
    TRY(screening_refresh(c->db, c->a, org, c->now, &n));
    return event_add(c, (struct event){.organisation_id = org, .kind = "criteria.changed", .outcome = "", .reason = STR("")});
}

enum err screening_stale(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, bool *stale)
{
    struct str from;
    struct participant_row *rows;
    size_t k = 0;
    int64_t after;
    TRY(setting_get(db, a, organisation_id, refresh_key, &from));
    *stale = num_i64(from, 0, INT64_MAX, &after);
    if (!*stale)
        TRY(participant_due(db, a, organisation_id, tm_on_of(now), 1, &rows, &k));
    *stale = *stale || k;
    return OK;
}

enum err screening_refresh(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, int *n)
{
    struct str from;
    struct participant_row *rows;
    size_t k;
    int64_t after = 0;
    int today = tm_on_of(now);
    TRY(setting_get(db, a, organisation_id, refresh_key, &from));
    bool all = num_i64(from, 0, INT64_MAX, &after);
    if (all)
        TRY(participant_after(db, a, organisation_id, after, SCREENING_BATCH, &rows, &k));
    else
        TRY(participant_due(db, a, organisation_id, today, SCREENING_BATCH, &rows, &k));
    struct criteria_settings s;
    TRY(criteria_load(db, a, organisation_id, &s));
    for (size_t i = 0; i < k; i++) {
        TRY(criteria_mark(db, a, &s, &rows[i], today, true));
        TRY(participant_set_criteria(db, rows[i].id, rows[i].criteria_sort, rows[i].criteria_due_on));
    }
    if (all) {
        struct setting_row to = {.organisation_id = organisation_id, .key = str_c(refresh_key), .changed_at = now,
                                 .value = k == SCREENING_BATCH ? arena_fmt(a, "%lld", (long long)rows[k - 1].id) : STR("")};
        TRY(setting_put(db, &to));
    }
    *n = (int)k;
    return OK;
}
