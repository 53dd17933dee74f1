#include "page/interview/interview.h"
#include "base/tm.h"
#include "gen/interview.html.h"
#include "gen/interview_own.html.h"
#include "service/interview.h"

/* ---- plan, move, cancel, prepare */

static struct form plan_form(struct page *p, const struct interview *x)
{
    if (!x->row.id || x->row.status != INTERVIEW_PLANNED) {
        struct pair *given = ARENA_ARRAY(p->c.a, struct pair, 1);
        given[0] = (struct pair){STR("minutes"), STR("60")};
        return form_new(given, 1);
    }
    struct tm_civil t = tm_civil(x->row.at);
    struct pair *given = ARENA_ARRAY(p->c.a, struct pair, 4);
    given[0] = (struct pair){STR("at"), arena_fmt(p->c.a, "%d.%d.%d", t.day, t.month, t.year)};
    given[1] = (struct pair){STR("at_time"), arena_fmt(p->c.a, "%02d.%02d", t.hour, t.minute)};
    given[2] = (struct pair){STR("minutes"), arena_fmt(p->c.a, "%d", x->row.minutes)};
    given[3] = (struct pair){STR("place"), x->row.place};
    return form_new(given, 4);
}

static struct form empty_form(void)
{
    return form_new(NULL, 0);
}

/* The page with one of its forms as it was sent; the others as they are. */
static enum err plan_again(struct page *p, int64_t id, const struct form *plan, const struct form *cancel, const struct form *question)
{
    struct interview x;
    struct form none = empty_form(), fresh;
    TRY(interview_open(&p->c, id, &x));
    fresh = plan_form(p, &x);
    html_interview_plan(p->o, &p->v, &x, plan ? plan : &fresh, cancel ? cancel : &none, question ? question : &none);
    return OK;
}

/* GET /participants/:id/interview */
enum err interview_plan_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return plan_again(p, id, NULL, NULL, NULL);
}

/* POST /participants/:id/interview */
enum err interview_plan_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    struct interview_time when = {.at = form_at(&f, "at", true),
                                  .minutes = (int)form_int(&f, "minutes", true, INTERVIEW_MINUTES_MIN, INTERVIEW_MINUTES_MAX),
                                  .place = form_line(&f, "place", 1, 200)};
    if (!form_ok(&f)) {
        TRY(plan_again(p, id, &f, NULL, NULL));
        return page_invalid(p);
    }
    struct say why = {0};
    enum err e = interview_plan(&p->c, id, &when, page_version(p), &why);
    if (e == ERR_STATE) {
        form_fail(&f, "at", why.msgid);
        TRY(plan_again(p, id, &f, NULL, NULL));
        return page_invalid(p);
    }
    if (e == ERR_CONFLICT) {
        form_fail(&f, "at", N_("Noen andre har endret intervjuet. Det som gjelder nå, står øverst. Sjekk, og lagre på nytt."));
        TRY(plan_again(p, id, &f, NULL, NULL));
        return page_conflict(p);
    }
    TRY(e);
    return page_go(p, "interview-planned", "/participants/%lld/interview", (long long)id);
}

/* POST /participants/:id/interview/cancel */
enum err interview_cancel_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    f.prefix = "c";
    struct str reason = form_text(&f, "reason", 1, 1000);
    if (!form_ok(&f)) {
        TRY(plan_again(p, id, NULL, &f, NULL));
        return page_invalid(p);
    }
    enum err e = interview_cancel(&p->c, id, page_version(p), reason);
    if (e == ERR_CONFLICT || e == ERR_STATE) {
        form_fail(&f, "reason", N_("Noen andre har endret intervjuet. Det som gjelder nå, står øverst. Sjekk, og avlys på nytt."));
        TRY(plan_again(p, id, NULL, &f, NULL));
        return page_conflict(p);
    }
    TRY(e);
    return page_go(p, "interview-cancelled", "/participants/%lld/interview", (long long)id);
}

/* GET /participants/:id/interview/calendar */
enum err interview_calendar_page(struct page *p)
{
    int64_t id;
    struct str text;
    TRY(page_id(p, "id", &id));
    TRY(interview_calendar(&p->c, id, &text));
    page_download(p, "text/calendar; charset=utf-8", "intervju.ics");
    buf_str(p->o, text);
    return OK;
}

/* POST /participants/:id/interview/questions */
enum err interview_question_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    int question = (int)form_int(&f, "question", false, 0, APPLICATION_NUMBERS - 1);
    f.prefix = question ? arena_fmt(p->c.a, "q%d", question).p : "q0";
    struct str text = form_line(&f, "text", 1, 500);
    if (!form_ok(&f)) {
        TRY(plan_again(p, id, NULL, NULL, &f));
        return page_invalid(p);
    }
    enum err e = interview_question_add(&p->c, id, question, text);
    if (e == ERR_STATE || e == ERR_LIMIT || e == ERR_INVALID) {
        form_fail(&f, "text", e == ERR_LIMIT ? N_("Du har mange spørsmål nå. Fjern noen først.") : N_("Avtal intervjuet før du legger til spørsmål."));
        TRY(plan_again(p, id, NULL, NULL, &f));
        return page_invalid(p);
    }
    TRY(e);
    return page_go(p, "saved", "/participants/%lld/interview#a%d", (long long)id, question);
}

/* POST /participants/:id/interview/questions/:question/remove */
enum err interview_question_remove_post(struct page *p)
{
    int64_t id, question;
    TRY(page_id(p, "id", &id));
    TRY(page_id(p, "question", &question));
    TRY(interview_question_remove(&p->c, id, question));
    return page_go(p, "removed", "/participants/%lld/interview#h-prepare", (long long)id);
}

/* ---- hold and assess */

static const char *note_name(struct page *p, const char *area)
{
    return arena_fmt(p->c.a, "%s_note", area).p;
}
static const char *question_name(struct page *p, int64_t id)
{
    return arena_fmt(p->c.a, "n%lld", (long long)id).p;
}

static struct form judge_form(struct page *p, const struct interview *x)
{
    const int score[INTERVIEW_AREAS] = {x->row.motivation, x->row.drive, x->row.communication};
    const struct str note[INTERVIEW_AREAS] = {x->row.motivation_note, x->row.drive_note, x->row.communication_note};
    struct pair *given = ARENA_ARRAY(p->c.a, struct pair, x->n_question + 2 * INTERVIEW_AREAS + 1);
    size_t n = 0;
    for (int i = 0; i < INTERVIEW_AREAS; i++) {
        if (score[i])
            given[n++] = (struct pair){str_c(interview_areas[i].code), arena_fmt(p->c.a, "%d", score[i])};
        given[n++] = (struct pair){str_c(note_name(p, interview_areas[i].code)), note[i]};
    }
    given[n++] = (struct pair){STR("summary"), x->row.summary};
    for (size_t i = 0; i < x->n_question; i++)
        given[n++] = (struct pair){str_c(question_name(p, x->question[i].id)), x->question[i].note};
    return form_new(given, n);
}

static enum err hold_again(struct page *p, int64_t id, const struct form *f, bool clash)
{
    struct interview x;
    TRY(interview_open(&p->c, id, &x));
    struct form fresh = judge_form(p, &x);
    html_interview_hold(p->o, &p->v, &x, f ? f : &fresh, clash);
    return OK;
}

/* GET /participants/:id/interview/hold */
enum err interview_hold_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return hold_again(p, id, NULL, false);
}

static const struct form_choice scores[] = {{"1", ""}, {"2", ""}, {"3", ""}, {"4", ""}, {0}};

static struct interview_judgement read_judgement(struct page *p, struct form *f, const struct interview *x, bool held)
{
    struct interview_judgement j = {.n_question = x->n_question};
    for (int i = 0; i < INTERVIEW_AREAS; i++) {
        j.score[i] = form_choice(f, interview_areas[i].code, held, scores) + 1;
        j.note[i] = form_text(f, note_name(p, interview_areas[i].code), 0, 2000);
    }
    j.summary = form_text(f, "summary", 0, 4000);
    int64_t *ids = ARENA_ARRAY(p->c.a, int64_t, x->n_question);
    struct str *notes = ARENA_ARRAY(p->c.a, struct str, x->n_question);
    for (size_t i = 0; i < x->n_question; i++) {
        ids[i] = x->question[i].id;
        notes[i] = form_text(f, question_name(p, ids[i]), 0, 2000);
    }
    j.question_id = ids;
    j.question_note = notes;
    return j;
}

/* POST /participants/:id/interview/hold */
enum err interview_hold_post(struct page *p)
{
    int64_t id;
    struct interview x;
    TRY(page_id(p, "id", &id));
    TRY(interview_open(&p->c, id, &x));
    struct form f = form_of(p->r);
    bool held = str_is(req_field(p->r, "go"), "held");
    struct interview_judgement j = read_judgement(p, &f, &x, held);
    if (!form_ok(&f)) {
        TRY(hold_again(p, id, &f, false));
        return page_invalid(p);
    }
    enum err e = interview_judge(&p->c, id, &j, held, page_version(p));
    if (e == ERR_CONFLICT || e == ERR_STATE) {
        TRY(hold_again(p, id, &f, true));
        return page_conflict(p);
    }
    TRY(e);
    if (held)
        return page_go(p, "interview-held", "/participants/%lld/interview/feedback", (long long)id);
    return page_go(p, "saved", "/participants/%lld/interview/hold", (long long)id);
}

/* ---- feedback */

static enum err feedback_again(struct page *p, int64_t id, const struct form *f, bool clash)
{
    struct interview x;
    TRY(interview_open(&p->c, id, &x));
    struct pair *given = ARENA_NEW(p->c.a, struct pair);
    *given = (struct pair){STR("feedback"), x.row.feedback};
    struct form fresh = form_new(given, 1);
    html_interview_feedback(p->o, &p->v, &x, f ? f : &fresh, clash);
    return OK;
}

/* GET /participants/:id/interview/feedback */
enum err interview_feedback_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return feedback_again(p, id, NULL, false);
}

/* POST /participants/:id/interview/feedback */
enum err interview_feedback_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    struct str text = form_text(&f, "feedback", 1, 4000);
    if (!form_ok(&f)) {
        TRY(feedback_again(p, id, &f, false));
        return page_invalid(p);
    }
    enum err e = interview_feedback(&p->c, id, text, page_version(p));
    if (e == ERR_CONFLICT || e == ERR_STATE) {
        TRY(feedback_again(p, id, &f, true));
        return page_conflict(p);
    }
    TRY(e);
    return page_go(p, "feedback-sent", "/participants/%lld/interview/feedback", (long long)id);
}

/* ---- the applicant */

/* GET /interview */
enum err interview_own_page(struct page *p)
{
    struct interview x = {0};
    enum err e = interview_own(&p->c, &x);
    if (e && e != ERR_NOT_FOUND)
        return e;
    html_interview_own(p->o, &p->v, &x);
    return OK;
}

/* GET /programme */
enum err programme_page(struct page *p)
{
    html_programme(p->o, &p->v);
    return OK;
}
