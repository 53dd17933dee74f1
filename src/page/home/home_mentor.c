/* home_mentor.c: a mentor's start page: what is asked of me, my trainee, next meeting, this theme's questions, my tasks. */
#include "base/tm.h"
#include "gen/home_mentor.html.h"
#include "page/home/home.h"
#include "page/document/document.h"
#include "page/home/own.h"

struct own_link mentor_link(const struct view *v, const struct mentor_way *w, enum mentor_step_kind kind)
{
    static const struct {
        const char *icon, *button;
    } words[MENTOR_STEP_N] = {
        [MENTOR_NOTHING] = {"Handshake", N_("Se profilen min")},
        [MENTOR_MATCHING_MEETING] = {"Handshake", N_("Les mer")},
        [MENTOR_THINK] = {"LightBulb", N_("Se hvem du har møtt")},
        [MENTOR_ANSWER] = {"Handshake", N_("Svar")},
        [MENTOR_WAIT] = {"Hourglass", ""},
        [MENTOR_SIGN] = {"FileText", N_("Les avtalen")},
        [MENTOR_MARK_MEETING] = {"Calendar", N_("Åpne møtet")},
        [MENTOR_PLAN_MEETING] = {"Calendar", N_("Avtal møte")},
        [MENTOR_DO_TASKS] = {"Tasklist", N_("Se oppgavene")},
        [MENTOR_READ_MINUTES] = {"FileText", N_("Les referatet")},
        [MENTOR_PREPARE_MEETING] = {"Book", N_("Les temaet")},
    };
    struct own_link l = {words[kind].icon, STR(""), words[kind].button};
    const struct standing *s = &w->standing;
    long long trainee = (long long)w->pair.trainee_id;
    if (kind == MENTOR_NOTHING)
        l.href = STR("/mentor");
    else if (kind == MENTOR_SIGN && w->match.agreement_id)
        l.href = arena_fmt(v->a, "/agreements/%lld", (long long)w->match.agreement_id);
    else if (kind == MENTOR_MATCHING_MEETING || kind == MENTOR_THINK || kind == MENTOR_ANSWER || kind == MENTOR_SIGN)
        l.href = arena_fmt(v->a, "/matches/%lld", (long long)w->match.id);
    else if (kind == MENTOR_MARK_MEETING && s->unmarked)
        l.href = arena_fmt(v->a, "/meetings/%lld", (long long)s->unmarked->id);
    else if (kind == MENTOR_PLAN_MEETING)
        l.href = arena_fmt(v->a, "/meetings/new?trainee=%lld", trainee);
    else if (kind == MENTOR_DO_TASKS)
        l.href = arena_fmt(v->a, "/tasks?trainee=%lld", trainee);
    else if (kind == MENTOR_READ_MINUTES && w->minutes)
        l.href = arena_fmt(v->a, "/meetings/%lld", (long long)w->minutes->id);
    else if (kind == MENTOR_PREPARE_MEETING && s->next && s->next->theme)
        l.href = arena_fmt(v->a, "/workbook/%d?trainee=%lld", s->next->theme, trainee);
    else if (kind == MENTOR_PREPARE_MEETING && s->next)
        l.href = arena_fmt(v->a, "/meetings/%lld", (long long)s->next->id);
    if (!l.href.n)
        l.button = "";
    return l;
}

/* GET / */
enum err home_mentor(struct page *p)
{
    struct mentor_way *ways;
    struct document *documents;
    size_t n, n_documents;
    TRY(way_mentor(&p->c, &ways, &n));
    if (!n) {
        struct mentor_way *none = ARENA_NEW(p->c.a, struct mentor_way);
        none->n_steps = mentor_steps(&(struct mentor_facts){.today = p->c.today}, none->steps);
        html_home_mentor(p->o, &p->v, none, 1, NULL, 0);
        return OK;
    }
    TRY(document_list_of(&p->c, STR(""), &documents, &n_documents));
    html_home_mentor(p->o, &p->v, ways, n, documents, n_documents);
    return OK;
}
