#include "service/handover.h"
#include "base/tm.h"
#include "service/letter.h"
#include "service/relation.h"

enum { AT_ONCE = 50 };

enum err handover_open(struct ctx *c, int64_t participant_id, struct handover_view *out)
{
    struct handover_view v = {0};
    struct relation_row *all;
    struct handover_row *h;
    size_t n;
    TRY(participant_open(c, participant_id, ACT_HANDOVER_SEE, &v.p));
    v.may_set = may(c, ACT_HANDOVER_SET, participant_rel(c, &v.p)) == OK;
    TRY(relation_of_participant(c->db, c->a, participant_id, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_is(all[i].kind, RELATION_ADVISER) || str_is(all[i].kind, RELATION_NAV))
            all[v.n_relations++] = all[i];
    v.relations = all;
    TRY(handover_of(c->db, c->a, participant_id, &h, &n));
    for (size_t i = n; i-- > 0;) {
        if (h[i].done_at)
            v.last = &h[i];
        else if (!h[i].withdrawn_at)
            v.pending = &h[i];
    }
    if (v.may_set)
        TRY(colleague_with_role(c->db, c->a, v.p.organisation_id, role_code(ROLE_NAV_CONTACT), c->now, c->today, &v.navs, &v.n_navs));
    saw(c, v.p.organisation_id, v.p.id, "profile");
    *out = v;
    return OK;
}

static enum err note_event(struct ctx *c, const struct handover_row *h, const char *kind)
{
    return event_add(c, (struct event){.organisation_id = h->organisation_id, .participant_id = h->participant_id, .subject_id = h->id,
                                       .kind = kind});
}

/* To a colleague, unless it is who does it: that it happened, without a name. */
static enum err tell_colleague(struct ctx *c, const struct handover_row *h, int64_t account_id, const char *what, const char *then)
{
    struct account_row who;
    if (!account_id || account_id == c->actor->account_id)
        return OK;
    enum err e = account_get(c->db, c->a, account_id, &who);
    if (e == ERR_NOT_FOUND || (!e && who.disabled_at))
        return OK;
    TRY(e);
    struct letter l = letter_to(c, who.lang, who.name);
    letter_say(&l, what);
    letter_link(&l, then, "/participants");
    return letter_send(&l, (struct mail){.organisation_id = h->organisation_id, .kind = "handover", .email = who.email,
                                         .subject = letter_subject(&l, N_("Nytt om en overføring i Springbrett"), STR(""))});
}

static enum err tell_stopped(struct ctx *c, const struct handover_row *h)
{
    const char *what = N_("En overføring til NAV ble stoppet. NAV-kontakten eller programrådgiveren er en annen nå, eller ingen prosjektleder ville kunne følge opp personen.");
    const char *then = N_("Logg inn og velg på nytt:");
    TRY(tell_colleague(c, h, h->by_account, what, then));
    return h->adviser_id == h->by_account ? OK : tell_colleague(c, h, h->adviser_id, what, then);
}

/* Without a name and without what it is about. */
static enum err tell(struct ctx *c, const struct handover_row *h, const struct participant_row *p, const struct account_row *nav)
{
    TRY(tell_colleague(c, h, h->adviser_id, N_("Ansvaret for en person du fulgte opp, er overført til NAV. Du ser ikke personen lenger."),
                       N_("Logg inn og se hvem du følger opp nå:")));
    struct letter l = letter_to(c, nav->lang, nav->name);
    letter_say(&l, N_("Du er ansvarlig for en person i programmet fra nå av."));
    letter_link(&l, N_("Logg inn og se hvem:"), "/participants");
    TRY(letter_send(&l, (struct mail){.organisation_id = p->organisation_id, .kind = "handover", .email = nav->email,
                                      .subject = letter_subject(&l, N_("Nytt ansvar i Springbrett"), STR(""))}));
    if (!p->email.n)
        return OK;
    l = letter_to(c, p->lang, participant_name(c->a, p));
    letter_link(&l, N_("Det er nytt til deg i Springbrett. Logg inn og les det:"), "/");
    return letter_send(&l, (struct mail){.organisation_id = p->organisation_id, .kind = "handover", .email = p->email,
                                         .subject = letter_subject(&l, N_("Nytt til deg"), STR(""))});
}

static enum err still_nav(struct ctx *c, int64_t organisation_id, int64_t account_id, bool *yes)
{
    struct colleague_row *navs;
    size_t n;
    *yes = false;
    TRY(colleague_with_role(c->db, c->a, organisation_id, role_code(ROLE_NAV_CONTACT), c->now, c->today, &navs, &n));
    for (size_t i = 0; i < n; i++)
        *yes |= navs[i].account_id == account_id;
    return OK;
}

/* Who takes over a strictly protected person is named from that day: nobody can follow somebody up whom they may not know of. */
static enum err knows(struct ctx *c, const struct participant_row *p, int64_t account_id)
{
    struct relation_row *named;
    size_t n;
    if (p->address_protection < BLOCK_STRICT)
        return OK;
    TRY(relation_named_for(c->db, c->a, p->id, c->today, &named, &n));
    for (size_t i = 0; i < n; i++)
        if (named[i].account_id == account_id)
            return OK;
    return relation_name(c, p, account_id, STR(""));
}

/* Once the adviser is gone: a NAV contact can name nobody for a strictly protected person. */
static enum err looked_after(struct ctx *c, const struct participant_row *p, bool *yes)
{
    *yes = true;
    return p->address_protection < BLOCK_STRICT ? OK : relation_other_named(c->db, c->a, p->id, p->adviser_id, c->today, c->now, yes);
}

static enum err take_effect(struct ctx *c, const struct handover_row *h)
{
    struct participant_row p, was;
    struct account_row nav;
    bool yes;
    TRY(participant_get(c->db, c->a, h->participant_id, &was));
    TRY(still_nav(c, h->organisation_id, h->nav_contact_id, &yes));
    bool others;
    TRY(looked_after(c, &was, &others));
    if (!yes || !others || was.adviser_id != h->adviser_id) {
        TRY(handover_withdraw(c->db, h->id, c->now));
        TRY(tell_stopped(c, h));
        return note_event(c, h, "handover.stopped");
    }
    TRY(account_get(c->db, c->a, h->nav_contact_id, &nav));
    p = was;
    p.adviser_id = 0;
    p.adviser_text = STR("");
    p.nav_contact_id = h->nav_contact_id;
    p.updated_at = c->now;
    TRY(participant_update(c->db, c->a, &p));
    TRY(relation_follow(c, &was, &p));
    TRY(knows(c, &p, h->nav_contact_id));
    TRY(handover_done(c->db, h->id, c->now));
    TRY(note_event(c, h, "handover.done"));
    return tell(c, h, &p, &nav);
}

static enum err refuse(enum handover_fault *fault, enum handover_fault why)
{
    *fault = why;
    return ERR_INVALID;
}

enum err handover_plan(struct ctx *c, int64_t participant_id, int64_t nav_contact_id, int on_day, struct str note, enum handover_fault *fault)
{
    struct handover_view v;
    bool yes;
    TRY(handover_open(c, participant_id, &v));
    TRY(may(c, ACT_HANDOVER_SET, participant_rel(c, &v.p)));
    if (!v.p.adviser_id)
        return refuse(fault, HANDOVER_NOBODY);
    if (v.pending)
        return refuse(fault, HANDOVER_PENDING);
    if (on_day < c->today)
        return refuse(fault, HANDOVER_DAY);
    TRY(still_nav(c, v.p.organisation_id, nav_contact_id, &yes));
    if (!yes)
        return refuse(fault, HANDOVER_NAV);
    bool others;
    TRY(looked_after(c, &v.p, &others));
    if (!others)
        return refuse(fault, HANDOVER_LAST);
    struct handover_row h = {.organisation_id = v.p.organisation_id, .participant_id = v.p.id, .adviser_id = v.p.adviser_id,
                             .nav_contact_id = nav_contact_id, .on_day = on_day, .note = note, .by_account = c->actor->account_id, .at = c->now};
    TRY(handover_insert(c->db, &h, &h.id));
    TRY(note_event(c, &h, "handover.planned"));
    return on_day == c->today ? take_effect(c, &h) : OK;
}

enum err handover_take_back(struct ctx *c, int64_t participant_id, int64_t id)
{
    struct handover_view v;
    TRY(handover_open(c, participant_id, &v));
    TRY(may(c, ACT_HANDOVER_SET, participant_rel(c, &v.p)));
    if (!v.pending || v.pending->id != id)
        return ERR_CONFLICT;
    TRY(handover_withdraw(c->db, id, c->now));
    return note_event(c, v.pending, "handover.withdrawn");
}

enum err handover_run(struct ctx *c, int64_t *done)
{
    struct handover_row *rows;
    size_t n;
    *done = 0;
    TRY(handover_due(c->db, c->a, c->today, AT_ONCE, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(take_effect(c, &rows[i]));
        (*done)++;
    }
    return OK;
}

enum err handover_own(struct ctx *c, struct handover_row *out)
{
    struct handover_row *h;
    size_t n;
    *out = (struct handover_row){0};
    TRY(may(c, ACT_HANDOVER_SEE, c->actor->participant_id ? REL_SELF : 0));
    TRY(handover_of(c->db, c->a, c->actor->participant_id, &h, &n));
    for (size_t i = 0; i < n && !out->id; i++)
        if (h[i].done_at > c->now - (int64_t)HANDOVER_NEWS_DAYS * TM_DAY_MS)
            *out = h[i];
    return OK;
}
