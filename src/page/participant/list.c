/* list.c: GET /participants. */
#include "page/participant/list.h"
#include "gen/participants.html.h"
#include "domain/field.h"
#include "model/account.h"
#include "page/participant/participant.h"
#include "service/screening.h"

static const char *const sort_codes[SORT_N] = {[SORT_NAME] = "name", [SORT_CRITERIA] = "criteria", [SORT_SETTLED] = "settled"};

char criterion_letter(enum criterion_state s)
{
    return s == CRITERION_MET ? 'm' : s == CRITERION_NOT_MET ? 'n' : 'u';
}

const char *criteria_letters(const struct view *v, const struct criteria_overview *o)
{
    char *out = arena_alloc(v->a, CRITERION_N + 1);
    for (size_t i = 0; i < o->n; i++)
        out[i] = criterion_letter(o->results[i].state);
    return out;
}

struct str criteria_words(const struct view *v, const struct criteria_overview *o)
{
    struct say s = criteria_summary(o);
    return text_say(v->a, v->lang, &s);
}

const char *stage_color(int stage)
{
    switch ((enum intake_stage)stage) {
    case INTAKE_LISTED:
    case INTAKE_NOT_NOW:
    case INTAKE_OTHER_WAY:
    case INTAKE_DECLINED:
        return "neutral";
    case INTAKE_ADMITTED:
        return "success";
    case INTAKE_RECOMMENDED:
    case INTAKE_WAITING:
        return "warning";
    case INTAKE_INVITED:
    case INTAKE_APPLYING:
    case INTAKE_APPLIED:
    case INTAKE_REOPENED:
    case INTAKE_INTERVIEW_PLANNED:
    case INTAKE_INTERVIEWED:
    case INTAKE_OFFERED:
    case INTAKE_STAGE_N:
        break;
    }
    return "info";
}

/* The address with these filters, ending in & so that sort= and after= can follow. */
static struct str base_of(const struct page *p, const struct list_view *l)
{
    CLEANUP(buf_free) struct buf b = {.max = 8192};
    buf_c(&b, "/participants?");
    if (l->search.n) {
        buf_c(&b, "q=");
        html_uri_str(&b, l->search);
        buf_byte(&b, '&');
    }
    if (l->filter.stage >= 0)
        buf_fmt(&b, "stage=%s&", intake_stage_names[l->filter.stage].code);
    if (l->filter.track)
        buf_fmt(&b, "track=%d&", l->filter.track);
    if (l->filter.adviser_id)
        buf_fmt(&b, "adviser=%lld&", (long long)l->filter.adviser_id);
    struct str s = arena_str(p->c.a, b.bad ? STR("/participants?") : buf_view(&b));
    return s;
}

/* What the address asks for; what it cannot ask for is as if it were not there. */
static struct list_view asked(const struct page *p)
{
    struct list_view l = {.filter = {.stage = -1}};
    enum intake_stage stage;
    struct str sort = req_query(p->r, "sort");
    struct form f = form_of(p->r);
    l.search = form_line(&f, "q", 0, 100);
    if (intake_stage_of(req_query(p->r, "stage"), &stage))
        l.filter.stage = (int)stage;
    int64_t track = page_query_int(p, "track", 0), adviser = page_query_int(p, "adviser", 0);
    l.filter.track = track >= 1 && track <= 3 ? (int)track : 0;
    l.filter.adviser_id = adviser > 0 && p->c.actor->role == ROLE_PROJECT_LEADER ? adviser : 0;
    for (int i = 0; i < SORT_N; i++)
        if (str_is(sort, sort_codes[i]))
            l.filter.sort = (enum participant_sort)i;
    return l;
}

/* GET /participants?q=&stage=&track=&adviser=&sort=&after= */
enum err participant_list_page(struct page *p)
{
    struct list_view l = asked(p);
    struct screening_list got;
    struct account_row *advisers = NULL;
    size_t n = 0;
    int64_t after = page_query_int(p, "after", 0);
    TRY(screening_find(&p->c, l.filter, after, l.search, &got));
    if (p->c.actor->role == ROLE_PROJECT_LEADER)
        TRY(participant_staff(&p->c, ROLE_ADVISER, &advisers, &n));
    l.base = base_of(p, &l);
    l.first = after == 0;
    l.filtered = l.search.n || l.filter.stage >= 0 || l.filter.track || l.filter.adviser_id;
    l.advisers = advisers;
    l.n_advisers = n;
    html_participants(p->o, &p->v, &l, &got);
    return OK;
}

struct url list_link(const struct view *v, const struct list_view *l, enum participant_sort sort, int64_t after)
{
    if (after)
        return url_make(arena_fmt(v->a, "%.*ssort=%s&after=%lld", STR_FMT(l->base), sort_codes[sort], (long long)after));
    return url_make(arena_fmt(v->a, "%.*ssort=%s", STR_FMT(l->base), sort_codes[sort]));
}

const char *list_sort_code(const struct list_view *l)
{
    return sort_codes[l->filter.sort];
}

struct str list_count(const struct view *v, const struct screening_list *s)
{
    struct str n = text_int(v->a, v->lang, s->count);
    if (!s->exact && !s->count)
        return STR("");
    if (!s->exact)
        return text_fmt(v->a, T("Minst {1} deltakere"), &n, 1);
    return TN("{1} deltaker", "{1} deltakere", s->count);
}

struct str participant_sub(const struct view *v, const struct participant_row *p)
{
    int field = field_code(p->field);
    if (field)
        return str_c(T(field_name(field)));
    return p->field_text.n ? p->field_text : p->reference;
}
