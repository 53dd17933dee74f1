/* peers.c: a chained hash table of fixed size; entries without connections go back to the free list at once. */
#include "http/peers.h"

#include "base/secret.h"

#include <netinet/in.h>

struct peer {
    struct peer_key key;
    int n;
    uint32_t next; /* 1 + index */
};

void peers_init(struct peers *p, struct arena *a, size_t n, int most)
{
    *p = (struct peers){.most = most, .n_bucket = 64};
    while (p->n_bucket < n)
        p->n_bucket *= 2;
    p->slot = ARENA_ARRAY(a, struct peer, n);
    p->bucket = ARENA_ARRAY(a, uint32_t, p->n_bucket);
    for (size_t i = 0; i < n; i++)
        p->slot[i].next = i + 1 < n ? (uint32_t)(i + 2) : 0;
    p->free_first = n > 0 ? 1 : 0;
    secret_random(&p->seed, sizeof p->seed);
    pthread_mutex_init(&p->lock, NULL);
}

void peers_done(struct peers *p)
{
    pthread_mutex_destroy(&p->lock);
}

struct peer_key peers_key(const struct sockaddr *addr)
{
    struct peer_key key = {{0}};
    if (addr->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, addr, sizeof v4);
        key.b[10] = key.b[11] = 0xff;
        memcpy(key.b + 12, &v4.sin_addr, 4);
    } else if (addr->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, addr, sizeof v6);
        memcpy(key.b, &v6.sin6_addr, IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr) ? 16 : 8);
    }
    return key;
}

static uint32_t *bucket_of(struct peers *p, const struct peer_key *key)
{
    uint32_t h = p->seed ^ 2166136261u;
    for (size_t i = 0; i < sizeof key->b; i++)
        h = (h ^ key->b[i]) * 16777619u;
    return &p->bucket[(h ^ h >> 15) & (p->n_bucket - 1)];
}

/* The link that holds the entry of `key`, or the chain's end (a link that is 0). */
static uint32_t *link_of(struct peers *p, const struct peer_key *key)
{
    uint32_t *at = bucket_of(p, key);
    while (*at && memcmp(&p->slot[*at - 1].key, key, sizeof *key) != 0)
        at = &p->slot[*at - 1].next;
    return at;
}

bool peers_may(struct peers *p, struct peer_key key)
{
    pthread_mutex_lock(&p->lock);
    uint32_t i = *link_of(p, &key);
    bool may = i ? p->slot[i - 1].n < p->most : p->free_first != 0;
    pthread_mutex_unlock(&p->lock);
    return may;
}

bool peers_enter(struct peers *p, struct peer_key key)
{
    pthread_mutex_lock(&p->lock);
    uint32_t *at = link_of(p, &key);
    if (!*at && p->free_first) {
        *at = p->free_first;
        struct peer *fresh = &p->slot[*at - 1];
        p->free_first = fresh->next;
        *fresh = (struct peer){.key = key};
    }
    bool entered = *at != 0;
    if (entered)
        p->slot[*at - 1].n++;
    pthread_mutex_unlock(&p->lock);
    return entered;
}

void peers_leave(struct peers *p, struct peer_key key)
{
    pthread_mutex_lock(&p->lock);
    uint32_t *at = link_of(p, &key), i = *at;
    if (i && --p->slot[i - 1].n == 0) {
        *at = p->slot[i - 1].next;
        p->slot[i - 1].next = p->free_first;
        p->free_first = i;
    }
    pthread_mutex_unlock(&p->lock);
}
