/* staff.c: what persons ask about their data, answering it, erasing somebody, who is over time. */
#include "base/num.h"
#include "gen/rights.html.h"
#include "model/setting.h"
#include "page/rights/rights.h"

struct str consent_person_path(const struct view *v, const struct consent_yes_row *r)
{
    if (v->actor->role != ROLE_PROJECT_LEADER)
        return STR("");
    if (!r->participant_id)
        return arena_fmt(v->a, "/mentors/%lld", (long long)r->mentor_id);
    return r->trainee_id ? arena_fmt(v->a, "/trainees/%lld", (long long)r->trainee_id) : arena_fmt(v->a, "/participants/%lld", (long long)r->participant_id);
}

/* GET /rights */
enum err rights_page(struct page *p)
{
    struct rights_request_row *rows;
    struct erase_due *due;
    size_t n, n_due;
    struct consents_view consents = {.before = page_query_int(p, "before", 0)};
    bool one = consents.before > 0 && consent_of(req_query(p->r, "consent"), &consents.what);
    if (!one)
        consents.before = 0;
    for (enum consent k = 0; k < CONSENT_N; k++)
        TRY(consent_list(&p->c, k, consents.what == k ? consents.before : 0, &consents.of[k]));
    TRY(request_list(&p->c, &rows, &n));
    TRY(erase_due(&p->c, p->c.actor->organisation_id, 180, &due, &n_due));
    for (size_t i = 0; i < n_due; i++)
        if (due[i].ref.is == PERSON_PARTICIPANT)
            saw(&p->c, p->c.actor->organisation_id, due[i].ref.id, "profile");
        else if (due[i].ref.is == PERSON_MENTOR)
            saw_mentor(&p->c, p->c.actor->organisation_id, due[i].ref.id, "list");
    html_rights(p->o, &p->v, rows, n, &consents, due, n_due);
    return OK;
}

static enum err show_one(struct page *p, const struct form *f)
{
    int64_t id;
    struct rights_request_row r;
    TRY(page_id(p, "id", &id));
    TRY(request_open(&p->c, id, &r));
    html_rights_one(p->o, &p->v, &r, f);
    return OK;
}

/* GET /rights/:id */
enum err rights_one_page(struct page *p)
{
    struct form f = form_new(NULL, 0);
    return show_one(p, &f);
}

/* POST /rights/:id */
enum err rights_answer_post(struct page *p)
{
    int64_t id;
    struct form f = form_of(p->r);
    struct str answer = form_text(&f, "answer", 1, REQUEST_TEXT_MAX);
    TRY(page_id(p, "id", &id));
    enum err e = form_ok(&f) ? request_answer(&p->c, id, answer) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "request-answered", "/rights");
    if (e != ERR_INVALID)
        return e;
    TRY(show_one(p, &f));
    return page_invalid(p);
}

/* ---- erasing */

static enum err show_erase(struct page *p, const struct erase_plan *plan, const struct form *f, const char *back)
{
    html_person_erase(p->o, &p->v, plan, f, back);
    return OK;
}

static const char *back_of(struct page *p, struct person_ref ref)
{
    static const char *const at[] = {[PERSON_PARTICIPANT] = "/participants/%lld", [PERSON_MENTOR] = "/mentors/%lld", [PERSON_ACCOUNT] = "/users/%lld"};
    return p->c.actor->role == ROLE_ADMINISTRATOR && ref.is != PERSON_ACCOUNT ? "/rights" : arena_fmt(p->c.a, at[ref.is], (long long)ref.id).p;
}

static enum err erase_get(struct page *p, enum person_is is)
{
    struct person_ref ref = {.is = is};
    struct erase_plan plan;
    struct form f = form_new(NULL, 0);
    TRY(page_id(p, "id", &ref.id));
    TRY(erase_look(&p->c, ref, &plan));
    return show_erase(p, &plan, &f, back_of(p, ref));
}

static enum err erase_post(struct page *p, enum person_is is)
{
    struct person_ref ref = {.is = is};
    struct erase_plan plan;
    struct form f = form_of(p->r);
    struct str typed = form_line(&f, "reference", 1, 100);
    bool answered = form_check(&f, "answered");
    TRY(page_id(p, "id", &ref.id));
    TRY(erase_look(&p->c, ref, &plan));
    if (plan.unread && !answered)
        form_fail(&f, "answered", N_("Vent til personen kan ha lest svaret, eller gi svaret på en annen måte og kryss av her."));
    enum err e = form_ok(&f) ? person_erase(&p->c, ref, ERASE_ASKED, typed, answered, &plan) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "person-erased", "/rights");
    if (e == ERR_INVALID && form_ok(&f))
        form_fail(&f, "reference", N_("Det du skrev, er ikke det samme. Ingenting er slettet."));
    else if (e != ERR_INVALID && e != ERR_STATE)
        return e;
    TRY(show_erase(p, &plan, &f, back_of(p, ref)));
    return e == ERR_STATE ? page_conflict(p) : page_invalid(p);
}

/* GET and POST /participants/:id/erase, /mentors/:id/erase, /users/:id/erase */
enum err participant_erase_page(struct page *p)
{
    return erase_get(p, PERSON_PARTICIPANT);
}
enum err participant_erase_post(struct page *p)
{
    return erase_post(p, PERSON_PARTICIPANT);
}
enum err mentor_erase_page(struct page *p)
{
    return erase_get(p, PERSON_MENTOR);
}
enum err mentor_erase_post(struct page *p)
{
    return erase_post(p, PERSON_MENTOR);
}
enum err user_erase_page(struct page *p)
{
    return erase_get(p, PERSON_ACCOUNT);
}
enum err user_erase_post(struct page *p)
{
    return erase_post(p, PERSON_ACCOUNT);
}

/* ---- settings */

/* GET /settings/privacy */
enum err privacy_settings_page(struct page *p)
{
    struct privacy_settings s;
    TRY(privacy_settings_get(&p->c, &s));
    struct str months = arena_fmt(p->c.a, "%d", s.months);
    const struct pair now[] = {{STR("contact"), s.contact}, {STR("months"), months}};
    struct form f = form_new(now, COUNT(now));
    html_privacy_settings(p->o, &p->v, &f);
    return OK;
}

/* POST /settings/privacy */
enum err privacy_settings_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct privacy_settings s = {.contact = form_line(&f, "contact", 0, 200), .months = (int)form_int(&f, "months", true, 1, 120)};
    if (form_ok(&f)) {
        TRY(privacy_settings_put(&p->c, &s));
        return page_go(p, "saved", "/settings/privacy");
    }
    html_privacy_settings(p->o, &p->v, &f);
    return page_invalid(p);
}
