#include "service/slow.h"
#include "base/secret.h"
#include "model/account.h"

void slow_add(struct ctx *c, struct slow *s, enum throttle_kind kind, const char *prefix, struct str x, struct str y)
{
    struct str parts[3] = {str_c(prefix), x, y};
    s->key[s->n] = arena_fmt(c->a, "%s%.*s", prefix, STR_FMT(secret_hash_hex(c->a, arena_join(c->a, parts, 3, STR("|")))));
    s->kind[s->n++] = kind;
}

enum err slow_wait(struct ctx *c, const struct slow *s, int64_t *ms)
{
    int64_t longest = 0;
    for (size_t i = 0; i < s->n; i++) {
        struct throttle_row row;
        TRY(throttle_get(c->db, c->a, s->key[i], &row));
        int64_t left = throttle_left_ms(row.until_at, row.seen_at, c->now);
        if (left > longest)
            longest = left;
    }
    *ms = longest;
    return OK;
}

enum err slow_count(struct ctx *c, const struct slow *s, int64_t *most)
{
    int64_t largest = 0;
    for (size_t i = 0; i < s->n; i++) {
        struct throttle_row row;
        TRY(throttle_get(c->db, c->a, s->key[i], &row));
        row.failures = throttle_remembered(s->kind[i], row.failures, c->now - row.seen_at) + 1;
        row.seen_at = c->now;
        row.until_at = c->now + throttle_delay_ms(s->kind[i], row.failures);
        TRY(throttle_put(c->db, &row));
        if (row.failures > largest)
            largest = row.failures;
    }
    if (most)
        *most = largest;
    return OK;
}

enum err slow_forgive(struct ctx *c, const struct slow *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->kind[i] != THROTTLE_NETWORK)
            TRY(throttle_clear(c->db, s->key[i]));
    return OK;
}
