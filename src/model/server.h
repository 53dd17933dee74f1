/* server.h: tables server and job: the processes that serve from this database, and what only one of them does at a time. */
#pragma once
#include "db/db.h"

enum { SERVER_BEAT_MS = 5000, SERVER_DEAD_MS = 60000 /* not heard of for so long: its work is taken over */ };

enum err server_insert(struct db *db, int64_t now, int64_t *id) MUST_CHECK;
/* Also when others took it for dead meanwhile. */
enum err server_beat(struct db *db, int64_t id, int64_t now) MUST_CHECK;
enum err server_delete(struct db *db, int64_t id) MUST_CHECK;
/* Those that are not heard of any more; at most `limit`. */
enum err server_dead(struct db *db, struct arena *a, int64_t now, int64_t limit, int64_t **ids, size_t *n) MUST_CHECK;
/* When any of them was last heard of; 0: there is none, or none was within SERVER_DEAD_MS. */
enum err server_heard(struct db *db, struct arena *a, int64_t now, int64_t *at) MUST_CHECK;
enum err server_count(struct db *db, struct arena *a, int64_t *n) MUST_CHECK;

/* Is it time, and is it ours? If so nobody else gets it for `every_ms`. Two that ask at once do not wait for each other. */
enum err job_take(struct db *db, const char *name, int64_t server, int64_t now, int64_t every_ms, bool *yes) MUST_CHECK;
