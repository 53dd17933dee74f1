/* document_share.c: the owner's circle, and who of it sees what (service/document.h). */
#include "service/document_parts.h"
#include "service/letter.h"

struct circle {
    struct document_circle_row *can; /* who can have it */
    struct document_share_row *has;  /* who was given it */
    size_t n_can, n_has;
};

static enum err circle_of(struct ctx *c, const struct document_row *d, struct circle *out)
{
    TRY(document_circle_of(c->db, c->a, d->organisation_id, d->participant_id, d->owner_account, c->now, c->today, &out->can, &out->n_can));
    return document_share_list(c->db, c->a, d->id, &out->has, &out->n_has);
}

static const struct document_share_row *given(const struct circle *o, int64_t account_id)
{
    for (size_t i = 0; i < o->n_has; i++)
        if (o->has[i].account_id == account_id)
            return &o->has[i];
    return NULL;
}

static const struct document_circle_row *in_circle(const struct circle *o, int64_t account_id)
{
    for (size_t i = 0; i < o->n_can; i++)
        if (o->can[i].account_id == account_id)
            return &o->can[i];
    return NULL;
}

enum err document_circle(struct ctx *c, int64_t id, struct document_person **rows, size_t *n)
{
    struct document d;
    struct circle o;
    size_t k = 0;
    TRY(document_load(c, id, ACT_DOCUMENT_SEE, &d));
    TRY(circle_of(c, &d.row, &o));
    struct document_person *out = ARENA_ARRAY(c->a, struct document_person, o.n_can + o.n_has + 1);
    for (size_t i = 0; i < o.n_can; i++) {
        const struct document_share_row *s = given(&o, o.can[i].account_id);
        if (s || d.own)
            out[k++] = (struct document_person){.account_id = o.can[i].account_id, .role = role_of(o.can[i].role), .name = o.can[i].name,
                                                .right = s ? (enum document_right)s->may : DOCUMENT_NONE, .visited_at = s ? s->visited_at : 0};
    }
    for (size_t i = 0; i < o.n_has && d.own; i++)
        if (!in_circle(&o, o.has[i].account_id))
            out[k++] = (struct document_person){.account_id = o.has[i].account_id, .name = o.has[i].name, .visited_at = o.has[i].visited_at,
                                                .right = (enum document_right)o.has[i].may, .was = true};
    *rows = out;
    *n = k;
    return OK;
}

/* Neither title nor kind: a mail is read by others too. */
static enum err tell(struct ctx *c, const struct document_row *d, const struct document_circle_row *to)
{
    struct letter l = letter_to(c, to->lang, to->name);
    letter_say(&l, N_("Noen har delt et dokument med deg i Springbrett."));
    letter_link(&l, N_("Logg inn og åpne det:"), "/documents/%lld", (long long)d->id);
    return letter_send(&l, (struct mail){.organisation_id = d->organisation_id, .kind = "document.shared", .email = to->email,
                                         .subject = letter_subject(&l, N_("Et dokument er delt med deg"), STR(""))});
}

enum err document_share(struct ctx *c, int64_t id, int64_t account_id, enum document_right right)
{
    struct document d;
    struct circle o;
    TRY(document_load(c, id, ACT_DOCUMENT_SHARE, &d));
    TRY(circle_of(c, &d.row, &o));
    const struct document_circle_row *person = in_circle(&o, account_id);
    const struct document_share_row *had = given(&o, account_id);
    if (right >= DOCUMENT_RIGHT_N || (!person && !(had && right == DOCUMENT_NONE)))
        return ERR_INVALID;
    if ((had ? (enum document_right)had->may : DOCUMENT_NONE) == right)
        return OK;
    struct document_share_row s = {.document_id = id, .account_id = account_id, .may = (int)right, .given_by = c->actor->account_id,
                                   .given_at = c->now};
    TRY(document_share_put(c->db, &s));
    news_of(c, id, NEWS_ACCESS);
    TRY(document_note(c, &d.row, right ? "document.shared" : "document.unshared", document_right_code(right)));
    return had || !person || !right ? OK : tell(c, &d.row, person);
}

enum err document_leave(struct ctx *c, int64_t id)
{
    struct document d;
    TRY(document_load(c, id, ACT_DOCUMENT_SEE, &d));
    if (d.own || !d.row.may)
        return ERR_STATE;
    TRY(document_share_put(c->db, &(struct document_share_row){.document_id = id, .account_id = c->actor->account_id}));
    news_of(c, id, NEWS_ACCESS);
    return document_note(c, &d.row, "document.left", "");
}
