/* throttle.h: how long to wait after failed logins. Pure. The aim: guessing is slow, nobody can lock somebody else out.
 *
 * Three counters are kept (service/login.h): for one account as tried from one network, for one account as tried from all unknown
 * devices, and for one network. A device that has logged in to the account before has a counter of its own instead of these three. */
#pragma once
#include "base/base.h"

enum throttle_kind {
    THROTTLE_PAIR,    /* account and network: 5 free, then 1 s doubling to 15 min */
    THROTTLE_ACCOUNT, /* account, unknown devices: 50 free, then 1 s doubling to 60 s */
    THROTTLE_NETWORK, /* network, all accounts, unknown devices: 30 free, then 1 s doubling to 5 min */
    THROTTLE_DEVICE,  /* known device: 10 free, then 1 s doubling to 15 min */
    THROTTLE_FACTOR,  /* wrong one-time codes of one account, unknown devices; links asked for with one address: 20 free, then 1 s doubling to 10 min */
    THROTTLE_ASK,     /* links asked for with one address from one network: 3 free, then 1 min doubling to 1 h */
    THROTTLE_N
};
/* How many of the failures still count when the last one was so long ago: none after a day. In a network with many people somebody
 * mistypes all the time, so there one failure is forgotten every two minutes. */
int64_t throttle_remembered(enum throttle_kind kind, int64_t failures, int64_t since_ms);
/* Milliseconds to wait after this many failures in a row. */
int64_t throttle_delay_ms(enum throttle_kind kind, int64_t failures);
/* How much of the wait until until_at is left, noted at seen_at. None when that was in the future: the clock was wrong then, and nobody waits for it. */
int64_t throttle_left_ms(int64_t until_at, int64_t seen_at, int64_t now);
enum { THROTTLE_FORGET_MS = 86400000, THROTTLE_NETWORK_FORGET_MS = 120000 };
