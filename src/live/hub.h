/* hub.h: the sockets of living documents: an epoll loop on each core, rooms, and what goes to the disk.
 *
 * Every document belongs to one loop (by its id), so a room needs no lock. Edits of all rooms of a loop gather in a batch that is stored
 * with one commit; only then are they shown to others (room.h). Some seconds later they move from the journal to the documents' logs.
 * The hub knows neither HTTP nor database: sockets come in as upgraded descriptors, storing is `struct hub_store`.
 *
 * Other servers may have the same documents open (docs/live.md). Which ones a room knows from its opening and from what they say since; while there
 * are none, nothing is said to anybody. */
#pragma once
#include "base/arena.h"
#include "live/room.h"

struct hub;
struct hub_who { /* who a connection is, for asking again what it may */
    int64_t account_id;
    char key[65]; /* hash of the session's or the program's token */
    bool program; /* came with a token, not with a cookie */
};

/* Edits to store, in order. The store's until it calls hub_stored(). */
struct hub_batch {
    struct edit *first, *last;
    size_t n, bytes;
    int stream;        /* server and loop: journals are kept apart */
    bool shared;       /* some of the edits are of documents that another server has open: these say so too */
    int64_t id;        /* where it stands in the journal: set by the store */
    struct hub_loop *loop;
    enum err result;
    struct hub_batch *next; /* the hub's */
};
void hub_stored(struct hub_batch *b, enum err e); /* from any thread */

/* Runs of edits for the log; then the stream's journal up to `up_to` can go. The store's until it calls hub_folded(). */
struct hub_fold {
    struct run *runs;
    size_t n, done;     /* done: so many are in the log already, set by the store; a second try begins behind them */
    int stream;
    int64_t up_to;
    struct hub_loop *loop;
    enum err result;
    int64_t *seq;       /* of each run, set by the store */
    struct hub_fold *next;
};
void hub_folded(struct hub_fold *f, enum err e);

struct hub_loaded {
    struct bytes *updates; /* oldest first */
    size_t n;
    int64_t seq;           /* of the last log row in it */
    int64_t *servers;      /* the others that have it open now */
    size_t n_servers;
};
/* `loop` says which thread asks: a store keeps a connection for each. All but append, fold, open and tell answer at once. */
struct hub_store {
    void *user;
    /* What is stored of a document, in the arena: all of it (after_seq 0), or what is behind that log row and what other servers have not put into
     * the log yet. */
    enum err (*load)(void *user, int loop, struct arena *a, int64_t document, int64_t after_seq, struct hub_loaded *out);
    /* ERR_NOT_FOUND: not logged in any more. `wrote`: since the last time, so the session is in use. */
    enum err (*right)(void *user, int loop, struct arena *a, const struct hub_who *who, bool wrote, int64_t document, enum document_right *right);
    void (*append)(void *user, struct hub_batch *b);
    void (*fold)(void *user, struct hub_fold *f);
    /* Somebody had it open until now; nobody has it open any more. */
    void (*left)(void *user, int64_t document, int64_t account_id);
    void (*idle)(void *user, int64_t document);
    /* These only when conf.server is not 0. Before it is loaded: let the others know, then hub_say(HUB_OPENED). `again`: it is open here, but
     * something may have been missed on either side. */
    void (*open)(void *user, int64_t document, bool again);
    /* They are to look; when they could not be told, hub_say(HUB_UNTOLD). */
    void (*tell)(void *user, int64_t document);
    /* Entries of word.h, for them; may be lost. */
    void (*present)(void *user, int64_t document, struct str entries);
};

struct hub_conf {
    int64_t server;         /* this one's number among those with the same database; 0: it is alone */
    int loops;              /* 0: one per core, at most 8 */
    struct hub_store store;
    int connections_max;    /* 0: 20,000 */
    int per_account_max;    /* 0: 64; with a token 64 times as many */
    int per_document_max;   /* 0: 256 */
    int silent_ms;          /* 0: 60,000: a connection that is not heard of for so long is closed */
    int fold_ms;            /* 0: 10,000 */
};
enum err hub_start(const struct hub_conf *conf, struct hub **out) MUST_CHECK;
/* Stores what came in, says goodbye, stops. NULL is fine. Until hub_free others may still call. */
void hub_stop(struct hub *h);
void hub_free(struct hub *h);

/* A socket after its upgrade. The hub's from here, whatever happens. From any thread. */
struct hub_guest {
    int fd;
    int refuse;             /* a close code: only say that, and close */
    struct hub_who who;
    struct str name;
    int64_t document;
    enum document_right right;
    int64_t asked_at;       /* ms UTC, before `right` was asked for */
    bool news;              /* wants acknowledgements and news (room.h) */
    struct bytes early;     /* read from the socket already */
};
void hub_take(struct hub *h, const struct hub_guest *g);

/* Something changed. document 0: all. From any thread. */
enum {
    HUB_ACCESS = 1,
    HUB_CONTENT = 2,
    HUB_COMMENTS = 4,
    HUB_OPENED = 8,       /* our own wish to open it is answered: result */
    HUB_UNTOLD = 16,
    HUB_OPEN_THERE = 32,  /* on that server, which waits to be told to look */
    HUB_CLOSED_THERE = 64,
    HUB_GONE_THERE = 128, /* that server, with all its documents */
    HUB_EDIT = 256,       /* data: one update that another server stored */
    HUB_PRESENCE = 512,   /* data: entries of word.h, from that server */
    HUB_MISSED = 1024,    /* anything at all */
};
struct hub_said {
    int64_t document, server;
    unsigned what; /* several of the first three, or one */
    enum err result;
    struct bytes data; /* is copied */
};
void hub_say(struct hub *h, const struct hub_said *s);
void hub_news(struct hub *h, int64_t document, unsigned what);

struct hub_counts {
    int64_t connections, documents, edits, deliveries, commits, refused, waiting;
};
struct hub_counts hub_counts(struct hub *h);
