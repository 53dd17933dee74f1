/* share.c: who may do what with a document. */
#include "gen/document_share.html.h"
#include "page/document/document.h"

static const struct form_choice rights[] = {{"none", N_("Ser det ikke")}, {"read", N_("Kan lese")}, {"comment", N_("Kan kommentere")},
                                            {"write", N_("Kan skrive")}, {0}};
static const enum document_right right_of[] = {DOCUMENT_NONE, DOCUMENT_READ, DOCUMENT_COMMENT, DOCUMENT_WRITE};

const struct form_choice *share_choices(void)
{
    return rights;
}

const char *share_field(const struct view *v, int64_t account_id)
{
    return arena_fmt(v->a, "right-%lld", (long long)account_id).p;
}

static enum err load(struct page *p, struct share_view *x)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(document_open(&p->c, id, &x->d));
    TRY(may(&p->c, ACT_DOCUMENT_SHARE, x->d.own ? REL_SELF : 0));
    return document_circle(&p->c, id, &x->people, &x->n);
}

/* GET /documents/:id/share */
enum err document_share_page(struct page *p)
{
    struct share_view x = {0};
    TRY(load(p, &x));
    struct pair *given = ARENA_ARRAY(p->c.a, struct pair, x.n + 1);
    for (size_t i = 0; i < x.n; i++)
        given[i] = (struct pair){str_c(share_field(&p->v, x.people[i].account_id)), str_c(rights[x.people[i].right & 3].value)};
    x.f = form_new(given, x.n);
    html_document_share(p->o, &p->v, &x);
    return OK;
}

/* POST /documents/:id/share: who is not named in the form keeps what she has. */
enum err document_share_post(struct page *p)
{
    struct share_view x = {.f = form_of(p->r)};
    TRY(load(p, &x));
    enum document_right *wanted = ARENA_ARRAY(p->c.a, enum document_right, x.n + 1);
    for (size_t i = 0; i < x.n; i++) {
        int choice = form_choice(&x.f, share_field(&p->v, x.people[i].account_id), false, rights);
        wanted[i] = choice < 0 ? x.people[i].right : right_of[choice];
    }
    if (!form_ok(&x.f)) {
        html_document_share(p->o, &p->v, &x);
        return page_invalid(p);
    }
    for (size_t i = 0; i < x.n; i++)
        if (wanted[i] != x.people[i].right && (!x.people[i].was || wanted[i] == DOCUMENT_NONE))
            TRY(document_share(&p->c, x.d.row.id, x.people[i].account_id, wanted[i]));
    return page_go(p, "document-shared", "/documents/%lld", (long long)x.d.row.id);
}
