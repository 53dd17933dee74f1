/* erasures.h: the list of erasures beside the database (domain/erasures.h), and erasing again what an older backup brings back. */
#pragma once
#include "service/erase.h"

/* Writes the whole list to `file`. */
enum err erasures_keep(struct db *db, const char *file) MUST_CHECK;

struct erasures_done {
    int64_t listed, again; /* lines; persons that were there once more and are erased */
    int64_t running;       /* of those, whose mentorship still ran: somebody has to end it */
};
/* Erases everybody on the list who is there and not erased, if they were there already when they were erased, and takes the lines over that the database
 * does not have. In the transaction at hand. ERR_INVALID: no such list. For the installation. */
enum err erasures_replay(struct ctx *c, struct str list, struct erasures_done *done) MUST_CHECK;
