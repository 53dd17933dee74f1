/* ear.h: what one program says to the others on the same database. PostgreSQL's LISTEN and NOTIFY; on SQLite there are no others.
 *
 * What is said in a transaction is heard by all, the speaker too, after its commit, and only then; in the order of the commits. Nothing is
 * kept for who does not listen: after the line was lost the ear says so, and its owner looks for itself. Anybody who may connect to the
 * database can speak, so what is heard is a hint and is read with care. */
#pragma once
#include "db/db.h"

enum { EAR_WORDS_MAX = 7900 }; /* bytes of one saying */

/* In a transaction; nothing on SQLite. ERR_LIMIT: too long. No zero byte, UTF-8. */
enum err db_notify(struct db *db, struct str words) MUST_CHECK;

struct ear;
/* Called on the ear's thread. Empty words: something may have been missed until now (the line is new, or still broken: then again every few
 * seconds). */
typedef void ear_heard(void *user, struct str words);
/* url: straight to PostgreSQL, never through a pooler that gives lines away between transactions (it would be noticed: the ear talks to itself
 * all the time, and takes a line on which it does not hear that for a lost one). *out is NULL for SQLite. */
enum err ear_start(const char *url, ear_heard *heard, void *user, struct ear **out) MUST_CHECK;
void ear_stop(struct ear *ear); /* NULL is fine */
/* Does it hear, as far as is known? */
bool ear_hears(const struct ear *ear);
