#include "page/interview/interview_show.h"

struct str interview_score(const struct view *v, int area, int score)
{
    if (score < 1 || score > INTERVIEW_SCORES)
        return STR("");
    return TF("{1} av {2}. {3}", I(score), I(INTERVIEW_SCORES), S(T(interview_areas[area].scores[score - 1])));
}

bool interview_choices(struct form_choice *out, const struct interview_area *area)
{
    static const char *const value[INTERVIEW_SCORES] = {"1", "2", "3", "4"};
    for (int i = 0; i < INTERVIEW_SCORES; i++)
        out[i] = (struct form_choice){value[i], area->scores[i]};
    out[INTERVIEW_SCORES] = (struct form_choice){0};
    return true;
}

bool interview_form_prefix(struct form *f, const char *prefix)
{
    *f = form_new(NULL, 0);
    f->prefix = prefix;
    return true;
}
