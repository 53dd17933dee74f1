#include "domain/progress.h"
#include "base/tm.h"

const struct level_name attention_names[ATTENTION_N] = {
    [ATTENTION_OFFER_UNANSWERED] = {"offer_unanswered", N_("Venter på svar")},
    [ATTENTION_MATCH_NOT_ASKED] = {"match_not_asked", N_("Spør begge parter")},
    [ATTENTION_MATCH_UNANSWERED] = {"match_unanswered", N_("Matching uten svar")},
    [ATTENTION_NOT_SIGNED] = {"not_signed", N_("Avtale ikke signert")},
    [ATTENTION_NO_FIRST_MEETING] = {"no_first_meeting", N_("Ikke kommet i gang")},
    [ATTENTION_NO_MEETING] = {"no_meeting", N_("Ingen møter på lenge")},
    [ATTENTION_NO_MINUTES] = {"no_minutes", N_("Mangler referat")},
    [ATTENTION_TASKS_OVERDUE] = {"tasks_overdue", N_("Oppgaver over fristen")},
    [ATTENTION_NO_NEXT_MEETING] = {"no_next_meeting", N_("Neste møte ikke avtalt")},
    [ATTENTION_MIDWAY_DUE] = {"midway_due", N_("Midtveisevaluering")},
    [ATTENTION_FINAL_DUE] = {"final_due", N_("Sluttevaluering")},
    [ATTENTION_PAST_END] = {"past_end", N_("Løpet er over")},
    [ATTENTION_LEAVE_OVER] = {"leave_over", N_("Permisjon over tiden")},
};

struct progress_settings progress_defaults(void)
{
    return (struct progress_settings){.months = 12, .meetings = 12, .stalled_days = 42, .minutes_days = 7, .midway_meetings = 6,
                                      .midway_months = 6, .final_days = 30, .sign_days = 14, .answer_days = 14, .pause_days = 3,
                                      .tolerance_days = 30};
}

enum err progress_check(const struct progress_settings *s, struct say *why)
{
    const struct {
        int value, min, max;
    } ranges[] = {{s->months, 1, 60},        {s->meetings, 1, 100},     {s->stalled_days, 7, 365},         {s->minutes_days, 1, 90},
                  {s->midway_meetings, 1, s->meetings}, {s->midway_months, 1, s->months}, {s->final_days, 0, 180},
                  {s->sign_days, 1, 180},    {s->answer_days, 1, 180},  {s->pause_days, 1, 60},            {s->tolerance_days, 0, 365}};
    for (size_t i = 0; i < COUNT(ranges); i++)
        if (ranges[i].value < ranges[i].min || ranges[i].value > ranges[i].max) {
            *why = say3(N_("{1} er ikke et gyldig tall her. Velg et tall fra {2} til {3}."), SAY_I(ranges[i].value), SAY_I(ranges[i].min),
                        SAY_I(ranges[i].max));
            return ERR_INVALID;
        }
    return OK;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Days between two dates in which the trainee was not on leave. */
static int days_without_leave(const struct progress_facts *f, int from_on, int to_on)
{
    return to_on > from_on ? to_on - from_on - leave_days(f->leaves, f->leaves_n, from_on, to_on - 1) : 0;
}

static bool is_over(const struct progress_facts *f)
{
    return f->completed_on || f->ended_on;
}

struct progress_clock progress_clock(const struct progress_facts *f, const struct progress_settings *s)
{
    struct progress_clock c = {.period = agreement_period(f->first_meeting_on, s->months, f->leaves, f->leaves_n, f->today)};
    c.on_leave = !is_over(f) && leave_is_on(f->leaves, f->leaves_n, f->today);
    if (!f->first_meeting_on)
        return c;
    int total = c.period.planned_end_on - c.period.from_on;
    int until = f->completed_on ? f->completed_on : f->ended_on ? f->ended_on : f->today;
    c.days_used = least(total, days_without_leave(f, c.period.from_on, until));
    c.days_left = total - c.days_used;
    c.percent = total > 0 ? c.days_used * 100 / total : 0;
    c.running = !is_over(f) && !c.on_leave;
    c.overdue = !is_over(f) && f->today > c.period.end_on + s->tolerance_days;
    return c;
}

bool progress_on_time(int completed_on, int first_meeting_on, const struct leave *l, size_t n, const struct progress_settings *s)
{
    if (!completed_on || !first_meeting_on)
        return false;
    return completed_on <= agreement_period(first_meeting_on, s->months, l, n, completed_on).end_on + s->tolerance_days;
}

/* The facts with what several rules need. */
struct look {
    const struct progress_facts *f;
    const struct progress_settings *s;
    struct progress_clock clock;
    struct attention *out;
    size_t n;
};

static void add(struct look *k, enum attention_kind kind, enum severity severity, int since_on, struct say text, struct say action)
{
    k->out[k->n++] = (struct attention){kind, severity, since_on, text, action};
}

static void look_pair(struct look *k)
{
    const struct progress_facts *f = k->f;
    if (f->pair == PAIR_THINKING && !f->asked_on && f->matching_meeting_on && f->today - f->matching_meeting_on >= k->s->pause_days)
        add(k, ATTENTION_MATCH_NOT_ASKED, SEVERITY_SOON, f->matching_meeting_on + k->s->pause_days,
            say1(N_("Matchingmøtet var {1}. Ingen er spurt ennå."), SAY_D(f->matching_meeting_on)),
            say(N_("Ta kontakt med begge, hver for seg, og spør om de ønsker samarbeidet.")));
    if (f->pair == PAIR_THINKING && f->asked_on && f->today - f->asked_on >= k->s->answer_days && !(f->answered && f->mentor_answered)) {
        const char *who = f->answered ? N_("Mentoren har ikke svart. Spurt {1}.")
                        : f->mentor_answered ? N_("Traineen har ikke svart. Spurt {1}.") : N_("Ingen av dem har svart. Spurt {1}.");
        add(k, ATTENTION_MATCH_UNANSWERED, SEVERITY_NOW, f->asked_on, say1(who, SAY_D(f->asked_on)),
            say(N_("Ring og hør hva de tenker. Det er lov å si nei.")));
    }
    if (f->pair == PAIR_ACCEPTED && !f->signed_on && f->accepted_on && f->today - f->accepted_on >= k->s->sign_days)
        add(k, ATTENTION_NOT_SIGNED, SEVERITY_SOON, f->accepted_on,
            say1(N_("Begge sa ja {1}, men avtalen er ikke signert."), SAY_D(f->accepted_on)), say(N_("Minn dem på å lese og signere avtalen.")));
}

static bool no_next(const struct progress_facts *f)
{
    return !f->next_planned_on || f->next_planned_on < f->today;
}

static void look_meetings(struct look *k)
{
    const struct progress_facts *f = k->f;
    if (f->pair != PAIR_ACTIVE)
        return;
    if (!f->first_meeting_on) {
        if (f->signed_on && no_next(f) && f->today - f->signed_on >= k->s->sign_days)
            add(k, ATTENTION_NO_FIRST_MEETING, SEVERITY_NOW, f->signed_on,
                say1(N_("Avtalen ble signert {1}. Det første møtet er ikke avtalt."), SAY_D(f->signed_on)),
                say(N_("Hjelp dem å finne et tidspunkt.")));
        return;
    }
    bool more = f->meetings_held < k->s->meetings && !f->final_on;
    int last = f->last_held_on ? f->last_held_on : f->first_meeting_on;
    int quiet = days_without_leave(f, last, f->today);
    if (more && quiet >= k->s->stalled_days)
        add(k, ATTENTION_NO_MEETING, SEVERITY_NOW, last, say1(N_("Siste møte var {1}."), SAY_D(last)),
            say(N_("Ring traineen og hør hvordan det går. Avtal et nytt møte.")));
    else if (more && no_next(f))
        add(k, ATTENTION_NO_NEXT_MEETING, SEVERITY_INFO, last, say1(N_("Siste møte var {1}. Det neste er ikke avtalt."), SAY_D(last)),
            say(N_("Minn traineen på å avtale neste møte.")));
}

static void look_duties(struct look *k)
{
    const struct progress_facts *f = k->f;
    if (f->unminuted > 0 && f->unminuted_on && f->today - f->unminuted_on >= k->s->minutes_days)
        add(k, ATTENTION_NO_MINUTES, SEVERITY_SOON, f->unminuted_on,
            say_n2(N_PLURAL("Ett møte mangler referat. Møtet var {2}.", "{1} møter mangler referat. Det eldste var {2}."), f->unminuted,
                   SAY_D(f->unminuted_on)),
            say(N_("Minn traineen på referatet. Det tar fem minutter.")));
    if (f->tasks_overdue > 0 && f->task_due_on)
        add(k, ATTENTION_TASKS_OVERDUE, SEVERITY_SOON, f->task_due_on,
            say_n2(N_PLURAL("En oppgave er over fristen, som var {2}.", "{1} oppgaver er over fristen. Den eldste fristen var {2}."),
                   f->tasks_overdue, SAY_D(f->task_due_on)),
            say(N_("Spør hva som stopper, og hjelp med å sette en ny frist.")));
}

/* The date from which the midway evaluation is due; 0 while it is not. */
static int midway_due(const struct progress_facts *f, const struct progress_settings *s)
{
    if (!f->first_meeting_on || f->midway_on || f->final_on)
        return 0;
    int by_time = agreement_period(f->first_meeting_on, s->midway_months, f->leaves, f->leaves_n, f->today).end_on;
    int by_count = f->meetings_held >= s->midway_meetings && f->last_held_on ? f->last_held_on : 0;
    if (by_count)
        return least(by_count, by_time);
    return f->today >= by_time ? by_time : 0;
}

static int final_due(const struct progress_facts *f, const struct progress_settings *s, const struct progress_clock *c)
{
    if (!f->first_meeting_on || f->final_on)
        return 0;
    int by_time = c->period.end_on - s->final_days;
    int by_count = f->meetings_held >= s->meetings && f->last_held_on ? f->last_held_on : 0;
    if (by_count)
        return least(by_count, by_time);
    return f->today >= by_time ? by_time : 0;
}

static void look_evaluations(struct look *k)
{
    const struct progress_facts *f = k->f;
    int midway = midway_due(f, k->s), final = final_due(f, k->s, &k->clock);
    if (midway && !final)
        add(k, ATTENTION_MIDWAY_DUE, SEVERITY_SOON, midway,
            say_n(N_PLURAL("Det er tid for midtveisevaluering. Så langt er det holdt ett møte.",
                           "Det er tid for midtveisevaluering. Så langt er det holdt {1} møter."), f->meetings_held),
            say(N_("Kall inn begge til en samtale: Vil de fortsette, og er målene fortsatt riktige?")));
    bool past = f->first_meeting_on && f->today > k->clock.period.end_on;
    if (final)
        add(k, ATTENTION_FINAL_DUE, past ? SEVERITY_NOW : SEVERITY_SOON, final,
            say1(past ? N_("Avtaletiden var ute {1}. Sluttevalueringen er ikke holdt.") : N_("Avtaletiden er ute {1}."),
                 SAY_D(k->clock.period.end_on)),
            say(N_("Kall inn begge til sluttevaluering.")));
    if (past && f->final_on)
        add(k, ATTENTION_PAST_END, k->clock.overdue ? SEVERITY_NOW : SEVERITY_SOON, k->clock.period.end_on,
            say2(N_("Avtaletiden var ute {1}. Sluttevalueringen ble holdt {2}."), SAY_D(k->clock.period.end_on), SAY_D(f->final_on)),
            say(N_("Registrer at traineen er ferdig, og hva som skjer videre.")));
}

/* On leave nothing is asked for, but somebody should ask when the leave lasts longer than it was going to. */
static void look_leave(struct look *k)
{
    const struct progress_facts *f = k->f;
    int until = 0;
    for (size_t i = 0; i < f->leaves_n; i++) {
        const struct leave *l = &f->leaves[i];
        bool on = l->from_on <= f->today && (!l->returned_on || f->today < l->returned_on);
        if (on && (!l->until_on || l->until_on >= f->today))
            return;
        if (on && l->until_on > until)
            until = l->until_on;
    }
    if (until)
        add(k, ATTENTION_LEAVE_OVER, SEVERITY_SOON, until, say1(N_("Permisjonen skulle vare til {1}."), SAY_D(until)),
            say(N_("Avtal når traineen kommer tilbake, eller sett en ny dato.")));
}

static void sort(struct attention *a, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0; j--) {
            bool before = a[j].severity > a[j - 1].severity || (a[j].severity == a[j - 1].severity && a[j].since_on < a[j - 1].since_on);
            if (!before)
                break;
            struct attention t = a[j];
            a[j] = a[j - 1];
            a[j - 1] = t;
        }
}

size_t progress_attention(const struct progress_facts *f, const struct progress_settings *s, struct attention out[ATTENTION_N])
{
    struct look k = {.f = f, .s = s, .clock = progress_clock(f, s), .out = out};
    if (is_over(f))
        return 0;
    if (k.clock.on_leave) {
        look_leave(&k);
    } else {
        look_pair(&k);
        look_meetings(&k);
        look_duties(&k);
        look_evaluations(&k);
    }
    sort(out, k.n);
    return k.n;
}

bool progress_waits(enum intake_stage stage, int since_on, int today, const struct progress_settings *s, struct attention *out)
{
    if (!since_on || today - since_on < s->answer_days)
        return false;
    struct attention a = {.kind = ATTENTION_OFFER_UNANSWERED, .severity = SEVERITY_SOON, .since_on = since_on};
    if (stage == INTAKE_OFFERED) {
        a.severity = SEVERITY_NOW;
        a.text = say1(N_("Fikk tilbud om plass {1} og har ikke svart."), SAY_D(since_on));
        a.action = say(N_("Ring og hør om kandidaten ønsker plassen."));
    } else if (stage == INTAKE_INVITED || stage == INTAKE_APPLYING || stage == INTAKE_REOPENED) {
        a.text = say1(N_("Har ikke sendt søknaden. Siste steg var {1}."), SAY_D(since_on));
        a.action = say(N_("Spør om kandidaten trenger hjelp med søknaden."));
    } else if (stage == INTAKE_APPLIED) {
        a.text = say1(N_("Søknaden kom {1} og har ikke fått svar."), SAY_D(since_on));
        a.action = say(N_("Les søknaden, og avtal intervju eller gi svar."));
    } else if (stage == INTAKE_INTERVIEWED) {
        a.text = say1(N_("Var på intervju {1} og har ikke fått svar."), SAY_D(since_on));
        a.action = say(N_("Gi tilbakemelding, og tilby plass eller si hva som skjer."));
    } else {
        return false;
    }
    *out = a;
    return true;
}

/* Steps: what the trainee or the candidate does now, in the order of doing. */
struct steps {
    struct step *out;
    size_t n;
};

static void step(struct steps *k, enum step_kind kind, int due_on, struct say title, struct say why)
{
    k->out[k->n++] = (struct step){kind, title, why, due_on};
}

static void candidate_steps(struct steps *k, enum intake_stage stage, int interview_on)
{
    switch (stage) {
    case INTAKE_LISTED:
    case INTAKE_RECOMMENDED:
        step(k, STEP_WAIT_FOR_LEADER, 0, say(N_("Du trenger ikke gjøre noe nå")), say(N_("Du får en invitasjon hvis mentorprogrammet kan passe for deg.")));
        return;
    case INTAKE_INVITED:
        step(k, STEP_APPLY, 0, say(N_("Begynn på søknaden")), say(N_("Du kan lagre underveis og fortsette senere.")));
        return;
    case INTAKE_APPLYING:
        step(k, STEP_FINISH_APPLICATION, 0, say(N_("Gjør søknaden ferdig")), say(N_("Det du har skrevet, er lagret. Fortsett der du slapp.")));
        return;
    case INTAKE_REOPENED:
        step(k, STEP_FINISH_APPLICATION, 0, say(N_("Skriv mer i søknaden")), say(N_("Prosjektleder har åpnet søknaden igjen. Send den på nytt når du er ferdig.")));
        return;
    case INTAKE_APPLIED:
        step(k, STEP_WAIT_FOR_LEADER, 0, say(N_("Vent på svar")), say(N_("Søknaden er sendt. Prosjektleder leser den og tar kontakt.")));
        return;
    case INTAKE_INTERVIEW_PLANNED:
        step(k, STEP_PREPARE_INTERVIEW, interview_on, say(N_("Forbered deg til intervjuet")),
             say(N_("Les søknaden din en gang til. Tenk på hva du vil fortelle om deg selv.")));
        return;
    case INTAKE_INTERVIEWED:
        step(k, STEP_WAIT_FOR_LEADER, 0, say(N_("Vent på svar")), say(N_("Takk for samtalen. Prosjektleder tar kontakt.")));
        return;
    case INTAKE_OFFERED:
        step(k, STEP_ANSWER_OFFER, 0, say(N_("Svar på tilbudet")), say(N_("Du har fått tilbud om plass. Si ja eller nei.")));
        return;
    case INTAKE_WAITING:
        step(k, STEP_WAIT_FOR_LEADER, 0, say(N_("Du står på venteliste")), say(N_("Du får beskjed når det blir en ledig plass.")));
        return;
    case INTAKE_DECLINED:
    case INTAKE_OTHER_WAY:
    case INTAKE_NOT_NOW:
    case INTAKE_ADMITTED:
    case INTAKE_STAGE_N:
        break;
    }
    step(k, STEP_NONE, 0, say(N_("Snakk med rådgiveren din")), say(N_("Dere kan finne ut sammen hva som er neste steg for deg.")));
}

static void pair_steps(struct steps *k, const struct progress_facts *f)
{
    if (f->pair == PAIR_MEETING || (!f->prepared && (f->pair == PAIR_NONE || f->pair == PAIR_ENDED)))
        step(k, STEP_PREPARE_MATCHING, f->pair == PAIR_MEETING ? f->matching_meeting_on : 0, say(N_("Forbered deg til å møte en mentor")),
             say(N_("Skriv hvorfor du vil ha en mentor, hvilke mål du har og hva du forventer.")));
    if (f->pair == PAIR_NONE || f->pair == PAIR_ENDED)
        step(k, STEP_WAIT_FOR_MENTOR, 0, say(N_("Vi leter etter en mentor til deg")), say(N_("Du får beskjed når vi har et forslag.")));
    else if (f->pair == PAIR_THINKING && !f->asked_on)
        step(k, STEP_THINK, 0, say(N_("Tenk på matchingmøtet")), say(N_("Prosjektleder spør deg om noen dager. Du bestemmer selv hva du svarer.")));
    else if (f->pair == PAIR_THINKING && !f->answered)
        step(k, STEP_ANSWER_MATCH, 0, say(N_("Svar om du vil samarbeide med mentoren")), say(N_("Bare prosjektleder ser svaret ditt. Det er lov å si nei.")));
    else if (f->pair == PAIR_THINKING)
        step(k, STEP_WAIT_FOR_ANSWER, 0, say(N_("Vent på svar")), say(N_("Du har svart. Prosjektleder tar kontakt når saken er klar.")));
    else if (f->pair == PAIR_ACCEPTED && !f->trainee_signed)
        step(k, STEP_SIGN, 0, say(N_("Les og signer avtalen")), say(N_("Dere har begge sagt ja. Avtalen forteller hva dere kan forvente.")));
    else if (f->pair == PAIR_ACCEPTED)
        step(k, STEP_WAIT_FOR_SIGNATURE, 0, say(N_("Vent på mentoren")), say(N_("Du har signert. Mentoren skal også signere.")));
}

static void task_step(struct steps *k, const struct progress_facts *f, bool overdue)
{
    int n = overdue ? f->my_tasks_overdue : f->my_tasks_open;
    step(k, STEP_DO_TASKS, f->my_task_due_on, say_n(N_PLURAL("Gjør oppgaven din", "Gjør de {1} oppgavene dine"), n),
         overdue ? say(N_("Fristen er ute. Trenger du hjelp eller mer tid, si fra til mentoren eller prosjektleder."))
                 : say(N_("Gjør ferdig oppgavene før neste møte.")));
}

static void active_steps(struct steps *k, const struct progress_facts *f, const struct progress_settings *s)
{
    struct progress_clock c = progress_clock(f, s);
    bool more = f->meetings_held < s->meetings && !f->final_on;
    int final = final_due(f, s, &c);
    if (f->unmarked_on)
        step(k, STEP_MARK_MEETING, 0, say(N_("Ble møtet holdt?")), say1(N_("Dere hadde avtalt et møte {1}. Merk det som gjennomført, flytt det eller avlys det."), SAY_D(f->unmarked_on)));
    if (f->unminuted > 0)
        step(k, STEP_WRITE_MINUTES, f->unminuted_on ? f->unminuted_on + s->minutes_days : 0, say(N_("Skriv referat")),
             say(N_("Skriv kort hva dere snakket om og hva du skal gjøre. Det tar fem minutter.")));
    if (f->my_tasks_overdue > 0)
        task_step(k, f, true);
    if (more && no_next(f) && !f->unmarked_on)
        step(k, STEP_PLAN_MEETING, 0, f->meetings_held ? say(N_("Avtal neste møte")) : say(N_("Avtal det første møtet")),
             say(N_("Foreslå et tidspunkt for mentoren. Dere bør møtes omtrent en gang i måneden.")));
    if (final)
        step(k, STEP_FINAL, c.period.end_on, say(N_("Gjør deg klar til sluttevaluering")), say(N_("Se tilbake på målene dine. Hva har du lært, og hva er neste steg?")));
    else if (midway_due(f, s))
        step(k, STEP_MIDWAY, 0, say(N_("Gjør deg klar til midtveisevaluering")), say(N_("Tenk på hvordan samarbeidet går, og om du har nye mål.")));
    if (f->my_tasks_overdue == 0 && f->my_tasks_open > 0)
        task_step(k, f, false);
    if (!no_next(f))
        step(k, STEP_PREPARE_MEETING, f->next_planned_on, say(N_("Forbered neste møte")), say(N_("Les temaet i Utviklingspermen, og skriv ned det du vil spørre om.")));
    if (k->n == 0)
        step(k, STEP_WAIT_FOR_LEADER, 0, say(N_("Du har gjort det du skal")), say(N_("Prosjektleder avslutter løpet sammen med deg.")));
}

size_t progress_steps(enum intake_stage stage, int interview_on, const struct progress_facts *f, const struct progress_settings *s,
                      struct step out[STEP_N])
{
    struct steps k = {.out = out};
    if (stage != INTAKE_ADMITTED)
        candidate_steps(&k, stage, interview_on);
    else if (f->completed_on)
        step(&k, STEP_FINISHED, 0, say(N_("Du har fullført mentorprogrammet")), say(N_("Gratulerer! Fortell oss gjerne hvordan det går videre.")));
    else if (f->ended_on)
        step(&k, STEP_FINISHED, 0, say(N_("Mentorprogrammet er avsluttet for deg")), say(N_("Snakk med prosjektleder eller rådgiveren din om veien videre.")));
    else if (leave_is_on(f->leaves, f->leaves_n, f->today))
        step(&k, STEP_ON_LEAVE, 0, say(N_("Du har permisjon")), say(N_("Tiden i programmet står stille. Ta kontakt når du vil begynne igjen.")));
    else if (f->pair == PAIR_ACTIVE)
        active_steps(&k, f, s);
    else
        pair_steps(&k, f);
    return k.n;
}
