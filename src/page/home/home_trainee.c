/* home_trainee.c: «Hva gjør jeg nå?» for everybody from the invited participant to who has finished. */
#include "base/tm.h"
#include "gen/home_trainee.html.h"
#include "page/home/home.h"
#include "service/handover.h"
#include "page/document/document.h"
#include "page/home/own.h"

struct own_link own_link(const struct view *v, const struct way *w, enum step_kind kind)
{
    const struct standing *s = &w->standing;
    static const struct {
        const char *icon, *href, *button;
    } links[STEP_N] = {
        [STEP_NONE] = {"Person", "", ""},
        [STEP_APPLY] = {"PencilLine", "/application", N_("Begynn på søknaden")},
        [STEP_FINISH_APPLICATION] = {"PencilLine", "/application", N_("Fortsett på søknaden")},
        [STEP_WAIT_FOR_LEADER] = {"Hourglass", "", ""},
        [STEP_PREPARE_INTERVIEW] = {"Chat", "/application", N_("Les søknaden")},
        [STEP_ANSWER_OFFER] = {"Star", "/offer", N_("Svar på tilbudet")},
        [STEP_WAIT_FOR_MENTOR] = {"Hourglass", "/preparation", N_("Se det du har skrevet")},
        [STEP_PREPARE_MATCHING] = {"PencilLine", "/preparation", N_("Forbered deg")},
        [STEP_ANSWER_MATCH] = {"Handshake", "/match", N_("Svar")},
        [STEP_THINK] = {"LightBulb", "/match", N_("Se hvem du har møtt")},
        [STEP_WAIT_FOR_ANSWER] = {"Hourglass", "", ""},
        [STEP_SIGN] = {"FileText", "/agreement", N_("Les avtalen")},
        [STEP_WAIT_FOR_SIGNATURE] = {"Hourglass", "/agreement", N_("Se avtalen")},
        [STEP_MARK_MEETING] = {"Calendar", "", N_("Åpne møtet")},
        [STEP_PLAN_MEETING] = {"Calendar", "/meetings/new", N_("Avtal møte")},
        [STEP_WRITE_MINUTES] = {"PencilLine", "", N_("Skriv referat")},
        [STEP_DO_TASKS] = {"Tasklist", "/tasks", N_("Se oppgavene")},
        [STEP_PREPARE_MEETING] = {"Book", "/workbook", N_("Les temaet")},
        [STEP_MIDWAY] = {"BarChart", "/self-assessment", N_("Vurder deg selv")},
        [STEP_FINAL] = {"BarChart", "/self-assessment", N_("Vurder deg selv")},
        [STEP_ON_LEAVE] = {"Pause", "", ""},
        [STEP_FINISHED] = {"CheckmarkCircle", "", ""},
    };
    struct own_link l = {links[kind].icon, str_c(links[kind].href), links[kind].button};
    if (kind == STEP_MARK_MEETING && s->unmarked)
        l.href = arena_fmt(v->a, "/meetings/%lld", (long long)s->unmarked->id);
    if (kind == STEP_WRITE_MINUTES && s->unminuted)
        l.href = arena_fmt(v->a, "/meetings/%lld/minutes", (long long)s->unminuted->id);
    if (kind == STEP_PREPARE_MEETING && s->next && s->next->theme)
        l.href = arena_fmt(v->a, "/workbook/%d", s->next->theme);
    if (kind == STEP_WAIT_FOR_LEADER && w->participant.stage == INTAKE_APPLIED)
        l.href = STR("/application"), l.button = N_("Les søknaden");
    if (!l.href.n)
        l.button = "";
    return l;
}

struct str home_why(const struct view *v, const struct say *why, int due_on)
{
    struct str text = text_say(v->a, v->lang, why);
    if (!due_on)
        return text;
    struct str due = due_on < v->today ? TF("Fristen var {1}.", DAY(due_on)) : TF("Senest {1}.", DAY(due_on));
    return arena_fmt(v->a, "%.*s %.*s", STR_FMT(text), STR_FMT(due));
}

/* GET / */
enum err home_trainee(struct page *p)
{
    struct way w = {0};
    enum err e = way_own(&p->c, &w);
    if (e == ERR_NOT_FOUND) { /* an account that belongs to nobody yet */
        html_home_nobody(p->o, &p->v);
        return OK;
    }
    TRY(e);
    struct phase phases[WAY_PHASES];
    way_phases(&p->v, &w, phases);
    struct document *documents;
    size_t n;
    TRY(document_list_of(&p->c, STR(""), &documents, &n));
    struct handover_row h;
    TRY(handover_own(&p->c, &h));
    html_home_trainee(p->o, &p->v, &w, phases, documents, n, &h);
    return OK;
}
