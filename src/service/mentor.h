/* mentor.h: the register of mentors (product E1), and the mentor's own profile. */
#pragma once
#include "model/log.h"
#include "model/match.h"
#include "model/mentor.h"
#include "model/mentorship.h"
#include "service/rights.h"

enum { MENTOR_LIST = 50, MENTOR_TRAINEES = 30, MENTOR_EVENTS = 30, MENTOR_CAPACITY_MAX = 10 };

/* May the actor, as a mentor, see anything about a trainee? OK for every other role. ERR_STATE: the mentor has not confirmed the duty of
 * confidentiality yet. The edge asks this once for each request (actor.unbound): such a mentor is sent to /confidentiality, and may() knows of no
 * relation to a trainee. */
enum err mentor_confidential(struct ctx *c) MUST_CHECK;

/* `f` with its search as typed in `search`; organisation, limit and today are set here. *more: there is a further page. */
enum err mentor_list(struct ctx *c, struct mentor_filter f, struct str search, struct mentor_row **rows, size_t *n, bool *more) MUST_CHECK;
/* One row, for forms: the leader's, or the mentor's own. */
enum err mentor_see(struct ctx *c, int64_t id, struct mentor_row *out) MUST_CHECK;
struct mentor_view {
    struct mentor_row m;
    struct mentorship_row *pairs; /* running ones first */
    size_t n_pairs;
    struct match_row *matches; /* under way */
    size_t n_matches;
    struct str recommended_by; /* name, or "" */
    struct event_row *events;  /* newest first */
    size_t n_events;
    struct consent_state *consents;
    size_t n_consents;
};
/* Notes the look at the trainees named. */
enum err mentor_open(struct ctx *c, int64_t id, struct mentor_view *out) MUST_CHECK;
/* The actor's own row; ERR_NOT_FOUND when the account is no mentor of a register. */
enum err mentor_mine(struct ctx *c, struct mentor_row *out) MUST_CHECK;

/* The facts of *in; account, dates of pause, end and confidentiality stay as they are. ERR_CONFLICT with *taken: somebody in the register
 * has that address. Else ERR_CONFLICT: in->version is another by now. */
enum err mentor_add(struct ctx *c, const struct mentor_row *in, int64_t *id, bool *taken) MUST_CHECK;
enum err mentor_change(struct ctx *c, const struct mentor_row *in, bool *taken) MUST_CHECK;

/* No new trainees until a date; 0: back again. The leader's or the mentor's own wish. */
enum err mentor_pause(struct ctx *c, int64_t id, int64_t version, int until_on, struct str reason) MUST_CHECK;
/* Out of the register, and back. ERR_STATE with *why: a trainee or a match is still there. */
enum err mentor_end(struct ctx *c, int64_t id, int64_t version, struct str reason, struct say *why) MUST_CHECK;
enum err mentor_return(struct ctx *c, int64_t id, int64_t version) MUST_CHECK;
