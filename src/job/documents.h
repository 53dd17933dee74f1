/* documents.h: what is done for living documents beside the requests: their texts for searching, mails about comments, and the end of what was
 * deleted. Every change through the writer; documents are read on the job's own thread, so that a large one keeps nobody waiting. */
#pragma once
#include "db/writer.h"
#include "job/leave.h"

enum {
    DOCUMENTS_QUIET_MS = 3000,          /* a text is made when nobody has written for so long */
    DOCUMENTS_LATE_MS = 10 * 60 * 1000, /* so much later than it was made an edit may be noted in its document */
};
struct documents_conf {
    const char *db_url;
    struct writer *writer;
    struct str base_url;
    bool demo;
    const atomic_bool *leave; /* documents_sweep ends early then */
    int64_t looked_at; /* up to when changes have been looked for; 0: not yet */
};
/* Texts of the documents that changed. What goes wrong here is logged, and tried again at the next call. */
enum err documents_index(struct documents_conf *conf);
enum err documents_digest(const struct documents_conf *conf);
enum err documents_sweep(const struct documents_conf *conf);

/* One round at `now`, for documents_index and tests: *made texts were made. */
enum err documents_index_at(struct documents_conf *conf, int64_t now, int64_t *made) MUST_CHECK;
