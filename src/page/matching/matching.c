#include "page/matching/matching.h"
#include "base/num.h"
#include "gen/matching.html.h"
#include "model/cohort.h"
#include "service/relation.h"

static struct str two(const struct view *v, struct str a, struct str b)
{
    struct str parts[2] = {a, b};
    return arena_join(v->a, parts, 2, STR(" "));
}
struct str match_trainee_name(const struct view *v, const struct match_row *m)
{
    return two(v, m->trainee_first_name, m->trainee_last_name);
}
struct str match_mentor_name(const struct view *v, const struct match_row *m)
{
    return two(v, m->mentor_first_name, m->mentor_last_name);
}
struct str need_name(const struct view *v, const struct match_need *n)
{
    return two(v, n->first_name, n->last_name);
}
struct str mentor_name(const struct view *v, const struct mentor_row *m)
{
    return two(v, m->first_name, m->last_name);
}
struct str say_text(const struct view *v, struct say s)
{
    return text_say(v->a, v->lang, &s);
}
struct str reason_text(const struct view *v, const struct matching_reason *r)
{
    return say_text(v, matching_say(r));
}
const struct match_wish_row *wish_between(const struct matching_board *b, int64_t trainee_id, int64_t mentor_id, enum match_wish_kind kind)
{
    for (size_t i = 0; i < b->n_wishes; i++)
        if (b->wishes[i].trainee_id == trainee_id && b->wishes[i].mentor_id == mentor_id && b->wishes[i].kind == kind)
            return &b->wishes[i];
    return NULL;
}

static enum matching_reach reach_of(struct page *p)
{
    return str_is(req_query(p->r, "reach"), "county") ? MATCHING_COUNTY : MATCHING_ANYWHERE;
}

static const char *choice(struct arena *a, int64_t cohort_id, enum matching_reach reach)
{
    return arena_fmt(a, "cohort=%lld%s", (long long)cohort_id, reach == MATCHING_COUNTY ? "&reach=county" : "").p;
}

struct url matching_at(const struct view *v, const struct matching_board *b, const char *behind)
{
    return url_make(arena_fmt(v->a, "/matching%s?%s", behind, choice(v->a, b->cohort_id, b->reach)));
}

static enum err show_board(struct page *p, const struct form *f)
{
    struct matching_board b;
    struct cohort_name *cohorts;
    size_t n;
    TRY(matching_board(&p->c, page_query_int(p, "cohort", 0), reach_of(p), &b));
    TRY(cohort_names(p->c.db, p->c.a, p->c.actor->organisation_id, b.cohort_id, &cohorts, &n));
    html_matching(p->o, &p->v, &b, cohorts, n, f);
    return OK;
}

/* GET /matching?cohort=ID&reach=county */
enum err matching_page(struct page *p)
{
    return show_board(p, NULL);
}

static enum err pair_of(struct page *p, int64_t *trainee, int64_t *mentor)
{
    struct form f = form_of(p->r);
    *trainee = form_id(&f, "trainee", true);
    *mentor = form_id(&f, "mentor", true);
    return form_ok(&f) ? OK : ERR_INVALID;
}

/* POST /matching/wish: pin or forbid two, with a reason. */
enum err matching_wish_post(struct page *p)
{
    struct form f = form_of(p->r);
    int64_t trainee, mentor;
    TRY(pair_of(p, &trainee, &mentor));
    struct str reason = form_line(&f, "reason", 0, 500);
    bool pin = str_is(req_field(p->r, "kind"), "pin");
    if (!form_ok(&f)) {
        TRY(show_board(p, &f));
        return page_invalid(p);
    }
    TRY(matching_wish(&p->c, trainee, mentor, pin ? MATCH_PIN : MATCH_FORBID, reason));
    return page_go(p, pin ? "pinned" : "forbidden", "/matching?%s", choice(p->c.a, page_query_int(p, "cohort", 0), reach_of(p)));
}

/* POST /matching/clear */
enum err matching_clear_post(struct page *p)
{
    int64_t trainee, mentor;
    TRY(pair_of(p, &trainee, &mentor));
    TRY(matching_wish_clear(&p->c, trainee, mentor));
    return page_go(p, "saved", "/matching?%s", choice(p->c.a, page_query_int(p, "cohort", 0), reach_of(p)));
}

/* POST /matching/choose: this pair shall meet. */
enum err matching_choose_post(struct page *p)
{
    int64_t trainee, mentor, id;
    TRY(pair_of(p, &trainee, &mentor));
    TRY(matching_choose(&p->c, trainee, mentor, &id));
    return page_go(p, "chosen", "/matches/%lld", (long long)id);
}
