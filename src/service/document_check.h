/* document_check.h: can every document be read? For `springbrett check`. */
#pragma once
#include "db/db.h"

/* A line for each fault: documents whose updates or named versions cannot be read, snapshots that say something else than the log, journal rows that are damaged. */
enum err document_check(struct db *db, struct arena *a, struct str **faults, size_t *n) MUST_CHECK;
