/* application.h: writing, sending, reading and reopening an application (D3). */
#pragma once
#include "domain/application.h"
#include "domain/workbook.h"
#include "model/application.h"
#include "service/participant.h"

struct application {
    struct participant_row person;
    struct application_row row; /* id 0: not begun */
    enum application_state state;
    struct str answer[APPLICATION_NUMBERS]; /* by question number; empty for a draft that the reader may not see */
    int64_t at_version[APPLICATION_NUMBERS];
    size_t answered;                        /* how many questions have an answer, seen or not */
    struct str reopened_reason; /* why it was opened again, while it is open again */
};
/* The actor's own. ERR_NOT_FOUND: the account is nobody's participant. */
enum err application_own(struct ctx *c, struct application *out) MUST_CHECK;
/* Begins the own one; a second call finds it begun. ERR_STATE: not invited. */
enum err application_start(struct ctx *c) MUST_CHECK;
/* Saves the answers of one part; `next` is the step to go on with later. ERR_STATE: not open. ERR_CONFLICT: another window changed one of
 * these answers since version `seen`; *now holds what stands there (filled on OK and ERR_CONFLICT). */
enum err application_save(struct ctx *c, int part, int next, int64_t seen, const struct str answer[APPLICATION_NUMBERS],
                          struct application *now) MUST_CHECK;
/* Sends it: read only from now on. ERR_INVALID: required answers are missing; ERR_CONFLICT: changed since version `seen`. Mails the
 * applicant that it has arrived, and the project leaders that there is something to read. */
enum err application_send(struct ctx *c, int64_t seen) MUST_CHECK;
/* For the project leader; a draft shows how far it is, not what it says. Noted as a look-up. */
enum err application_read(struct ctx *c, int64_t participant_id, struct application *out) MUST_CHECK;
/* Makes a sent one a draft again, and mails the person that there is something to do. ERR_INVALID: no reason. */
enum err application_reopen(struct ctx *c, int64_t participant_id, struct str reason) MUST_CHECK;
