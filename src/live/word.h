/* word.h: what servers with the same database say to each other about living documents (db/ear.h carries it). Pure.
 *
 * Text: a letter and numbers, a blank between; of presence a line end and entries behind it. Whoever may connect to the database can say such
 * words, so reading is strict, and a word never brings content: it says where to look. Only presence comes as it is. */
#pragma once
#include "base/buf.h"

enum word_kind {
    WORD_OPEN = 'o',     /* server has opened the document, and asks who else has it to answer with WORD_CHANGED */
    WORD_CHANGED = 'c',  /* look behind what you know of it */
    WORD_CLOSED = 'x',
    WORD_GONE = 'g',     /* the server; its journal is in the logs */
    WORD_STORED = 'j',   /* a row of the journal that holds edits of these documents */
    WORD_PRESENCE = 'p',
    WORD_NEWS = 'n',     /* live/hub.h: HUB_ACCESS and so on; document 0: all */
};
struct word {
    enum word_kind kind;
    int64_t server;    /* who says so (WORD_GONE: who is gone), 0: no server */
    int64_t document;
    int64_t row;       /* WORD_STORED */
    unsigned what;     /* WORD_NEWS: 1 to 7 */
    struct str rest;   /* WORD_STORED: documents; WORD_PRESENCE: entries; read with the functions below */
};
/* Without what follows in `rest`. */
void word_write(struct buf *out, const struct word *w);
/* False: no word of ours. */
bool word_read(struct str s, struct word *out);

void word_add_document(struct buf *out, int64_t document);
/* The next of WORD_STORED's. False: the end, or what is there is no list of documents. */
bool word_document(struct str *rest, int64_t *document);

/* Who is in a document, as its server knows it (awareness.h). */
enum { WORD_PRESENCE_HEAD = 80 /* bytes of one beside its state, at most */ };
struct word_presence {
    int64_t account;
    uint64_t client, clock;
    struct str state; /* JSON; "null": gone */
};
void word_add_presence(struct buf *out, const struct word_presence *p);
bool word_presence(struct str *rest, struct word_presence *out);
