/* history.c: who wrote what when, named versions, an earlier state, comparing, restoring. */
#include "base/num.h"
#include "base/tm.h"
#include "gen/document_history.html.h"
#include "page/document/document.h"

enum { SITTINGS = 100, POINTS_MAX = 40 };

struct str sitting_time(const struct view *v, const struct document_sitting *s)
{
    struct str from = TIME(s->from_at), to = TIME(s->at);
    return str_eq(from, to) || tm_on_of(s->from_at) != tm_on_of(s->at) ? to : TF("{1} til {2}", from, to);
}

struct str sitting_from(const struct view *v, const struct history_view *x, size_t i)
{
    int64_t from = x->rows[i].first_seq - 1;
    for (size_t k = i; x->rows[i].seq < 0 && k < x->n; k++) /* still in the journal: after the newest log row */
        if (x->rows[k].seq >= 0) {
            from = x->rows[k].seq;
            break;
        }
    return point_code(v, (struct document_point){.seq = from > 0 ? from : 0});
}

static enum err open_history(struct page *p, struct document *d)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(document_open(&p->c, id, d));
    return d->history ? OK : may(&p->c, ACT_DOCUMENT_HISTORY, 0);
}

/* What can be compared: now, the named versions, then the newest sittings. */
static const struct form_choice *points(const struct view *v, const struct history_view *x)
{
    struct form_choice *c = ARENA_ARRAY(v->a, struct form_choice, x->n_versions + POINTS_MAX + 2);
    size_t k = 0;
    c[k++] = (struct form_choice){"now", N_("Slik teksten er nå")};
    for (size_t i = 0; i < x->n_versions; i++)
        c[k++] = (struct form_choice){point_code(v, (struct document_point){.version_id = x->versions[i].id}).p,
                                      arena_cstr(v->a, TF("Versjonen «{1}»", x->versions[i].name))};
    for (size_t i = 0; i < x->n && i < POINTS_MAX; i++)
        if (x->rows[i].seq > 0)
            c[k++] = (struct form_choice){point_code(v, (struct document_point){.seq = x->rows[i].seq}).p,
                                          arena_cstr(v->a, TF("{1}, etter {2}", WHEN(x->rows[i].at), x->rows[i].who))};
    return c;
}

static enum err show(struct page *p, struct history_view *x)
{
    TRY(document_sittings(&p->c, x->d.row.id, x->before, &x->rows, &x->n));
    TRY(document_versions(&p->c, x->d.row.id, &x->versions, &x->n_versions));
    x->older = x->n == SITTINGS && x->rows[x->n - 1].first_seq > 1;
    x->points = points(&p->v, x);
    const struct pair given[] = {{STR("from"), x->n_versions ? point_code(&p->v, (struct document_point){.version_id = x->versions[0].id}) : STR("")},
                                 {STR("to"), STR("now")}};
    x->compare = form_new(given, COUNT(given));
    html_document_history(p->o, &p->v, x);
    return OK;
}

/* GET /documents/:id/history */
enum err document_history_page(struct page *p)
{
    struct history_view x = {.before = page_query_int(p, "before", 0)};
    TRY(open_history(p, &x.d));
    x.before = x.before > 0 ? x.before : 0;
    x.f = form_new(NULL, 0);
    return show(p, &x);
}

/* POST /documents/:id/history: gives the present state a name. */
enum err document_version_post(struct page *p)
{
    struct history_view x = {.f = form_of(p->r)};
    int64_t version;
    TRY(open_history(p, &x.d));
    struct str name = form_line(&x.f, "name", 1, VERSION_NAME_MAX);
    if (!form_ok(&x.f)) {
        TRY(show(p, &x));
        return page_invalid(p);
    }
    TRY(document_version_add(&p->c, x.d.row.id, name, &version));
    return page_go(p, "version-named", "/documents/%lld/history", (long long)x.d.row.id);
}

/* How a point is called. The sitting or the version must be there: ERR_NOT_FOUND. */
static enum err name_of(struct page *p, int64_t id, struct document_point point, struct str *out)
{
    const struct view *v = &p->v;
    struct document_version_row *versions;
    struct document_sitting *rows;
    size_t n;
    if (point.version_id) {
        TRY(document_versions(&p->c, id, &versions, &n));
        for (size_t i = 0; i < n; i++)
            if (versions[i].id == point.version_id) {
                *out = TF("Versjonen «{1}»", versions[i].name);
                return OK;
            }
        return ERR_NOT_FOUND;
    }
    *out = S(point.seq < 0 ? T(N_("Slik teksten er nå")) : T(N_("Før noen skrev noe")));
    if (point.seq <= 0)
        return OK;
    TRY(document_sittings(&p->c, id, point.seq == INT64_MAX ? point.seq : point.seq + 1, &rows, &n));
    if (!n || rows[0].seq < point.seq)
        return ERR_NOT_FOUND;
    *out = TF("Slik teksten var {1}", WHEN(rows[0].at));
    return OK;
}

static enum err at_of(struct str at, struct str version, struct document_point *out)
{
    int64_t n;
    if (num_i64(version, 1, INT64_MAX, &n))
        *out = (struct document_point){.version_id = n};
    else if (num_i64(at, -1, INT64_MAX, &n))
        *out = (struct document_point){.seq = n};
    else
        return ERR_NOT_FOUND;
    return OK;
}

/* GET /documents/:id/history/view?at=SEQ or ?version=ID */
enum err document_then_page(struct page *p)
{
    struct then_view x = {0};
    struct rich *text;
    struct str at = req_query(p->r, "at"), version = req_query(p->r, "version");
    TRY(open_history(p, &x.d));
    if (!at.n && !version.n)
        return page_go(p, NULL, "/documents/%lld/history", (long long)x.d.row.id);
    TRY(at_of(at, version, &x.point));
    TRY(name_of(p, x.d.row.id, x.point, &x.what));
    TRY(document_at(&p->c, x.d.row.id, x.point, &text));
    x.text = text;
    x.code = point_code(&p->v, x.point);
    html_document_then(p->o, &p->v, &x);
    return OK;
}

/* GET /documents/:id/history/compare?from=..&to=.. */
enum err document_compare_page(struct page *p)
{
    struct compare_view x = {0};
    struct document_point from, to;
    TRY(open_history(p, &x.d));
    if (!point_of(req_query(p->r, "from"), &from) || !point_of(req_query(p->r, "to"), &to))
        return page_go(p, NULL, "/documents/%lld/history#compare", (long long)x.d.row.id);
    TRY(name_of(p, x.d.row.id, from, &x.from));
    TRY(name_of(p, x.d.row.id, to, &x.to));
    TRY(document_compare(&p->c, x.d.row.id, from, to, &x.change));
    html_document_compare(p->o, &p->v, &x);
    return OK;
}

/* POST /documents/:id/restore */
enum err document_restore_post(struct page *p)
{
    struct document d;
    struct document_point point;
    TRY(open_history(p, &d));
    TRY(at_of(req_field(p->r, "at"), req_field(p->r, "version"), &point));
    TRY(document_restore(&p->c, d.row.id, point));
    return page_go(p, "document-restored", "/documents/%lld", (long long)d.row.id);
}
