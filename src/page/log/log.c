#include "page/log/log.h"
#include "base/tm.h"
#include "domain/logchain.h"
#include "domain/looked.h"
#include "gen/log.html.h"
#include "gen/my_log.html.h"

const struct form_choice log_acts[] = {{LOG_LOOK, N_("Så")},
                                       {LOG_CHANGE, N_("Endret")},
                                       {LOG_REFUSED, N_("Prøvde, men fikk ikke")},
                                       {LOG_LOGIN, N_("Innlogging")},
                                       {LOG_EXPORT, N_("Hentet ut")},
                                       {LOG_ERASE, N_("Slettet")},
                                       {LOG_STOP, N_("Stoppet")},
                                       {NULL, NULL}};

struct str log_who(const struct view *v, const struct log_visitor *w)
{
    if (w->program)
        return STR("Springbrett");
    if (w->name.n)
        return w->name;
    return str_c(w->role == ROLE_TRAINEE ? v->actor->role == ROLE_MENTOR ? T(N_("En trainee")) : T(N_("En annen trainee")) : T(N_("Noen som ikke har konto lenger")));
}

struct str log_as(const struct view *v, const struct log_visitor *w)
{
    if (w->program)
        return str_c(T(N_("Programmet selv, uten at noen så på")));
    struct str parts[2] = {str_c(T(role_label(w->role))), w->organisation};
    return *role_label(w->role) ? arena_join(v->a, parts, w->organisation.n ? 2 : 1, STR(", ")) : w->organisation;
}

struct str log_deed_text(const struct view *v, const struct log_deed *d)
{
    struct str what = str_c(T(d->what));
    if (d->times < 2)
        return what;
    return TF("{1} ({2})", what, TN("{1} gang", "{1} ganger", d->times));
}

struct str log_signs(const struct view *v, unsigned signs)
{
    struct str parts[UNUSUAL_SIGNS];
    size_t n = 0;
    for (unsigned bit = 1; bit < 1u << UNUSUAL_SIGNS; bit <<= 1)
        if (signs & bit)
            parts[n++] = str_c(T(unusual_words(bit)));
    return arena_join(v->a, parts, n, STR(". "));
}

/* GET /my-log */
enum err my_log_page(struct page *p)
{
    struct log_own x;
    int64_t before = page_query_int(p, "before", 0);
    TRY(log_mine(&p->c, before > 0 && before < 100000 ? (int)before : 0, &x));
    html_my_log(p->o, &p->v, &x, before > 0);
    return OK;
}

static int act_of(struct str code)
{
    for (int i = 0; log_acts[i].value; i++)
        if (str_is(code, log_acts[i].value))
            return i;
    return -1;
}

static const struct form_choice *actors(struct arena *a, const struct log_list *l)
{
    struct form_choice *c = ARENA_ARRAY(a, struct form_choice, l->n_actors + 1);
    for (size_t i = 0; i < l->n_actors; i++)
        c[i] = (struct form_choice){arena_fmt(a, "%lld", (long long)l->actors[i].account_id).p, arena_cstr(a, l->actors[i].name)};
    return c;
}

static struct str number_text(struct arena *a, int64_t v)
{
    return v ? arena_fmt(a, "%lld", (long long)v) : STR("");
}

/* search, limits: what somebody sent that is not right yet; NULL: as it is. Only then is counted what is unusual: it is slow. */
static enum err show(struct page *p, const struct log_search *s, const struct form *search, const struct form *limits)
{
    struct log_list l;
    struct log_sign *signs = NULL;
    struct log_limits set;
    size_t n_signs = 0;
    struct arena *a = p->c.a;
    if (!search && !limits)
        TRY(log_unusual(&p->c, &signs, &n_signs));
    TRY(log_limits(&p->c, &set));
    TRY(log_search(&p->c, s, &l));
    const struct pair given[] = {{STR("who"), number_text(a, s->account_id)}, {STR("act"), s->act}, {STR("on"), tm_iso(a, s->on)},
                                 {STR("reference"), l.reference}};
    const struct pair now[] = {{STR("warn"), number_text(a, set.warn)}, {STR("stop"), number_text(a, set.stop)}};
    struct form fs = search ? *search : form_new(given, COUNT(given)), fl = limits ? *limits : form_new(now, COUNT(now));
    struct log_form f = {.search = &fs, .limits = &fl, .actors = actors(a, &l),
                         .adviser = unusual_limits(ROLE_ADVISER, set.warn, set.stop), .leader = unusual_limits(ROLE_PROJECT_LEADER, set.warn, set.stop),
                         .mentor = unusual_limits(ROLE_MENTOR, set.warn, set.stop)};
    struct str more = STR("");
    if (l.next)
        more = arena_fmt(a, "/log?who=%lld&act=%.*s&on=%.*s&person=%lld&before=%lld#h-lines", (long long)s->account_id, STR_FMT(s->act),
                         STR_FMT(tm_iso(a, s->on)), (long long)s->participant_id, (long long)l.next);
    html_log(p->o, &p->v, &l, signs, n_signs, &f, more);
    return OK;
}

static struct log_search asked(const struct page *p)
{
    int act = act_of(req_query(p->r, "act"));
    struct log_search s = {.account_id = page_query_int(p, "who", 0), .participant_id = page_query_int(p, "person", 0),
                           .act = act < 0 ? STR("") : str_c(log_acts[act].value), .before_id = page_query_int(p, "before", 0)};
    if (!tm_parse_on(req_query(p->r, "on"), &s.on))
        s.on = 0;
    if (s.account_id < 0)
        s.account_id = 0;
    if (s.participant_id < 0)
        s.participant_id = 0;
    if (s.before_id < 0)
        s.before_id = 0;
    return s;
}

/* GET /log */
enum err log_page(struct page *p)
{
    struct log_search s = asked(p);
    return show(p, &s, NULL, NULL);
}

/* POST /log: a search. The reference of a person does not stand in an address, so it becomes a number here. */
enum err log_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct log_search s = {0};
    int64_t who = form_id(&f, "who", false);
    int act = form_choice(&f, "act", false, log_acts), on = form_date(&f, "on", false);
    struct str reference = form_line(&f, "reference", 0, 80);
    enum err e = reference.n && form_ok(&f) ? log_person(&p->c, reference, &s.participant_id) : OK;
    if (e == ERR_NOT_FOUND)
        form_fail(&f, "reference", N_("Vi finner ingen deltaker med den referansen."));
    else
        TRY(e);
    if (form_ok(&f))
        return page_go(p, NULL, "/log?who=%lld&act=%s&on=%.*s&person=%lld#h-lines", (long long)who, act < 0 ? "" : log_acts[act].value,
                       STR_FMT(tm_iso(p->c.a, on)), (long long)s.participant_id);
    TRY(show(p, &s, &f, NULL));
    return page_invalid(p);
}

/* POST /log/limits */
enum err log_limits_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct log_search s = {0};
    struct log_limits l = {.warn = form_int(&f, "warn", false, 1, 100000), .stop = form_int(&f, "stop", false, 1, 100000)};
    if (form_ok(&f) && l.warn && l.stop && l.stop < l.warn)
        form_fail(&f, "stop", N_("Grensen for stopp må være høyere enn grensen for varsel."));
    if (form_ok(&f)) {
        TRY(log_limits_set(&p->c, &l));
        return page_go(p, "saved", "/log");
    }
    TRY(show(p, &s, NULL, &f));
    return page_invalid(p);
}
