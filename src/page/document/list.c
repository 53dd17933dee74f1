/* list.c: one's documents, and a new one. */
#include "base/num.h"
#include "gen/documents.html.h"
#include "page/document/document.h"
#include "service/mentoring.h"
#include "service/standing.h"

enum { QUERY_MAX = 100, WHOM_MAX = 300 };

/* GET /documents */
enum err documents_page(struct page *p)
{
    struct document *rows;
    struct documents_view x = {.deleted = page_query_int(p, "deleted", 0)};
    size_t n;
    struct form f = form_of(p->r);
    x.query = form_line(&f, "q", 0, QUERY_MAX); /* an odd one is none */
    TRY(document_list_of(&p->c, x.query, &rows, &n));
    x.own = ARENA_ARRAY(p->c.a, struct document, n + 1);
    x.shared = ARENA_ARRAY(p->c.a, struct document, n + 1);
    x.away = ARENA_ARRAY(p->c.a, struct document, n + 1);
    for (size_t i = 0; i < n; i++)
        if (rows[i].row.archived_at)
            x.away[x.n_away++] = rows[i];
        else if (rows[i].own)
            x.own[x.n_own++] = rows[i];
        else
            x.shared[x.n_shared++] = rows[i];
    if (!x.query.n)
        TRY(document_deleted(&p->c, &x.gone, &x.n_gone));
    html_documents(p->o, &p->v, &x);
    return OK;
}

/* ---- a new one */

static const struct form_choice *mentor_whom(struct page *p, enum err *e)
{
    struct mentorship_row *pairs = NULL;
    size_t n = 0, k = 0;
    *e = mentoring_pairs(&p->c, &pairs, &n);
    struct form_choice *c = ARENA_ARRAY(p->c.a, struct form_choice, n + 2);
    for (size_t i = 0; !*e && i < n; i++)
        if (pairs[i].status == MENTORSHIP_ACTIVE) {
            saw(&p->c, pairs[i].organisation_id, pairs[i].participant_id, "list");
            c[k++] = (struct form_choice){arena_fmt(p->c.a, "%lld", (long long)pairs[i].participant_id).p,
                                          arena_cstr(p->c.a, mentoring_trainee_name(p->c.a, &pairs[i]))};
        }
    c[k] = (struct form_choice){"0", N_("Meg selv")};
    return c;
}

static const struct form_choice *staff_whom(struct page *p, enum err *e)
{
    struct standing *rows = NULL;
    size_t n = 0;
    *e = standing_list(&p->c, (struct standing_filter){.status = STANDING_RUNNING, .limit = WHOM_MAX}, &rows, &n);
    struct form_choice *c = ARENA_ARRAY(p->c.a, struct form_choice, n + 2);
    for (size_t i = 0; !*e && i < n; i++) {
        saw(&p->c, rows[i].row.organisation_id, rows[i].row.participant_id, "list");
        c[i] = (struct form_choice){arena_fmt(p->c.a, "%lld", (long long)rows[i].row.participant_id).p,
                                    arena_fmt(p->c.a, "%.*s %.*s", STR_FMT(rows[i].row.first_name), STR_FMT(rows[i].row.last_name)).p};
    }
    c[n] = (struct form_choice){"0", N_("Meg selv")};
    return c;
}

/* For whom it can be: nobody is asked who writes only for herself. */
static enum err load_whom(struct page *p, struct document_new_view *x)
{
    enum err e = OK;
    if (x->meeting_id || p->c.actor->role == ROLE_TRAINEE)
        return OK;
    x->whom = p->c.actor->role == ROLE_MENTOR ? mentor_whom(p, &e) : staff_whom(p, &e);
    TRY(e);
    if (str_is(str_c(x->whom[0].value), "0"))
        x->whom = NULL;
    return OK;
}

/* Minutes are made from their meeting, so they stand among the choices only there, and alone. */
static enum err load_choices(struct page *p, struct document_new_view *x)
{
    struct document_choice *all;
    size_t n;
    TRY(may(&p->c, ACT_DOCUMENT_NEW, REL_SELF));
    TRY(document_choices(&p->c, &all, &n));
    struct document_choice *rows = ARENA_ARRAY(p->c.a, struct document_choice, n + 1);
    struct form_choice *c = ARENA_ARRAY(p->c.a, struct form_choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        if ((all[i].kind == DOCUMENT_MINUTES) != (x->meeting_id > 0))
            continue;
        rows[x->n] = all[i];
        c[x->n++] = (struct form_choice){arena_fmt(p->c.a, "%s-%lld", document_kind_code(all[i].kind), (long long)all[i].template_id).p,
                                         arena_cstr(p->c.a, all[i].title)};
    }
    x->rows = rows;
    x->choices = c;
    return load_whom(p, x);
}

/* What a link asked for: "?kind=cv&for=12". */
static struct form given(struct page *p, const struct document_new_view *x)
{
    struct pair *g = ARENA_ARRAY(p->c.a, struct pair, 2);
    struct str kind = req_query(p->r, "kind");
    size_t n = 0;
    for (size_t i = 0; i < x->n && !n; i++)
        if (str_is(kind, document_kind_code(x->rows[i].kind)) || x->n == 1)
            g[n++] = (struct pair){STR("choice"), str_c(x->choices[i].value)};
    struct str whom = req_query(p->r, "for");
    if (x->whom)
        g[n++] = (struct pair){STR("for"), whom.n ? whom : x->whom[1].value ? STR("") : STR("0")};
    return form_new(g, n);
}

/* GET /documents/new */
enum err document_new_page(struct page *p)
{
    int64_t meeting = page_query_int(p, "meeting", 0);
    struct document_new_view x = {.meeting_id = meeting > 0 ? meeting : 0};
    TRY(load_choices(p, &x));
    x.f = given(p, &x);
    html_document_new(p->o, &p->v, &x);
    return OK;
}

static struct document_make make_of(struct document_new_view *x)
{
    struct document_make m = {.kind = DOCUMENT_FREE, .meeting_id = x->meeting_id};
    int choice = form_choice(&x->f, "choice", true, x->choices), whom = x->whom ? form_choice(&x->f, "for", true, x->whom) : -1;
    m.title = form_line(&x->f, "title", 0, DOCUMENT_TITLE_MAX);
    if (choice >= 0) {
        m.kind = x->rows[choice].kind;
        m.template_id = x->rows[choice].template_id;
        m.title = m.title.n ? m.title : x->rows[choice].title;
    }
    int64_t id;
    if (whom >= 0 && num_i64(str_c(x->whom[whom].value), 1, INT64_MAX, &id))
        m.participant_id = id;
    return m;
}

/* POST /documents/new */
enum err document_new_post(struct page *p)
{
    struct document_new_view x = {.f = form_of(p->r)};
    struct say why = {0};
    int64_t id = 0;
    if (!num_i64(req_field(p->r, "meeting"), 1, INT64_MAX, &x.meeting_id))
        x.meeting_id = 0;
    TRY(load_choices(p, &x));
    struct str whom = req_field(p->r, "for");
    if (!x.whom && whom.n && !str_is(whom, "0"))
        return ERR_NOT_FOUND; /* it was for somebody whom the actor may not write for, or not any more: not the actor's own either */
    struct document_make m = make_of(&x);
    if (form_ok(&x.f)) {
        enum err e = document_new(&p->c, &m, &id, &why);
        if (e == OK)
            return page_go(p, "document-made", m.kind == DOCUMENT_AD ? "/documents/%lld/ad" : "/documents/%lld", (long long)id);
        if (e == ERR_STATE && id) /* it is there already: that is what was wanted */
            return page_go(p, NULL, "/documents/%lld", (long long)id);
        if (e != ERR_STATE && e != ERR_LIMIT)
            return e;
        form_fail(&x.f, "choice", e == ERR_STATE && why.msgid ? why.msgid : N_("Du har for mange dokumenter. Slett noen du ikke trenger."));
    }
    html_document_new(p->o, &p->v, &x);
    return page_invalid(p);
}
