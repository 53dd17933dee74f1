/* awareness.h: who is here, where their cursor stands: y-protocols' awareness, the server's table of it. Pure; never stored.
 *
 * What a client says of itself is a claim: the name in `user` is overwritten by the session's, and only the account that announced an id
 * speaks for it, until it is forgotten. What others say of it is passed over, not punished: stock clients send back whatever they hear.
 *
 * Other servers tell of those who came to them (word.h). Their entries are as the others': they end when they are not renewed. */
#pragma once
#include "base/buf.h"
#include "live/word.h"

enum { AWARENESS_ENTRIES_MAX = 64 /* in one message */, AWARENESS_STATE_MAX = 4096, AWARENESS_TABLE_MAX = 1024, AWARENESS_ACCOUNT_MAX = 512 /* of these, one person's */, AWARENESS_EXPIRE_MS = 30000 };
struct presence {
    uint64_t client, clock;
    char *state; /* JSON, malloc; NULL: gone, the clock is kept */
    size_t n_state;
    int64_t at;      /* renewed */
    int64_t account; /* whose */
    uint64_t by;     /* the connection that speaks for it, or AWARENESS_SERVER and the server */
    bool untold;     /* the other servers have not been told */
};
#define AWARENESS_SERVER ((uint64_t)1 << 63)
struct awareness {
    struct presence *v;
    size_t n, cap;
    bool untold; /* of any */
};
void awareness_done(struct awareness *t);

struct speaker { /* who sends */
    uint64_t connection;
    int64_t account;
    struct str name;
    bool first; /* has spoken for nobody yet: what it says now is about itself. A reconnect overtakes its own dead socket this way */
};
/* Takes a message (an awareness update). Appends to `relay` the entries that are news, and to `back` those the sender must hear (it came
 * again with an old clock: y-websocket issue 122); both as awareness updates without the leading count: the counts come back.
 * ERR_INVALID: broken. ERR_LIMIT. Then nothing was taken. */
enum err awareness_take(struct awareness *t, struct bytes message, const struct speaker *who, int64_t now, struct buf *relay, size_t *n_relay,
                        struct buf *back, size_t *n_back) MUST_CHECK;
/* The connection is gone: its entries become null with unchanged clock. */
void awareness_leave(struct awareness *t, uint64_t connection, int64_t now, struct buf *relay, size_t *n_relay);
/* Those not renewed for 30 s; forgets what has been gone for long. */
void awareness_expire(struct awareness *t, int64_t now, struct buf *relay, size_t *n_relay);
/* For other servers: what they have not been told of those who are here, at most `max` bytes; true: there is more. */
bool awareness_tell(struct awareness *t, size_t max, struct buf *out);
void awareness_tell_all(struct awareness *t); /* from the beginning: one has come that knows nothing */
/* What another server says. *back: the connection here that speaks for somebody whom that server says to be gone, 0 none: it is to hear so, and
 * will say that it is here. */
enum err awareness_hear(struct awareness *t, const struct word_presence *e, int64_t server, int64_t now, struct buf *relay, size_t *n_relay,
                        uint64_t *back) MUST_CHECK;
/* All that are there. */
void awareness_all(const struct awareness *t, struct buf *out, size_t *n);
