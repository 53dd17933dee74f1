/* peers.h: how many connections each address holds, over all loops, so that one address cannot take them all. Safe from any thread. */
#pragma once
#include "base/arena.h"

#include <pthread.h>
#include <sys/socket.h>

struct peer_key { /* an IPv4 address as ::ffff:a.b.c.d, or the first 64 bits of an IPv6 one: what one subscriber is given */
    unsigned char b[16];
};
struct peers {
    pthread_mutex_t lock;
    struct peer *slot;   /* one for each possible connection */
    uint32_t *bucket;    /* 1 + index of its first slot, 0 when empty */
    uint32_t n_bucket;   /* a power of two */
    uint32_t free_first; /* 1 + index */
    uint32_t seed;
    int most;            /* for one address */
};
/* Room for n connections. The memory is the arena's. */
void peers_init(struct peers *p, struct arena *a, size_t n, int most);
void peers_done(struct peers *p);
struct peer_key peers_key(const struct sockaddr *addr);
/* Whether one more would be within its limit. It is asked before the connection is made and entered after: loops that accept in the same instant may each
 * take the last place, so that an address holds at most `most` and one for each further loop. */
bool peers_may(struct peers *p, struct peer_key key);
/* Every enter is followed by one leave. False when there is no room; then there is no leave. */
bool peers_enter(struct peers *p, struct peer_key key);
void peers_leave(struct peers *p, struct peer_key key);
