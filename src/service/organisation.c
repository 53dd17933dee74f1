#include "service/organisation.h"
#include "base/utf8.h"
#include "service/invitation.h"

const struct kind_of_organisation organisation_kinds[] = {{"municipality", N_("Kommune")}, {"nav", N_("NAV-kontor")},
                                                          {"career_centre", N_("Karrieresenter")}, {"business", N_("Bedrift")}, {NULL, NULL}};
const char *organisation_kind_label(struct str code)
{
    for (size_t i = 0; organisation_kinds[i].code; i++)
        if (str_is(code, organisation_kinds[i].code))
            return organisation_kinds[i].label;
    return N_("Organisasjon");
}

static enum err allowed(struct ctx *c, enum act act)
{
    return may(c, act, rel_org(c, c->actor->organisation_id));
}

enum err organisations_seen(struct ctx *c, struct organisation_line **rows, size_t *n)
{
    TRY(allowed(c, ACT_ORGANISATION_ADMIN));
    return organisation_list(c->db, c->a, c->actor->organisation_id, c->now, rows, n);
}

enum err organisation_seen(struct ctx *c, int64_t id, struct organisation_line *out)
{
    TRY(allowed(c, ACT_ORGANISATION_ADMIN));
    return organisation_line(c->db, c->a, c->actor->organisation_id, c->now, id, out);
}

enum err organisation_make(struct ctx *c, struct str name, struct str kind, int64_t *id)
{
    struct organisation_line *all;
    size_t n;
    bool known = false;
    TRY(organisations_seen(c, &all, &n));
    for (size_t i = 0; organisation_kinds[i].code; i++)
        known |= str_is(kind, organisation_kinds[i].code);
    if (!known || !name.n)
        return ERR_INVALID;
    for (size_t i = 0; i < n; i++)
        if (str_eq(utf8_fold(c->a, all[i].name), utf8_fold(c->a, name)))
            return ERR_CONFLICT;
    TRY(organisation_insert(c->db, &(struct organisation_row){.name = name, .kind = kind, .created_at = c->now}, id));
    TRY(organisation_set_maker(c->db, *id, c->actor->organisation_id));
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .subject_id = *id, .kind = "organisation.made",
                                       .outcome = arena_cstr(c->a, kind)});
}

bool organisation_lacks_administrator(const struct ctx *c, const struct organisation_line *o)
{
    return o->maker_id == c->actor->organisation_id && !o->administrators;
}

enum err organisation_invite(struct ctx *c, int64_t id, struct str email, struct str name)
{
    struct organisation_line o;
    TRY(organisation_seen(c, id, &o));
    if (!organisation_lacks_administrator(c, &o))
        return ERR_STATE;
    return invitation_first_administrator(c, id, email, name);
}

/* ---- cooperation */

static struct cooperation describe(const struct ctx *c, const struct cooperation_row *k)
{
    struct cooperation x = {.row = *k, .ours = k->organisation_id == c->actor->organisation_id};
    x.state = k->ended_at || (k->until_on && k->until_on < c->today) ? COOPERATION_OVER : k->from_on > c->today ? COOPERATION_NEXT : COOPERATION_NOW;
    return x;
}

enum err cooperations(struct ctx *c, struct cooperation **rows, size_t *n)
{
    struct cooperation_row *all;
    TRY(allowed(c, ACT_COOPERATION_SET));
    TRY(cooperation_of(c->db, c->a, c->actor->organisation_id, &all, n));
    *rows = ARENA_ARRAY(c->a, struct cooperation, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*rows)[i] = describe(c, &all[i]);
    return OK;
}

enum err cooperation_open(struct ctx *c, int64_t id, struct cooperation *out)
{
    struct cooperation_row k = {0};
    enum err e = cooperation_get(c->db, c->a, id, &k);
    if (e && e != ERR_NOT_FOUND)
        return e;
    TRY(may(c, ACT_COOPERATION_SET, rel_org(c, k.organisation_id) | rel_org(c, k.partner_id)));
    if (e)
        return e;
    *out = describe(c, &k);
    return OK;
}

enum err cooperation_partners(struct ctx *c, struct organisation_line **rows, size_t *n)
{
    struct organisation_line *all;
    size_t got, k = 0;
    TRY(allowed(c, ACT_COOPERATION_SET));
    TRY(organisation_list(c->db, c->a, c->actor->organisation_id, c->now, &all, &got));
    for (size_t i = 0; i < got; i++)
        if (all[i].id != c->actor->organisation_id && !str_is(all[i].kind, "business"))
            all[k++] = all[i];
    *rows = all;
    *n = k;
    return OK;
}

static enum err refuse(enum cooperation_fault *fault, enum cooperation_fault why)
{
    *fault = why;
    return ERR_INVALID;
}

/* Days that both hold: of two rows with the same partner one says enough. */
static bool overlap(const struct cooperation_row *x, const struct cooperation_row *y)
{
    return (!x->until_on || y->from_on <= x->until_on) && (!y->until_on || x->from_on <= y->until_on);
}

enum err cooperation_begin(struct ctx *c, const struct cooperation_row *in, int64_t *id, enum cooperation_fault *fault)
{
    struct organisation_line *partners;
    struct cooperation_row *all, k = *in;
    size_t n;
    int64_t seen;
    bool known = false;
    k.organisation_id = c->actor->organisation_id;
    k.by_account = c->actor->account_id;
    k.at = c->now;
    TRY(cooperation_partners(c, &partners, &n));
    for (size_t i = 0; i < n; i++)
        known |= partners[i].id == k.partner_id;
    if (!known)
        return refuse(fault, COOPERATION_PARTNER);
    if (!k.from_on || (k.until_on && (k.until_on < k.from_on || k.until_on < c->today)))
        return refuse(fault, COOPERATION_DAYS);
    TRY(cooperation_of(c->db, c->a, k.organisation_id, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (all[i].organisation_id == k.organisation_id && all[i].partner_id == k.partner_id && !all[i].ended_at && overlap(&all[i], &k))
            return refuse(fault, COOPERATION_THERE);
    TRY(cooperation_open_count(c->db, c->a, k.partner_id, c->today, &seen));
    if (seen >= ACTOR_COOP_MAX)
        return refuse(fault, COOPERATION_MANY);
    TRY(cooperation_insert(c->db, &k, id));
    news_of(c, 0, NEWS_ACCESS);
    return event_add(c, (struct event){.organisation_id = k.organisation_id, .subject_id = *id, .kind = "cooperation.begun", .reason = k.purpose});
}

enum err cooperation_stop(struct ctx *c, int64_t id)
{
    struct cooperation x;
    TRY(cooperation_open(c, id, &x));
    TRY(may(c, ACT_COOPERATION_SET, rel_org(c, x.row.organisation_id)));
    if (x.state == COOPERATION_OVER)
        return ERR_CONFLICT;
    TRY(cooperation_end(c->db, id, c->actor->account_id, c->now));
    news_of(c, 0, NEWS_ACCESS);
    return event_add(c, (struct event){.organisation_id = x.row.organisation_id, .subject_id = id, .kind = "cooperation.ended"});
}
