/* task.c: the list of tasks, adding, ticking off. */
#include "page/task/task.h"
#include "gen/task.html.h"

struct str task_words(const struct view *v, struct str text)
{
    for (size_t t = 0; t < WORKBOOK_THEMES; t++) {
        const struct workbook_theme *w = &workbook_themes[t];
        if (str_is(text, w->next))
            return S(T(w->next));
        for (size_t i = 0; i < WORKBOOK_LINES; i++) {
            if (w->trainee[i] && str_is(text, w->trainee[i]))
                return S(T(w->trainee[i]));
            if (w->mentor[i] && str_is(text, w->mentor[i]))
                return S(T(w->mentor[i]));
        }
    }
    return text;
}

const char *task_owner_word(const struct view *v, enum task_owner owner)
{
    bool me = (owner == TASK_TRAINEE && v->actor->role == ROLE_TRAINEE) || (owner == TASK_MENTOR && v->actor->role == ROLE_MENTOR) ||
              (owner == TASK_LEADER && v->actor->role == ROLE_PROJECT_LEADER);
    return me ? T(N_("Du")) : owner == TASK_TRAINEE ? T(N_("Traineen")) : owner == TASK_MENTOR ? T(N_("Mentoren")) : T(N_("Prosjektlederen"));
}

size_t task_pick(struct arena *a, const struct task_row *rows, size_t n, enum task_owner me, bool mine, bool done, struct task_row **out)
{
    struct task_row *list = ARENA_ARRAY(a, struct task_row, n);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if ((rows[i].owner == me) == mine && (rows[i].done_at != 0) == done)
            list[k++] = rows[i];
    *out = list;
    return k;
}

bool task_any_open(const struct task_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!rows[i].done_at)
            return true;
    return false;
}

size_t task_open_n(const struct task_row *rows, size_t n)
{
    size_t k = 0;
    while (k < n && !rows[k].done_at)
        k++;
    return k;
}

static enum err load(struct page *p, struct tasks_view *x)
{
    x->me = task_me(&p->c);
    if (x->me == TASK_LEADER) {
        x->all = true;
        return task_list_all(&p->c, TASK_NOBODY, &x->rows, &x->n);
    }
    TRY(pair_choice(p, &x->pairs));
    if (x->pairs.now)
        x->trainee_id = x->pairs.now->trainee_id;
    else if (p->c.actor->participant_id) { /* a trainee without a mentor has tasks too */
        struct trainee_row t;
        enum err e = trainee_of_participant(p->c.db, p->c.a, p->c.actor->participant_id, &t);
        if (e && e != ERR_NOT_FOUND)
            return e;
        x->trainee_id = e ? 0 : t.id;
    }
    return x->trainee_id ? task_list(&p->c, x->trainee_id, &x->rows, &x->n) : OK;
}

/* GET /tasks */
enum err tasks_page(struct page *p)
{
    struct tasks_view x = {0};
    TRY(load(p, &x));
    html_tasks(p->o, &p->v, &x);
    return OK;
}

/* Where a form with tasks leads back to: one of our pages that show tasks. */
static struct str back_of(struct page *p)
{
    static const char *const starts[] = {"/meetings/", "/trainees/", "/workbook/", "/tasks", "/"};
    struct str back = req_field(p->r, "back"), path = back, only;
    only = str_cut(&path, '?');
    for (size_t i = 0; i + 1 < COUNT(starts); i++)
        if (str_starts(back, str_c(starts[i])) && back.n < 100 && str_find(only, ':') < 0 && str_find(back, '\\') < 0 &&
            str_find(back, '#') < 0)
            return back;
    return str_is(back, "/") ? back : STR("/tasks");
}

/* POST /tasks */
enum err task_add_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct task_row t = {.trainee_id = form_id(&f, "trainee", true), .meeting_id = form_id(&f, "meeting", false)};
    int owner = form_choice(&f, "owner", true, task_owners());
    int64_t id;
    t.owner = owner < 0 ? TASK_NOBODY : (enum task_owner)(owner + 1);
    t.text = form_line(&f, "text", 1, TASK_TEXT_MAX);
    t.due_on = form_date(&f, "due_on", false);
    if (t.due_on && (t.due_on < p->c.today - 400 || t.due_on > p->c.today + 800))
        form_fail(&f, "due_on", N_("Velg en dato i løpet av det neste året."));
    if (!form_ok(&f)) {
        struct tasks_view x = {.f = &f};
        TRY(load(p, &x));
        html_tasks(p->o, &p->v, &x);
        return page_invalid(p);
    }
    TRY(task_add(&p->c, &t, &id));
    struct str back = back_of(p);
    return page_go(p, "task-added", "%.*s", STR_FMT(back));
}

/* POST /tasks/done: all that are ticked. */
enum err tasks_done_post(struct page *p)
{
    struct form f = form_of(p->r);
    int64_t ids[100];
    size_t n = form_ids(&f, "done", ids, COUNT(ids));
    struct task_row t;
    for (size_t i = 0; i < n; i++)
        TRY(task_tick(&p->c, ids[i], true, &t));
    struct str back = back_of(p);
    return page_go(p, n ? "tasks-done" : NULL, "%.*s", STR_FMT(back));
}

/* POST /tasks/:id/open: it was not done after all. */
enum err task_open_post(struct page *p)
{
    int64_t id;
    struct task_row t;
    TRY(page_id(p, "id", &id));
    TRY(task_tick(&p->c, id, false, &t));
    struct str back = back_of(p);
    return page_go(p, "saved", "%.*s", STR_FMT(back));
}
