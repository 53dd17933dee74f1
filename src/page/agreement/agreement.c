#include "page/agreement/agreement.h"
#include "gen/agreement.html.h"

size_t agreement_pieces(struct arena *a, struct str text, struct agreement_piece **out)
{
    size_t n = 0, lines = 1;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    struct agreement_piece *v = ARENA_ARRAY(a, struct agreement_piece, lines);
    bool open = false;
    while (text.n) {
        struct str line = str_cut(&text, '\n');
        struct str t = str_trim(line);
        if (!t.n) {
            open = false;
        } else if (str_starts(t, STR("## "))) {
            v[n++] = (struct agreement_piece){true, {t.p + 3, t.n - 3}};
            open = false;
        } else if (open) { /* the same paragraph goes on: its text is contiguous */
            v[n - 1].text.n = (size_t)(t.p + t.n - v[n - 1].text.p);
        } else {
            v[n++] = (struct agreement_piece){false, t};
            open = true;
        }
    }
    *out = v;
    return n;
}

static enum err show(struct page *p, int64_t id, const struct form *f, struct say problem)
{
    struct agreement_view a;
    struct agreement_piece *pieces;
    enum err e = agreement_see(&p->c, id, &a);
    if (e == ERR_STATE) /* a mentor promises confidentiality first */
        return page_go(p, NULL, "/confidentiality");
    TRY(e);
    size_t n = agreement_pieces(p->c.a, a.agreement.text, &pieces);
    html_agreement(p->o, &p->v, &a, pieces, n, f, problem.msgid ? text_say(p->c.a, p->c.lang, &problem) : STR(""));
    return OK;
}

/* GET /agreements/:id */
enum err agreement_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return show(p, id, NULL, (struct say){0});
}

/* GET /agreement: the trainee's own. */
enum err agreement_own_page(struct page *p)
{
    int64_t id;
    enum err e = agreement_own(&p->c, &id);
    if (e == OK)
        return page_go(p, NULL, "/agreements/%lld", (long long)id);
    if (e != ERR_NOT_FOUND)
        return e;
    html_agreement_none(p->o, &p->v);
    return OK;
}

/* POST /agreements/:id/sign */
enum err agreement_sign_post(struct page *p)
{
    int64_t id;
    struct say why = {0};
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    struct str name = form_line(&f, "name", 3, 120);
    if (!form_check(&f, "read"))
        form_fail(&f, "read", N_("Kryss av for at du har lest avtalen."));
    if (!form_ok(&f)) {
        TRY(show(p, id, &f, why));
        return page_invalid(p);
    }
    enum err e = agreement_sign(&p->c, id, req_field(p->r, "hash"), name, &why);
    if ((e == ERR_STATE || e == ERR_CONFLICT) && why.msgid) {
        TRY(show(p, id, &f, why));
        return e == ERR_CONFLICT ? page_conflict(p) : page_invalid(p);
    }
    TRY(e);
    return page_go(p, "signed", "/agreements/%lld", (long long)id);
}

/* GET /agreements/:id/edit */
enum err agreement_edit_page(struct page *p)
{
    int64_t id;
    struct agreement_view a;
    TRY(page_id(p, "id", &id));
    TRY(agreement_see(&p->c, id, &a));
    if (!a.may_edit)
        return ERR_STATE;
    struct pair given[] = {{STR("text"), a.agreement.text}};
    struct form f = form_new(given, 1);
    html_agreement_edit(p->o, &p->v, &a, &f, STR(""));
    return OK;
}

/* POST /agreements/:id/edit */
enum err agreement_edit_post(struct page *p)
{
    int64_t id;
    struct agreement_view a;
    TRY(page_id(p, "id", &id));
    TRY(agreement_see(&p->c, id, &a));
    struct form f = form_of(p->r);
    struct str text = form_text(&f, "text", 20, 30000);
    if (!form_ok(&f)) {
        html_agreement_edit(p->o, &p->v, &a, &f, STR(""));
        return page_invalid(p);
    }
    enum err e = agreement_change(&p->c, id, page_version(p), text);
    if (e == ERR_CONFLICT) {
        html_agreement_edit(p->o, &p->v, &a, &f, a.agreement.text);
        return page_conflict(p);
    }
    TRY(e);
    return page_go(p, "saved", "/agreements/%lld", (long long)id);
}

static enum lang template_lang(const struct page *p)
{
    enum lang l;
    return lang_of(req_query(p->r, "for"), &l) && l != LANG_AR ? l : LANG_NB;
}

/* GET /settings/agreement?for=nb */
enum err agreement_template_page(struct page *p)
{
    struct str text;
    bool own;
    enum lang l = template_lang(p);
    TRY(agreement_template_see(&p->c, l, &text, &own));
    struct pair given[] = {{STR("text"), text}};
    struct form f = form_new(given, 1);
    html_agreement_template(p->o, &p->v, l, own, &f);
    return OK;
}

/* POST /settings/agreement?for=nb */
enum err agreement_template_post(struct page *p)
{
    enum lang l = template_lang(p);
    struct form f = form_of(p->r);
    struct str text = form_text(&f, "text", 20, 30000), bad = {0};
    enum err e = form_ok(&f) ? agreement_template_change(&p->c, l, text, &bad) : ERR_INVALID;
    if (e == ERR_INVALID) {
        if (form_ok(&f))
            form_fail(&f, "text", N_("En klamme { } i teksten er ikke en av de du kan bruke. Se listen under."));
        html_agreement_template(p->o, &p->v, l, true, &f);
        return page_invalid(p);
    }
    TRY(e);
    return page_go(p, "saved", "/settings/agreement?for=%s", lang_info[l].code);
}
