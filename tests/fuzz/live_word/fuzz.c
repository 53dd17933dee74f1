/* What somebody who may connect to the database says to the servers. Properties: what is a word is written again and read as the same; lists end;
 * who is said to be here is told on in words that are read again; nothing that is said of a client of another account changes it. */
#include "live/awareness.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void documents(struct str rest)
{
    int64_t document;
    while (word_document(&rest, &document))
        must(document > 0);
}

static void people(struct str rest)
{
    struct awareness t = {0};
    struct buf relay = {0}, words = {0};
    struct word_presence e;
    uint64_t back;
    size_t n = 0;
    must(awareness_hear(&t, &(struct word_presence){1, 7, 1, STR("{}")}, 1, 1, &relay, &n, &back) == OK);
    while (word_presence(&rest, &e)) {
        must(e.account > 0 && e.state.n > 0);
        if (e.account != 1 || e.client != 7)
            (void)!awareness_hear(&t, &e, 2, 2, &relay, &n, &back);
    }
    must(t.v[0].client == 7 && t.v[0].account == 1 && t.v[0].clock == 1 && !t.untold);
    for (size_t i = 0; i < t.n; i++)
        t.v[i].by = 5; /* as if they were here */
    awareness_tell_all(&t);
    while (awareness_tell(&t, 7000, &words)) {
    }
    struct str told = buf_view(&words);
    while (word_presence(&told, &e)) {
    }
    must(told.n == 0);
    awareness_done(&t);
    buf_free(&relay);
    buf_free(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = {(const char *)data, size};
    struct word w, again;
    struct buf b = {0};
    if (!word_read(s, &w))
        return 0;
    word_write(&b, &w);
    buf_str(&b, w.rest);
    must(word_read(buf_view(&b), &again));
    must(again.kind == w.kind && again.server == w.server && again.document == w.document && again.row == w.row && again.what == w.what &&
         again.rest.n == w.rest.n);
    documents(w.rest);
    people(w.rest);
    buf_free(&b);
    return 0;
}
