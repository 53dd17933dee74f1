#include "domain/throttle.h"

static const struct {
    int64_t free, most_ms;
} kinds[THROTTLE_N] = {
    [THROTTLE_PAIR] = {5, 15 * 60 * 1000},
    [THROTTLE_ACCOUNT] = {50, 60 * 1000},
    [THROTTLE_NETWORK] = {30, 5 * 60 * 1000},
    [THROTTLE_DEVICE] = {10, 15 * 60 * 1000},
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

int64_t throttle_delay_ms(enum throttle_kind kind, int64_t failures)
{
    int64_t over = failures - kinds[kind].free;
    if (over <= 0)
        return 0;
    if (over > 20)
        over = 20;
    int64_t ms = (int64_t)1000 << (over - 1);
    return ms < kinds[kind].most_ms ? ms : kinds[kind].most_ms;
}
