/* check.h: is the database whole? For `springbrett check` and `restore`. */
#pragma once
#include "db/db.h"

/* Would looking through all of it take longer than a person waits for a page (some seconds)? Judged by the number of the newest line of the log. */
enum { CHECK_LARGE_LINES = 100000 };
enum err check_large(struct db *db, struct arena *a, bool *large) MUST_CHECK;
/* Each fault as one sentence without personal data; n 0: none found. */
enum err check_database(struct db *db, struct arena *a, struct str **faults, size_t *n) MUST_CHECK;

/* A database that a restore is filling, and that nobody may serve yet: a table that is there until it is done. */
enum err restore_mark(struct db *db) MUST_CHECK;
enum err restore_unmark(struct db *db) MUST_CHECK;
enum err restore_marked(struct db *db, bool *yes) MUST_CHECK;
/* Are there rows that only the installation's key opens or finds again? Also asked of an older schema. */
enum err check_sealed(struct db *db, struct arena *a, bool *yes) MUST_CHECK;
