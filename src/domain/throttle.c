#include "domain/throttle.h"

static const struct {
    int64_t free, first_ms, most_ms;
} kinds[THROTTLE_N] = {
    [THROTTLE_PAIR] = {5, 1000, 15 * 60 * 1000},   [THROTTLE_ACCOUNT] = {50, 1000, 60 * 1000},
    [THROTTLE_NETWORK] = {30, 1000, 5 * 60 * 1000}, [THROTTLE_DEVICE] = {10, 1000, 15 * 60 * 1000},
    [THROTTLE_FACTOR] = {20, 1000, 10 * 60 * 1000}, [THROTTLE_ASK] = {3, 60 * 1000, 60 * 60 * 1000},
};

int64_t throttle_remembered(enum throttle_kind kind, int64_t failures, int64_t since_ms)
{
    if (since_ms > THROTTLE_FORGET_MS)
        return 0;
    if (kind != THROTTLE_NETWORK || since_ms <= 0)
        return failures;
    int64_t forgotten = since_ms / THROTTLE_NETWORK_FORGET_MS;
    return failures > forgotten ? failures - forgotten : 0;
}

int64_t throttle_left_ms(int64_t until_at, int64_t seen_at, int64_t now)
{
    enum { STEP_MS = 60000 }; /* as far as clocks are set back in everyday life */
    return seen_at > now + STEP_MS || until_at < now ? 0 : until_at - now;
}

int64_t throttle_delay_ms(enum throttle_kind kind, int64_t failures)
{
    int64_t over = failures - kinds[kind].free;
    if (over <= 0)
        return 0;
    if (over > 20)
        over = 20;
    int64_t ms = kinds[kind].first_ms << (over - 1);
    return ms < kinds[kind].most_ms ? ms : kinds[kind].most_ms;
}
