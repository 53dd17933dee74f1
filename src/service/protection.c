#include "service/protection.h"
#include "domain/levels.h"
#include "model/account.h"
#include "service/relation.h"

enum err protection_open(struct ctx *c, int64_t participant_id, struct protection_view *out)
{
    struct protection_view v = {0};
    TRY(participant_open(c, participant_id, ACT_PARTICIPANT_EDIT, &v.p));
    TRY(relation_named_for(c->db, c->a, participant_id, c->today, &v.named, &v.n_named));
    saw(c, v.p.organisation_id, v.p.id, "profile");
    *out = v;
    return OK;
}

/* Works the account with participants, in the organisation of the person? */
static enum err may_be_named(struct ctx *c, const struct participant_row *p, int64_t account_id, bool *yes)
{
    static const enum role roles[] = {ROLE_PROJECT_LEADER, ROLE_ADVISER, ROLE_NAV_CONTACT, ROLE_ADMINISTRATOR};
    *yes = false;
    for (size_t k = 0; k < COUNT(roles); k++) {
        struct account_row *rows;
        size_t n;
        TRY(account_with_role(c->db, c->a, p->organisation_id, role_code(roles[k]), c->now, &rows, &n));
        for (size_t i = 0; i < n; i++)
            *yes = *yes || rows[i].id == account_id;
    }
    return OK;
}

static enum err note(struct ctx *c, const struct protection_view *v, int64_t account_id, const char *kind, struct str reason)
{
    return event_add(c, (struct event){.organisation_id = v->p.organisation_id, .participant_id = v->p.id, .subject_id = account_id,
                                       .kind = kind, .outcome = "", .reason = reason});
}

enum err protection_name(struct ctx *c, int64_t participant_id, int64_t account_id, struct str reason)
{
    struct protection_view v;
    bool yes;
    TRY(protection_open(c, participant_id, &v));
    if (v.p.address_protection < BLOCK_STRICT)
        return ERR_STATE;
    TRY(may_be_named(c, &v.p, account_id, &yes));
    if (!yes)
        return ERR_INVALID;
    for (size_t i = 0; i < v.n_named; i++)
        if (v.named[i].account_id == account_id)
            return ERR_CONFLICT;
    TRY(relation_name(c, &v.p, account_id, reason));
    return note(c, &v, account_id, "protection.named", reason);
}

enum err protection_take_back(struct ctx *c, int64_t participant_id, int64_t relation_id)
{
    struct protection_view v;
    TRY(protection_open(c, participant_id, &v));
    for (size_t i = 0; i < v.n_named; i++) {
        if (v.named[i].id != relation_id)
            continue;
        bool others;
        TRY(relation_other_named(c->db, c->a, participant_id, v.named[i].account_id, c->today, c->now, &others));
        if (!others)
            return ERR_STATE;
        TRY(relation_take_back(c->db, relation_id, c->actor->account_id, c->now));
        news_of(c, 0, NEWS_ACCESS);
        return note(c, &v, v.named[i].account_id, "protection.taken_back", STR(""));
    }
    return ERR_NOT_FOUND;
}
