/* own.h: what an adviser or a NAV contact has: the own participants by stage, whom to recommend, who waits for what, the own trainees and
 * what ends for them. For their start pages. */
#pragma once
#include "model/outcome.h"
#include "model/participant.h"
#include "service/standing.h"

enum { OWN_CANDIDATES = 5, OWN_LOOKED_AT = 20, OWN_WAITING = 12, OWN_TRAINEES = 200, OWN_END_DAYS = 60 };
struct own_candidate {
    struct participant_row p;
    struct criteria_overview overview;
};
struct own_waiting {
    struct participant_row p;
    bool long_; /* longer than usual: `what` says what to do */
    struct attention what;
};
struct own_people {
    int64_t stage[INTAKE_STAGE_N];     /* how many of the own are where */
    struct own_candidate *candidates;  /* listed, no requirement is known to be missing, best first; for NAV those who have left the
                                          introduction programme. Nobody the actor has given a view on in the last months */
    size_t n_candidates;
    struct own_waiting *waiting;       /* on the way from recommendation to a place; the longest waiting first */
    size_t n_waiting;
    struct standing *trainees;         /* running ones, by name */
    size_t n_trainees;
    struct ending_row *endings;        /* last days in the next OWN_END_DAYS */
    size_t n_endings;
};
/* ACT_PARTICIPANT_LIST. Notes the looks. */
enum err own_people(struct ctx *c, struct own_people *out) MUST_CHECK;
/* Near its end by the clock: within OWN_END_DAYS. */
bool own_near_end(const struct standing *s);
