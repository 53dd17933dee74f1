/* workbook.c: the twelve themes, and taking a task from a theme over to one's own. */
#include "page/workbook/workbook.h"
#include "base/num.h"
#include "base/tm.h"
#include "gen/workbook.html.h"

enum { DUE_DAYS = 21 /* when no next meeting is planned */ };

static enum err load(struct page *p, struct workbook_view *x)
{
    struct meeting_row *rows = NULL;
    size_t n = 0;
    TRY(pair_choice(p, &x->pairs));
    if (x->pairs.now)
        TRY(meeting_list(&p->c, x->pairs.now, &rows, &n));
    for (int t = 0; t < WORKBOOK_THEMES; t++) {
        struct theme_line *l = &x->line[t];
        l->theme = &workbook_themes[t];
        for (size_t i = 0; i < n; i++)
            if (rows[i].theme == l->theme->number && rows[i].status != MEETING_CANCELLED) {
                l->meeting = &rows[i];
                if (rows[i].status == MEETING_HELD || l->state == THEME_OPEN)
                    l->state = rows[i].status == MEETING_HELD ? THEME_HELD : THEME_PLANNED;
            }
        x->held += l->state == THEME_HELD;
    }
    for (int t = WORKBOOK_THEMES - 1; t >= 0; t--)
        if (x->line[t].state == THEME_OPEN && !(x->next && x->next->state == THEME_PLANNED))
            x->next = &x->line[t];
        else if (x->line[t].state == THEME_PLANNED)
            x->next = &x->line[t];
    x->due_on = p->c.today + DUE_DAYS;
    for (size_t i = n; i > 0; i--) /* until the next meeting, if there is one */
        if (rows[i - 1].status == MEETING_PLANNED && tm_on_of(rows[i - 1].at) > p->c.today)
            x->due_on = tm_on_of(rows[i - 1].at);
    return OK;
}

static const struct task_row *find(const struct task_row *rows, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].text, text))
            return &rows[i];
    return NULL;
}

static enum err load_tasks(struct page *p, struct workbook_view *x)
{
    const struct workbook_theme *t = workbook_theme(x->number);
    struct task_row *rows = NULL;
    size_t n = 0;
    enum task_owner me = task_me(&p->c);
    x->can_add = x->pairs.now && x->pairs.now->status == MENTORSHIP_ACTIVE && (me == TASK_TRAINEE || me == TASK_MENTOR);
    if (x->can_add)
        TRY(task_list(&p->c, x->pairs.now->trainee_id, &rows, &n));
    for (size_t i = 0; i < WORKBOOK_LINES; i++) {
        if (t->trainee[i])
            x->trainee[x->n_trainee++] = (struct theme_task){t->trainee[i], arena_fmt(p->c.a, "t%zu", i), me == TASK_TRAINEE, find(rows, n, t->trainee[i])};
        if (t->mentor[i])
            x->mentor[x->n_mentor++] = (struct theme_task){t->mentor[i], arena_fmt(p->c.a, "m%zu", i), me == TASK_MENTOR, find(rows, n, t->mentor[i])};
    }
    x->trainee[x->n_trainee++] = (struct theme_task){t->next, STR("n"), me == TASK_TRAINEE, find(rows, n, t->next)};
    return OK;
}

static const struct theme_document theme_documents[] = {
    {2, DOCUMENT_CV, N_("CV-en"), N_("Skriv CV-en her. Da kan mentoren lese den og hjelpe deg."), N_("Skriv CV")},
    {6, DOCUMENT_LETTER, N_("Søknaden"), N_("Skriv et søknadsbrev til en jobb du vil ha. Del det med mentoren før du sender det."), N_("Skriv søknadsbrev")},
    {10, DOCUMENT_AD, N_("Annonsen"), N_("Ta vare på annonsen, og skriv det du kan, ved siden av det de ber om."), N_("Analyser en annonse")},
    {11, DOCUMENT_AD, N_("Annonsen"), N_("Ta vare på annonsen, og skriv det du kan, ved siden av det de ber om."), N_("Analyser en annonse")},
    {12, DOCUMENT_AD, N_("Annonsen"), N_("Ta vare på annonsen, og skriv det du kan, ved siden av det de ber om."), N_("Analyser en annonse")},
};

/* What is written in this theme, and what of it is there already. */
static enum err load_documents(struct page *p, struct workbook_view *x)
{
    for (size_t i = 0; i < COUNT(theme_documents); i++)
        if (theme_documents[i].number == x->number && x->pairs.now)
            x->write = &theme_documents[i];
    if (!x->write)
        return OK;
    size_t n;
    TRY(documents_of(p, x->pairs.now->participant_id, &x->documents, &n));
    for (size_t i = 0; i < n; i++)
        if (x->documents[i].kind == x->write->kind && !x->documents[i].row.archived_at)
            x->documents[x->n_documents++] = x->documents[i];
    return OK;
}

/* GET /workbook */
enum err workbook_page(struct page *p)
{
    struct workbook_view x = {0};
    TRY(load(p, &x));
    html_workbook(p->o, &p->v, &x);
    return OK;
}

static enum err number_of(struct page *p, int *number)
{
    int64_t n;
    if (!num_i64(req_var(p->r, "n"), 1, WORKBOOK_THEMES, &n))
        return ERR_NOT_FOUND;
    *number = (int)n;
    return OK;
}

static struct str date_field(struct arena *a, int on)
{
    struct tm_ymd d = tm_ymd(on);
    return arena_fmt(a, "%02d.%02d.%04d", d.day, d.month, d.year);
}

/* GET /workbook/:n */
enum err workbook_theme_page(struct page *p)
{
    struct workbook_view x = {0};
    TRY(number_of(p, &x.number));
    TRY(load(p, &x));
    TRY(load_tasks(p, &x));
    TRY(load_documents(p, &x));
    const struct pair given[] = {{STR("due_on"), date_field(p->c.a, x.due_on)}};
    x.f = form_new(given, COUNT(given));
    html_workbook_theme(p->o, &p->v, &x);
    return OK;
}

static const struct theme_task *wanted(const struct workbook_view *x, struct str code, enum task_owner *owner)
{
    for (size_t i = 0; i < x->n_trainee; i++)
        if (x->trainee[i].mine && str_eq(x->trainee[i].code, code)) {
            *owner = TASK_TRAINEE;
            return &x->trainee[i];
        }
    for (size_t i = 0; i < x->n_mentor; i++)
        if (x->mentor[i].mine && str_eq(x->mentor[i].code, code)) {
            *owner = TASK_MENTOR;
            return &x->mentor[i];
        }
    return NULL;
}

/* POST /workbook/:n/task: one of the theme's tasks becomes the reader's own. */
enum err workbook_task_post(struct page *p)
{
    struct workbook_view x = {0};
    enum task_owner owner = TASK_NOBODY;
    int64_t id;
    TRY(number_of(p, &x.number));
    TRY(load(p, &x));
    TRY(load_tasks(p, &x));
    x.f = form_of(p->r);
    const struct theme_task *t = wanted(&x, req_field(p->r, "task"), &owner);
    if (!t || !x.can_add)
        return ERR_NOT_FOUND;
    struct task_row row = {.trainee_id = x.pairs.now->trainee_id, .owner = owner, .text = str_c(t->text), .due_on = form_date(&x.f, "due_on", true)};
    if (row.due_on && (row.due_on < p->c.today - 30 || row.due_on > p->c.today + 800))
        form_fail(&x.f, "due_on", N_("Velg en dato i løpet av det neste året."));
    if (!form_ok(&x.f)) {
        TRY(load_documents(p, &x));
        html_workbook_theme(p->o, &p->v, &x);
        return page_invalid(p);
    }
    if (!t->have)
        TRY(task_add(&p->c, &row, &id));
    struct str query = pair_query(&p->v, &x.pairs);
    return page_go(p, "task-added", "/workbook/%d%.*s", x.number, STR_FMT(query));
}
