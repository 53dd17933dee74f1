/* part.h: pieces on their way into a new update: cut, turned into their length, joined with their neighbours, written. For merge.c. */
#pragma once
#include "live/update.h"

/* A piece or some of its clocks. What was not cut is written as it stood. */
struct part {
    struct piece p;    /* clock, len, kind and references are those of the part */
    struct bytes body; /* text, elements, or the whole content: without the length or count in front */
    /* A cut in the middle of a surrogate pair leaves U+FFFD on both sides, as every stock peer makes it. */
    bool half_before, half_behind;
    bool as_it_stood;
};
/* False when the content is damaged. */
bool part_of(const struct piece *p, struct part *out);
/* Cuts the first k clocks (0 < k < len) off *rest. False when the content is damaged. GC and Deleted need no content for it. */
bool part_split(struct part *rest, uint64_t k, struct part *head);
/* Its clocks stay, its content goes. Not for GC. */
void part_delete(struct part *t);

/* An update being written: blocks, each begun, filled in ascending order of clocks, ended. The order of blocks is the caller's. */
struct update_out {
    struct buf blocks; /* finished */
    struct buf body;   /* pieces of the block that is being filled */
    uint64_t n_blocks, client, first, n_pieces;
    uint64_t next;       /* end of what is in the block; without meaning while it is empty */
    bool has_last;       /* `last` is not in `body` yet, since the next part may join it */
    struct part last;
    struct buf text;     /* the text of `last` when it was joined of several */
};
void update_out_open(struct update_out *o, const struct buf *to); /* ceilings are those of `to` */
void update_out_begin(struct update_out *o, uint64_t client);
/* Room between this part and the one before becomes a Skip. */
void update_out_part(struct update_out *o, const struct part *t);
void update_out_end(struct update_out *o); /* an empty block leaves nothing */
/* A block's pieces as they stood, from the first part on: n pieces. Only while the block has nothing joinable: right after begin. */
void update_out_tail(struct update_out *o, const struct part *first, struct bytes tail, uint64_t n);
/* Appends all of it and the delete set to `to`, and gives the memory back. ERR_LIMIT. */
enum err update_out_close(struct update_out *o, const struct ranges *deleted, struct buf *to) MUST_CHECK;
void update_out_drop(struct update_out *o); /* instead of close */
