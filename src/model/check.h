/* check.h: is the database whole? For `springbrett check`. */
#pragma once
#include "db/db.h"

/* Each fault as one sentence without personal data; n 0: none found. */
enum err check_database(struct db *db, struct arena *a, struct str **faults, size_t *n) MUST_CHECK;
