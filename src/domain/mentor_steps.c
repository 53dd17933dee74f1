#include "domain/mentor_steps.h"

struct steps {
    struct mentor_step *out;
    size_t n;
};

static void step(struct steps *k, enum mentor_step_kind kind, int due_on, struct say title, struct say why)
{
    k->out[k->n++] = (struct mentor_step){kind, title, why, due_on};
}

static void matching(struct steps *k, const struct mentor_facts *f)
{
    switch (f->match) {
    case MATCH_PROPOSED:
        step(k, MENTOR_MATCHING_MEETING, 0, say(N_("Vi har foreslått en trainee for deg")),
             say(N_("Prosjektleder tar kontakt for å avtale et uforpliktende møte.")));
        return;
    case MATCH_MEETING_PLANNED:
        step(k, MENTOR_MATCHING_MEETING, f->matching_meeting_on, say(N_("Dere skal møtes for å bli kjent")),
             say(N_("Møtet forplikter ikke. Tenk på hva du vil fortelle, og hva du vil spørre om.")));
        return;
    case MATCH_MEETING_HELD:
        step(k, MENTOR_THINK, 0, say(N_("Tenk på matchingmøtet")), say(N_("Prosjektleder spør deg om noen dager. Du bestemmer selv hva du svarer.")));
        return;
    case MATCH_ASKED:
        if (f->answered)
            step(k, MENTOR_WAIT, 0, say(N_("Vent på svar")), say(N_("Du har svart. Prosjektleder tar kontakt når saken er klar.")));
        else
            step(k, MENTOR_ANSWER, 0, say(N_("Svar om du vil være mentor")), say(N_("Bare prosjektleder ser svaret ditt. Det er lov å si nei.")));
        return;
    case MATCH_ACCEPTED:
        if (f->signed_it)
            step(k, MENTOR_WAIT, 0, say(N_("Vent på traineen")), say(N_("Du har signert. Traineen skal også signere.")));
        else
            step(k, MENTOR_SIGN, 0, say(N_("Les og signer avtalen")), say(N_("Dere har begge sagt ja. Avtalen forteller hva dere kan forvente.")));
        return;
    case MATCH_DECLINED:
    case MATCH_TAKEN_BACK:
    case MATCH_RUNNING:
    case MATCH_STATUS_N:
        break;
    }
}

static void tasks(struct steps *k, const struct mentor_facts *f)
{
    int n = f->tasks_overdue ? f->tasks_overdue : f->tasks_open;
    step(k, MENTOR_DO_TASKS, f->task_due_on, say_n(N_PLURAL("Gjør oppgaven din", "Gjør de {1} oppgavene dine"), n),
         f->tasks_overdue ? say(N_("Fristen er ute.")) : say(N_("Gjør ferdig oppgavene før neste møte.")));
}

static void running(struct steps *k, const struct mentor_facts *f)
{
    bool planned = f->next_planned_on && f->next_planned_on >= f->today;
    if (f->unmarked_on)
        step(k, MENTOR_MARK_MEETING, 0, say(N_("Ble møtet holdt?")),
             say1(N_("Dere hadde avtalt et møte {1}. Merk det som gjennomført, flytt det eller avlys det."), SAY_D(f->unmarked_on)));
    if (f->tasks_overdue)
        tasks(k, f);
    if (!planned && !f->unmarked_on && !f->all_held)
        step(k, MENTOR_PLAN_MEETING, 0, say(N_("Avtal neste møte")), say(N_("Foreslå et tidspunkt for traineen. Dere bør møtes omtrent en gang i måneden.")));
    if (f->minutes_on)
        step(k, MENTOR_READ_MINUTES, 0, say(N_("Les referatet")), say1(N_("Traineen har skrevet referat fra møtet {1}."), SAY_D(f->minutes_on)));
    if (!f->tasks_overdue && f->tasks_open)
        tasks(k, f);
    if (planned)
        step(k, MENTOR_PREPARE_MEETING, f->next_planned_on, say(N_("Forbered neste møte")), say(N_("Les spørsmålene til temaet. Det tar fem minutter.")));
}

size_t mentor_steps(const struct mentor_facts *f, struct mentor_step out[MENTOR_STEP_N])
{
    struct steps k = {.out = out};
    if (f->running && f->on_leave)
        step(&k, MENTOR_WAIT, 0, say(N_("Traineen har permisjon")), say(N_("Tiden står stille. Her ser du når dere kan fortsette.")));
    else if (f->running)
        running(&k, f);
    else if (f->has_match)
        matching(&k, f);
    if (k.n == 0 && f->running)
        step(&k, MENTOR_WAIT, 0, say(N_("Du har gjort det du skal")), say(N_("Prosjektleder tar kontakt om avslutningen.")));
    else if (k.n == 0)
        step(&k, MENTOR_NOTHING, 0, say(N_("Takk for at du vil være mentor")), say(N_("Vi sier fra når vi har en trainee som passer for deg.")));
    return k.n;
}
