/* mentor.c: the register and one mentor's page, pause, end, invitation. */
#include "page/mentor/mentor.h"
#include "gen/mentor.html.h"
#include "gen/mentors.html.h"
#include "http/html.h"
#include "service/invitation.h"

static const struct form_choice states[] = {{"free", N_("Med ledig plass")}, {"paused", N_("På pause")}, {"ended", N_("Har sluttet")}, {0}};

/* "/mentors?q=...&..." to the page after this row. */
static struct str next_page(struct page *p, const struct mentor_row *last)
{
    static const char *const names[] = {"q", "field", "state"};
    CLEANUP(buf_free) struct buf to = {.max = 4096};
    buf_c(&to, "/mentors?");
    for (size_t i = 0; i < COUNT(names); i++)
        if (req_query(p->r, names[i]).n) {
            buf_c(&to, names[i]);
            buf_byte(&to, '=');
            html_uri_str(&to, req_query(p->r, names[i]));
            buf_byte(&to, '&');
        }
    buf_c(&to, "after=");
    html_uri_str(&to, arena_fmt(p->c.a, "%lld", (long long)last->id));
    buf_c(&to, "&name=");
    html_uri_str(&to, last->sort_name);
    struct str out = to.bad ? STR("/mentors") : arena_str(p->c.a, buf_view(&to));
    return out;
}

/* GET /mentors */
enum err mentors_page(struct page *p)
{
    struct mentor_choices c;
    struct mentor_row *rows;
    size_t n;
    bool more;
    struct mentor_filter f = {.after_id = page_query_int(p, "after", 0), .after_name = req_query(p->r, "name")};
    struct str q = req_query(p->r, "q"), field = req_query(p->r, "field"), state = req_query(p->r, "state");
    if (q.n > 200)
        q.n = 0;
    if (field.n == 4)
        f.field = (struct str){field.p, 3};
    for (size_t i = 0; states[i].value; i++)
        if (str_is(state, states[i].value))
            f.state = (enum mentor_state)(i + MENTORS_FREE);
    TRY(mentor_list(&p->c, f, q, &rows, &n, &more));
    TRY(mentor_choices(p, true, &c));
    struct pair given[] = {{STR("q"), q}, {STR("field"), field}, {STR("state"), state}};
    struct form form = form_new(given, COUNT(given));
    html_mentors(p->o, &p->v, rows, n, &form, &c, states, more ? next_page(p, &rows[n - 1]) : STR(""), q.n || field.n || state.n || f.after_id);
    return OK;
}

/* GET /mentors/:id */
enum err mentor_page(struct page *p)
{
    int64_t id;
    struct mentor_view x;
    TRY(page_id(p, "id", &id));
    TRY(mentor_open(&p->c, id, &x));
    html_mentor(p->o, &p->v, &x);
    return OK;
}

static enum err find(struct page *p, struct mentor_row *m)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    return mentor_see(&p->c, id, m);
}

/* GET /mentors/:id/pause */
enum err mentor_pause_page(struct page *p)
{
    struct mentor_row m;
    TRY(find(p, &m));
    struct form f = form_new(NULL, 0);
    html_mentor_pause(p->o, &p->v, &m, &f, m.version, false, false);
    return OK;
}

/* The pause of one mentor, by the leader or by the mentor. */
static enum err pause_post(struct page *p, const struct mentor_row *m, bool own, const char *back)
{
    struct form f = form_of(p->r);
    bool over = form_check(&f, "back");
    int until = over ? 0 : form_date(&f, "until_on", true);
    if (until && until <= p->c.today)
        form_fail(&f, "until_on", N_("Pausen må slutte etter i dag."));
    struct str reason = form_text(&f, "reason", 0, 1000);
    enum err e = form_ok(&f) ? mentor_pause(&p->c, m->id, page_version(p), until, reason) : ERR_INVALID;
    if (e == ERR_INVALID || e == ERR_CONFLICT) {
        html_mentor_pause(p->o, &p->v, m, &f, m->version, e == ERR_CONFLICT, own);
        return e == ERR_CONFLICT ? page_conflict(p) : page_invalid(p);
    }
    TRY(e);
    return page_go(p, over ? "pause-over" : "paused", "%s", back);
}

/* POST /mentors/:id/pause */
enum err mentor_pause_post(struct page *p)
{
    struct mentor_row m;
    TRY(find(p, &m));
    return pause_post(p, &m, false, arena_fmt(p->c.a, "/mentors/%lld", (long long)m.id).p);
}

/* POST /mentor/pause */
enum err my_mentor_pause_post(struct page *p)
{
    struct mentor_row m;
    TRY(mentor_mine(&p->c, &m));
    return pause_post(p, &m, true, "/mentor");
}

/* GET /mentors/:id/end */
enum err mentor_end_page(struct page *p)
{
    struct mentor_row m;
    TRY(find(p, &m));
    struct form f = form_new(NULL, 0);
    html_mentor_end(p->o, &p->v, &m, &f, STR(""), false);
    return OK;
}

/* POST /mentors/:id/end */
enum err mentor_end_post(struct page *p)
{
    struct mentor_row m;
    struct say why = {0};
    TRY(find(p, &m));
    struct form f = form_of(p->r);
    struct str reason = form_text(&f, "reason", 1, 1000);
    enum err e = form_ok(&f) ? mentor_end(&p->c, m.id, page_version(p), reason, &why) : ERR_INVALID;
    if (e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_STATE) {
        html_mentor_end(p->o, &p->v, &m, &f, text_say(p->c.a, p->v.lang, &why), e == ERR_CONFLICT);
        return e == ERR_CONFLICT ? page_conflict(p) : page_invalid(p);
    }
    TRY(e);
    return page_go(p, "mentor-ended", "/mentors/%lld", (long long)m.id);
}

/* POST /mentors/:id/return */
enum err mentor_return_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(mentor_return(&p->c, id, page_version(p)));
    return page_go(p, "mentor-returned", "/mentors/%lld", (long long)id);
}

/* POST /mentors/:id/invite */
enum err mentor_invite_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(invitation_mentor(&p->c, id));
    return page_go(p, "mentor-invited", "/mentors/%lld", (long long)id);
}
