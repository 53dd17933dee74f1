/* meeting_form.c: plan a meeting, move it. */
#include "base/tm.h"
#include "gen/meeting_form.html.h"
#include "page/meeting/meeting.h"

static const struct form_choice places[] = {{"0", N_("Vi møtes")}, {"1", N_("Digitalt eller på telefon")}, {0}};

static const struct form_choice *themes(const struct view *v)
{
    struct form_choice *c = ARENA_ARRAY(v->a, struct form_choice, WORKBOOK_THEMES + 2);
    c[0] = (struct form_choice){"0", N_("Fritt tema")};
    for (int i = 1; i <= WORKBOOK_THEMES; i++)
        c[i] = (struct form_choice){arena_fmt(v->a, "%d", i).p, arena_cstr(v->a, meeting_title(v, i))};
    return c;
}

static struct pair *given(const struct view *v, const struct meeting_plan *m, size_t *n)
{
    struct pair *g = ARENA_ARRAY(v->a, struct pair, 6);
    struct tm_civil t = tm_civil(m->at);
    size_t k = 0;
    if (m->at) {
        g[k++] = (struct pair){STR("at"), arena_fmt(v->a, "%02d.%02d.%04d", t.day, t.month, t.year)};
        g[k++] = (struct pair){STR("at_time"), arena_fmt(v->a, "%02d.%02d", t.hour, t.minute)};
    }
    g[k++] = (struct pair){STR("minutes"), arena_fmt(v->a, "%d", m->minutes)};
    g[k++] = (struct pair){STR("digital"), m->digital ? STR("1") : STR("0")};
    g[k++] = (struct pair){STR("place"), m->place};
    g[k++] = (struct pair){STR("theme"), arena_fmt(v->a, "%d", m->theme)};
    *n = k;
    return g;
}

static struct meeting_plan plan_of(struct form *f, const struct form_choice *theme_choices, int64_t now)
{
    struct meeting_plan m = {.at = form_at(f, "at", true)};
    m.minutes = (int)form_int(f, "minutes", true, MEETING_MINUTES_MIN, MEETING_MINUTES_MAX);
    m.digital = form_choice(f, "digital", true, places) == 1;
    m.place = form_line(f, "place", 0, MEETING_PLACE_MAX);
    int theme = form_choice(f, "theme", true, theme_choices);
    m.theme = theme > 0 ? theme : 0;
    if (m.at && (m.at < now - 400LL * TM_DAY_MS || m.at > now + 800LL * TM_DAY_MS))
        form_fail(f, "at", N_("Velg en dato i løpet av det neste året."));
    return m;
}

static enum err show(struct page *p, struct meeting_form *x)
{
    x->themes = themes(&p->v);
    x->places = places;
    html_meeting_form(p->o, &p->v, x);
    return OK;
}

/* The first theme without a meeting, held or planned. */
static int next_theme(const struct meeting_row *rows, size_t n)
{
    for (int t = 1; t <= WORKBOOK_THEMES; t++) {
        bool taken = false;
        for (size_t i = 0; i < n; i++)
            taken |= rows[i].theme == t && rows[i].status != MEETING_CANCELLED;
        if (!taken)
            return t;
    }
    return 0;
}

static enum err pair_for_new(struct page *p, struct mentorship_row *pair)
{
    struct pair_choice c;
    int64_t trainee;
    if (p->r->method == POST) {
        struct form f = form_of(p->r);
        trainee = form_id(&f, "trainee", true);
        TRY(mentoring_pairs(&p->c, &c.all, &c.n));
        for (size_t i = 0; i < c.n; i++)
            if (c.all[i].trainee_id == trainee) {
                *pair = c.all[i];
                return OK;
            }
        return ERR_NOT_FOUND;
    }
    TRY(pair_choice(p, &c));
    if (!c.now || c.now->status != MENTORSHIP_ACTIVE)
        return ERR_NOT_FOUND;
    *pair = *c.now;
    return OK;
}

/* GET /meetings/new */
enum err meeting_new_page(struct page *p)
{
    struct meeting_form x = {0};
    struct meeting_row *rows;
    size_t n;
    TRY(pair_for_new(p, &x.pair));
    TRY(meeting_list(&p->c, &x.pair, &rows, &n));
    struct meeting_plan plan = {.theme = next_theme(rows, n), .minutes = 60};
    int64_t wanted = page_query_int(p, "theme", 0);
    if (workbook_theme((int)(wanted > 0 && wanted <= WORKBOOK_THEMES ? wanted : 0)))
        plan.theme = (int)wanted;
    if (workbook_theme(plan.theme))
        plan.minutes = workbook_theme(plan.theme)->minutes;
    if (n) { /* where they met last */
        plan.place = rows[n - 1].place;
        plan.digital = rows[n - 1].digital;
    }
    size_t n_given;
    struct pair *g = given(&p->v, &plan, &n_given);
    x.f = form_new(g, n_given);
    return show(p, &x);
}

/* POST /meetings */
enum err meeting_add_post(struct page *p)
{
    struct meeting_form x = {.f = form_of(p->r)};
    struct say why;
    int64_t id;
    TRY(pair_for_new(p, &x.pair));
    struct meeting_plan plan = plan_of(&x.f, themes(&p->v), p->c.now);
    if (form_ok(&x.f)) {
        enum err e = meeting_add(&p->c, x.pair.id, &plan, &id, &why);
        if (!e)
            return page_go(p, plan.at > p->c.now ? "meeting-planned" : "saved", "/meetings/%lld", (long long)id);
        if (e != ERR_STATE)
            return e;
        form_fail(&x.f, "at", why.msgid);
    }
    TRY(show(p, &x));
    return page_invalid(p);
}

static enum err open_for_move(struct page *p, struct meeting_form *x, struct meeting_row *m)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(meeting_open(&p->c, id, m, &x->pair));
    TRY(may(&p->c, ACT_MEETING_PLAN, mentoring_rel(&p->c, &x->pair)));
    x->m = m;
    x->version = m->version;
    return OK;
}

/* GET /meetings/:id/move */
enum err meeting_move_page(struct page *p)
{
    struct meeting_form x = {0};
    struct meeting_row m;
    TRY(open_for_move(p, &x, &m));
    size_t n;
    struct pair *g = given(&p->v, &(struct meeting_plan){m.theme, m.at, m.minutes, m.place, m.digital}, &n);
    x.f = form_new(g, n);
    return show(p, &x);
}

/* POST /meetings/:id/move */
enum err meeting_move_post(struct page *p)
{
    struct meeting_form x = {.f = form_of(p->r)};
    struct meeting_row m;
    struct say why;
    TRY(open_for_move(p, &x, &m));
    struct meeting_plan plan = plan_of(&x.f, themes(&p->v), p->c.now);
    if (form_ok(&x.f)) {
        enum err e = meeting_move(&p->c, m.id, page_version(p), &plan, &why);
        if (!e)
            return page_go(p, "meeting-moved", "/meetings/%lld", (long long)m.id);
        if (e == ERR_CONFLICT) {
            x.now = &m;
            TRY(show(p, &x));
            return page_conflict(p);
        }
        if (e != ERR_STATE)
            return e;
        form_fail(&x.f, "at", why.msgid);
    }
    x.version = page_version(p);
    TRY(show(p, &x));
    return page_invalid(p);
}
