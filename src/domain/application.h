/* application.h: when an application can be written and sent (D3). Pure. Answers are indexed by the question's number. */
#pragma once
#include "domain/intake.h"

enum { APPLICATION_NUMBERS = 32 }; /* question numbers are below this */
enum application_state {
    APPLICATION_CLOSED,    /* none, and none may be begun */
    APPLICATION_INVITED,   /* may be begun */
    APPLICATION_OPEN,      /* may be written and sent */
    APPLICATION_DONE,      /* sent: read only */
};
/* begun: there is one; sent: as it stands. */
enum application_state application_state(enum intake_stage stage, bool begun, bool sent);
/* Required questions without an answer, of one part or of all (part 0). At most APPLICATION_NUMBERS numbers into `out` (may be NULL). */
size_t application_missing(const struct str answer[APPLICATION_NUMBERS], int part, int out[APPLICATION_NUMBERS]);
/* How many questions of the part have an answer, required or not. */
size_t application_answered(const struct str answer[APPLICATION_NUMBERS], int part);
/* A form that saw version `seen` sends `typed` for an answer that now is `now`, last changed in version `changed`: is somebody's work about to
 * be lost? */
bool application_clash(int64_t seen, int64_t changed, struct str now, struct str typed);
