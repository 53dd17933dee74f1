#include "service/attention.h"
#include <stdlib.h>

static int by_need(const void *x, const void *y)
{
    const struct attention_item *a = x, *b = y;
    if (a->what.severity != b->what.severity)
        return a->what.severity > b->what.severity ? -1 : 1;
    if (a->what.since_on != b->what.since_on)
        return a->what.since_on < b->what.since_on ? -1 : 1;
    return a->trainee_id < b->trainee_id ? -1 : a->trainee_id > b->trainee_id;
}

enum err attention_list(struct ctx *c, struct attention_item **items, size_t *n, size_t *trainees)
{
    struct standing *s;
    size_t n_standing, found = 0;
    TRY(may(c, ACT_TRAINEE_LIST, rel_org(c, c->actor->organisation_id)));
    TRY(standing_list(c, (struct standing_filter){.status = STANDING_RUNNING, .limit = STANDING_MAX}, &s, &n_standing));
    for (size_t i = 0; i < n_standing; i++)
        found += s[i].n_attention;
    struct attention_item *list = ARENA_ARRAY(c->a, struct attention_item, found);
    size_t k = 0;
    for (size_t i = 0; i < n_standing; i++)
        for (size_t j = 0; j < s[i].n_attention; j++) {
            const struct standing_row *r = &s[i].row;
            list[k++] = (struct attention_item){
                .trainee_id = r->id, .participant_id = r->participant_id, .cohort_id = r->cohort_id, .mentorship_id = r->mentorship_id,
                .name = arena_fmt(c->a, "%.*s %.*s", STR_FMT(r->first_name), STR_FMT(r->last_name)), .cohort_name = r->cohort_name,
                .address_protection = r->address_protection, .what = s[i].attention[j]};
        }
    if (k)
        qsort(list, k, sizeof *list, by_need);
    *items = list;
    *n = k < ATTENTION_ITEMS_MAX ? k : ATTENTION_ITEMS_MAX;
    if (trainees)
        *trainees = n_standing;
    return OK;
}

const char *attention_class(enum severity s)
{
    return s == SEVERITY_NOW ? "is-late" : s == SEVERITY_SOON ? "is-soon" : "";
}
