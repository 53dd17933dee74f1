/* criteria.c: the settings of the criteria. */
#include "page/screening/criteria.h"
#include "gen/criteria.html.h"
#include "page/screening/screening.h"
#include "service/screening.h"

const struct form_choice *criteria_weights(const struct view *v, enum criterion c)
{
    struct form_choice *out = ARENA_ARRAY(v->a, struct form_choice, WEIGHT_N + 1);
    size_t n = 0;
    for (int w = 0; w < WEIGHT_N; w++) {
        struct criteria_settings s = criteria_defaults();
        enum criterion bad;
        struct say why;
        s.of[c].weight = (enum criterion_weight)w;
        if (criteria_check(&s, &bad, &why) == OK)
            out[n++] = (struct form_choice){criterion_weight_names[w].code, criterion_weight_names[w].name};
    }
    return out;
}

const struct form_choice *criteria_thresholds(const struct view *v, enum criterion c)
{
    const struct level_name *names = c == CRITERION_NORWEGIAN ? cefr_names : c == CRITERION_EDUCATION ? education_level_names : NULL;
    const struct criterion_name *k = &criterion_names[c];
    if (!names)
        return NULL;
    struct form_choice *out = ARENA_ARRAY(v->a, struct form_choice, k->threshold_max - k->threshold_min + 2);
    for (int i = k->threshold_min; i <= k->threshold_max; i++)
        out[i - k->threshold_min] = (struct form_choice){names[i].code, names[i].name};
    return out;
}

const char *criteria_field(const struct view *v, enum criterion c, const char *what)
{
    return arena_fmt(v->a, "%s_%s", criterion_names[c].code, what).p;
}

static struct form given(struct page *p, const struct criteria_settings *s)
{
    const struct view *v = &p->v;
    struct pair *g = ARENA_ARRAY(p->c.a, struct pair, 2 * CRITERION_N);
    size_t n = 0;
    for (int i = 0; i < CRITERION_N; i++) {
        const struct form_choice *t = criteria_thresholds(v, (enum criterion)i);
        struct str threshold = t ? str_c(t[s->of[i].threshold - criterion_names[i].threshold_min].value)
                                 : arena_fmt(p->c.a, "%d", s->of[i].threshold);
        g[n++] = (struct pair){str_c(criteria_field(v, (enum criterion)i, "weight")), str_c(criterion_weight_names[s->of[i].weight].code)};
        g[n++] = (struct pair){str_c(criteria_field(v, (enum criterion)i, "threshold")), threshold};
    }
    return form_new(g, n);
}

static struct criterion_setting read_one(struct page *p, struct form *f, enum criterion c)
{
    const struct view *v = &p->v;
    const struct criterion_name *k = &criterion_names[c];
    const struct form_choice *weights = criteria_weights(v, c), *thresholds = criteria_thresholds(v, c);
    struct criterion_setting s = criteria_defaults().of[c];
    int w = form_choice(f, criteria_field(v, c, "weight"), true, weights), code = 0;
    if (w >= 0 && level_of(criterion_weight_names, WEIGHT_N, str_c(weights[w].value), &code))
        s.weight = (enum criterion_weight)code;
    if (!k->threshold_label)
        return s;
    if (thresholds) {
        int t = form_choice(f, criteria_field(v, c, "threshold"), true, thresholds);
        s.threshold = t >= 0 ? k->threshold_min + t : s.threshold;
    } else {
        int64_t t = form_int(f, criteria_field(v, c, "threshold"), true, k->threshold_min, k->threshold_max);
        s.threshold = t ? (int)t : s.threshold;
    }
    return s;
}

/* GET /settings/criteria */
enum err criteria_page(struct page *p)
{
    struct criteria_settings s;
    TRY(screening_settings(&p->c, &s));
    struct form f = given(p, &s);
    html_criteria(p->o, &p->v, &f);
    return OK;
}

/* POST /settings/criteria */
enum err criteria_save(struct page *p)
{
    struct form f = form_of(p->r);
    struct criteria_settings s;
    TRY(screening_settings(&p->c, &s));
    for (int i = 0; i < CRITERION_N; i++)
        s.of[i] = read_one(p, &f, (enum criterion)i);
    if (!form_ok(&f)) {
        html_criteria(p->o, &p->v, &f);
        return page_invalid(p);
    }
    TRY(screening_settings_set(&p->c, &s));
    return page_go(p, "criteria-saved", "/settings/criteria");
}
