/* arena.h: memory with one lifetime; all of it goes at arena_free().
 *
 * arena_alloc never returns NULL. Sizes that come from outside are bounded where they are parsed, so reaching `cap` is our
 * bug, and a machine without memory is nobody's: inside arena_guard the work ends as with an error, outside the process aborts.
 * Memory comes zeroed and aligned for any type. An arena belongs to one thread at a time.
 * Under AddressSanitizer unused bytes are poisoned, so reading past an allocation is caught. */
#pragma once
#include "base/base.h"

struct arena;
struct arena *arena_new(size_t cap); /* cap: ceiling in bytes of everything in it */
void arena_free(struct arena *a);    /* NULL is fine */
void arena_freep(struct arena **a);  /* for CLEANUP */
void arena_clear(struct arena *a);   /* as new; keeps its first block */
size_t arena_used(const struct arena *a);
void *arena_alloc(struct arena *a, size_t n) __attribute__((returns_nonnull, malloc, alloc_size(2)));
void *arena_array(struct arena *a, size_t n, size_t size) __attribute__((returns_nonnull));
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_array((a), (n), sizeof(type)))
struct str arena_str(struct arena *a, struct str s); /* a copy; NUL follows it, not counted */
/* A C string for a library. A NUL inside ends it early, so refuse such input before. */
const char *arena_cstr(struct arena *a, struct str s);
struct str arena_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Calls fn(arg). When an arena reaches its ceiling on the way (ERR_INTERNAL), or the machine has no memory (ERR_BUSY), fn ends there: what
 * stands in CLEANUP is called for each function that is left, as at a return, and nothing else. So whoever may be left so holds locks and
 * memory of malloc only by CLEANUP, and is not called by a library that holds some. */
enum err arena_guard(enum err (*fn)(void *arg), void *arg) MUST_CHECK;
/* From now to the next arena_clear 1 MiB more than was said: for what has to be told when the ceiling was reached. */
void arena_lift(struct arena *a);
struct str arena_join(struct arena *a, const struct str *parts, size_t n, struct str between);
