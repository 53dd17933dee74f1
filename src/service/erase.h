/* erase.h: erasing a person (GDPR art. 17), as the data register says: what goes, what stays and why. The same for the page, the command line and
 * the retention job.
 *
 * A participant who never became a trainee, and a mentor who was never matched, goes whole but for the log. Of others the row stays without a name:
 * cohort, sex, field, kinds and dates of outcomes, for the results. Text that the person wrote in other people's documents stays there, under
 * "Slettet bruker"; own documents go with all their history, and so do own comments anywhere. */
#pragma once
#include "service/person.h"

enum erase_why { ERASE_ASKED, ERASE_RETENTION, ERASE_COMMAND, ERASE_AGAIN /* an older backup brought the person back: whatever runs */ };
struct erase_plan {
    struct person who;
    bool whole;          /* nothing of the person stays but the log */
    size_t documents;
    struct say not_now;  /* msgid set: it cannot be done now, and what to do first */
    bool asked;          /* not_now only because the person waits for an answer: a command and the law's day do not */
    int readable_until;  /* an answer to the wish to be erased can be read here for so long, if nobody erases before; 0: there is none */
    bool unread;         /* that day is not over */
    bool goes[DATA_N], stays[DATA_N]; /* kinds of the register that apply to this person */
};
/* What would happen. ACT_PERSON_ERASE. */
enum err erase_look(struct ctx *c, struct person_ref ref, struct erase_plan *out) MUST_CHECK;
/* Does it, in the transaction at hand. `typed`: the reference, as a person must type it; "" for the program. `answered`: the person has the answer in
 * another way, so that plan->unread need not be waited for (ERASE_ASKED; others do not wait for answers). ERR_INVALID: another reference; ERR_STATE:
 * plan->not_now or unread. The file's free room is cleared afterwards: erase_scrub(). Tells the hub, so that open documents close. */
enum err person_erase(struct ctx *c, struct person_ref ref, enum erase_why why, struct str typed, bool answered, struct erase_plan *plan) MUST_CHECK;
/* Clears the file's free room (db_scrub) when something was erased since the last time, outside any transaction. *done: it did. */
enum err erase_scrub(struct db *db, struct arena *a, int64_t now, bool *done) MUST_CHECK;

/* Who is over time (setting "retention.months", 24), soonest first. ACT_PERSON_ERASE; strictly protected people for who is named for them and the installation. */
enum { ERASE_DUE_MAX = 200, ERASE_NOTICE_DAYS = 30, ERASE_ANSWER_DAYS = 7 };
struct erase_due {
    struct person_ref ref;
    struct str name;
    int ended_on, due_on; /* erased by itself on this day */
    bool hidden;          /* strictly protected: only who is named is told */
};
/* within_days: also those whose day comes within so many days; 0: only who is due today. */
enum err erase_due(struct ctx *c, int64_t organisation_id, int within_days, struct erase_due **rows, size_t *n) MUST_CHECK;
/* Would erase_round() do anything there? For a connection that only reads. */
enum err erase_waits(struct ctx *c, int64_t organisation_id, bool *waits) MUST_CHECK;
/* One round of the retention job for an organisation: who comes within ERASE_NOTICE_DAYS of the day is noted, and the leaders get a mail without
 * names (the administrators where no leader can be written to; of a strictly protected person the leaders who are named; where nobody can be, nobody
 * is noted). Who is due, and of whom such a mail left that long ago or whom a leader or administrator looked at since, is erased, at most `limit`.
 * *erased: how many. Then accounts of who worked there and was closed five years ago (KEPT_LOG_YEARS), not counted. For the installation. */
enum err erase_round(struct ctx *c, int64_t organisation_id, size_t limit, size_t *erased) MUST_CHECK;
