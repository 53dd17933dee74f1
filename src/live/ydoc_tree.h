/* ydoc_tree.h: what an integrated document is made of; only for src/live/ydoc*.c and prose*.c. Everything lies in the document's arena. */
#pragma once
#include "live/ycontent.h"
#include "live/ydoc.h"

struct yclient;
struct yslot;

/* A run of clocks of one client, in its place. A GC has no parent and no neighbours. 112 bytes: a document has many. */
struct yitem {
    struct yclient *client, *origin_client, *right_client; /* the latter two NULL: none */
    uint64_t clock, len, origin_clock, right_clock;
    struct yitem *left, *right;
    struct ytype *parent;
    struct yslot *slot; /* the key it stands under; NULL: in the list */
    union {
        const uint8_t *p;   /* content without its leading count or length */
        struct ytype *type; /* of CONTENT_TYPE */
    };
    uint32_t n; /* bytes at p */
    uint8_t kind; /* enum content_kind */
    bool deleted;
    bool cut_head, cut_tail; /* of a string: the unit before / after its bytes is half of a surrogate pair, shown as U+FFFD */
    uint32_t seen, block;    /* rounds of the search for a place, see ydoc_integrate.c */
};

/* One key of a map, or one attribute: the chain of what was written there; the last one counts. */
struct yslot {
    struct ytype *type; /* NULL: the name of a root */
    struct str key;
    struct yitem *first, *last;
    struct yslot *next, *chain; /* of the same type; of the same hash */
    struct ytype *root;
};

struct ytype {
    enum type_kind kind;
    struct str name;    /* node or hook name; of a root its name */
    struct yitem *item; /* that holds it; NULL: a root */
    struct yitem *start;
    struct yslot *slots;
    struct ytype *next; /* of those whose children are to be deleted */
};

/* Items of a client in the order of their clocks. Sorted leaves of bounded size, since splitting inserts in the middle. */
enum { LEAF_MAX = 256 };
struct yleaf {
    size_t n, cap;
    struct {
        uint64_t clock;
        struct yitem *item;
    } v[];
};
struct yclient {
    uint64_t id, state; /* state: the next clock */
    struct yleaf **leaf;
    size_t leaves, cap;
    struct update_in in; /* what is still to be integrated */
    struct piece head;
    bool has_head, blocked, waiting;
};

struct ytable { /* chains, grows with what is in it */
    struct yslot **v;
    size_t n, cap; /* cap: 0 or a power of two */
};

struct ydoc {
    struct arena *a;
    size_t arena_before;
    uint64_t steps; /* left */
    struct yclient **clients; /* ascending by id */
    size_t clients_n;
    struct ytable slots; /* every key of every type; a root is the slot of its name without a type */
    struct ranges *log; /* what yitem_delete deletes; NULL: nobody asks */
    uint32_t round;
    bool pending;
    enum err bad; /* the budget is spent, or bytes were not as checked */
};

/* Where in a client's items. */
struct yplace {
    size_t leaf, at;
};
/* The item that holds a clock below c->state. */
struct yplace yclient_find(const struct yclient *c, uint64_t clock);
struct yitem *yclient_at(const struct yclient *c, struct yplace p); /* NULL behind the last one */
struct yplace yclient_after(const struct yclient *c, struct yplace p);
void yclient_append(struct ydoc *d, struct yclient *c, struct yitem *i);
struct yclient *ydoc_client(const struct ydoc *d, uint64_t id); /* NULL */
/* So that an item begins / ends there. GC is never split. */
struct yitem *ydoc_begin_at(struct ydoc *d, struct yclient *c, uint64_t clock);
struct yitem *ydoc_end_at(struct ydoc *d, struct yclient *c, uint64_t clock);

/* Counts work; false (and d->bad) when the budget is spent. */
bool ydoc_step(struct ydoc *d, uint64_t n);
struct ytype *ydoc_root_make(struct ydoc *d, struct str name);
struct yslot *ytype_slot(struct ydoc *d, struct ytype *t, struct str key); /* made when it is not there */
/* Puts a piece of client c, whose references are all there, in its place. */
void ydoc_integrate(struct ydoc *d, struct yclient *c, const struct piece *p);
void yitem_delete(struct ydoc *d, struct yitem *i);

/* ---- reading (ydoc_read.c) */

/* The formatting that holds at a place of a text. Values are JSON. */
struct yattr {
    struct str key, value;
};
enum { YATTRS_MAX = 256 };
struct yattrs {
    struct yattr v[YATTRS_MAX]; /* ascending by key */
    size_t n;
};
/* Takes a live Format item into account. */
enum err yattrs_apply(struct yattrs *at, const struct yitem *format) MUST_CHECK;
bool yattrs_eq(const struct yattrs *a, const struct yattrs *b);
/* The last value under a key as JSON into `out`; false: deleted or undefined. */
bool yslot_json(const struct yslot *s, struct buf *out);
void ystring_put(const struct yitem *i, struct buf *out); /* a live string's text */
