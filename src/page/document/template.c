/* template.c: what new documents begin with, as the organisation wants it. */
#include "gen/document_template.html.h"
#include "page/document/document.h"

enum { TEXT_MAX = 20000 };

const struct form_choice *template_kinds(const struct view *v)
{
    struct form_choice *c = ARENA_ARRAY(v->a, struct form_choice, DOCUMENT_KIND_N + 1);
    for (enum document_kind k = 0; k < DOCUMENT_KIND_N; k++)
        c[k] = (struct form_choice){document_kind_code(k), document_kind_label(k)};
    return c;
}

const struct form_choice *template_langs(void)
{
    static const struct form_choice c[] = {{"nb", N_("Bokmål")}, {"nn", N_("Nynorsk")}, {"en", N_("Engelsk")}, {"ar", N_("Arabisk")}, {0}};
    return c;
}

const char *template_lang_name(struct str code)
{
    enum lang l;
    return lang_info[lang_of(code, &l) ? l : LANG_NB].name;
}

/* GET /settings/documents */
enum err document_templates_page(struct page *p)
{
    struct document_template_row *rows;
    size_t n;
    TRY(document_templates(&p->c, &rows, &n));
    html_document_templates(p->o, &p->v, rows, n);
    return OK;
}

static enum err show(struct page *p, struct template_view *x)
{
    x->preview = rich_from_markup(p->c.a, form_value(&x->f, "text"));
    html_document_template(p->o, &p->v, x);
    return OK;
}

/* GET /settings/documents/new?kind=cv: begins with the built-in one of the kind. */
enum err document_template_new_page(struct page *p)
{
    struct template_view x = {0};
    TRY(may(&p->c, ACT_DOCUMENT_TEMPLATE, rel_org(&p->c, p->c.actor->organisation_id)));
    struct str code = req_query(p->r, "kind");
    enum document_kind kind = document_kind_of(code);
    const struct pair given[] = {{STR("kind"), code.n ? str_c(document_kind_code(kind)) : STR("")}, {STR("lang"), STR("nb")},
                                 {STR("title"), code.n ? str_c(text_get(LANG_NB, document_kind_label(kind))) : STR("")},
                                 {STR("text"), code.n && *document_kind_template(kind) ? str_c(text_get(LANG_NB, document_kind_template(kind))) : STR("")}};
    x.f = form_new(given, COUNT(given));
    return show(p, &x);
}

/* GET /settings/documents/:id */
enum err document_template_page(struct page *p)
{
    struct template_view x = {0};
    struct document_template_row t;
    TRY(page_id(p, "id", &x.id));
    TRY(document_template_open(&p->c, x.id, &t));
    const struct pair given[] = {{STR("kind"), t.kind}, {STR("lang"), t.lang}, {STR("title"), t.title}, {STR("text"), t.text}};
    x.f = form_new(given, COUNT(given));
    x.version = t.version;
    x.ended = t.ended_at > 0;
    return show(p, &x);
}

/* Save it, or only look at it: the button "preview" shows the page again with what was typed. */
static enum err save(struct page *p, int64_t id)
{
    struct template_view x = {.id = id, .f = form_of(p->r), .version = page_version(p)};
    struct document_template_row now = {0};
    if (id)
        TRY(document_template_open(&p->c, id, &now));
    else
        TRY(may(&p->c, ACT_DOCUMENT_TEMPLATE, rel_org(&p->c, p->c.actor->organisation_id)));
    const struct form_choice *kinds = template_kinds(&p->v);
    int kind = form_choice(&x.f, "kind", true, kinds), lang = form_choice(&x.f, "lang", true, template_langs());
    struct document_template_row t = {.id = id, .version = x.version, .title = form_line(&x.f, "title", 1, DOCUMENT_TITLE_MAX),
                                      .text = form_text(&x.f, "text", 1, TEXT_MAX)};
    if (form_check(&x.f, "preview")) {
        x.f.n_err = 0;
        return show(p, &x);
    }
    if (!form_ok(&x.f)) {
        TRY(show(p, &x));
        return page_invalid(p);
    }
    t.kind = str_c(kinds[kind].value);
    t.lang = str_c(template_langs()[lang].value);
    enum err e = document_template_save(&p->c, &t, &id);
    if (e == ERR_CONFLICT) {
        x.now = &now;
        x.version = now.version;
        TRY(show(p, &x));
        return page_conflict(p);
    }
    TRY(e);
    return page_go(p, "template-saved", "/settings/documents");
}

/* POST /settings/documents/new */
enum err document_template_new_post(struct page *p)
{
    return save(p, 0);
}

/* POST /settings/documents/:id */
enum err document_template_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return save(p, id);
}

/* POST /settings/documents/:id/end */
enum err document_template_end_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    enum err e = document_template_end(&p->c, id, page_version(p));
    if (e == ERR_CONFLICT)
        return page_go(p, NULL, "/settings/documents/%lld", (long long)id);
    TRY(e);
    return page_go(p, "template-ended", "/settings/documents");
}
