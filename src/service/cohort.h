/* cohort.h: cohorts and who is in them (product D5). */
#pragma once
#include "domain/cohort.h"
#include "model/cohort.h"
#include "model/log.h"
#include "model/participant.h"
#include "service/standing.h"

/* A cohort as lists show it. */
struct cohort_card {
    struct cohort_row row;
    struct intake_seats seats; /* who ended early has freed the seat */
    struct cohort_facts facts;
    enum cohort_phase phase;
};
enum { COHORT_LIST = 50, COHORT_SHOWN = 30, COHORT_PEOPLE = 10, COHORT_NAME_MAX = 80, COHORT_SEATS_MAX = 50 };
/* Newest start first; `after`: the last of the page before, or NULL. *more: there are further ones. */
enum err cohort_list(struct ctx *c, const struct cohort_row *after, struct cohort_card **cards, size_t *n, bool *more) MUST_CHECK;
/* Those not closed. */
enum err cohort_running(struct ctx *c, struct cohort_card **cards, size_t *n) MUST_CHECK;
enum err cohort_see(struct ctx *c, int64_t id, struct cohort_card *out) MUST_CHECK;

struct cohort_member {
    struct standing s;
    struct str field; /* stored code, or "" */
    struct str field_text;
};
struct cohort_view {
    struct cohort_card card;
    struct cohort_member *members; /* at most COHORT_SHOWN, by name; of advisers and NAV contacts their own */
    size_t n_members;
    bool leader; /* what follows is the leader's only */
    struct offer_row *offers; /* open ones */
    size_t n_offers;
    struct participant_row *ready, *waiting; /* interviewed, and on the waiting list: at most COHORT_PEOPLE each */
    size_t n_ready, n_waiting;
    struct event_row *events;
    size_t n_events;
};
/* Notes the look at each person shown ("overview"). */
enum err cohort_open(struct ctx *c, int64_t id, struct cohort_view *out) MUST_CHECK;

/* name, start_on and seats are used. */
enum err cohort_add(struct ctx *c, const struct cohort_row *in, int64_t *id) MUST_CHECK;
/* The same of the cohort in->id; in->version is the one the form showed: else ERR_CONFLICT. */
enum err cohort_change(struct ctx *c, const struct cohort_row *in) MUST_CHECK;
/* No more admissions. ERR_STATE with *why: offers are open. */
enum err cohort_close(struct ctx *c, int64_t id, int64_t version, struct str reason, struct say *why) MUST_CHECK;
enum err cohort_reopen(struct ctx *c, int64_t id, int64_t version, struct str reason) MUST_CHECK;
/* Counts of a row as the rules need them. */
struct cohort_card cohort_card_of(const struct cohort_row *row, int today, int months);
