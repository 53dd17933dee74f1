/* servers.h: this process among the others that serve from the same database. On SQLite there are no others. */
#pragma once
#include "db/writer.h"

struct servers;
/* Enters it, and says every few seconds that it is there, on a thread of its own. On SQLite its number is 0. */
enum err servers_start(const char *db_url, struct writer *w, struct servers **out) MUST_CHECK;
/* Leaves; before the writer stops. NULL is fine. */
void servers_stop(struct servers *s);
int64_t servers_own(const struct servers *s); /* its number */
/* May this process do job `name` now? At most one does in `every_ms`. False too when the database does not answer. NULL: alone. */
bool servers_turn(struct servers *s, const char *name, int64_t every_ms);
