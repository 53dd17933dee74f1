/* trace.h: reads an editing trace and makes of it the updates that a browser with Yjs would have sent.
 *
 * The file (b4-editing-trace.bin of the y-crdt project): varUint number of edits, then for each
 * varUint 1, varUint place, varString text (an insertion) or varUint 2, varUint place, varUint length (a deletion). Places and lengths are
 * UTF-16 units of the text so far: these are edits and not updates, so they get their ids here, as those of one client in the root "text". */
#pragma once
#include "live/update.h"

#include <stdio.h>
#include <stdlib.h>

enum { TRACE_CLIENT = 1 };
#define TRACE_NONE UINT32_MAX

struct trace {
    struct buf bytes;      /* all updates, one behind the other */
    struct bytes *updates; /* into `bytes` */
    size_t n, units;       /* updates; units of text ever written */
};

/* The text while it is being made: live clocks in order on both sides of the last edit, and what stands left of each, deleted or not. */
struct trace_text {
    uint32_t *left, *right, *before; /* right: from its end */
    size_t n_left, n_right;
    uint32_t last, clock; /* the rightmost of all, deleted or not; the next clock */
};

static inline void trace_go(struct trace_text *t, uint64_t at)
{
    while (t->n_left > at)
        t->right[t->n_right++] = t->left[--t->n_left];
    while (t->n_left < at && t->n_right)
        t->left[t->n_left++] = t->right[--t->n_right];
}

static inline void trace_id(struct buf *b, uint32_t clock)
{
    if (clock == TRACE_NONE)
        return;
    lib0_put_uint(b, TRACE_CLIENT);
    lib0_put_uint(b, clock);
}

/* Right of everything deleted before the next live unit: so Yjs places it. */
static inline void trace_insert(struct buf *b, struct trace_text *t, struct str text)
{
    uint32_t right = t->n_right ? t->right[t->n_right - 1] : TRACE_NONE;
    uint32_t left = right == TRACE_NONE ? t->last : t->before[right];
    buf_add(b, "\x01\x01", 2);
    trace_id(b, t->clock);
    buf_byte(b, (char)(CONTENT_STRING | (left != TRACE_NONE ? 0x80 : 0) | (right != TRACE_NONE ? 0x40 : 0)));
    trace_id(b, left);
    trace_id(b, right);
    if (left == TRACE_NONE && right == TRACE_NONE) {
        buf_byte(b, 1);
        lib0_put_str(b, STR("text"));
    }
    lib0_put_str(b, text);
    buf_byte(b, 0);
    for (uint64_t n = lib0_units((struct bytes){(const uint8_t *)text.p, text.n}); n; n--) {
        t->before[t->clock] = left;
        left = t->clock++;
        t->left[t->n_left++] = left;
    }
    if (right == TRACE_NONE)
        t->last = left;
    else
        t->before[right] = left;
}

static inline void trace_delete(struct buf *b, struct trace_text *t, uint64_t len)
{
    struct ranges gone = {0};
    for (; len && t->n_right; len--)
        ranges_add(&gone, TRACE_CLIENT, t->right[--t->n_right], 1);
    buf_byte(b, 0);
    lib0_put_uint(b, gone.n);
    for (size_t i = 0; i < gone.n; i++) {
        lib0_put_uint(b, TRACE_CLIENT);
        lib0_put_uint(b, gone.v[i].n);
        for (size_t j = 0; j < gone.v[i].n; j++) {
            lib0_put_uint(b, gone.v[i].v[j].start);
            lib0_put_uint(b, gone.v[i].v[j].end - gone.v[i].v[j].start);
        }
    }
    ranges_done(&gone);
}

static inline void trace_must(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "trace: %s\n", what);
    exit(1);
}

static inline struct buf trace_file(const char *path)
{
    struct buf b = {.max = 64 << 20};
    FILE *f = fopen(path, "rb");
    trace_must(f != NULL, path);
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_add(&b, part, n);
    fclose(f);
    return b;
}

/* One update an edit. */
static inline struct trace trace_read(const char *path)
{
    struct buf file = trace_file(path);
    struct lib0_in in = {(const uint8_t *)file.p, (const uint8_t *)file.p + file.n};
    struct trace out = {.bytes = {.max = 256 << 20}};
    uint64_t edits, kind, place, len;
    trace_must(lib0_uint(&in, &edits) && edits <= lib0_left(&in), "not a trace");
    struct trace_text t = {.last = TRACE_NONE};
    t.left = calloc(file.n, sizeof *t.left);
    t.right = calloc(file.n, sizeof *t.right);
    t.before = calloc(file.n, sizeof *t.before);
    out.updates = calloc(edits, sizeof *out.updates);
    trace_must(t.left && t.right && t.before && out.updates, "no memory");
    for (; out.n < edits; out.n++) {
        struct str text;
        size_t from = out.bytes.n;
        trace_must(lib0_uint(&in, &kind) && lib0_uint(&in, &place), "cut off");
        trace_go(&t, place);
        trace_must(kind == 1 ? lib0_text(&in, &text) : kind == 2 && lib0_uint(&in, &len), "not an edit");
        if (kind == 1)
            trace_insert(&out.bytes, &t, text);
        else
            trace_delete(&out.bytes, &t, len);
        out.updates[out.n].n = out.bytes.n - from;
    }
    const uint8_t *at = (const uint8_t *)out.bytes.p;
    for (size_t i = 0; i < out.n; at += out.updates[i].n, i++)
        out.updates[i].p = at;
    out.units = t.clock;
    buf_free(&file);
    free(t.left);
    free(t.right);
    free(t.before);
    return out;
}

static inline void trace_done(struct trace *t)
{
    buf_free(&t->bytes);
    free(t->updates);
}
