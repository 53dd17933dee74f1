/* log_check.h: does the log hold together? For `springbrett check` and `springbrett log head`. Reads only. */
#pragma once
#include "model/log_line.h"

/* Each fault as one sentence without personal data; n 0: none found. Of a chain the first bad line is named, for what comes after it
 * proves nothing; of events that do not fit their lines, the first twenty. */
enum err log_check(struct db *db, struct arena *a, struct str **faults, size_t *n) MUST_CHECK;
/* `anchored`: what log_heads_text gave earlier. Is each of its lines still there, with that hash, or gone because its time was over on the day `today`?
 * ERR_INVALID: it is no such text. */
enum err log_check_anchored(struct db *db, struct arena *a, struct str anchored, int today, struct str **faults, size_t *n) MUST_CHECK;
/* One line for each chain: number of the organisation, number and hash of the newest line, and the day on which it was written ("-": it is gone), a tab
 * between. */
enum err log_heads_text(struct db *db, struct arena *a, struct str *out) MUST_CHECK;
