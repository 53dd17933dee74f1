/* screening.h: who is taken on: criteria, judgements by hand, recommendations, competence gaps, decisions. The program shows and sorts;
 * it rejects nobody. */
#pragma once
#include "model/log.h"
#include "model/screening.h"
#include "service/participant.h"

/* ---- lists */
struct screening_line {
    struct participant_row p;
    struct criteria_overview overview;
};
struct screening_list {
    struct screening_line *lines;
    size_t n;
    struct participant_key next; /* id 0: no further page */
    int64_t count;
    bool exact; /* false: at least so many */
};
/* For the leader all of the organisation, for advisers and NAV contacts their own, whatever the filter says. `after`: the id that the page
 * before ended with (next.id), 0 for the first. `search`: as typed. */
enum err screening_find(struct ctx *c, struct participant_filter f, int64_t after, struct str search, struct screening_list *out) MUST_CHECK;

/* ---- one person */
struct screening_person {
    struct participant_row p;
    struct str nav_contact;
    struct criteria_overview overview;
    struct assessment_row *assessments; /* oldest first */
    size_t n_assessments;
    struct recommendation_row *recommendations; /* newest first */
    size_t n_recommendations;
    struct gap_row *gaps;
    size_t n_gaps;
    struct event_row *events; /* newest first; none for those who may not see the history */
    size_t n_events;
    bool may_edit, may_assess, may_recommend, may_decide, may_history;
    enum intake_act acts[INTAKE_ACT_N]; /* what the actor may decide now */
    size_t n_acts;
};
enum err screening_person(struct ctx *c, int64_t id, struct screening_person *out) MUST_CHECK;
/* What may be decided in screening from this stage, in the order of the buttons. */
size_t screening_acts(enum intake_stage stage, enum intake_act out[INTAKE_ACT_N]);
/* The next to look at in screening after this one (0: the first); 0 when there is none. */
enum err screening_next(struct ctx *c, int64_t after_id, int64_t *id, int64_t *left, bool *exact) MUST_CHECK;

enum err screening_judge(struct ctx *c, int64_t id, enum criterion criterion, enum verdict verdict, struct str note) MUST_CHECK;
/* A recommendation moves somebody who is only listed to the recommended; another word moves back. */
enum err screening_recommend(struct ctx *c, int64_t id, enum recommendation_verdict verdict, struct str reason) MUST_CHECK;
enum err screening_gap_add(struct ctx *c, int64_t id, struct str requirement, struct str gap) MUST_CHECK;
enum err screening_gap_close(struct ctx *c, int64_t id, int64_t gap_id) MUST_CHECK;
/* One of screening_acts(); `seen` is the stage that the form showed: ERR_CONFLICT when it is another by now. To invite
 * sends the invitation too. */
enum err screening_decide(struct ctx *c, int64_t id, enum intake_act act, enum intake_stage seen, struct str reason) MUST_CHECK;

/* ---- settings of the criteria */
enum err screening_settings(struct ctx *c, struct criteria_settings *out) MUST_CHECK;
/* The sorting of those there is counted anew: at once for some hundreds, by screening_refresh() for the rest. ERR_INVALID: see
 * criteria_check(). */
enum err screening_settings_set(struct ctx *c, const struct criteria_settings *s) MUST_CHECK;
enum { SCREENING_BATCH = 500 };
/* Would screening_refresh() find anybody there? */
enum err screening_stale(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, bool *stale) MUST_CHECK;
/* Counts at most SCREENING_BATCH participants' sorting anew, of those for whom the day or new settings may have changed it. *n: how many.
 * For the job loop, as the installation. */
enum err screening_refresh(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, int *n) MUST_CHECK;
