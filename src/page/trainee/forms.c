/* forms.c: what the leader registers about a trainee: evaluations, leave, the end. */
#include "base/num.h"
#include "base/tm.h"
#include "gen/trainee_form.html.h"
#include "page/trainee/trainee.h"

enum { WORDS_MAX = 4000 };

const struct form_choice *trainee_go_on(void)
{
    static const struct form_choice c[] = {{"1", N_("Ja, begge vil fortsette")}, {"2", N_("Nei")}, {0}};
    return c;
}
const struct form_choice *trainee_leaves(void)
{
    static const struct form_choice c[] = {{"1", N_("Foreldrepermisjon")}, {"2", N_("Annen permisjon")}, {0}};
    return c;
}
const struct form_choice *trainee_ends(void)
{
    static const struct form_choice c[] = {{"pair", N_("Bare samarbeidet. Traineen skal få en ny mentor.")},
                                           {"programme", N_("Traineen slutter i mentorprogrammet.")}, {0}};
    return c;
}

const char *trainee_form_title(const struct view *v, enum trainee_form_kind kind)
{
    static const char *const titles[] = {[FORM_MIDWAY] = N_("Midtveisevaluering"), [FORM_FINAL] = N_("Sluttevaluering"),
                                         [FORM_LEAVE] = N_("Permisjon"), [FORM_COMPLETE] = N_("Registrer som fullført"),
                                         [FORM_END] = N_("Avslutt før tiden")};
    return T(titles[kind]);
}

const char *trainee_form_path(enum trainee_form_kind kind)
{
    static const char *const paths[] = {[FORM_MIDWAY] = "evaluations/midway", [FORM_FINAL] = "evaluations/final", [FORM_LEAVE] = "leave",
                                        [FORM_COMPLETE] = "complete", [FORM_END] = "end"};
    return paths[kind];
}

const struct form *leave_form(const struct view *v, const struct trainee_form *x, const char *prefix)
{
    if (x->back.prefix && str_is(str_c(prefix), x->back.prefix))
        return &x->back;
    struct form *f = ARENA_NEW(v->a, struct form);
    f->prefix = prefix;
    return f;
}

static const enum act acts[] = {[FORM_MIDWAY] = ACT_EVALUATION_WRITE, [FORM_FINAL] = ACT_EVALUATION_WRITE, [FORM_LEAVE] = ACT_LEAVE_SET,
                                [FORM_COMPLETE] = ACT_MENTORSHIP_END, [FORM_END] = ACT_MENTORSHIP_END};

static enum err open_form(struct page *p, enum trainee_form_kind kind, struct trainee_form *x)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    *x = (struct trainee_form){.kind = kind, .f = form_of(p->r), .back = form_new(NULL, 0)};
    TRY(trainee_record_for(&p->c, id, acts[kind], &x->o));
    x->version = x->o.version;
    return OK;
}

static struct str date_field(struct arena *a, int on)
{
    struct tm_ymd d = tm_ymd(on);
    return arena_fmt(a, "%02d.%02d.%04d", d.day, d.month, d.year);
}

static enum err show_new(struct page *p, enum trainee_form_kind kind, const char *date)
{
    struct trainee_form x;
    TRY(open_form(p, kind, &x));
    const struct pair given[] = {{str_c(date), date_field(p->c.a, p->c.today)}};
    x.f = form_new(given, *date ? 1 : 0);
    html_trainee_form(p->o, &p->v, &x);
    return OK;
}

static enum err again(struct page *p, struct trainee_form *x)
{
    html_trainee_form(p->o, &p->v, x);
    return page_invalid(p);
}

/* What a service answered: done, a rule's objection at a field, or somebody was faster. */
static enum err conclude(struct page *p, struct trainee_form *x, enum err e, const struct say *why, const char *field, const char *done)
{
    if (!e)
        return page_go(p, done, "/trainees/%lld", (long long)x->o.s.row.id);
    if (e == ERR_STATE) {
        form_fail(&x->f, field, why->msgid);
        return again(p, x);
    }
    if (e != ERR_CONFLICT)
        return e;
    x->conflict = true;
    html_trainee_form(p->o, &p->v, x);
    return page_conflict(p);
}

static enum err kind_of(struct page *p, enum trainee_form_kind *kind)
{
    struct str k = req_var(p->r, "kind");
    *kind = str_is(k, "final") ? FORM_FINAL : FORM_MIDWAY;
    return str_is(k, "final") || str_is(k, "midway") ? OK : ERR_NOT_FOUND;
}

/* GET /trainees/:id/evaluations/:kind */
enum err evaluation_page(struct page *p)
{
    enum trainee_form_kind kind;
    TRY(kind_of(p, &kind));
    return show_new(p, kind, "held_on");
}

/* POST /trainees/:id/evaluations/:kind */
enum err evaluation_post(struct page *p)
{
    struct trainee_form x;
    enum trainee_form_kind kind;
    struct say why = {0};
    TRY(kind_of(p, &kind));
    TRY(open_form(p, kind, &x));
    struct evaluation_row e = {.kind = kind == FORM_FINAL ? EVALUATION_FINAL : EVALUATION_MIDWAY, .held_on = form_date(&x.f, "held_on", true)};
    if (kind == FORM_MIDWAY) {
        e.go_on = form_choice(&x.f, "go_on", true, trainee_go_on()) + 1;
        e.new_goals = form_text(&x.f, "new_goals", 0, WORDS_MAX);
    } else {
        e.benefit = form_text(&x.f, "benefit", 1, WORDS_MAX);
        e.ending = form_text(&x.f, "ending", 0, WORDS_MAX);
    }
    e.goals = form_text(&x.f, "goals", 1, WORDS_MAX);
    if (!form_ok(&x.f))
        return again(p, &x);
    return conclude(p, &x, evaluation_add(&p->c, x.o.s.row.id, &e, &why), &why, "held_on", "evaluation-saved");
}

/* GET /trainees/:id/leave */
enum err leave_page(struct page *p)
{
    return show_new(p, FORM_LEAVE, "from_on");
}

/* POST /trainees/:id/leave */
enum err leave_post(struct page *p)
{
    struct trainee_form x;
    struct say why = {0};
    TRY(open_form(p, FORM_LEAVE, &x));
    struct leave_row l = {.from_on = form_date(&x.f, "from_on", true), .until_on = form_date(&x.f, "until_on", false)};
    l.kind = (enum leave_kind)(form_choice(&x.f, "kind", true, trainee_leaves()) + 1);
    if (!form_ok(&x.f))
        return again(p, &x);
    return conclude(p, &x, leave_add(&p->c, x.o.s.row.id, &l, &why), &why, "from_on", "leave-saved");
}

/* POST /trainees/:id/leave/:leave: back, or away for longer. */
enum err leave_change_post(struct page *p)
{
    struct trainee_form x;
    struct say why = {0};
    int64_t leave;
    TRY(page_id(p, "leave", &leave));
    TRY(open_form(p, FORM_LEAVE, &x));
    bool back = str_is(req_field(p->r, "what"), "back");
    x.back = x.f;
    x.back.prefix = back ? "back" : "longer";
    x.f = form_new(NULL, 0);
    int on = form_date(&x.back, back ? "returned_on" : "until_on", true);
    if (!form_ok(&x.back))
        return again(p, &x);
    enum err e = leave_change(&p->c, x.o.s.row.id, leave, back ? 0 : on, back ? on : 0, &why);
    if (e == ERR_STATE) {
        form_fail(&x.back, back ? "returned_on" : "until_on", why.msgid);
        return again(p, &x);
    }
    return conclude(p, &x, e, &why, "", back ? "leave-ended" : "saved");
}

/* GET /trainees/:id/complete */
enum err complete_page(struct page *p)
{
    return show_new(p, FORM_COMPLETE, "completed_on");
}

/* POST /trainees/:id/complete */
enum err complete_post(struct page *p)
{
    struct trainee_form x;
    struct say why = {0};
    TRY(open_form(p, FORM_COMPLETE, &x));
    int on = form_date(&x.f, "completed_on", true);
    struct str contact = form_text(&x.f, "contact_after", 0, WORDS_MAX);
    if (!form_ok(&x.f))
        return again(p, &x);
    return conclude(p, &x, mentoring_complete(&p->c, x.o.s.row.id, page_version(p), on, contact, &why), &why, "completed_on", "trainee-completed");
}

/* GET /trainees/:id/end */
enum err end_page(struct page *p)
{
    return show_new(p, FORM_END, "ended_on");
}

/* POST /trainees/:id/end */
enum err end_post(struct page *p)
{
    struct trainee_form x;
    struct say why = {0};
    TRY(open_form(p, FORM_END, &x));
    int what = form_choice(&x.f, "what", true, trainee_ends()), on = form_date(&x.f, "ended_on", true);
    struct str reason = form_text(&x.f, "reason", 3, WORDS_MAX);
    if (!form_ok(&x.f))
        return again(p, &x);
    return conclude(p, &x, mentoring_end(&p->c, x.o.s.row.id, page_version(p), on, reason, what == 1, &why), &why, "ended_on", "saved");
}
