#include "service/log.h"
#include "base/num.h"
#include "base/tm.h"
#include "domain/logchain.h"
#include "domain/looked.h"
#include "model/account.h"
#include "model/participant.h"
#include "model/setting.h"
#include "service/letter.h"
#include "service/log_days.h"
#include "service/relation.h"

#include <stdlib.h>

enum { MINUTE_MS = 60000 };

static int64_t day_start(int on)
{
    return tm_at(on, 0, 0);
}

/* ---- refusals and logins */

/* To who watches over the organisation's log: something unusual was stopped, `what` in words. */
static enum err tell(struct ctx *c, const char *kind, const char *subject, const char *what)
{
    struct log_watcher *w;
    size_t n;
    TRY(log_watchers(c->db, c->a, c->actor->organisation_id, c->now, &w, &n));
    for (size_t i = 0; i < n; i++) {
        struct letter l = letter_to(c, w[i].lang, w[i].name);
        letter_say(&l, what);
        letter_say(&l, N_("Administrator kan se i loggen hva som skjedde."));
        letter_link(&l, N_("Åpne loggen:"), "/log");
        TRY(letter_send(&l, (struct mail){.kind = kind, .email = w[i].email, .organisation_id = c->actor->organisation_id,
                                          .subject = letter_subject(&l, subject, STR(""))}));
    }
    return OK;
}

/* The same statements whatever was asked for: refused and missing cost alike. */
enum err log_refused(struct ctx *c, const char *address, int64_t number)
{
    int64_t own = c->actor->account_id, lately, day, many_lately, many_today;
    TRY(log_acts_since(c->db, c->a, own, c->now - MINUTE_MS, LOG_REFUSED, "", &lately));
    TRY(log_acts_since(c->db, c->a, own, c->now - TM_DAY_MS, LOG_REFUSED, "", &day));
    TRY(log_acts_since(c->db, c->a, own, c->now - MINUTE_MS, LOG_REFUSED, LOG_MANY, &many_lately));
    TRY(log_acts_since(c->db, c->a, own, day_start(c->today), LOG_REFUSED, LOG_MANY, &many_today));
    bool known = c->denied.participant_id != 0, many = lately >= LOG_REFUSED_MINUTE || day >= LOG_REFUSED_DAY;
    if (many && many_lately)
        return OK;
    TRY(log_add(c, (struct log_note){.organisation_id = known ? c->denied.organisation_id : c->actor->organisation_id,
                                     .participant_id = c->denied.participant_id, .subject_id = number, .act = LOG_REFUSED,
                                     .what = str_c(address), .outcome = many ? LOG_MANY : ""}));
    if (!many || many_today)
        return OK;
    return tell(c, "log_many", N_("Uvanlig mange avviste forsøk i Springbrett"), N_("Noen har prøvd svært mange ganger å åpne det de ikke får se, eller det som ikke finnes."));
}

enum err log_login(struct ctx *c, int64_t account_id, const char *how, const char *outcome)
{
    struct role_row *roles;
    size_t n_roles;
    int64_t n = 0;
    if (!account_id)
        return OK;
    if (!strcmp(outcome, "failed"))
        TRY(log_acts_since(c->db, c->a, account_id, c->now - MINUTE_MS, LOG_LOGIN, "failed", &n));
    if (n)
        return OK;
    TRY(role_of_account(c->db, c->a, account_id, c->now, &roles, &n_roles));
    struct actor who = {.account_id = account_id};
    if (n_roles) {
        who.organisation_id = roles[0].organisation_id;
        who.role = role_of(roles[0].role);
    }
    const struct actor *was = c->actor;
    if (was->account_id != account_id) /* who logs in is not the actor yet */
        c->actor = &who;
    enum err e = log_add(c, (struct log_note){.organisation_id = c->actor->organisation_id, .act = LOG_LOGIN, .what = str_c(how), .outcome = outcome});
    c->actor = was;
    return e;
}

/* ---- the day's limit */

static enum err setting(struct ctx *c, const char *key, int64_t *out)
{
    struct str v;
    TRY(setting_get(c->db, c->a, c->actor->organisation_id, key, &v));
    if (!v.n || !num_i64(v, 0, 1000000, out))
        *out = 0;
    return OK;
}

static enum err limits(struct ctx *c, struct log_limits *l)
{
    TRY(setting(c, "log.persons_day_warn", &l->warn));
    return setting(c, "log.persons_day_stop", &l->stop);
}

static bool among(const struct log_person *p, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (p[i].participant_id == id)
            return true;
    return false;
}

/* How many persons of this request are new today. */
static size_t new_ones(const struct ctx *c, const struct log_person *today, size_t n)
{
    size_t more = 0;
    for (size_t i = 0; i < c->n_seen; i++) {
        bool twice = !c->seen[i].participant_id;
        for (size_t j = 0; j < i && !twice; j++)
            twice = c->seen[j].participant_id == c->seen[i].participant_id;
        more += !twice && !among(today, n, c->seen[i].participant_id);
    }
    return more;
}

enum err log_too_many(struct ctx *c, bool *yes)
{
    struct log_limits set;
    struct log_person *today;
    size_t n_today;
    int64_t lines, since = day_start(c->today);
    *yes = false;
    if (!c->n_seen || !c->actor->account_id)
        return OK;
    TRY(limits(c, &set));
    int64_t stop = unusual_limits(c->actor->role, set.warn, set.stop).stop;
    TRY(log_count_since(c->db, c->a, c->actor->account_id, since, stop, &lines));
    if (lines + (int64_t)c->n_seen <= stop)
        return OK; /* a line is at most one person */
    TRY(log_persons_since(c->db, c->a, c->actor->account_id, since, 2 * stop + 1000, &today, &n_today));
    size_t more = new_ones(c, today, n_today);
    *yes = more && (int64_t)(n_today + more) > stop;
    return OK;
}

enum err log_stopped(struct ctx *c)
{
    int64_t today, minute;
    TRY(log_acts_since(c->db, c->a, c->actor->account_id, day_start(c->today), LOG_STOP, NULL, &today));
    TRY(log_acts_since(c->db, c->a, c->actor->account_id, c->now - MINUTE_MS, LOG_STOP, NULL, &minute));
    if (minute >= LOG_REFUSED_MINUTE)
        return OK;
    TRY(log_add(c, (struct log_note){.organisation_id = c->actor->organisation_id, .act = LOG_STOP, .what = STR("list"), .outcome = ""}));
    if (today)
        return OK;
    return tell(c, "log_stop", N_("Uvanlig mange oppslag i Springbrett"),
                N_("Noen har sett opplysninger om uvanlig mange personer på én dag. Springbrett har stoppet det for i dag."));
}

/* ---- who has seen my data */

static struct log_visitor *visitor_of(struct log_own_day *d, const struct log_group *g)
{
    enum role role = role_of(g->role);
    for (size_t i = 0; i < d->n; i++)
        if (d->who[i].account_id == g->account_id && d->who[i].role == role && d->who[i].from_organisation_id == g->from_organisation_id)
            return &d->who[i];
    struct log_visitor *v = &d->who[d->n++];
    *v = (struct log_visitor){.account_id = g->account_id, .from_organisation_id = g->from_organisation_id, .role = role, .refused = true,
                              .program = !g->account_id, .organisation = g->organisation};
    if (role != ROLE_TRAINEE) /* a trainee has the same right not to be named */
        v->name = g->who;
    return v;
}

static void add_deed(struct arena *a, struct log_visitor *v, const struct log_group *g, size_t max)
{
    const char *act = looked_act(g->act), *what = looked_words(g->what);
    v->refused &= str_is(g->act, LOG_REFUSED);
    for (size_t i = 0; i < v->n; i++)
        if (!strcmp(v->deeds[i].act, act) && !strcmp(v->deeds[i].what, what)) {
            v->deeds[i].times += g->n;
            return;
        }
    if (!v->deeds)
        v->deeds = ARENA_ARRAY(a, struct log_deed, max);
    v->deeds[v->n++] = (struct log_deed){act, what, g->n};
}

static struct log_whose whose(const struct ctx *c)
{
    bool mentor = c->actor->role == ROLE_MENTOR;
    return (struct log_whose){mentor ? 0 : c->actor->participant_id, mentor ? c->actor->mentor_id : 0};
}

static enum err own_day(struct ctx *c, int on, struct log_own_day *out)
{
    enum { GROUPS = 2000 };
    struct log_group *g;
    size_t n;
    TRY(log_groups(c->db, c->a, whose(c), c->actor->account_id, day_start(on), day_start(on + 1), GROUPS, &g, &n));
    struct log_own_day d = {.on = on, .who = ARENA_ARRAY(c->a, struct log_visitor, n ? n : 1)};
    for (size_t i = 0; i < n; i++)
        add_deed(c->a, visitor_of(&d, &g[i]), &g[i], n);
    *out = d;
    return OK;
}

enum err log_mine(struct ctx *c, int before, struct log_own *out)
{
    struct log_own x = {0};
    int64_t at, key = before > 0 ? day_start(before) : INT64_MAX;
    TRY(may(c, ACT_LOG_OWN, REL_SELF));
    if (!c->actor->participant_id && !c->actor->mentor_id) {
        *out = x;
        return OK;
    }
    while (x.n < LOG_DAYS) {
        TRY(log_last_before(c->db, c->a, whose(c), c->actor->account_id, key, &at));
        if (!at)
            break;
        TRY(own_day(c, tm_on_of(at), &x.day[x.n]));
        key = day_start(x.day[x.n++].on);
    }
    if (x.n == LOG_DAYS) {
        TRY(log_last_before(c->db, c->a, whose(c), c->actor->account_id, key, &at));
        x.before = at ? x.day[x.n - 1].on : 0;
    }
    *out = x;
    return OK;
}

/* ---- for the administrator */

static enum err allowed(struct ctx *c)
{
    return may(c, ACT_LOG_SEE, rel_org(c, c->actor->organisation_id));
}

enum err log_search(struct ctx *c, const struct log_search *s, struct log_list *out)
{
    struct log_list l = {0};
    int64_t org = c->actor->organisation_id;
    int open;
    TRY(allowed(c));
    if (s->participant_id) {
        struct participant_row p;
        TRY(participant_get(c->db, c->a, s->participant_id, &p));
        if (p.organisation_id != org || !rel_known(c, p.id, p.address_protection))
            return ERR_NOT_FOUND;
        l.reference = p.reference;
    }
    struct log_filter f = {.organisation_id = org, .account_id = s->account_id, .participant_id = s->participant_id, .act = s->act,
                           .from = s->on ? day_start(s->on) : 0, .until = s->on ? day_start(s->on + 1) : 0, .before_id = s->before_id, .viewer = viewer_of(c)};
    TRY(log_find(c->db, c->a, &f, LOG_PAGE + 1, &l.rows, &l.n));
    if (l.n > LOG_PAGE) {
        l.n = LOG_PAGE;
        l.next = l.rows[LOG_PAGE - 1].id;
    }
    for (size_t i = 0; i < l.n; i++)
        if (!rel_known(c, l.rows[i].participant_id, (int)l.rows[i].address_protection)) { /* a refusal: as about nobody */
            l.rows[i].reference = STR("");
            l.rows[i].participant_id = l.rows[i].subject_id = 0;
        }
    TRY(log_days_open(c->db, c->a, org, c->today, &open));
    if (open < c->today - 90) /* not counted yet, or there was no log for so long */
        open = c->today - 90;
    TRY(log_actors(c->db, c->a, org, c->today - 90, day_start(open), 500, &l.actors, &l.n_actors));
    saw_log(c, org, s->participant_id);
    *out = l;
    return OK;
}

enum err log_person(struct ctx *c, struct str reference, int64_t *participant_id)
{
    struct participant_row p;
    TRY(allowed(c));
    TRY(participant_by_reference(c->db, c->a, c->actor->organisation_id, reference, &p));
    if (!rel_known(c, p.id, p.address_protection))
        return ERR_NOT_FOUND;
    *participant_id = p.id;
    return OK;
}

static const struct log_habit *habit_of(const struct log_habit *h, size_t n, int64_t account_id)
{
    for (size_t i = 0; i < n; i++)
        if (h[i].account_id == account_id)
            return &h[i];
    return NULL;
}

static struct log_sign sign_of(const struct log_day *d, const struct log_habit *h, const struct log_limits *set)
{
    struct log_sign s = {.on = (int)d->day, .account_id = d->account_id, .name = d->who, .role = role_of(d->role)};
    s.day = (struct unusual_day){.role = s.role, .opened = (int)d->opened, .persons = (int)d->persons, .outside = (int)d->outside,
                                 .night = (int)d->night, .refused = (int)d->refused, .hidden = (int)d->hidden, .stops = (int)d->stops};
    if (h && h->days) {
        s.day.days = (int)h->days;
        s.day.usual = (int)((h->persons + h->days - 1) / h->days);
    }
    struct unusual_limits l = unusual_limits(s.role, set->warn, set->stop);
    s.signs = unusual_signs(&s.day, &l);
    return s;
}

static int graver(const void *x, const void *y)
{
    const struct log_sign *a = x, *b = y;
    int d = unusual_weight(b->signs) - unusual_weight(a->signs);
    return d ? d : b->on - a->on;
}

enum err log_unusual(struct ctx *c, struct log_sign **rows, size_t *n)
{
    enum { FOUND_MAX = 500 };
    struct log_limits set;
    struct log_habit *habits;
    struct log_day *d;
    size_t n_habits, n_d, k = 0;
    int64_t org = c->actor->organisation_id;
    struct log_sign *found = ARENA_ARRAY(c->a, struct log_sign, FOUND_MAX);
    TRY(allowed(c));
    TRY(limits(c, &set));
    TRY(log_habits(c->db, c->a, org, c->today - 30, c->today - LOG_UNUSUAL_DAYS + 1, &habits, &n_habits));
    TRY(log_days_read(c->db, c->a, org, c->today - LOG_UNUSUAL_DAYS + 1, c->today, &d, &n_d));
    for (size_t i = 0; i < n_d && k < FOUND_MAX; i++) {
        struct log_sign x = sign_of(&d[n_d - 1 - i], habit_of(habits, n_habits, d[n_d - 1 - i].account_id), &set);
        if (x.signs)
            found[k++] = x;
    }
    qsort(found, k, sizeof *found, graver);
    *rows = found;
    *n = k < LOG_UNUSUAL_MAX ? k : LOG_UNUSUAL_MAX;
    return OK;
}

enum err log_limits(struct ctx *c, struct log_limits *out)
{
    TRY(allowed(c));
    return limits(c, out);
}

static enum err put(struct ctx *c, const char *key, int64_t value)
{
    return setting_put(c->db, &(struct setting_row){.organisation_id = c->actor->organisation_id, .key = str_c(key),
                                                    .value = value ? arena_fmt(c->a, "%lld", (long long)value) : STR(""),
                                                    .changed_at = c->now, .changed_by = c->actor->account_id});
}

enum err log_limits_set(struct ctx *c, const struct log_limits *l)
{
    TRY(allowed(c));
    TRY(put(c, "log.persons_day_warn", l->warn));
    TRY(put(c, "log.persons_day_stop", l->stop));
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .kind = "log.limits_changed", .outcome = ""});
}
