/* document.c: the page of one document, and what its owner does with the whole of it. */
#include "page/document/document.h"
#include "gen/document.html.h"
#include "gen/document_print.html.h"

static enum err load_people(struct page *p, struct document_view *x)
{
    struct document_person *rows;
    TRY(document_circle(&p->c, x->d.row.id, &rows, &x->n_people));
    x->people = rows;
    for (size_t i = 0; i < x->n_people; i++)
        x->n_shared += rows[i].right != DOCUMENT_NONE && !rows[i].was;
    return OK;
}

enum err document_show(struct page *p, int64_t id, const struct form *comment, int64_t at, const struct form *title, const char *conflict)
{
    struct document_view x = {.conflict = conflict};
    struct rich *text;
    TRY(document_open(&p->c, id, &x.d));
    TRY(document_read(&p->c, id, &text));
    x.text = text;
    TRY(load_people(p, &x));
    if (x.d.kind == DOCUMENT_AD)
        TRY(document_ad(&p->c, id, &x.ad));
    TRY(consent_cv(&p->c, &x.d, &x.cv));
    x.comments = (struct comments_view){.d = x.d, .f = comment, .at = at};
    TRY(comment_threads(&p->c, id, text, &x.comments.rows, &x.comments.n));
    for (size_t i = 0; i < x.comments.n; i++)
        x.comments.n_open += !x.comments.rows[i].first.resolved_at;
    const struct pair now = {STR("title"), x.d.row.title};
    x.title = title ? *title : form_new(&now, 1);
    html_document(p->o, &p->v, &x);
    return OK;
}

/* GET /documents/:id */
enum err document_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(document_show(p, id, NULL, 0, NULL, NULL));
    p->c.visit_id = id;
    return OK;
}

static enum err faster(struct page *p, int64_t id, const struct form *title)
{
    TRY(document_show(p, id, NULL, 0, title, N_("Noen andre har endret dokumentet. Slik står det nå.")));
    return page_conflict(p);
}

/* POST /documents/:id/title */
enum err document_title_post(struct page *p)
{
    int64_t id;
    struct form f = form_of(p->r);
    struct str title = form_line(&f, "title", 1, DOCUMENT_TITLE_MAX);
    TRY(page_id(p, "id", &id));
    if (!form_ok(&f)) {
        TRY(document_show(p, id, NULL, 0, &f, NULL));
        return page_invalid(p);
    }
    enum err e = document_rename(&p->c, id, page_version(p), title);
    if (e == ERR_CONFLICT)
        return faster(p, id, &f);
    TRY(e);
    return page_go(p, "saved", "/documents/%lld", (long long)id);
}

/* POST /documents/:id/archive: field archived=1 puts it away, 0 takes it back. */
enum err document_archive_post(struct page *p)
{
    int64_t id;
    bool away = !str_is(req_field(p->r, "archived"), "0");
    TRY(page_id(p, "id", &id));
    enum err e = document_archive(&p->c, id, page_version(p), away);
    if (e == ERR_CONFLICT)
        return faster(p, id, NULL);
    TRY(e);
    return page_go(p, away ? "document-archived" : "document-back", "/documents/%lld", (long long)id);
}

/* POST /documents/:id/delete */
enum err document_delete_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    enum err e = document_delete(&p->c, id, page_version(p));
    if (e == ERR_CONFLICT)
        return faster(p, id, NULL);
    TRY(e);
    return page_go(p, NULL, "/documents?deleted=%lld", (long long)id);
}

/* POST /documents/:id/undelete */
enum err document_undelete_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(document_undelete(&p->c, id));
    return page_go(p, "document-back", "/documents/%lld", (long long)id);
}

/* POST /documents/:id/leave */
enum err document_leave_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(document_leave(&p->c, id));
    return page_go(p, "document-left", "/documents");
}

/* GET /documents/:id/print */
enum err document_print_page(struct page *p)
{
    int64_t id;
    struct document d;
    struct rich *text;
    TRY(page_id(p, "id", &id));
    TRY(document_open(&p->c, id, &d));
    TRY(document_read(&p->c, id, &text));
    html_document_print(p->o, &p->v, &d, text);
    return OK;
}

/* GET /documents/:id/file/:format */
enum err document_file_page(struct page *p)
{
    static const char *const formats[] = {[DOCUMENT_PDF] = "pdf", [DOCUMENT_DOCX] = "docx", [DOCUMENT_TXT] = "txt"};
    int64_t id;
    size_t i = 0;
    struct document_file file = {0};
    TRY(page_id(p, "id", &id));
    while (i < COUNT(formats) && !str_is(req_var(p->r, "format"), formats[i]))
        i++;
    if (i == COUNT(formats))
        return ERR_NOT_FOUND;
    TRY(document_export(&p->c, id, (enum document_format)i, &file));
    page_download(p, file.type, arena_cstr(p->c.a, file.name));
    buf_add(p->o, file.bytes.p, file.bytes.n);
    buf_free(&file.bytes);
    return OK;
}
