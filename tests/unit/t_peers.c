#include "base/secret.h"
#include "http/peers.h"
#include "tests/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static struct peer_key key(const char *text)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return peers_key((struct sockaddr *)&v4);
    if (inet_pton(AF_INET6, text, &v6.sin6_addr) != 1)
        abort();
    return peers_key((struct sockaddr *)&v6);
}

static bool same(const char *a, const char *b)
{
    struct peer_key x = key(a), y = key(b);
    return memcmp(&x, &y, sizeof x) == 0;
}

int main(void)
{
    struct arena *a = arena_new(1 << 20);
    struct peers p;
    if (secret_start())
        abort();
    CHECK(same("10.0.0.1", "::ffff:10.0.0.1") && !same("10.0.0.1", "10.0.0.2"));
    CHECK(same("2001:db8::1", "2001:db8::ffff:1")); /* one subscriber's */
    CHECK(!same("2001:db8::1", "2001:db8:0:1::1"));

    peers_init(&p, a, 3, 2);
    struct peer_key x = key("10.0.0.1"), y = key("10.0.0.2"), z = key("10.0.0.3"), w = key("10.0.0.4");
    CHECK(peers_may(&p, x) && peers_enter(&p, x) && peers_enter(&p, x));
    CHECK(!peers_may(&p, x)); /* two are the most for one */
    CHECK(peers_may(&p, y) && peers_enter(&p, y) && peers_enter(&p, z));
    CHECK(!peers_may(&p, w) && !peers_enter(&p, w)); /* the table is full */
    peers_leave(&p, x);
    CHECK(peers_may(&p, x));
    peers_leave(&p, x);
    CHECK(peers_enter(&p, w) && !peers_may(&p, x)); /* its place is another's now */
    peers_leave(&p, x);                            /* one who never came harms nobody */
    peers_leave(&p, w);
    peers_leave(&p, y);
    peers_leave(&p, z);

    peers_done(&p);
    peers_init(&p, a, 1000, 1); /* chains: many come and go, and none is lost */
    int wrong = 0;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1000; i++) {
            struct peer_key k = {{0}};
            memcpy(k.b, &i, sizeof i);
            wrong += !peers_enter(&p, k) || peers_may(&p, k);
        }
        for (int i = 999; i >= 0; i--) {
            struct peer_key k = {{0}};
            int j = i * 7 % 1000;
            memcpy(k.b, &j, sizeof j);
            wrong += peers_may(&p, k);
            peers_leave(&p, k);
            wrong += !peers_may(&p, k);
        }
    }
    CHECK_INT(wrong, 0);
    peers_done(&p);
    arena_free(a);
    return test_end();
}
