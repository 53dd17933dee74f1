#include "service/erase.h"
#include "base/log.h"
#include "base/num.h"
#include "base/tm.h"
#include "model/account.h"
#include "model/rights.h"
#include "model/setting.h"
#include "service/letter.h"
#include "service/relation.h"

#include <stdlib.h>

static void apply_kinds(struct erase_plan *p)
{
    bool participant = p->who.facts.participant_id != 0, mentor = p->who.facts.mentor_id != 0;
    for (enum data_kind k = 0; k < DATA_N; k++) {
        bool only_mentor = k == DATA_MENTOR || k == DATA_PROMISE;
        bool both = k == DATA_MATCHING || k == DATA_DOCUMENTS || k == DATA_ACCOUNT || k == DATA_MAIL || k == DATA_LOG || k == DATA_RIGHTS;
        if (k == DATA_ACCOUNT && (!p->who.facts.account_id || p->who.keeps_account))
            continue;
        if (k == DATA_IMPORT || (only_mentor && !mentor) || (!only_mentor && !both && !participant))
            continue;
        p->goes[k] = k != DATA_PROMISE;
        p->stays[k] = register_kinds[k].stays != NULL && (!p->whole || k == DATA_LOG || k == DATA_RIGHTS || k == DATA_PROMISE || k == DATA_ACCOUNT);
    }
}

static struct say not_now(const struct erase_plan *p)
{
    if (p->who.facts.erased)
        return say(N_("Personen er slettet allerede."));
    if (p->who.facts.running)
        return say(N_("Mentorforløpet er ikke slutt. Avslutt det først."));
    if (p->who.ref.is == PERSON_ACCOUNT && p->who.facts.elsewhere)
        return say(N_("Kontoen er i bruk. Avslutt rollene først."));
    return (struct say){0};
}

/* Who asked to be erased reads the answer here, with how to complain: that goes with the rest. */
static enum err not_yet(struct ctx *c, struct erase_plan *p)
{
    bool open;
    int64_t answered_at;
    TRY(rights_request_erasure(c->db, c->a, p->who.ids.account_id, p->who.ids.participant_id, &open, &answered_at));
    p->asked = open;
    if (open)
        p->not_now = say(N_("Personen har bedt om sletting og venter på svar. Svar først."));
    else if (answered_at)
        p->readable_until = tm_on_of(answered_at) + ERASE_ANSWER_DAYS;
    p->unread = p->readable_until > c->today;
    return OK;
}

enum err erase_look(struct ctx *c, struct person_ref ref, struct erase_plan *out)
{
    struct erase_plan p = {0};
    struct person_document_row *docs;
    TRY(person_load(c, ref, ACT_PERSON_ERASE, &p.who));
    TRY(person_documents(c->db, c->a, &p.who.ids, &docs, &p.documents));
    p.whole = p.who.facts.counted == 0;
    TRY(not_yet(c, &p));
    struct say first = not_now(&p);
    if (first.msgid) {
        p.not_now = first;
        p.asked = false;
    }
    apply_kinds(&p);
    if (p.who.facts.participant_id)
        saw(c, p.who.facts.organisation_id, p.who.facts.participant_id, "profile");
    saw_mentor(c, p.who.facts.organisation_id, p.who.facts.mentor_id, "mentor");
    *out = p;
    return OK;
}

static enum err close_documents(struct ctx *c, const struct person *who)
{
    struct person_document_row *docs;
    size_t n;
    TRY(person_documents(c->db, c->a, &who->ids, &docs, &n));
    for (size_t i = 0; i < n; i++)
        news_of(c, docs[i].id, NEWS_ACCESS);
    news_of(c, 0, NEWS_ACCESS);
    return person_journal_drop(c->db, c->a, docs, n);
}

static enum err take_away(struct ctx *c, const struct erase_plan *p)
{
    const struct person *who = &p->who;
    TRY(close_documents(c, who));
    TRY(rights_request_close(c->db, who->ids.participant_id, who->ids.account_id, c->now, c->actor->account_id));
    TRY(person_wipe(c->db, &who->ids, c->today));
    if (who->ids.account_id != PERSON_NONE)
        TRY(person_wipe_account(c->db, &who->ids, c->now));
    if (p->whole && who->facts.participant_id)
        TRY(person_remove_participant(c->db, &who->ids));
    if (p->whole && who->facts.mentor_id)
        TRY(person_remove_mentor(c->db, &who->ids));
    return who->facts.participant_id || who->facts.mentor_id ? person_drafts_drop(c->db, who->facts.organisation_id) : OK;
}

static struct str kept_codes(struct arena *a, const struct erase_plan *p)
{
    struct str codes[DATA_N];
    size_t n = 0;
    for (size_t k = 0; k < DATA_N; k++)
        if (p->stays[k])
            codes[n++] = str_c(register_kinds[k].code);
    return arena_join(a, codes, n, STR(","));
}

static const char *const whys[] = {[ERASE_ASKED] = "asked", [ERASE_RETENTION] = "retention", [ERASE_COMMAND] = "command", [ERASE_AGAIN] = "again"};

static enum err note(struct ctx *c, const struct erase_plan *p, enum erase_why why)
{
    const struct person_facts_row *f = &p->who.facts;
    int64_t id;
    struct erasure_row row = {.organisation_id = f->organisation_id, .participant_id = f->participant_id,
                              .account_id = p->who.ids.account_id == PERSON_NONE ? 0 : p->who.ids.account_id, .mentor_id = f->mentor_id, .at = c->now,
                              .by_account = c->actor->account_id, .kind = p->whole ? STR("erased") : STR("anonymised"), .why = str_c(whys[why]),
                              .kept = kept_codes(c->a, p)};
    TRY(erasure_insert(c->db, &row, &id));
    return event_add(c, (struct event){.organisation_id = f->organisation_id, .participant_id = f->participant_id,
                                       .subject_id = f->mentor_id ? f->mentor_id : f->account_id,
                                       .kind = f->mentor_id ? "mentor.erased" : f->participant_id ? "participant.erased" : "user.erased",
                                       .outcome = whys[why]});
}

/* What is asked for here and now waits for the answer; the law's day, and a command, do not. */
static bool may_now(const struct erase_plan *p, enum erase_why why, bool answered)
{
    if (why == ERASE_AGAIN)
        return true;
    return why == ERASE_ASKED ? !p->not_now.msgid && (!p->unread || answered) : !p->not_now.msgid || p->asked;
}

enum err person_erase(struct ctx *c, struct person_ref ref, enum erase_why why, struct str typed, bool answered, struct erase_plan *plan)
{
    TRY(erase_look(c, ref, plan));
    if (!may_now(plan, why, answered))
        return ERR_STATE;
    if (c->actor->account_id && !str_eq(str_trim(typed), plan->who.facts.reference))
        return ERR_INVALID;
    TRY(take_away(c, plan));
    return note(c, plan, why);
}

enum err erase_scrub(struct db *db, struct arena *a, int64_t now, bool *done)
{
    int64_t id;
    *done = false;
    TRY(erasure_unscrubbed(db, a, &id));
    if (!id)
        return OK;
    TRY(db_scrub(db));
    TRY(erasure_scrubbed(db, id, now));
    *done = true;
    return OK;
}

/* ---- time is over */

static int by_day(const void *x, const void *y)
{
    const struct erase_due *a = x, *b = y;
    return a->due_on < b->due_on ? -1 : a->due_on > b->due_on;
}

static enum err months_of(struct ctx *c, int64_t organisation_id, int *months)
{
    struct str value;
    int64_t n;
    TRY(setting_get(c->db, c->a, organisation_id, "retention.months", &value));
    *months = num_i64(value, 1, 120, &n) ? (int)n : 24;
    return OK;
}

/* Strictly protected people stand there for whoever is named for them: who is told that somebody goes must be able to see who. */
static size_t take(const struct ctx *c, enum person_is is, const struct person_due_row *v, size_t n, int months, int until, struct erase_due *out)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        int due = tm_add_months(v[i].ended_on, months);
        if (due > until || (is == PERSON_PARTICIPANT && !rel_known(c, v[i].id, v[i].address_protection)))
            continue;
        out[k++] = (struct erase_due){{is, v[i].id}, v[i].name, v[i].ended_on, due, is == PERSON_PARTICIPANT && v[i].address_protection >= BLOCK_STRICT};
    }
    return k;
}

static enum err due_of(struct ctx *c, int64_t organisation_id, int within_days, enum person_due of, struct erase_due **rows, size_t *n)
{
    struct person_due_row *p, *m;
    size_t n_p, n_m;
    int months, until = c->today + within_days;
    TRY(may(c, ACT_PERSON_ERASE, c->actor->account_id ? rel_org(c, organisation_id) : REL_ORG));
    TRY(months_of(c, organisation_id, &months));
    /* Months are not equally long: a little wide here, exact below and in step_of(). */
    struct person_due_ask ask = {.organisation_id = organisation_id, .limit = ERASE_DUE_MAX, .before_on = tm_add_months(until, -months) + 5, .of = of,
                                 .told_after = months * 3043 / 100 - 4 - ERASE_NOTICE_DAYS, .told_before_at = c->now - (int64_t)(ERASE_NOTICE_DAYS - 1) * TM_DAY_MS};
    TRY(person_due_participants(c->db, c->a, &ask, &p, &n_p));
    TRY(person_due_mentors(c->db, c->a, &ask, &m, &n_m));
    struct erase_due *all = ARENA_ARRAY(c->a, struct erase_due, n_p + n_m);
    size_t k = take(c, PERSON_PARTICIPANT, p, n_p, months, until, all);
    k += take(c, PERSON_MENTOR, m, n_m, months, until, all + k);
    if (k)
        qsort(all, k, sizeof *all, by_day);
    *rows = all;
    *n = k;
    return OK;
}

enum err erase_due(struct ctx *c, int64_t organisation_id, int within_days, struct erase_due **rows, size_t *n)
{
    return due_of(c, organisation_id, within_days, DUE_ALL, rows, n);
}

/* What a round looks at: of whom the leaders are told, and who goes. Each has its own limit: however many wait for their month, the others have their turn. */
static enum err round_due(struct ctx *c, int64_t organisation_id, struct erase_due **rows, size_t *n)
{
    struct erase_due *tell, *go;
    size_t n_tell, n_go;
    TRY(due_of(c, organisation_id, ERASE_NOTICE_DAYS, DUE_NEW, &tell, &n_tell));
    TRY(due_of(c, organisation_id, 0, DUE_TOLD, &go, &n_go));
    struct erase_due *all = ARENA_ARRAY(c->a, struct erase_due, n_tell + n_go);
    for (size_t i = 0; i < n_tell + n_go; i++)
        all[i] = i < n_tell ? tell[i] : go[i - n_tell];
    *rows = all;
    *n = n_tell + n_go;
    return OK;
}

/* What stands of this day of this person: an earlier notice was about an earlier end that was not the end. */
static enum err noticed(struct ctx *c, const struct erase_due *d, struct person_notice *n)
{
    if (d->hidden)
        TRY(person_noticed_hidden(c->db, c->a, d->ref.id, n));
    else
        TRY(person_noticed(c->db, c->a, d->ref.is == PERSON_PARTICIPANT ? d->ref.id : 0, d->ref.is == PERSON_MENTOR ? d->ref.id : 0, n));
    if (tm_on_of(n->at) < d->due_on - ERASE_NOTICE_DAYS)
        *n = (struct person_notice){0};
    return OK;
}

static enum err note_due(struct ctx *c, int64_t organisation_id, const struct erase_due *d)
{
    bool participant = d->ref.is == PERSON_PARTICIPANT;
    return event_add(c, (struct event){.organisation_id = organisation_id, .participant_id = participant ? d->ref.id : 0, .subject_id = d->ref.id,
                                       .kind = participant ? "retention.notice" : "mentor.retention_notice", .outcome = ""});
}

/* Who is told: the leaders who can be written to; where there is none, the administrators. */
static enum err receivers(struct ctx *c, int64_t organisation_id, struct account_row **rows, size_t *n)
{
    static const enum role to[] = {ROLE_PROJECT_LEADER, ROLE_ADMINISTRATOR};
    *n = 0;
    for (size_t k = 0; k < COUNT(to) && !*n; k++) {
        struct account_row *who;
        size_t all;
        TRY(account_with_role(c->db, c->a, organisation_id, role_code(to[k]), c->now, &who, &all));
        for (size_t i = 0; i < all; i++)
            if (!mail_nowhere(who[i].email))
                who[(*n)++] = who[i];
        *rows = who;
    }
    return OK;
}

static enum err tell(struct ctx *c, int64_t organisation_id, const char *kind, const struct account_row *who, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct letter l = letter_to(c, who[i].lang, who[i].name);
        letter_say(&l, N_("Om en måned sletter Springbrett opplysninger om noen som er ferdige. Se hvem det er, og ta vare på det dere må ha."));
        letter_link(&l, N_("Se listen her:"), "/rights");
        TRY(letter_send(&l, (struct mail){.organisation_id = organisation_id, .kind = kind, .email = who[i].email,
                                          .subject = letter_subject(&l, N_("Opplysninger blir slettet"), STR(""))}));
    }
    return OK;
}

/* Of a strictly protected person only who is named is told, by a mail of another kind: the usual one would tell the others that somebody is there. */
static enum err tell_of_hidden(struct ctx *c, int64_t organisation_id, const struct erase_due *d, bool *told)
{
    struct participant_row p;
    struct account_row *who;
    size_t n, k = 0;
    TRY(participant_get(c->db, c->a, d->ref.id, &p));
    TRY(relation_leaders(c, &p, &who, &n));
    for (size_t i = 0; i < n; i++)
        if (!mail_nowhere(who[i].email))
            who[k++] = who[i];
    *told = k > 0;
    if (!k)
        return OK;
    TRY(note_due(c, organisation_id, d));
    return tell(c, organisation_id, PERSON_NOTICE_NAMED, who, k);
}

enum step { STEP_NONE, STEP_NOTICE, STEP_ERASE };
/* Told is who got a mail that left, or who looked at the person since. A notice that reached nobody in that time is given again. */
static enum err step_of(struct ctx *c, const struct erase_due *d, enum step *step)
{
    struct person_notice n;
    TRY(noticed(c, d, &n));
    int64_t told = !n.mail_at || (n.look_at && n.look_at < n.mail_at) ? n.look_at : n.mail_at;
    int from = tm_on_of(told ? told : n.at);
    *step = STEP_NONE;
    if (!n.at || (!told && from + ERASE_NOTICE_DAYS <= c->today))
        *step = STEP_NOTICE;
    else if (told && d->due_on <= c->today && from + ERASE_NOTICE_DAYS <= c->today)
        *step = STEP_ERASE;
    return OK;
}

/* Whoever worked here: the log names them for as long as it is kept. Nobody is told before: nothing of theirs is left to look after. */
enum { ACCOUNTS_AT_ONCE = 20 };
static enum err accounts_over(struct ctx *c, int64_t organisation_id, int64_t ids[ACCOUNTS_AT_ONCE], size_t *n)
{
    int before = tm_add_months(c->today, -12 * KEPT_LOG_YEARS);
    return person_closed_accounts(c->db, c->a, organisation_id, (int64_t)before * TM_DAY_MS, ACCOUNTS_AT_ONCE, ids, n);
}

static enum err erase_accounts(struct ctx *c, int64_t organisation_id)
{
    int64_t ids[ACCOUNTS_AT_ONCE];
    size_t n;
    TRY(accounts_over(c, organisation_id, ids, &n));
    for (size_t i = 0; i < n; i++) {
        struct erase_plan plan;
        enum err e = person_erase(c, (struct person_ref){PERSON_ACCOUNT, ids[i]}, ERASE_RETENTION, STR(""), false, &plan);
        if (e && e != ERR_STATE)
            return e;
    }
    return OK;
}

enum err erase_waits(struct ctx *c, int64_t organisation_id, bool *waits)
{
    struct erase_due *due;
    size_t n;
    enum step step = STEP_NONE;
    TRY(round_due(c, organisation_id, &due, &n));
    for (size_t i = 0; i < n && step == STEP_NONE; i++)
        TRY(step_of(c, &due[i], &step));
    int64_t accounts[ACCOUNTS_AT_ONCE];
    size_t n_accounts;
    TRY(accounts_over(c, organisation_id, accounts, &n_accounts));
    *waits = step != STEP_NONE || n_accounts > 0;
    return OK;
}

struct round {
    struct account_row *who; /* who is told of those who are not hidden */
    size_t n_who, gone;
    bool tell, nobody;       /* there is somebody to tell of; somebody of whom nobody can be told */
};
static enum err take_step(struct ctx *c, int64_t organisation_id, const struct erase_due *d, struct round *r)
{
    struct erase_plan plan;
    enum step step;
    TRY(step_of(c, d, &step));
    if (step == STEP_ERASE) {
        enum err e = person_erase(c, d->ref, ERASE_RETENTION, STR(""), false, &plan);
        r->gone += e == OK;
        return e == ERR_STATE ? OK : e;
    }
    if (step == STEP_NONE)
        return OK;
    bool told = r->n_who > 0;
    if (d->hidden)
        TRY(tell_of_hidden(c, organisation_id, d, &told));
    else if (told) /* what nobody can be told is not said to be told */
        TRY(note_due(c, organisation_id, d));
    r->tell = r->tell || (told && !d->hidden);
    r->nobody = r->nobody || !told;
    return OK;
}

enum err erase_round(struct ctx *c, int64_t organisation_id, size_t limit, size_t *erased)
{
    struct erase_due *due;
    struct round r = {0};
    size_t n;
    TRY(round_due(c, organisation_id, &due, &n));
    TRY(receivers(c, organisation_id, &r.who, &r.n_who));
    for (size_t i = 0; i < n && r.gone < limit; i++)
        TRY(take_step(c, organisation_id, &due[i], &r));
    *erased = r.gone;
    TRY(erase_accounts(c, organisation_id));
    if (r.nobody)
        log_warn("retention", "of somebody who is to be erased nobody can be told, so they stay", LOG_I("organisation", organisation_id));
    return r.tell ? tell(c, organisation_id, PERSON_NOTICE_ALL, r.who, r.n_who) : OK;
}
