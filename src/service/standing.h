/* standing.h: where a trainee stands: the facts of domain/progress.h read from the database, with clock, strip of meetings and what
 * needs attention. For one trainee, or for a page of them in the same few queries. */
#pragma once
#include "domain/progress.h"
#include "model/standing.h"
#include "service/ctx.h"

struct standing {
    struct standing_row row;
    struct progress_settings settings;
    struct progress_facts facts;
    struct progress_clock clock;
    const struct standing_meeting *meetings; /* of the pair, in order of time */
    size_t n_meetings;
    const struct standing_meeting *next;     /* the next planned one from now on; NULL: none */
    const struct standing_meeting *unmarked; /* planned, its time is over, and not marked; NULL: none */
    const struct standing_meeting *unminuted; /* the oldest held one without minutes; NULL: none */
    const char *strip;                       /* for meeting_strip (page/parts/bits.html): one letter a meeting */
    int64_t tasks_open;                      /* of trainee and mentor */
    struct attention attention[ATTENTION_N];
    size_t n_attention;
};
/* The organisation's own numbers (settings "progress.stalled_days" and so on), or the rule's. */
enum err standing_settings(struct ctx *c, int64_t organisation_id, struct progress_settings *out) MUST_CHECK;
/* How the actor stands to this trainee: REL_ORG, REL_ADVISER, REL_NAV, REL_SELF, REL_PAIR. */
unsigned standing_rel(struct ctx *c, const struct standing_row *row);
/* ACT_PROGRESS_SEE. A mentor may while the pair is running. Notes the look. */
enum err standing_open(struct ctx *c, int64_t trainee_id, struct standing *out) MUST_CHECK;
/* ACT_TRAINEE_LIST: all of the organisation for the leader, the own ones for adviser and NAV contact; organisation, adviser, NAV contact,
 * today and the name of after_id in `f` are set here. Attention that tells what a party thinks of the match is the leader's only. */
enum err standing_list(struct ctx *c, struct standing_filter f, struct standing **rows, size_t *n) MUST_CHECK;
