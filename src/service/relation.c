#include "service/relation.h"
#include "domain/levels.h"
#include "model/organisation.h"
#include "model/relation.h"

enum err relation_load(struct db *db, struct arena *a, int today, struct actor *actor)
{
    int64_t *ids;
    if (!actor->account_id)
        return OK;
    TRY(relation_named_ids(db, a, actor->account_id, today, &ids, &actor->n_named));
    actor->named = ids;
    if (actor->role != ROLE_ADVISER && actor->role != ROLE_NAV_CONTACT)
        return OK;
    TRY(cooperation_seen(db, a, actor->organisation_id, today, ACTOR_COOP_MAX, &ids, &actor->n_coop));
    for (size_t i = 0; i < actor->n_coop; i++)
        actor->coop[i] = ids[i];
    return OK;
}

/* From today on. */
static enum err begins(struct ctx *c, const struct participant_row *p, const char *kind, int64_t account_id, struct str reason)
{
    struct relation_row r = {.organisation_id = p->organisation_id, .participant_id = p->id, .account_id = account_id, .kind = str_c(kind),
                             .from_on = c->today, .reason = reason, .by_account = c->actor->account_id, .at = c->now};
    int64_t id;
    return relation_insert(c->db, &r, &id);
}

enum err relation_name(struct ctx *c, const struct participant_row *p, int64_t account_id, struct str reason)
{
    news_of(c, 0, NEWS_ACCESS);
    return begins(c, p, RELATION_NAMED, account_id, reason);
}

static enum err follow(struct ctx *c, const struct participant_row *p, const char *kind, int64_t before, int64_t now)
{
    if (before == now)
        return OK;
    TRY(relation_close(c->db, p->id, kind, c->today, c->actor->account_id));
    return now ? begins(c, p, kind, now, STR("")) : OK;
}

enum err relation_follow(struct ctx *c, const struct participant_row *before, const struct participant_row *now)
{
    if (now->address_protection >= BLOCK_STRICT && before->address_protection < BLOCK_STRICT && c->actor->account_id)
        TRY(relation_name(c, now, c->actor->account_id, STR(""))); /* else it would vanish from the eyes of who has just said so */
    if (before->adviser_id == now->adviser_id && before->nav_contact_id == now->nav_contact_id)
        return OK;
    TRY(follow(c, now, RELATION_ADVISER, before->adviser_id, now->adviser_id));
    TRY(follow(c, now, RELATION_NAV, before->nav_contact_id, now->nav_contact_id));
    news_of(c, 0, NEWS_ACCESS);
    return OK;
}

static bool is_named(const struct actor *a, int64_t participant_id)
{
    for (size_t i = 0; i < a->n_named; i++)
        if (a->named[i] == participant_id)
            return true;
    return false;
}

bool rel_known(const struct ctx *c, int64_t participant_id, int address_protection)
{
    return address_protection < BLOCK_STRICT || !c->actor->account_id || is_named(c->actor, participant_id);
}

unsigned rel_person(struct ctx *c, const struct person_facts *f)
{
    const struct actor *a = c->actor;
    unsigned rel = rel_org(c, f->organisation_id);
    c->about = (struct about){f->organisation_id, f->participant_id};
    if (a->account_id && f->adviser_id == a->account_id)
        rel |= REL_ADVISER;
    if (a->account_id && f->nav_contact_id == a->account_id)
        rel |= REL_NAV;
    if (a->participant_id && a->participant_id == f->participant_id)
        rel |= REL_SELF;
    /* Somebody who is only being registered is not hidden yet; the program itself (jobs, command line) sees everybody. */
    if (f->address_protection >= BLOCK_STRICT && a->account_id && f->participant_id)
        rel |= REL_HIDDEN | (is_named(a, f->participant_id) ? REL_NAMED : 0u);
    return rel;
}

static bool is_among(const struct relation_row *named, size_t n, int64_t account_id)
{
    for (size_t i = 0; i < n; i++)
        if (named[i].account_id == account_id)
            return true;
    return false;
}

enum err relation_leaders(struct ctx *c, const struct participant_row *p, struct account_row **rows, size_t *n)
{
    struct account_row *who;
    struct relation_row *named;
    size_t all, n_named, k = 0;
    TRY(account_with_role(c->db, c->a, p->organisation_id, role_code(ROLE_PROJECT_LEADER), c->now, &who, &all));
    TRY(relation_named_for(c->db, c->a, p->id, c->today, &named, &n_named));
    for (size_t i = 0; i < all; i++)
        if (p->address_protection < BLOCK_STRICT || is_among(named, n_named, who[i].id))
            who[k++] = who[i];
    *rows = who;
    *n = k;
    return OK;
}
