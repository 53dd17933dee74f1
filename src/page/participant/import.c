/* import.c: a file of participants in the browser: choose it, look at what it would do, import it. */
#include "gen/import.html.h"
#include "page/participant/participant.h"
#include "service/import.h"

/* GET /participants/import */
enum err import_page(struct page *p)
{
    struct form f = form_new(NULL, 0);
    TRY(may(&p->c, ACT_PARTICIPANT_IMPORT, rel_org(&p->c, p->c.actor->organisation_id)));
    html_import_choose(p->o, &p->v, &f, NULL);
    return OK;
}

/* POST /participants/import */
enum err import_upload(struct page *p)
{
    struct form f = form_of(p->r);
    const struct upload *file = req_file(p->r, "file");
    struct say why = {0};
    int64_t id = 0;
    enum err e = ERR_INVALID;
    if (!file)
        form_fail(&f, "file", N_("Velg en fil."));
    else
        e = import_draft_start(&p->c, file->filename, file->data, &id, &why);
    if (e == OK)
        return page_go(p, NULL, "/participants/import/%lld", (long long)id);
    if (e != ERR_INVALID)
        return e;
    html_import_choose(p->o, &p->v, &f, why.msgid ? &why : NULL);
    return page_invalid(p);
}

struct looked {
    struct str filename;
    struct import_file file;
    struct import_report report;
};

/* Before GET /participants/import/:id: what the file would do. */
enum err import_look_prep(struct page *p)
{
    int64_t id;
    struct looked *l = ARENA_NEW(p->c.a, struct looked);
    TRY(page_id(p, "id", &id));
    TRY(import_draft_open(&p->c, id, &l->filename, &l->file));
    struct import_progress limit = {.rows_max = IMPORT_UPLOAD_ROWS};
    if (!l->file.problem.msgid)
        TRY(import_participants(&p->c, &l->file, IMPORT_LOOK, &limit, &l->report));
    p->prep = l;
    return OK;
}

/* GET /participants/import/:id */
enum err import_look_page(struct page *p)
{
    int64_t id;
    const struct looked *l = p->prep;
    TRY(page_id(p, "id", &id));
    html_import_look(p->o, &p->v, id, l->filename, &l->file, &l->report);
    return OK;
}

/* POST /participants/import/:id/columns: fields c0, c1, ... with the number of our column, or empty. */
enum err import_columns_post(struct page *p)
{
    int64_t id;
    struct form f = form_of(p->r);
    enum import_column *choice = ARENA_ARRAY(p->c.a, enum import_column, CSV_COLUMNS_MAX);
    size_t n = (size_t)form_int(&f, "columns", true, 1, CSV_COLUMNS_MAX);
    TRY(page_id(p, "id", &id));
    if (!form_ok(&f))
        return ERR_INVALID;
    for (size_t i = 0; i < n; i++) {
        struct str name = arena_fmt(p->c.a, "c%d", (int)i);
        int64_t v = form_int(&f, name.p, false, 1, IMPORT_COLUMNS);
        choice[i] = v ? (enum import_column)(v - 1) : IMPORT_IGNORED;
    }
    if (!form_ok(&f))
        return ERR_INVALID;
    TRY(import_draft_choose(&p->c, id, choice, n));
    return page_go(p, NULL, "/participants/import/%lld", (long long)id);
}

/* POST /participants/import/:id */
enum err import_use(struct page *p)
{
    int64_t id;
    struct import_report rep = {0};
    TRY(page_id(p, "id", &id));
    enum err e = import_draft_use(&p->c, id, &rep);
    if (e == ERR_INVALID) /* the list has changed since it was looked at: look again */
        return ERR_STATE;
    TRY(e);
    return page_go(p, NULL, "/participants/imported/%lld", (long long)rep.run_id);
}

/* POST /participants/import/:id/drop */
enum err import_drop(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(import_draft_drop(&p->c, id));
    return page_go(p, "import-dropped", "/participants/import");
}

/* GET /participants/imported/:id */
enum err import_done_page(struct page *p)
{
    int64_t id;
    struct import_run_row run;
    TRY(page_id(p, "id", &id));
    TRY(import_done(&p->c, id, &run));
    html_import_done(p->o, &p->v, &run);
    return OK;
}
