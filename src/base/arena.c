#include "base/arena.h"
#include "base/guard.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
enum { RED_ZONE = 16 }; /* stays poisoned between two allocations */
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
enum { RED_ZONE = 0 };
#endif

enum { ALIGN = 16, BLOCK_FIRST = 16 * 1024, BLOCK_MOST = 1024 * 1024, LIFT = 1024 * 1024 };

struct block {
    struct block *older;
    size_t size; /* of data */
    _Alignas(ALIGN) char data[];
};
struct arena {
    char *at, *end;      /* what is free in the current block */
    size_t used, cap, said; /* said: cap as it was given */
    size_t next;         /* size of the next block */
    struct block *blocks; /* newest first; the first one is at the end of the list */
};

static void die(const char *why)
{
    fprintf(stderr, "arena: %s\n", why);
    abort();
}

static void no_memory(void)
{
    guard_end(ERR_BUSY);
    die("out of memory");
}

static void no_room(void)
{
    guard_end(ERR_INTERNAL);
    die("the ceiling is reached");
}

struct guarded {
    enum err (*fn)(void *arg);
    void *arg;
    enum err e;
};
static void run_guarded(void *arg)
{
    struct guarded *g = arg;
    g->e = g->fn(g->arg);
}

enum err arena_guard(enum err (*fn)(void *arg), void *arg)
{
    struct guarded g = {fn, arg, OK};
    int why = guard_run(run_guarded, &g);
    return why ? (enum err)why : g.e;
}

static struct block *block_new(struct arena *a, size_t size)
{
    struct block *b = malloc(sizeof *b + size);
    if (!b)
        no_memory();
    b->older = a->blocks;
    b->size = size;
    a->blocks = b;
    POISON(b->data, size);
    return b;
}

static void block_free(struct block *b)
{
    UNPOISON(b->data, b->size);
    free(b);
}

static void use_block(struct arena *a, struct block *b)
{
    a->at = b->data;
    a->end = b->data + b->size;
}

struct arena *arena_new(size_t cap)
{
    CLEANUP(arena_freep) struct arena *a = calloc(1, sizeof *a); /* freed when there is no block for it */
    if (!a)
        no_memory();
    *a = (struct arena){.cap = cap, .said = cap, .next = 2 * (size_t)BLOCK_FIRST};
    use_block(a, block_new(a, BLOCK_FIRST));
    struct arena *made = a;
    a = NULL;
    return made;
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    for (struct block *b = a->blocks, *older; b; b = older) {
        older = b->older;
        block_free(b);
    }
    free(a);
}

void arena_freep(struct arena **a)
{
    arena_free(*a);
    *a = NULL;
}

void arena_clear(struct arena *a)
{
    struct block *b = a->blocks;
    while (b->older) {
        struct block *older = b->older;
        block_free(b);
        b = older;
    }
    a->blocks = b;
    a->used = 0;
    a->cap = a->said;
    a->next = 2 * (size_t)BLOCK_FIRST;
    POISON(b->data, b->size);
    use_block(a, b);
}

void arena_lift(struct arena *a)
{
    if (a->said <= SIZE_MAX - LIFT)
        a->cap = a->said + LIFT;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}

/* A big thing gets a block of its own, and the rest of the current block stays in use. */
static char *take_from_new_block(struct arena *a, size_t need)
{
    if (need > a->next / 4)
        return block_new(a, need)->data;
    struct block *b = block_new(a, a->next);
    if (a->next < BLOCK_MOST)
        a->next *= 2;
    use_block(a, b);
    a->at += need;
    return b->data;
}

/* Not zeroed. n counts from 1. */
static char *take(struct arena *a, size_t n)
{
    if (n > a->cap || a->cap - a->used < n)
        no_room();
    a->used += n;
    size_t need = ((n + ALIGN - 1) & ~(size_t)(ALIGN - 1)) + RED_ZONE;
    if (need < n)
        no_room();
    char *p = a->at;
    if (need <= (size_t)(a->end - a->at))
        a->at += need;
    else
        p = take_from_new_block(a, need);
    UNPOISON(p, n);
    return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
    n = n ? n : 1;
    return memset(take(a, n), 0, n);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    size_t all;
    if (__builtin_mul_overflow(n, size, &all))
        no_room();
    return arena_alloc(a, all);
}

struct str arena_str(struct arena *a, struct str s)
{
    if (s.n == SIZE_MAX)
        no_room();
    char *p = take(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return (struct str){p, s.n};
}

const char *arena_cstr(struct arena *a, struct str s)
{
    return arena_str(a, s).p;
}

struct str arena_fmt(struct arena *a, const char *fmt, ...)
{
    char small[256];
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n < 0)
        die("a bad format");
    struct str out;
    if ((size_t)n < sizeof small) {
        out = arena_str(a, (struct str){small, (size_t)n});
    } else {
        char *p = take(a, (size_t)n + 1);
        vsnprintf(p, (size_t)n + 1, fmt, again);
        out = (struct str){p, (size_t)n};
    }
    va_end(again);
    return out;
}

struct str arena_join(struct arena *a, const struct str *parts, size_t n, struct str between)
{
    size_t all = 1;
    for (size_t i = 0; i < n; i++)
        if (__builtin_add_overflow(all, parts[i].n, &all) || __builtin_add_overflow(all, i ? between.n : 0, &all))
            no_room();
    char *p = take(a, all), *at = p;
    for (size_t i = 0; i < n; i++) {
        if (i && between.n)
            at = (char *)memcpy(at, between.p, between.n) + between.n;
        if (parts[i].n)
            at = (char *)memcpy(at, parts[i].p, parts[i].n) + parts[i].n;
    }
    *at = 0;
    return (struct str){p, all - 1};
}
