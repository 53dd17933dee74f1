/* comments.c: comments beside the text, and as a page of their own. */
#include "gen/comments.html.h"
#include "page/document/document.h"

const struct form *comment_form(const struct view *v, const struct comments_view *x, int64_t thread)
{
    if (x->f && x->at == thread)
        return x->f;
    struct form *f = ARENA_NEW(v->a, struct form);
    f->prefix = thread ? arena_fmt(v->a, "r%lld", (long long)thread).p : "new";
    return f;
}

static enum err show_alone(struct page *p, int64_t id, const struct form *f, int64_t at)
{
    struct comments_view x = {.f = f, .at = at, .alone = true};
    struct rich *text;
    TRY(document_open(&p->c, id, &x.d));
    TRY(document_read(&p->c, id, &text));
    TRY(comment_threads(&p->c, id, text, &x.rows, &x.n));
    for (size_t i = 0; i < x.n; i++)
        x.n_open += !x.rows[i].first.resolved_at;
    html_comments_page(p->o, &p->v, &x);
    return OK;
}

/* GET /documents/:id/comments */
enum err comments_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return show_alone(p, id, NULL, 0);
}

/* Where the form came from: the page of the comments alone, or the document's. */
static bool from_alone(const struct page *p)
{
    return str_is(req_field(p->r, "back"), "comments");
}

static enum err back(struct page *p, int64_t id)
{
    return page_go(p, NULL, from_alone(p) ? "/documents/%lld/comments" : "/documents/%lld#comments", (long long)id);
}

static enum err again(struct page *p, int64_t id, const struct form *f, int64_t at)
{
    TRY(from_alone(p) ? show_alone(p, id, f, at) : document_show(p, id, f, at, NULL, NULL));
    return page_invalid(p);
}

/* POST /documents/:id/comments */
enum err comment_post(struct page *p)
{
    int64_t id, comment;
    struct form f = form_of(p->r);
    f.prefix = "new";
    TRY(page_id(p, "id", &id));
    struct str text = form_text(&f, "text", 1, COMMENT_MAX), quote = form_text(&f, "quote", 0, COMMENT_QUOTE_MAX);
    struct str mark = form_line(&f, "mark", 0, DOCUMENT_MARK_MAX);
    if (mark.n && !document_mark_ok(mark))
        form_fail(&f, "mark", N_("Vi fant ikke stedet i teksten. Velg teksten på nytt."));
    if (!form_ok(&f))
        return again(p, id, &f, 0);
    TRY(comment_add(&p->c, id, mark, quote, text, &comment));
    return back(p, id);
}

static enum err ids(struct page *p, int64_t *id, int64_t *comment)
{
    TRY(page_id(p, "id", id));
    return page_id(p, "comment", comment);
}

/* POST /documents/:id/comments/:comment/reply */
enum err comment_reply_post(struct page *p)
{
    int64_t id, thread;
    struct form f = form_of(p->r);
    TRY(ids(p, &id, &thread));
    f.prefix = arena_fmt(p->c.a, "r%lld", (long long)thread).p;
    struct str text = form_text(&f, "text", 1, COMMENT_MAX);
    if (!form_ok(&f))
        return again(p, id, &f, thread);
    TRY(comment_reply(&p->c, id, thread, text));
    return back(p, id);
}

static enum err settle(struct page *p, bool resolved)
{
    int64_t id, thread;
    TRY(ids(p, &id, &thread));
    TRY(comment_resolve(&p->c, id, thread, resolved));
    return back(p, id);
}

/* POST /documents/:id/comments/:comment/resolve */
enum err comment_resolve_post(struct page *p)
{
    return settle(p, true);
}

/* POST /documents/:id/comments/:comment/reopen */
enum err comment_reopen_post(struct page *p)
{
    return settle(p, false);
}

/* POST /documents/:id/comments/:comment/delete */
enum err comment_delete_post(struct page *p)
{
    int64_t id, comment;
    TRY(ids(p, &id, &comment));
    TRY(comment_delete(&p->c, id, comment));
    return back(p, id);
}
