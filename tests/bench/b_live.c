/* What the lazy half of the live engine costs: b_live TRACE (b4-editing-trace.bin; trace.h says what that is). One line a figure. With a
 * second argument the updates made of the trace go into that file, each behind its length as varUint. */
#include "tests/bench/trace.h"

#include <time.h>

enum { ROUNDS = 5, STEP = 512 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* of this thread alone: other work on the machine does not count */
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(enum err e, const char *what)
{
    if (e == OK)
        return;
    fprintf(stderr, "b_live: %s: %s\n", what, err_name(e));
    exit(1);
}

static struct bytes view(const struct buf *b)
{
    return (struct bytes){(const uint8_t *)b->p, b->n};
}

/* Every update as the server takes it: is it right, is it new, then it is known. */
static void take_each(const struct trace *t)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        struct ranges content = {0}, deleted = {0};
        double from = now();
        for (size_t i = 0; i < t->n; i++) {
            bool is_new;
            must(update_check(t->updates[i], &update_from_client, NULL), "check");
            must(update_is_new(t->updates[i], &content, &deleted, &is_new), "is_new");
            must(is_new ? OK : ERR_INTERNAL, "an update of the trace is no news");
            must(update_ranges(t->updates[i], &content, &deleted), "ranges");
        }
        double took = now() - from;
        best = took < best ? took : best;
        ranges_done(&content);
        ranges_done(&deleted);
    }
    printf("check, is_new and ranges of each update    %8.0f ns\n", best / (double)t->n * 1e9);
}

/* One keystroke in the midst of a long document. */
static void take_one(const struct trace *t, struct bytes state)
{
    enum { TIMES = 2000000 };
    struct ranges content = {0}, deleted = {0};
    must(update_ranges(state, &content, &deleted), "ranges");
    struct bytes one = t->updates[200000];
    bool is_new;
    double from = now();
    for (int i = 0; i < TIMES; i++) {
        must(update_check(one, &update_from_client, NULL), "check");
        must(update_is_new(one, &content, &deleted, &is_new), "is_new");
    }
    printf("check and is_new of one keystroke          %8.0f ns   (%zu bytes, document of %zu ranges)\n", (now() - from) / TIMES * 1e9, one.n,
           ranges_count(&content) + ranges_count(&deleted));
    ranges_done(&content);
    ranges_done(&deleted);
}

static void show(const char *what, double took, size_t in, size_t out)
{
    printf("%-42s %8.2f ms   %8.0f MB/s   %zu bytes -> %zu\n", what, took * 1e3, (double)in / took / 1e6, in, out);
}

typedef enum err many_fn(const struct bytes *updates, size_t k, struct buf *out);

static void join(const char *what, many_fn *fn, const struct bytes *updates, size_t k, struct buf *out)
{
    double best = 1e9;
    size_t in = 0;
    for (size_t i = 0; i < k; i++)
        in += updates[i].n;
    for (int round = 0; round < ROUNDS; round++) {
        buf_clear(out);
        double from = now();
        must(fn(updates, k, out), what);
        double took = now() - from;
        best = took < best ? took : best;
    }
    show(what, best, in, out->n);
}

/* STEP at a time, then those. */
static void in_steps(const struct trace *t)
{
    double best = 1e9;
    struct buf last = {.max = 64 << 20};
    for (int round = 0; round < ROUNDS; round++) {
        struct buf parts[1024] = {0};
        struct bytes v[1024];
        size_t n = 0;
        double from = now();
        for (size_t i = 0; i < t->n; i += STEP, n++) {
            must(update_merge_compact(t->updates + i, t->n - i < STEP ? t->n - i : STEP, &parts[n]), "merge");
            v[n] = view(&parts[n]);
        }
        buf_clear(&last);
        must(update_merge_compact(v, n, &last), "merge");
        double took = now() - from;
        best = took < best ? took : best;
        for (size_t i = 0; i < n; i++)
            buf_free(&parts[i]);
    }
    show("merge and compact, 512 at a time", best, t->bytes.n, last.n);
    buf_free(&last);
}

static void read_back(struct bytes state)
{
    double best_ranges = 1e9, best_diff = 1e9, best_half = 1e9, best_check = 1e9;
    struct buf out = {.max = 64 << 20};
    size_t half = 0;
    for (int round = 0; round < 20 * ROUNDS; round++) {
        struct ranges content = {0}, deleted = {0}, none = {0}, sv = {0};
        double at[5] = {now()};
        must(update_ranges(state, &content, &deleted), "ranges");
        at[1] = now();
        buf_clear(&out);
        must(update_diff(state, &none, &out), "diff");
        at[2] = now();
        ranges_add(&sv, TRACE_CLIENT, 0, ranges_next(&content, TRACE_CLIENT) / 2);
        buf_clear(&out);
        must(update_diff(state, &sv, &out), "diff");
        at[3] = now();
        half = out.n;
        must(update_check(state, NULL, NULL), "check");
        at[4] = now();
        double *best[] = {&best_ranges, &best_diff, &best_half, &best_check};
        for (int i = 0; i < 4; i++)
            if (at[i + 1] - at[i] < *best[i])
                *best[i] = at[i + 1] - at[i];
        ranges_done(&content);
        ranges_done(&deleted);
        ranges_done(&sv);
    }
    show("ranges of the compacted", best_ranges, state.n, state.n);
    show("diff of it for somebody without anything", best_diff, state.n, state.n);
    show("diff of it for somebody with the first half", best_half, state.n, half);
    show("check of it", best_check, state.n, state.n);
    buf_free(&out);
}

static void dump(const struct trace *t, const char *path)
{
    FILE *f = fopen(path, "wb");
    trace_must(f != NULL, path);
    for (size_t i = 0; i < t->n; i++) {
        struct buf b = {0};
        lib0_put_bytes(&b, t->updates[i]);
        trace_must(fwrite(b.p, 1, b.n, f) == b.n, path);
        buf_free(&b);
    }
    fclose(f);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: b_live TRACE [UPDATES]\n");
        return 2;
    }
    struct trace t = trace_read(argv[1]);
    if (argc > 2)
        dump(&t, argv[2]);
    printf("%zu updates of %zu bytes, %zu units\n", t.n, t.bytes.n, t.units);
    struct buf merged = {.max = 64 << 20}, compact = {.max = 64 << 20}, again = {.max = 64 << 20};
    take_each(&t);
    join("merge, all at once", update_merge, t.updates, t.n, &merged);
    join("merge and compact, all at once", update_merge_compact, t.updates, t.n, &compact);
    in_steps(&t);
    take_one(&t, view(&compact));
    struct bytes v = view(&merged);
    join("compact the merged", update_merge_compact, &v, 1, &again);
    struct bytes two[2] = {view(&compact), t.updates[259000]};
    join("one more update into the compacted", update_merge_compact, two, 2, &again);
    read_back(view(&compact));
    buf_free(&merged);
    buf_free(&compact);
    buf_free(&again);
    trace_done(&t);
    return 0;
}
