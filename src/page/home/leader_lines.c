/* leader_lines.c: «Trenger deg nå»: each thing that waits for the project leader as one line, and the calendar. */
#include "base/tm.h"
#include "page/cohort/cohort.h"
#include "page/home/leader.h"
#include <stdlib.h>

enum { NAMED = 3 };
struct list {
    struct page *p;
    struct leader_line *line;
    size_t n, max;
};

static void add(struct list *l, struct leader_line line)
{
    if (l->n < l->max)
        l->line[l->n++] = line;
}

static struct url to(struct page *p, const char *fmt, int64_t id)
{
    return url_make(arena_fmt(p->c.a, fmt, (long long)id));
}

static void seen(struct page *p, int64_t participant_id)
{
    saw(&p->c, p->c.actor->organisation_id, participant_id, "overview");
}

/* Who is at a stage: one line each when they are few, else one for all. */
struct group {
    enum intake_stage stage;
    const char *icon, *one, *text, *action, *href; /* one: «{1} har søkt»; href: with the id */
    const char *some, *many, *all_action, *all_href; /* for all together */
};
static const struct group groups[] = {
    {INTAKE_APPLIED, "FileText", N_("{1} har søkt"), N_("Søknaden kom {1}. Les den, og avtal intervju."), N_("Les søknaden"),
     "/participants/%lld/application", N_PLURAL("{1} søknad venter", "{1} søknader venter"), N_("Les søknadene"), "/participants?stage=applied"},
    {INTAKE_INTERVIEWED, "Chat", N_("{1} venter på svar"), N_("Intervjuet ble holdt {1}."), N_("Gi svar"), "/participants/%lld/offer",
     N_PLURAL("{1} venter på svar etter intervju", "{1} venter på svar etter intervju"), N_("Gi svar"), "/participants?stage=interviewed"},
    {INTAKE_RECOMMENDED, "Star", N_("{1} er anbefalt"), N_("Anbefalt {1}. Vurder om personen skal inviteres til å søke."), N_("Vurder"),
     "/screening/%lld", N_PLURAL("{1} ny anbefaling", "{1} nye anbefalinger"), N_("Se anbefalingene"), "/participants?stage=recommended"},
};

static struct str names_of(struct page *p, const struct overview_person **who, size_t n, int64_t all)
{
    const struct view *v = &p->v;
    struct str names[NAMED];
    for (size_t i = 0; i < n && i < NAMED; i++) {
        names[i] = person_name(v, who[i]->first_name, who[i]->last_name);
        seen(p, who[i]->id);
    }
    struct str some = arena_join(p->c.a, names, n < NAMED ? n : NAMED, STR(", "));
    return all > NAMED ? TF("{1} og {2} til.", some, leader_count(v, all - NAMED)) : TF("{1}.", some);
}

static void add_group(struct list *l, const struct overview *o, const struct group *g)
{
    const struct view *v = &l->p->v;
    const struct overview_person *who[OVERVIEW_PEOPLE];
    size_t n = 0;
    for (size_t i = 0; i < o->n_people && n < COUNT(who); i++)
        if (o->people[i].stage == (int)g->stage)
            who[n++] = &o->people[i];
    int64_t all = o->stage[g->stage] > (int64_t)n ? o->stage[g->stage] : (int64_t)n;
    if (n > NAMED) {
        add(l, (struct leader_line){SEVERITY_SOON, tm_on_of(who[0]->stage_at), g->icon, TN(g->some, g->many, all),
                                    names_of(l->p, who, n, all), url_make(str_c(g->all_href)), T(g->all_action)});
        return;
    }
    for (size_t i = 0; i < n; i++) {
        int on = tm_on_of(who[i]->stage_at);
        seen(l->p, who[i]->id);
        add(l, (struct leader_line){SEVERITY_SOON, on, g->icon, TF(g->one, person_name(v, who[i]->first_name, who[i]->last_name)),
                                    TF(g->text, DAY(on)), to(l->p, g->href, who[i]->id), T(g->action)});
    }
}

static void add_intake(struct list *l, const struct overview *o)
{
    const struct view *v = &l->p->v;
    for (size_t i = 0; i < COUNT(groups); i++)
        add_group(l, o, &groups[i]);
    for (size_t i = 0; i < o->n_interviews; i++) {
        const struct interview_coming_row *x = &o->interviews[i];
        if (x->at + x->minutes * (int64_t)60000 >= v->now)
            break;
        seen(l->p, x->participant_id);
        add(l, (struct leader_line){SEVERITY_SOON, tm_on_of(x->at), "Calendar", TF("Intervjuet med {1} er over", person_name(v, x->first_name, x->last_name)),
                                    TF("Det var {1}. Skriv inn vurderingen din.", WHEN(x->at)),
                                    to(l->p, "/participants/%lld/interview/hold", x->participant_id), T("Skriv vurdering")});
    }
    for (size_t i = 0; i < o->n_offers; i++) {
        const struct offer_row *x = &o->offers[i];
        if (x->answer_by_on >= v->today)
            break;
        seen(l->p, x->participant_id);
        add(l, (struct leader_line){SEVERITY_NOW, x->answer_by_on, "Hourglass", TF("{1} har ikke svart på tilbudet", person_name(v, x->first_name, x->last_name)),
                                    TF("Svarfristen var {1}. Ta kontakt.", DAY(x->answer_by_on)),
                                    to(l->p, "/participants/%lld/offer", x->participant_id), T("Se tilbudet")});
    }
}

static void add_matching(struct list *l, const struct overview *o)
{
    const struct view *v = &l->p->v;
    struct str names[NAMED];
    size_t n = 0;
    int64_t all = 0;
    int since = 0;
    for (size_t i = 0; i < o->n_trainees; i++) {
        const struct standing *s = &o->trainees[i];
        if (!overview_unmatched(s))
            continue;
        int on = tm_on_of(s->row.admitted_at);
        since = !since || on < since ? on : since;
        if (n < NAMED) {
            names[n++] = person_name(v, s->row.first_name, s->row.last_name);
            seen(l->p, s->row.participant_id);
        }
        all++;
    }
    if (all) {
        struct str some = arena_join(l->p->c.a, names, n, STR(", "));
        add(l, (struct leader_line){SEVERITY_SOON, since, "Handshake", TN("{1} trainee mangler mentor", "{1} trainees mangler mentor", all),
                                    all > NAMED ? TF("{1} og {2} til.", some, I(all - NAMED)) : TF("{1}.", some), url_make(STR("/matching")),
                                    T("Finn mentor")});
    }
    for (size_t i = 0; i < o->n_matches; i++) {
        const struct match_row *x = &o->matches[i];
        if (x->status != MATCH_PROPOSED)
            continue;
        seen(l->p, x->participant_id);
        add(l, (struct leader_line){SEVERITY_SOON, tm_on_of(x->at), "Handshake",
                                    TF("{1} og {2} kan møtes", person_name(v, x->trainee_first_name, x->trainee_last_name),
                                       person_name(v, x->mentor_first_name, x->mentor_last_name)),
                                    S(T("Paret er valgt. Avtal et matchingmøte.")), to(l->p, "/matches/%lld", x->id), T("Avtal møte")});
    }
}

/* Where a trainee's thing is done: matters of the match on its page, the rest on the trainee's. */
static struct url place_of(struct page *p, const struct standing *s, enum attention_kind kind)
{
    bool match = kind == ATTENTION_MATCH_NOT_ASKED || kind == ATTENTION_MATCH_UNANSWERED || kind == ATTENTION_NOT_SIGNED;
    return match && s->row.match_id ? to(p, "/matches/%lld", s->row.match_id) : attention_url(&p->v, s->row.id);
}

static void add_trainees(struct list *l, const struct overview *o)
{
    const struct view *v = &l->p->v;
    for (size_t i = 0; i < o->n_trainees; i++) {
        const struct standing *s = &o->trainees[i];
        const struct attention *w = &s->attention[0];
        if (!s->n_attention || w->severity == SEVERITY_INFO)
            continue;
        struct str parts[2] = {text_say(v->a, v->lang, &w->text), text_say(v->a, v->lang, &w->action)};
        add(l, (struct leader_line){w->severity, w->since_on, attention_icon(w->kind), attention_title(v, s),
                                    arena_join(v->a, parts, 2, STR(" ")), place_of(l->p, s, w->kind), T("Følg opp")});
    }
}

static int by_need(const void *x, const void *y)
{
    const struct leader_line *a = x, *b = y;
    if (a->severity != b->severity)
        return a->severity > b->severity ? -1 : 1;
    return (a->since_on > b->since_on) - (a->since_on < b->since_on);
}

struct leader_line *leader_lines(struct page *p, const struct overview *o, size_t *n)
{
    struct list l = {.p = p, .max = o->n_people + o->n_offers + o->n_interviews + o->n_matches + o->n_trainees + COUNT(groups) + 1};
    l.line = ARENA_ARRAY(p->c.a, struct leader_line, l.max);
    add_intake(&l, o);
    add_matching(&l, o);
    add_trainees(&l, o);
    if (l.n)
        qsort(l.line, l.n, sizeof *l.line, by_need);
    *n = l.n;
    return l.line;
}

/* ---- the next two weeks */
static int by_time(const void *x, const void *y)
{
    const struct leader_day *a = x, *b = y;
    return (a->at > b->at) - (a->at < b->at);
}

static void put(struct list *days, struct leader_day *out, struct leader_day d, int64_t participant_id)
{
    const struct view *v = &days->p->v;
    if (d.on < v->today || d.on > v->today + OVERVIEW_DAYS || days->n == days->max)
        return;
    out[days->n++] = d;
    seen(days->p, participant_id);
}

struct leader_day *leader_days(struct page *p, const struct overview *o, size_t *n)
{
    const struct view *v = &p->v;
    struct list l = {.p = p, .max = o->n_interviews + o->n_matches + o->n_trainees + o->n_offers};
    struct leader_day *d = ARENA_ARRAY(p->c.a, struct leader_day, l.max);
    for (size_t i = 0; i < o->n_interviews; i++) {
        const struct interview_coming_row *x = &o->interviews[i];
        put(&l, d, (struct leader_day){x->at, tm_on_of(x->at), TF("Intervju med {1}", person_name(v, x->first_name, x->last_name)), TIME(x->at)},
            x->participant_id);
    }
    for (size_t i = 0; i < o->n_matches; i++) {
        const struct match_row *x = &o->matches[i];
        if (x->status == MATCH_MEETING_PLANNED)
            put(&l, d, (struct leader_day){x->meeting_at, tm_on_of(x->meeting_at),
                                           TF("Matchingmøte: {1} og {2}", x->trainee_first_name, x->mentor_first_name), TIME(x->meeting_at)},
                x->participant_id);
    }
    for (size_t i = 0; i < o->n_trainees; i++) {
        const struct standing *s = &o->trainees[i];
        if (s->next)
            put(&l, d, (struct leader_day){s->next->at, tm_on_of(s->next->at),
                                           TF("Møte {1}: {2} og {3}", I(s->facts.meetings_held + 1), s->row.first_name, s->row.mentor_first_name),
                                           TIME(s->next->at)},
                s->row.participant_id);
    }
    for (size_t i = 0; i < o->n_offers; i++) {
        const struct offer_row *x = &o->offers[i];
        put(&l, d, (struct leader_day){tm_at(x->answer_by_on, 23, 59), x->answer_by_on,
                                       TF("Svarfrist for {1}", person_name(v, x->first_name, x->last_name)), x->cohort_name},
            x->participant_id);
    }
    if (l.n)
        qsort(d, l.n, sizeof *d, by_time);
    *n = l.n < LEADER_DAYS ? l.n : LEADER_DAYS;
    return d;
}
