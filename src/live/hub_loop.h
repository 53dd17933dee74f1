/* hub_loop.h: what the files of the hub share: hub.c (from outside), hub_loop.c (a loop's turns), hub_room.c (rooms, rights), hub_others.c (other servers), hub_store.c (the way
 * to the disk), hub_conn.c (one socket). For live/ only. Everything of a loop is its thread's but what stands under `lock`. */
#pragma once
#include "live/hub.h"
#include "live/ws.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
    HUB_LOOPS_MAX = 8,
    ROOM_BUCKETS = 4096,
    READ_MAX = 64 << 10,             /* from one socket in one turn: others wait while it is worked through */
    OUT_MAX = 4 << 20,               /* waiting for a slow reader */
    IN_ALL_MAX = 128 << 20,          /* of messages that have not come whole, of all connections of a loop */
    BATCH_BYTES_MAX = 32 << 20,      /* waiting to be stored: then nobody is read from */
    BATCH_MS = 5,                    /* under load a commit takes what came in so long */
    KEEP_ALIVE_MS = 15000,           /* y-websocket gives up after 30 s without a message */
    FIRST_WORD_MS = 30000,           /* a connection that never speaks */
    ACCESS_EVERY_MS = 60000,         /* rights that end by date are noticed so late at most */
    LINGER_MS = 2000,                /* for the other side to read why it was closed, before its unread bytes reset the line */
    ASK_AGAIN_MS = 1000,             /* when a right could not be asked for, or a document */
    BUSY_MS = 5000,                  /* then nobody's right is asked for */
    PRESENCE_MS = 250,               /* what other servers are told of who is here, gathered so long */
    RATE_UPDATES = 1000,             /* messages and pings a second on average; who types sends ten. What comes faster waits */
    RATE_BYTES = 4 << 20,
    RATE_BURST = 8,                  /* seconds' worth */
    SLICE_MS = 10,                   /* what one connection sent is worked on so long, then it is the others' turn */
};

struct newcomer {
    struct newcomer *next;
    struct hub_guest g;
    char *name;
    uint8_t *early;
};
struct hub_note {
    struct hub_note *next;
    struct hub_said said;
    uint8_t data[];
};

struct hub_conn {
    struct room_member m; /* first: a member of ours is its connection */
    struct hub_loop *l;
    int fd;
    struct hub_conn *prev, *next, *dirty_next, *dead_next, *again_next;
    struct hub_who who;
    uint8_t *in;          /* a frame that has not come whole */
    size_t n_in, cap_in;
    struct buf message;   /* a message of several frames */
    bool in_message;
    struct buf out;
    size_t out_at;
    int64_t heard_at, said_at, pinged_at, checked_at; /* said_at: a message, pings are not */
    int64_t tokens_at, credit_updates, credit_bytes; /* what it may send now, in thousandths of a message, in bytes */
    int64_t resume_at;    /* not read from before; 0: is read from */
    int64_t linger_until; /* said goodbye: what still comes is thrown away until then; 0: not yet */
    bool spoke, wrote, dirty, closing, gone, blocked, counted, ended; /* ended: the other side is gone, what it sent is not all taken yet */
    bool again;           /* its slice was over before what it sent */
    unsigned events;      /* what epoll watches */
};

struct hub_loop {
    struct hub *hub;
    int index, epoll_fd, wake_fd;
    pthread_t thread;
    bool started;
    struct room_io io;
    struct buf scratch, scratch2;
    uint8_t *read;        /* READ_MAX */
    struct arena *a;      /* cleared after each use */
    struct hub_conn *conns, *dirty, *dead, *again;
    struct room *bucket[ROOM_BUCKETS], *rooms;
    size_t n_rooms, n_conns, in_all;
    int64_t now, mono, tick_at, fold_at, batch_at, retry_at;
    struct hub_batch *batch;      /* gathering */
    struct hub_batch *failed;     /* to be tried again */
    int64_t access_at;            /* when access last changed, ms UTC */
    bool in_flight, folding, trouble, halted, stopping, recheck;
    int64_t journal_id;           /* the last acknowledged one */
    struct hub_fold *fold_failed;
    struct newcomer *pending;     /* wait for their document to be opened */
    struct room *telling;         /* the others are to be told to look */
    int64_t busy_until;           /* the database does not answer */
    bool refresh;                 /* some rooms are stale */
    int64_t refresh_at, present_at; /* not before; 0: nothing to say */
    struct buf spare[64];
    size_t n_spare;

    pthread_mutex_t lock;         /* what others bring: */
    struct newcomer *newcomers;
    struct hub_batch *stored;
    struct hub_fold *folded;
    struct hub_note *notes, *last_note;
    bool woken;
    atomic_llong c_conns, c_rooms, c_edits, c_deliveries, c_commits, c_waiting;
};

struct hub {
    struct hub_conf conf;
    int n_loops;
    struct hub_loop *loop[HUB_LOOPS_MAX];
    atomic_bool stop;
    atomic_ullong serial;
    atomic_llong refused;
    pthread_mutex_t lock; /* of the counts of connections */
    struct account_count *accounts;
    size_t n_accounts, cap_accounts, n_connections;
};

/* ---- hub_conn.c */
/* Reads what is there. */
void conn_read(struct hub_conn *c);
void conn_write(struct hub_conn *c);
/* Queues a frame; sent at the end of the turn. */
void conn_send(struct hub_conn *c, enum ws_op op, struct bytes payload);
/* Says goodbye with this code and closes. */
void conn_close(struct hub_conn *c, int code);
/* Without a word; it leaves its room at the end of the turn. */
void conn_drop(struct hub_conn *c);
void conn_watch(struct hub_conn *c);
void conn_flush_all(struct hub_loop *l);
/* Once a second. */
void conn_tick(struct hub_conn *c);
void conn_again_all(struct hub_loop *l); /* a slice more for each that was cut short; not while the loop is halted */
/* Bytes that were read before the hub got the socket. */
void conn_feed(struct hub_conn *c, const uint8_t *p, size_t n);
void conn_free(struct hub_conn *c);

/* ---- hub.c */
void hub_wake(struct hub_loop *l); /* under its lock */
void hub_newcomer_free(struct newcomer *n);
/* Counts a connection in, unless there are too many of all or of this account. */
bool hub_enter(struct hub *h, const struct hub_who *who);
void hub_leave(struct hub *h, int64_t account);

/* ---- hub_room.c */
struct room *hub_room(struct hub_loop *l, int64_t document); /* NULL: nobody has it open */
/* What the log or another wrote since. A database that is busy leaves the room stale. ERR_INVALID: damaged. */
enum err hub_fetch(struct hub_loop *l, struct room *r) MUST_CHECK;
/* Everybody in it is closed with this code. */
void hub_drop_all(struct room *r, int code);
/* Those that nobody has open, and all of which is in the log. */
void hub_close_rooms(struct hub_loop *l);
bool hub_watch(int epoll_fd, int fd, void *what);
void hub_watch_all(struct hub_loop *l);
/* Takes it. */
void hub_welcome(struct hub_loop *l, struct newcomer *n);
/* Its document is open, or cannot be opened. Takes it. */
void hub_admit(struct hub_loop *l, struct newcomer *n, enum err opened);
/* It leaves its room, if it is in one. Not while a room passes something on. */
void hub_part(struct hub_conn *c);
/* Sends what is queued and buries who is gone, until nothing is left to do: a burial gives others something to send. */
void hub_end_turn(struct hub_loop *l);
/* A few in each turn, so that nobody waits for a thousand. */
void hub_check_rights(struct hub_loop *l);
void hub_on_note(struct hub_loop *l, const struct hub_note *n);

/* ---- hub_others.c */
/* It waits until its document is open on this server. Takes it. */
void hub_pend(struct hub_loop *l, struct newcomer *n);
/* Who has it open now. */
void hub_peers_set(struct hub_loop *l, struct room *r, const int64_t *servers, size_t n);
void hub_make_stale(struct hub_loop *l, struct room *r, int64_t in_ms);
/* Somebody here has moved, come or gone. */
void hub_present_soon(struct hub_loop *l, const struct room *r);
void hub_on_others(struct hub_loop *l, const struct hub_said *s);
/* Looks up stale rooms, a few in each turn; tells the others. */
void hub_others_turn(struct hub_loop *l);

/* ---- hub_store.c */
void hub_io_send(void *user, struct room_member *m, struct bytes message);
void hub_io_store(void *user, struct edit *e);
struct hub_batch *hub_batch_new(struct hub_loop *l);
/* One commit at a time; what comes in meanwhile goes with the next. */
void hub_store_turn(struct hub_loop *l);
void hub_on_stored(struct hub_loop *l, struct hub_batch *b);
/* Everything that is unfolded; the journal goes with it. */
void hub_fold_turn(struct hub_loop *l);
void hub_on_folded(struct hub_loop *l, struct hub_fold *f);
void hub_fold_free(struct hub_fold *f);

/* ---- hub_loop.c */
void *hub_loop_main(void *arg);
