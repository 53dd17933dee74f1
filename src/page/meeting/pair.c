/* pair.c: what all pages of a pair share: whose page it is, names, words for meetings. */
#include "page/meeting/meeting.h"

enum err pair_choice(struct page *p, struct pair_choice *out)
{
    struct pair_choice c = {0};
    int64_t wanted = page_query_int(p, "trainee", 0);
    TRY(mentoring_pairs(&p->c, &c.all, &c.n));
    for (size_t i = 0; i < c.n; i++)
        if (c.all[i].trainee_id == wanted)
            c.now = &c.all[i];
    if (!c.now && c.n)
        c.now = &c.all[0];
    *out = c;
    return OK;
}

struct str pair_query(const struct view *v, const struct pair_choice *c)
{
    return c->n > 1 && c->now ? arena_fmt(v->a, "?trainee=%lld", (long long)c->now->trainee_id) : STR("");
}

struct str pair_other(const struct view *v, const struct mentorship_row *m)
{
    return v->actor->role == ROLE_TRAINEE ? mentoring_mentor_name(v->a, m) : mentoring_trainee_name(v->a, m);
}

struct str meeting_title(const struct view *v, int theme)
{
    const struct workbook_theme *t = workbook_theme(theme);
    return t ? TF("{1}. {2}", I(t->number), S(T(t->title))) : S(T(N_("Samarbeidsmøte")));
}

const char *meeting_status(const struct meeting_row *m)
{
    return meeting_stage_names[meeting_shown(m->status, m->sequence)].name;
}

const char *meeting_color(const struct meeting_row *m)
{
    switch (meeting_shown(m->status, m->sequence)) {
    case MEETING_HELD:
        return "success";
    case MEETING_CANCELLED:
        return "danger";
    case MEETING_MOVED:
        return "warning";
    case MEETING_PLANNED:
    case MEETING_STAGE_N:
        break;
    }
    return "info";
}

bool meeting_place_listed(const struct mentorship_row *m)
{
    return !m->address_protection;
}

const struct form_choice *task_owners(void)
{
    static const struct form_choice owners[] = {{"1", N_("Traineen")}, {"2", N_("Mentoren")}, {"3", N_("Prosjektlederen")}, {0}};
    return owners;
}
