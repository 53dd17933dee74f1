#include "service/user.h"
#include "service/relation.h"
#include "base/utf8.h"
#include "model/check.h"
#include "model/outbox.h"
#include "model/token.h"
#include "service/factor.h"
#include "service/invitation.h"
#include "service/login.h"

static enum err allowed(struct ctx *c)
{
    return may(c, ACT_ACCOUNT_ADMIN, rel_org(c, c->actor->organisation_id));
}

static enum err load(struct ctx *c, int64_t id, struct user_row *u)
{
    TRY(allowed(c));
    return user_get(c->db, c->a, c->actor->organisation_id, c->now, id, viewer_of(c), u);
}

static enum err note(struct ctx *c, int64_t id, const char *kind, const char *outcome, struct str reason)
{
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .subject_id = id, .kind = kind, .outcome = outcome,
                                       .reason = reason});
}

/* ---- list */

/* Does every word typed begin a word of the text? Both folded. */
static bool words_begin(struct str text, struct str typed)
{
    while (typed.n) {
        struct str w = str_cut(&typed, ' ');
        bool found = !w.n;
        for (size_t i = 0; i + w.n <= text.n && !found; i++)
            found = (i == 0 || text.p[i - 1] == ' ' || text.p[i - 1] == '.' || text.p[i - 1] == '@' || text.p[i - 1] == '-') &&
                    memcmp(text.p + i, w.p, w.n) == 0;
        if (!found)
            return false;
    }
    return true;
}

static bool fits(struct ctx *c, const struct user_row *u, const struct user_filter *f, struct str typed)
{
    if (f->role != ROLE_NONE && !(u->roles & ROLE_BIT(f->role)))
        return false;
    if ((f->state == USER_OPEN && u->disabled_at) || (f->state == USER_CLOSED && !u->disabled_at) ||
        (f->state == USER_WITHOUT_ROLE && (u->roles || u->disabled_at)))
        return false;
    return !typed.n || words_begin(utf8_fold(c->a, arena_fmt(c->a, "%.*s %.*s", STR_FMT(u->name), STR_FMT(u->email))), typed);
}

enum err user_list(struct ctx *c, const struct user_filter *f, struct user_list *out)
{
    struct user_list l = {.rows = ARENA_ARRAY(c->a, struct user_row, USER_LIST), .last_id = f->after_id};
    struct str last_name = STR("");
    struct str typed = utf8_fold(c->a, f->search);
    struct user_row *batch;
    size_t n;
    TRY(allowed(c));
    if (f->after_id > 0) { /* names do not belong in addresses: a page begins after an id, and the name is looked up */
        struct user_row after;
        enum err e = user_get(c->db, c->a, c->actor->organisation_id, c->now, f->after_id, viewer_of(c), &after);
        if (e && e != ERR_NOT_FOUND)
            return e;
        if (e)
            l.last_id = 0;
        else
            last_name = after.name;
    }
    for (size_t scanned = 0; scanned < USER_SCAN; scanned += n) {
        TRY(user_page(c->db, c->a, c->actor->organisation_id, c->now, last_name, l.last_id, 500, viewer_of(c), &batch, &n));
        for (size_t i = 0; i < n; i++) {
            if (!fits(c, &batch[i], f, typed))
                continue;
            if (l.n == USER_LIST) {
                l.more = true;
                l.last_id = l.rows[l.n - 1].id;
                *out = l;
                return OK;
            }
            l.rows[l.n++] = batch[i];
        }
        if (n < 500) {
            *out = l;
            return OK;
        }
        last_name = batch[n - 1].name;
        l.last_id = batch[n - 1].id;
    }
    l.more = true;
    *out = l;
    return OK;
}

/* ---- one account */

enum err user_open(struct ctx *c, int64_t id, struct user *out)
{
    struct user x = {0};
    int64_t org = c->actor->organisation_id;
    TRY(load(c, id, &x.row));
    TRY(user_roles(c->db, c->a, org, id, &x.roles, &x.n_roles));
    TRY(login_open_sessions(c, id, &x.sessions, &x.n_sessions));
    TRY(event_of_subject(c->db, c->a, org, "user.", id, 50, &x.events, &x.n_events));
    x.can_add = x.row.disabled_at ? 0 : ROLES_STAFF & ~x.row.roles;
    x.self = id == c->actor->account_id;
    TRY(factor_has(c, id, &x.factor));
    *out = x;
    return OK;
}

enum err user_role_add(struct ctx *c, int64_t id, enum role role)
{
    struct user_row u;
    int64_t role_id;
    TRY(load(c, id, &u));
    if (role <= ROLE_NONE || role >= ROLE_N || !(ROLES_STAFF & ROLE_BIT(role)))
        return ERR_INVALID;
    if (u.disabled_at || (u.roles & ROLE_BIT(role)))
        return ERR_STATE;
    TRY(role_insert(c->db,
                    &(struct role_row){.account_id = id, .organisation_id = c->actor->organisation_id, .role = str_c(role_code(role)),
                                       .from_at = c->now},
                    &role_id));
    return note(c, id, "user.role_added", role_code(role), STR(""));
}


/* ERR_STATE: without this account, or this role of it, nobody who can look after a strictly protected person would know of them. */
static enum err last_who_knows(struct ctx *c, int64_t id, int64_t role_id, struct say *why)
{
    bool last;
    TRY(relation_last_named(c->db, c->a, id, c->actor->organisation_id, role_id, c->today, c->now, &last));
    if (!last)
        return OK;
    *why = say(N_("Kontoen er den siste som kan følge opp en person med strengt beskyttet adresse. Be en prosjektleder sette opp en annen først."));
    return ERR_STATE;
}

enum err user_role_end(struct ctx *c, int64_t id, int64_t role_id, struct say *why)
{
    struct user_row u;
    struct role_row *roles, *r = NULL;
    struct user_counts counts;
    size_t n;
    TRY(load(c, id, &u));
    TRY(user_roles(c->db, c->a, c->actor->organisation_id, id, &roles, &n));
    for (size_t i = 0; i < n; i++)
        if (roles[i].id == role_id)
            r = &roles[i];
    if (!r)
        return ERR_NOT_FOUND;
    TRY(user_count(c->db, c->a, c->actor->organisation_id, c->now, id, &counts));
    if (str_is(r->role, role_code(ROLE_ADMINISTRATOR)) && !u.disabled_at && counts.administrators <= 1) {
        *why = say(N_("Dette er den siste administratoren. Gi rollen til en annen først."));
        return ERR_STATE;
    }
    if (!u.disabled_at)
        TRY(last_who_knows(c, id, role_id, why));
    TRY(role_end(c->db, role_id, id, c->actor->organisation_id, c->now));
    news_of(c, 0, NEWS_ACCESS);
    return note(c, id, "user.role_ended", role_code(role_of(r->role)), STR(""));
}

enum err user_close(struct ctx *c, int64_t id, int64_t version, struct str reason, struct say *why)
{
    struct user_row u;
    struct user_counts counts;
    TRY(load(c, id, &u));
    if (!str_trim(reason).n)
        return ERR_INVALID;
    if (id == c->actor->account_id) {
        *why = say(N_("Du kan ikke stenge din egen konto. Be en annen administrator om det."));
        return ERR_STATE;
    }
    TRY(user_count(c->db, c->a, c->actor->organisation_id, c->now, id, &counts));
    if (counts.elsewhere) {
        *why = say(N_("Kontoen brukes også av en annen organisasjon. Avslutt rollene her i stedet."));
        return ERR_STATE;
    }
    if (u.disabled_at)
        return ERR_CONFLICT;
    TRY(last_who_knows(c, id, 0, why));
    TRY(account_set_disabled(c->db, id, version, c->now));
    TRY(session_end_others(c->db, id, 0));
    TRY(token_end_all(c->db, id, c->now)); /* opened again, it begins without keys */
    news_of(c, 0, NEWS_ACCESS);
    return note(c, id, "user.closed", "", reason);
}

enum err user_reopen(struct ctx *c, int64_t id, int64_t version)
{
    struct user_row u;
    struct user_counts counts;
    TRY(load(c, id, &u));
    TRY(user_count(c->db, c->a, c->actor->organisation_id, c->now, id, &counts));
    if (!u.disabled_at || counts.elsewhere)
        return ERR_CONFLICT;
    TRY(account_set_disabled(c->db, id, version, 0));
    return note(c, id, "user.reopened", "", STR(""));
}

enum err user_end_sessions(struct ctx *c, int64_t id)
{
    struct user_row u;
    TRY(load(c, id, &u));
    TRY(session_end_others(c->db, id, 0));
    news_of(c, 0, NEWS_ACCESS);
    return note(c, id, "user.sessions_ended", "", STR(""));
}

enum err user_send_password(struct ctx *c, int64_t id)
{
    struct user_row u;
    TRY(load(c, id, &u));
    if (u.disabled_at || !u.roles)
        return ERR_STATE;
    TRY(invitation_password(c, u.email));
    return note(c, id, "user.password_sent", "", STR(""));
}

/* ---- invitations, the organisation */

enum err user_invited(struct ctx *c, struct link_row **rows, size_t *n)
{
    TRY(allowed(c));
    return user_invitations(c->db, c->a, c->actor->organisation_id, c->now, rows, n);
}

enum err user_uninvite(struct ctx *c, int64_t link_id)
{
    TRY(allowed(c));
    enum err e = user_invitation_withdraw(c->db, link_id, c->actor->organisation_id, c->now);
    if (e)
        return e == ERR_CONFLICT ? ERR_NOT_FOUND : e;
    return note(c, link_id, "invitation.staff_withdrawn", "", STR(""));
}

enum err user_rename_organisation(struct ctx *c, struct str was, struct str name)
{
    TRY(allowed(c));
    TRY(organisation_rename(c->db, c->actor->organisation_id, was, name));
    return note(c, c->actor->organisation_id, "organisation.renamed", "", was);
}

enum err user_organisation(struct ctx *c, struct organisation_row *out)
{
    TRY(may(c, ACT_AGREEMENT_TEMPLATE, rel_org(c, c->actor->organisation_id))); /* who may change any of the settings */
    return organisation_get(c->db, c->a, c->actor->organisation_id, out);
}

enum err user_overview(struct ctx *c, struct user_overview *out)
{
    struct user_overview o = {0};
    struct outbox_counts mails;
    struct link_row *links;
    int64_t org = c->actor->organisation_id;
    TRY(allowed(c));
    TRY(user_count(c->db, c->a, org, c->now, 0, &o.counts));
    TRY(outbox_count(c->db, c->a, org, &mails));
    TRY(import_last_at(c->db, c->a, org, &o.last_import_at));
    TRY(user_invitations(c->db, c->a, org, c->now, &links, &o.invited));
    o.mails_failed = mails.failed;
    o.mails_waiting = mails.waiting;
    o.oldest_mail_at = mails.oldest_at;
    *out = o;
    return OK;
}

enum err user_check_database(struct ctx *c, struct str **faults, size_t *n)
{
    bool large;
    TRY(allowed(c));
    TRY(check_large(c->db, c->a, &large));
    return large ? ERR_LIMIT : check_database(c->db, c->a, faults, n);
}
