/* attention.h: what has stalled or is due, over all running trainees of an organisation (product G5): it rises by itself, the most
 * pressing first. What to do about each stands with it. */
#pragma once
#include "service/standing.h"

enum { ATTENTION_ITEMS_MAX = 200 };
struct attention_item {
    int64_t trainee_id, participant_id, cohort_id, mentorship_id;
    struct str name, cohort_name;
    int address_protection;
    struct attention what; /* domain/progress.h: kind, severity, text, action */
};
/* ACT_TRAINEE_LIST: for the leader all, for adviser and NAV contact the own trainees. Most pressing first, then the longest waiting.
 * *trainees (may be NULL): how many running trainees were looked at. Five queries, whatever the number of trainees. */
enum err attention_list(struct ctx *c, struct attention_item **items, size_t *n, size_t *trainees) MUST_CHECK;
/* "is-late", "is-soon" or "": for the list on a page (bits.html: attention). */
const char *attention_class(enum severity s);
