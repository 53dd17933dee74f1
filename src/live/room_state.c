#include "live/room_state.h"

#include <stdlib.h>

enum {
    TAIL_PARTS = 64,           /* updates as they came, before they are merged */
    TAIL_BYTES = 32 << 10,
    MERGE_MAX = 2 << 20,       /* parts above this stay apart: merging them would hold up everybody for long */
};

void state_done(struct room *r)
{
    for (size_t i = 0; i < r->n_parts; i++)
        free(r->parts[i].p);
    free(r->parts);
    r->parts = NULL;
    r->n_parts = r->cap_parts = r->n_tail = 0;
    ranges_done(&r->content);
    ranges_done(&r->deleted);
}

/* The last n parts become one. On failure they stay as they are. */
static enum err merge_last(struct room *r, size_t n)
{
    struct bytes v[2 * TAIL_PARTS];
    struct buf out = {.max = ROOM_BYTES_MAX + 64};
    size_t first = r->n_parts - n, before = 0;
    if (n > COUNT(v))
        return ERR_LIMIT;
    for (size_t i = 0; i < n; i++) {
        v[i] = (struct bytes){r->parts[first + i].p, r->parts[first + i].n};
        before += v[i].n;
    }
    enum err e = update_merge(v, n, &out);
    char *fit = e ? NULL : realloc(out.p, out.n);
    if (!fit) {
        buf_free(&out);
        return e ? e : ERR_INTERNAL;
    }
    for (size_t i = 0; i < n; i++)
        free(r->parts[first + i].p);
    r->parts[first] = (struct update_part){(uint8_t *)fit, out.n};
    r->n_parts = first + 1;
    r->n_tail = n > r->n_tail ? 0 : r->n_tail - n;
    r->bytes = r->bytes > before ? r->bytes - before + out.n : out.n;
    return OK;
}

static bool tail_is_full(const struct room *r)
{
    size_t bytes = 0;
    for (size_t i = r->n_parts - r->n_tail; i < r->n_parts; i++)
        bytes += r->parts[i].n;
    return r->n_tail >= TAIL_PARTS || bytes >= TAIL_BYTES;
}

static enum err settle(struct room *r)
{
    if (!tail_is_full(r))
        return OK;
    r->crowded = ranges_count(&r->content) > ROOM_RANGES_MAX || ranges_count(&r->deleted) > ROOM_RANGES_MAX;
    if (r->n_tail > 1)
        TRY(merge_last(r, r->n_tail));
    r->n_tail = 0;
    while (r->n_parts >= 2) {
        const struct update_part *p = &r->parts[r->n_parts - 2];
        if (p[0].n > 2 * p[1].n || p[0].n + p[1].n > MERGE_MAX)
            break;
        TRY(merge_last(r, 2));
    }
    return OK;
}

void state_add(struct room *r, struct bytes update)
{
    if (r->n_parts == r->cap_parts) {
        size_t cap = r->cap_parts ? 2 * r->cap_parts : 4;
        struct update_part *v = realloc(r->parts, cap * sizeof *v);
        if (!v)
            abort(); /* as an arena does: without memory there is nothing to go on with, and all is on disk */
        r->parts = v;
        r->cap_parts = cap;
    }
    uint8_t *p = malloc(update.n ? update.n : 1);
    if (!p)
        abort();
    memcpy(p, update.p, update.n);
    r->parts[r->n_parts++] = (struct update_part){p, update.n};
    r->n_tail++;
    if (settle(r))
        return; /* they stay apart; the next one tries again */
}

/* All parts as one where that does not take long. */
static void gather(struct room *r)
{
    size_t n = 0, bytes = 0;
    while (n < r->n_parts && n < 2 * TAIL_PARTS) {
        size_t more = r->parts[r->n_parts - 1 - n].n;
        if (n > 0 && bytes + more > MERGE_MAX)
            break;
        bytes += more;
        n++;
    }
    if (n > 1 && merge_last(r, n))
        return;
}

enum err state_diff(struct room *r, const struct ranges *sv, struct buf *out)
{
    gather(r);
    if (r->n_parts == 1 && sv->n == 0) {
        buf_add(out, r->parts[0].p, r->parts[0].n);
        return out->bad ? ERR_LIMIT : OK;
    }
    struct buf *part = calloc(r->n_parts + 1, sizeof *part);
    struct bytes *v = calloc(r->n_parts + 1, sizeof *v);
    enum err e = part && v ? OK : ERR_INTERNAL;
    for (size_t i = 0; i < r->n_parts && !e; i++) {
        part[i].max = ROOM_BYTES_MAX + 64;
        e = update_diff((struct bytes){r->parts[i].p, r->parts[i].n}, sv, &part[i]);
        v[i] = (struct bytes){(const uint8_t *)part[i].p, part[i].n};
    }
    if (!e)
        e = update_merge(v, r->n_parts, out);
    for (size_t i = 0; part && i < r->n_parts; i++)
        buf_free(&part[i]);
    free(part);
    free(v);
    return e;
}

enum err room_state(struct room *r, struct buf *out)
{
    struct ranges none = {0};
    return state_diff(r, &none, out);
}

/* ---- the log */

static struct run *run_of(struct run *runs, size_t n, int64_t account)
{
    for (size_t i = 0; i < n; i++)
        if (runs[i].account == account)
            return &runs[i];
    return NULL;
}

/* Merges the edits of one account. */
static enum err merge_run(const struct room *r, struct run *run, struct bytes *v)
{
    size_t n = 0;
    struct buf out = {.max = ROOM_BYTES_MAX + 64};
    for (const struct edit *e = r->unfolded; e; e = e->next)
        if (e->account == run->account)
            v[n++] = (struct bytes){e->data, e->n};
    enum err e = update_merge(v, n, &out);
    if (e) {
        buf_free(&out);
        return e;
    }
    run->data = (uint8_t *)out.p;
    run->n = out.n;
    return OK;
}

static void drop_folded(struct room *r, struct run *runs, size_t n)
{
    struct edit *keep = NULL, *last = NULL;
    for (struct edit *e = r->unfolded, *next; e; e = next) {
        next = e->next;
        if (run_of(runs, n, e->account)) {
            free(e);
            continue;
        }
        e->next = NULL;
        *(last ? &last->next : &keep) = e;
        last = e;
    }
    r->unfolded = keep;
    r->unfolded_last = last;
}

enum err room_fold(struct room *r, struct run *runs, size_t max, size_t *n)
{
    size_t got = 0, edits = 0;
    for (const struct edit *e = r->unfolded; e; e = e->next) {
        struct run *run = run_of(runs, got, e->account);
        if (!run && got < max) {
            run = &runs[got++];
            *run = (struct run){.document = r->document, .account = e->account, .from_at = e->at};
        }
        if (run) {
            run->at = e->at;
            run->edits++;
            edits++;
        }
    }
    struct bytes *v = calloc(edits + 1, sizeof *v);
    enum err e = v ? OK : ERR_INTERNAL;
    size_t made = 0;
    while (made < got && !e) {
        e = merge_run(r, &runs[made], v);
        made += !e;
    }
    free(v);
    if (e) {
        for (size_t i = 0; i < made; i++)
            free(runs[i].data);
        return e;
    }
    drop_folded(r, runs, got);
    *n = got;
    return OK;
}
