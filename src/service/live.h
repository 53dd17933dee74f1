/* live.h: between the living documents' hub (live/hub.h) and the database: loading, storing with the writer's common commit, moving
 * edits from the journal to the logs, compacting in the background, and who may come in. */
#pragma once
#include "db/writer.h"
#include "live/hub.h"
#include "model/account.h"
#include "service/ctx.h"

struct live;
struct servers;
struct live_conf {
    const char *db_url;
    const char *listen_url; /* straight to PostgreSQL (db/ear.h); NULL: db_url */
    struct servers *servers; /* this one among them; NULL: alone */
    int loops; /* as hub_conf */
    bool demo;
};
/* What a crash left in the journal goes to the logs first. */
enum err live_start(const struct live_conf *conf, struct writer *w, struct live **out) MUST_CHECK;
/* Before the writer stops: nothing more is heard or stored. What the writer still answers, and who counts, may go on asking. NULL is fine. */
void live_stop(struct live *l);
/* After the writer has stopped, and nobody asks any more. NULL is fine. */
void live_free(struct live *l);
struct hub *live_hub(struct live *l);
/* After the commit of what a service noted with news_of(). Other servers hear it from the database. */
void live_tell(struct live *l, const struct news *news, size_t n);

/* Moves the journals of servers that have not been seen since then (INT64_MAX: all) into the logs, and forgets those servers. Within a
 * transaction; clears the arena. */
enum err live_recover(struct db *db, struct arena *a, int64_t alive_since) MUST_CHECK;
/* The same for one. */
enum err live_recover_server(struct db *db, struct arena *a, int64_t server) MUST_CHECK;
/* Makes the document's snapshot anew from what stands in the log, if that is worth it; checks it before it replaces the old one.
 * *state is empty when there is nothing to do. */
enum err live_compact(struct db *db, struct arena *a, int64_t document_id, int64_t *seq, struct buf *state) MUST_CHECK;
