/* match.c: one pair on its way: the leader's page, and what trainee and mentor see of it. */
#include "gen/match.html.h"
#include "page/matching/matching.h"

static enum err show(struct page *p, int64_t id, const struct form *f, const char *problem)
{
    struct match_row m;
    int side;
    enum err e = matching_see(&p->c, id, &m, &side);
    if (e == ERR_STATE) /* a mentor promises confidentiality first */
        return page_go(p, NULL, "/confidentiality");
    TRY(e);
    if (side) {
        html_match_party(p->o, &p->v, &m, side, f);
        return OK;
    }
    struct matching_reason *r;
    size_t n = matching_reasons_read(p->c.a, m.reasons, &r);
    html_match_leader(p->o, &p->v, &m, r, n, f, problem);
    return OK;
}

/* GET /matches/:id */
enum err match_page(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return show(p, id, NULL, NULL);
}

/* GET /match: the trainee's own open match, or the preparation. */
enum err match_own_page(struct page *p)
{
    struct trainee_row t;
    TRY(matching_own_preparation(&p->c, &t));
    struct match_row m;
    enum err e = match_open_of_trainee(p->c.db, p->c.a, t.id, &m);
    if (e == OK && m.status != MATCH_PROPOSED)
        return page_go(p, NULL, "/matches/%lld", (long long)m.id);
    return e && e != ERR_NOT_FOUND ? e : page_go(p, NULL, "/preparation");
}

static enum err again(struct page *p, int64_t id, struct form *f)
{
    TRY(show(p, id, f, NULL));
    return page_invalid(p);
}

/* Somebody was faster: what is there now, and what was typed. */
static enum err conflict(struct page *p, int64_t id, const struct form *f)
{
    TRY(show(p, id, f, N_("Noen andre har endret dette i mellomtiden. Siden viser det som står der nå. Se over det du skrev, og send på nytt hvis det fortsatt passer.")));
    return page_conflict(p);
}

/* POST /matches/:id/meeting: plan or move. */
enum err match_meeting_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    int64_t at = form_at(&f, "at", true);
    struct str place = form_line(&f, "place", 0, 200);
    if (at && at < p->c.now)
        form_fail(&f, "at", N_("Velg et tidspunkt som ikke har vært."));
    if (!form_ok(&f))
        return again(p, id, &f);
    enum err e = matching_plan_meeting(&p->c, id, page_version(p), at, place);
    if (e == ERR_CONFLICT)
        return conflict(p, id, &f);
    TRY(e);
    return page_go(p, "invited", "/matches/%lld", (long long)id);
}

/* POST /matches/:id/held */
enum err match_held_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    int on = form_date(&f, "held_on", true);
    if (on > p->c.today)
        form_fail(&f, "held_on", N_("Datoen kan ikke være i framtiden."));
    if (!form_ok(&f))
        return again(p, id, &f);
    enum err e = matching_hold_meeting(&p->c, id, page_version(p), on);
    if (e == ERR_CONFLICT)
        return conflict(p, id, &f);
    TRY(e);
    return page_go(p, "saved", "/matches/%lld", (long long)id);
}

/* POST /matches/:id/ask */
enum err match_ask_post(struct page *p)
{
    int64_t id;
    struct say why = {0};
    TRY(page_id(p, "id", &id));
    enum err e = matching_ask(&p->c, id, page_version(p), &why);
    if (e == ERR_STATE && why.msgid) {
        TRY(show(p, id, NULL, why.msgid));
        return page_invalid(p);
    }
    if (e == ERR_CONFLICT)
        return conflict(p, id, NULL);
    TRY(e);
    return page_go(p, "asked", "/matches/%lld", (long long)id);
}

/* POST /matches/:id/answer: trainee or mentor, in confidence. */
enum err match_answer_post(struct page *p)
{
    static const struct form_choice yes_no[] = {{"yes", N_("Ja, jeg vil gjerne gå videre")}, {"no", N_("Nei, dette passer ikke")}, {0}};
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    int answer = form_choice(&f, "answer", true, yes_no);
    struct str comment = form_text(&f, "comment", 0, 2000);
    if (!form_ok(&f))
        return again(p, id, &f);
    TRY(matching_answer(&p->c, id, answer == 0 ? MATCH_YES : MATCH_NO, comment));
    return page_go(p, "answered", "/");
}

/* POST /matches/:id/take-back */
enum err match_take_back_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    struct str reason = form_text(&f, "reason", 1, 1000);
    if (!form_ok(&f))
        return again(p, id, &f);
    enum err e = matching_take_back(&p->c, id, page_version(p), reason);
    if (e == ERR_CONFLICT)
        return conflict(p, id, &f);
    TRY(e);
    return page_go(p, "saved", "/matching");
}
