/* words.c: phases, status, links: how a trainee's way is said on every page. */
#include "base/tm.h"
#include "page/trainee/trainee.h"

struct str trainee_name(const struct view *v, const struct standing_row *r)
{
    return arena_fmt(v->a, "%.*s %.*s", STR_FMT(r->first_name), STR_FMT(r->last_name));
}

struct str trainee_lead(const struct view *v, const struct standing *s)
{
    if (s->facts.pair == PAIR_ACTIVE)
        return TF("{1} · mentor {2} {3}", s->row.cohort_name, s->row.mentor_first_name, s->row.mentor_last_name);
    return s->row.cohort_name;
}

struct str trainee_next_meeting(const struct view *v, const struct standing *s)
{
    if (!s->next)
        return STR("");
    enum role r = v->actor->role;
    return r == ROLE_PROJECT_LEADER || r == ROLE_TRAINEE || r == ROLE_MENTOR ? WHEN(s->next->at) : S(T("Avtalt"));
}

/* Everything before the one that is going on is done. */
static void mark(struct phase *p, size_t now)
{
    for (size_t i = 0; i < WAY_PHASES; i++)
        p[i].state = i < now ? PHASE_DONE : i == now ? PHASE_NOW : PHASE_NEXT;
}

static size_t candidate_phase(enum intake_stage stage)
{
    switch (stage) {
    case INTAKE_INTERVIEW_PLANNED:
    case INTAKE_INTERVIEWED:
    case INTAKE_APPLIED:
        return 1;
    case INTAKE_OFFERED:
    case INTAKE_WAITING:
        return 2;
    case INTAKE_ADMITTED:
        return 3;
    case INTAKE_LISTED:
    case INTAKE_RECOMMENDED:
    case INTAKE_INVITED:
    case INTAKE_APPLYING:
    case INTAKE_REOPENED:
    case INTAKE_DECLINED:
    case INTAKE_OTHER_WAY:
    case INTAKE_NOT_NOW:
    case INTAKE_STAGE_N:
        break;
    }
    return 0;
}

void way_phases(const struct view *v, const struct way *w, struct phase out[WAY_PHASES])
{
    const struct standing *s = &w->standing;
    const struct progress_facts *f = &s->facts;
    const char *names[WAY_PHASES] = {N_("Søknad"), N_("Intervju"), N_("Plass"), N_("Mentor"), N_("Tolv møter"), N_("Videre")};
    for (size_t i = 0; i < WAY_PHASES; i++)
        out[i] = (struct phase){.name = S(T(names[i]))};
    size_t now = candidate_phase((enum intake_stage)w->participant.stage);
    if (w->is_trainee)
        now = f->completed_on || f->ended_on ? 5 : f->pair == PAIR_ACTIVE ? 4 : 3;
    mark(out, now);
    if (w->interview.at && w->interview.status == INTERVIEW_PLANNED)
        out[1].when = DAY(tm_on_of(w->interview.at));
    if (!w->is_trainee)
        return;
    out[2].when = s->row.cohort_name;
    if (f->pair == PAIR_ACTIVE)
        out[3].when = w->pair.mentor_first_name;
    if (f->meetings_held)
        out[4].when = TF("{1} av {2}", I(f->meetings_held), I(s->settings.meetings));
    out[5].when = DATE(f->completed_on ? f->completed_on : f->ended_on ? f->ended_on : s->clock.period.end_on);
}

static size_t trainee_phase(const struct standing *s)
{
    const struct progress_facts *f = &s->facts;
    if (f->completed_on || f->ended_on)
        return WAY_PHASES; /* all are done */
    if (f->pair != PAIR_ACTIVE)
        return f->pair == PAIR_ACCEPTED ? 2 : 1;
    if (f->final_on)
        return 5;
    return f->midway_on || s->clock.percent >= 50 ? 4 : 3;
}

void trainee_phases(const struct view *v, const struct standing *s, struct phase out[WAY_PHASES])
{
    const struct progress_facts *f = &s->facts;
    const char *names[WAY_PHASES] = {N_("Plass i pulje"), N_("Matching"), N_("Avtale"), N_("Første halvår"), N_("Andre halvår"), N_("Avslutning")};
    for (size_t i = 0; i < WAY_PHASES; i++)
        out[i] = (struct phase){.name = S(T(names[i]))};
    mark(out, trainee_phase(s));
    out[0].when = s->row.cohort_name;
    if (f->pair != PAIR_ACTIVE)
        out[1].when = DATE(f->matching_meeting_on);
    out[2].when = DATE(f->signed_on);
    if (f->first_meeting_on)
        out[3].when = TF("Fra {1}", DATE(f->first_meeting_on));
    if (f->midway_on)
        out[4].when = TF("Midtveis {1}", DATE(f->midway_on));
    if (f->completed_on || f->ended_on)
        out[5].when = DATE(f->completed_on ? f->completed_on : f->ended_on);
    else if (s->clock.period.end_on)
        out[5].when = TF("Planlagt {1}", DATE(s->clock.period.end_on));
}

struct str attention_link(const struct view *v, const struct standing *s, enum attention_kind kind)
{
    long long trainee = (long long)s->row.id;
    switch (kind) {
    case ATTENTION_MATCH_NOT_ASKED:
    case ATTENTION_MATCH_UNANSWERED:
    case ATTENTION_NOT_SIGNED:
        return arena_fmt(v->a, "/matches/%lld", (long long)s->row.match_id);
    case ATTENTION_MIDWAY_DUE:
        return arena_fmt(v->a, "/trainees/%lld/evaluations/midway", trainee);
    case ATTENTION_FINAL_DUE:
        return arena_fmt(v->a, "/trainees/%lld/evaluations/final", trainee);
    case ATTENTION_PAST_END:
        return arena_fmt(v->a, "/trainees/%lld/complete", trainee);
    case ATTENTION_LEAVE_OVER:
        return arena_fmt(v->a, "/trainees/%lld/leave", trainee);
    case ATTENTION_OFFER_UNANSWERED:
    case ATTENTION_NO_FIRST_MEETING:
    case ATTENTION_NO_MEETING:
    case ATTENTION_NO_MINUTES:
    case ATTENTION_TASKS_OVERDUE:
    case ATTENTION_NO_NEXT_MEETING:
    case ATTENTION_N:
        break;
    }
    return STR("");
}

const char *attention_word(enum attention_kind kind)
{
    switch (kind) {
    case ATTENTION_MATCH_NOT_ASKED:
    case ATTENTION_MATCH_UNANSWERED:
    case ATTENTION_NOT_SIGNED:
        return N_("Åpne matchingen");
    case ATTENTION_MIDWAY_DUE:
    case ATTENTION_FINAL_DUE:
        return N_("Skriv evalueringen");
    case ATTENTION_PAST_END:
        return N_("Registrer som ferdig");
    case ATTENTION_LEAVE_OVER:
        return N_("Åpne permisjonen");
    case ATTENTION_OFFER_UNANSWERED:
    case ATTENTION_NO_FIRST_MEETING:
    case ATTENTION_NO_MEETING:
    case ATTENTION_NO_MINUTES:
    case ATTENTION_TASKS_OVERDUE:
    case ATTENTION_NO_NEXT_MEETING:
    case ATTENTION_N:
        break;
    }
    return N_("Åpne");
}

const char *self_moment_word(enum self_moment m)
{
    static const char *const words[SELF_MOMENT_N] = {"", N_("Ved start"), N_("Midtveis"), N_("Ved slutten")};
    return m < SELF_MOMENT_N ? words[m] : "";
}

const char *self_moment_code(enum self_moment m)
{
    static const char *const codes[SELF_MOMENT_N] = {"", "start", "midway", "end"};
    return m < SELF_MOMENT_N ? codes[m] : "";
}

bool self_any(const struct self_answers *a)
{
    return a->at[SELF_START] || a->at[SELF_MIDWAY] || a->at[SELF_END];
}

struct str self_mean_text(const struct view *v, int hundredths)
{
    if (hundredths < 0)
        return STR("–");
    int tenths = (hundredths + 5) / 10;
    return arena_fmt(v->a, v->lang == LANG_EN || v->lang == LANG_AR ? "%d.%d" : "%d,%d", tenths / 10, tenths % 10);
}
