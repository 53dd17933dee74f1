/* slow.h: counting failed attempts, and waiting after too many (domain/throttle.h). One attempt is under several counters at once. */
#pragma once
#include "domain/throttle.h"
#include "service/ctx.h"

enum { SLOW_MAX = 3 };
struct slow {
    struct str key[SLOW_MAX];
    enum throttle_kind kind[SLOW_MAX];
    size_t n;
};
/* `prefix` says what is counted ("p:"); x and y about whom. Only their hash is kept. */
void slow_add(struct ctx *c, struct slow *s, enum throttle_kind kind, const char *prefix, struct str x, struct str y);
/* *ms: how long until the next attempt is looked at; 0: now. */
enum err slow_wait(struct ctx *c, const struct slow *s, int64_t *ms) MUST_CHECK;
/* Counts a failure. *most: the largest number of failures in a row among the counters; may be NULL. */
enum err slow_count(struct ctx *c, const struct slow *s, int64_t *most) MUST_CHECK;
/* It was right after all: forgets the failures, but for those of the network. */
enum err slow_forgive(struct ctx *c, const struct slow *s) MUST_CHECK;
