/* rights.h: what a person says about the own data: consent, and asking for correction, erasure or restriction; and the answer. */
#pragma once
#include "domain/consent.h"
#include "model/rights.h"
#include "service/document.h"

struct consent_state {
    enum consent what;
    int64_t given_at;               /* of the text as it is now; 0: not given */
    const struct consent_row *past; /* all of this purpose, newest first */
    size_t n_past;
};
/* Those that the actor's role is asked for. ACT_DATA_OWN. */
enum err consent_states(struct ctx *c, struct consent_state **out, size_t *n) MUST_CHECK;
/* Gives or takes back; the same twice changes nothing. What rests on it asks each time, so it ends at once; the leaders are told by mail, without a name:
 * of a strictly protected person those who are named. */
enum err consent_set(struct ctx *c, enum consent what, bool give) MUST_CHECK;
/* For staff: what one account has said to the purposes that a role is asked for (CONSENT_TRAINEE, CONSENT_MENTOR). relations: how the actor stands to the person.
 * ACT_RIGHTS_ANSWER. */
enum err consent_of_person(struct ctx *c, unsigned relations, int64_t organisation_id, int64_t account_id, unsigned who, struct consent_state **out, size_t *n) MUST_CHECK;
/* For staff: who of the own organisation has said yes, the newest first, before a number (0: from the newest). Strictly protected people only to who is named
 * for them. Notes the look. ACT_RIGHTS_ANSWER. */
enum { CONSENT_PAGE = 50 };
struct consent_yes {
    struct consent_yes_row *rows;
    size_t n;
    int64_t next; /* 0: that was all */
};
enum err consent_list(struct ctx *c, enum consent what, int64_t before_id, struct consent_yes *out) MUST_CHECK;
/* For a leader who reads somebody's CV: has the person said yes to showing it to businesses? CV_NOT_ASKED: it is no CV, the actor no leader, or the like. */
enum cv_consent { CV_NOT_ASKED, CV_NO, CV_YES };
enum err consent_cv(struct ctx *c, const struct document *d, enum cv_consent *out) MUST_CHECK;
/* Has this account said yes to the text as it is now? For services that do something on that ground. */
enum err consent_given(struct db *db, struct arena *a, int64_t organisation_id, int64_t account_id, enum consent what, bool *given) MUST_CHECK;

enum request_kind { REQUEST_CORRECTION, REQUEST_ERASURE, REQUEST_RESTRICTION, REQUEST_N };
const char *request_code(enum request_kind k);
const char *request_label(enum request_kind k); /* msgid */
enum request_kind request_kind_of(struct str code);
enum { REQUEST_TEXT_MAX = 4000, REQUESTS_OPEN_MAX = 10 };
/* ERR_INVALID: no text; ERR_LIMIT: too long, or too many that wait. */
enum err request_send(struct ctx *c, enum request_kind kind, struct str text, int64_t *id) MUST_CHECK;
enum err request_mine(struct ctx *c, struct rights_request_row **rows, size_t *n) MUST_CHECK;

/* For staff: ACT_RIGHTS_ANSWER. Those of strictly protected people are seen by named staff only. */
enum err request_list(struct ctx *c, struct rights_request_row **rows, size_t *n) MUST_CHECK;
enum err request_open(struct ctx *c, int64_t id, struct rights_request_row *out) MUST_CHECK;
/* Tells the person by mail that there is an answer, not what. ERR_INVALID: empty; ERR_CONFLICT: answered already. */
enum err request_answer(struct ctx *c, int64_t id, struct str answer) MUST_CHECK;
/* How many wait for an answer, and since when. */
enum err request_waiting(struct ctx *c, int64_t *n, int64_t *oldest_at) MUST_CHECK;

struct privacy_settings {
    struct str contact; /* whom to ask: the data protection officer, in own words */
    int months;         /* how long after the end a person is erased */
};
/* Public: the organisation's of who is logged in, else the first one's. */
enum err privacy_settings_get(struct ctx *c, struct privacy_settings *out) MUST_CHECK;
enum err privacy_settings_put(struct ctx *c, const struct privacy_settings *s) MUST_CHECK; /* ACT_ACCOUNT_ADMIN */
