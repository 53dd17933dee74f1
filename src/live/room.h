/* room.h: one document among those who have it open. Pure: messages in, messages out; neither sockets nor database.
 *
 * It never integrates a document. It knows which clocks and deletions are there (ranges), keeps the updates themselves in a few pieces of
 * growing size, answers "what do I lack", and passes on what is new -- but only once it is stored: what a second person has seen is on
 * disk. Protocol: y-protocols over y-websocket's framing (docs/live.md).
 *
 * A room belongs to one thread. */
#pragma once
#include "domain/document.h"
#include "live/awareness.h"
#include "live/update.h"

enum {
    ROOM_BYTES_MAX = 24 << 20,       /* of one document's updates; then it is full */
    ROOM_CLIENTS_MAX = 18000,        /* client ids in one document: below what one update may name, so that a whole delete set is taken */
    ROOM_RANGES_MAX = 500000,        /* gaps between what is known, or between deletions: 16 bytes each, and 3 on the wire */
    ROOM_MESSAGE_MAX = 4 << 20,      /* one message: a long paste, a week offline */
    ROOM_AWARENESS_MAX = 64 << 10,
    ROOM_STRIKES = 3,                /* broken messages */
};
/* Beside y-websocket's messages, for clients that asked with news=1. */
enum room_news { ROOM_STORED = 100 /* n */, ROOM_COMMENTS = 101, ROOM_RIGHT = 102 /* right */, ROOM_TROUBLE = 103 /* 1, 0 */ };

struct room;
struct room_member { /* a connection; its memory is the hub's */
    struct room *room;
    struct room_member *prev, *next;
    uint64_t serial;      /* never used twice in a hub */
    int64_t account;
    struct str name;
    enum document_right right;
    bool news, announced; /* announced: said who it is */
    int strikes;
    uint64_t received, stored; /* updates of its own */
};

/* One update on its way to the disk, and until it stands in the log. */
struct edit {
    struct edit *next;    /* of the hub's batch, then of the room's unfolded ones */
    struct room *room;
    uint64_t from;        /* serial of the member */
    int64_t document, account, at;
    size_t n;             /* 0: brought nothing new, only waits to be acknowledged in its turn */
    bool shared;          /* the hub's: another server has the document open */
    uint8_t data[];
};

struct room_io {
    void *user;
    struct buf *scratch, *scratch2; /* for messages that are being made */
    /* Queues a whole message for a member. */
    void (*send)(void *user, struct room_member *m, struct bytes message);
    /* Takes an edit (malloc) to store; afterwards the hub calls room_stored() with it, in the same order. */
    void (*store)(void *user, struct edit *e);
};

struct room {
    int64_t document, seq; /* seq: log row up to which what is here is known */
    const struct room_io *io;
    struct room_member *members;
    size_t n_members;
    struct ranges content, deleted; /* also of what is on its way to the disk */
    struct update_part {
        uint8_t *p;
        size_t n;
    } *parts;              /* oldest and largest first */
    size_t n_parts, cap_parts, n_tail, bytes; /* n_tail: of the parts, the last ones that are single updates */
    bool crowded;          /* over ROOM_RANGES_MAX */
    struct awareness who;
    struct edit *unfolded, *unfolded_last; /* stored in the journal, not yet in the log */
    size_t n_waiting;      /* edits on their way to the disk */
    struct room *hash_next, *list_next, *list_prev, *tell_next; /* the hub's, from here on */
    int64_t *peers;        /* other servers that have it open; malloc */
    size_t n_peers;
    bool stale;            /* to be looked up again: something may have been missed */
    bool opening;          /* asked for, hub_opened() has not come */
    bool tell;             /* the others are to be told to look */
};
struct room *room_new(int64_t document, const struct room_io *io);
void room_free(struct room *r);
/* Takes in what is stored already, oldest first; later also what another wrote. Relays to members what is new to them. ERR_INVALID: the
 * bytes are damaged: the caller closes the room. */
enum err room_load(struct room *r, const struct bytes *updates, size_t n) MUST_CHECK;

/* Says hello: step 1, and who is here. */
void room_join(struct room *r, struct room_member *m);
void room_leave(struct room_member *m, int64_t now);
/* One message. 0, or the code to close with. *cost: bytes that answering took, for the hub's limits. */
int room_message(struct room_member *m, struct bytes message, int64_t now, size_t *cost);
/* This edit is on disk (ok) or will never be: acknowledges it and shows it to the others. The edit becomes the room's. */
void room_stored(struct edit *e);
/* For all with news: comments changed, the disk is full. */
void room_tell(struct room *r, enum room_news what, uint64_t value);
void room_tell_one(struct room_member *m, enum room_news what, uint64_t value);
/* Entries of people who said nothing for long. */
void room_tick(struct room *r, int64_t now);
/* What another server says of who is there (word.h); that it says nothing more. */
void room_hear(struct room *r, struct str entries, int64_t server, int64_t now);
void room_server_gone(struct room *r, int64_t server, int64_t now);
/* Everything in one update: for tests and handing over. */
enum err room_state(struct room *r, struct buf *out) MUST_CHECK;

/* One run of edits for the log: all of one account among the room's unfolded ones, merged. */
struct run {
    int64_t document, account, from_at, at, edits;
    uint8_t *data; /* malloc */
    size_t n;
};
/* Takes all unfolded edits out of the room; at most `max` runs, the rest stays. */
enum err room_fold(struct room *r, struct run *runs, size_t max, size_t *n) MUST_CHECK;
