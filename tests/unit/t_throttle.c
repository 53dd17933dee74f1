/* How long to wait after failed logins (domain/throttle.h), and what counts as one network (service/login.h). The aim is read from two
 * sides: what a guesser can try in a day, and how long the wrong person has to wait. */
#include "domain/throttle.h"
#include "service/login.h"
#include "service/login_rules.h"
#include "tests/test.h"

/* A wait that was noted while the clock was ahead is over; so is a session that was used then. */
static void t_clock(void)
{
    enum { NOW = 1000000000, HOUR = 3600000 };
    CHECK_INT(throttle_left_ms(NOW + 5000, NOW - 1000, NOW), 5000);
    CHECK_INT(throttle_left_ms(NOW - 1, NOW - 1000, NOW), 0);
    CHECK_INT(throttle_left_ms(0, 0, NOW), 0);
    CHECK_INT(throttle_left_ms(NOW + 35000, NOW + 30000, NOW), 35000); /* set back by half a minute */
    CHECK_INT(throttle_left_ms(NOW + HOUR + 5000, NOW + HOUR, NOW), 0);
    struct session_row s = {.id = 1, .role = STR("trainee"), .seen_at = NOW};
    CHECK(login_alive(&s, NOW));
    CHECK(!login_alive(&s, NOW + INT64_C(24) * HOUR));
    s.seen_at = NOW + 60000;
    CHECK(login_alive(&s, NOW));
    s.seen_at = NOW + HOUR;
    CHECK(!login_alive(&s, NOW));
}

static void t_delay(void)
{
    static const struct {
        enum throttle_kind kind;
        int64_t failures, wait_ms;
        const char *why;
    } cases[] = {
        {THROTTLE_PAIR, 0, 0, "nothing happened"},
        {THROTTLE_PAIR, 5, 0, "five slips are free"},
        {THROTTLE_PAIR, 6, 1000, "then a second"},
        {THROTTLE_PAIR, 7, 2000, "doubling"},
        {THROTTLE_PAIR, 10, 16000, "doubling on"},
        {THROTTLE_PAIR, 15, 512000, "the last below the ceiling"},
        {THROTTLE_PAIR, 16, 900000, "never over a quarter of an hour"},
        {THROTTLE_PAIR, INT64_MAX, 900000, "however many"},
        {THROTTLE_ACCOUNT, 50, 0, "strangers everywhere together have fifty"},
        {THROTTLE_ACCOUNT, 51, 1000, "then a second"},
        {THROTTLE_ACCOUNT, 1000000, 60000, "but the owner on a new device never waits over a minute"},
        {THROTTLE_NETWORK, 30, 0, "a school's computer room mistypes"},
        {THROTTLE_NETWORK, 31, 1000, "then a second"},
        {THROTTLE_NETWORK, 1000, 300000, "never over five minutes for the others there"},
        {THROTTLE_DEVICE, 10, 0, "the own device has ten"},
        {THROTTLE_DEVICE, 11, 1000, "then a second"},
        {THROTTLE_FACTOR, 20, 0, "twenty wrong one-time codes from anywhere"},
        {THROTTLE_FACTOR, 21, 1000, "then a second"},
        {THROTTLE_FACTOR, 1000, 600000, "never over ten minutes for the owner on a new device"},
        {THROTTLE_ASK, 3, 0, "three mails are free"},
        {THROTTLE_ASK, 4, 60000, "then a minute"},
        {THROTTLE_ASK, 1000, 3600000, "never over an hour"},
        {THROTTLE_DEVICE, 1000, 900000, "a stolen one guesses slowly too"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t got = throttle_delay_ms(cases[i].kind, cases[i].failures);
        if (got != cases[i].wait_ms)
            printf("# %s: %lld\n", cases[i].why, (long long)got);
        CHECK(got == cases[i].wait_ms);
    }
    for (enum throttle_kind k = 0; k < THROTTLE_N; k++)
        for (int64_t n = 0; n < 100; n++)
            if (throttle_delay_ms(k, n + 1) < throttle_delay_ms(k, n))
                test_check(false, "one more failure never makes the wait shorter", __FILE__, __LINE__);
}

static void t_remembered(void)
{
    enum { MINUTE = 60000, DAY = 86400000 };
    static const struct {
        enum throttle_kind kind;
        int64_t failures, since_ms, count;
        const char *why;
    } cases[] = {
        {THROTTLE_PAIR, 7, 0, 7, "just now"},
        {THROTTLE_PAIR, 7, DAY, 7, "kept for a day"},
        {THROTTLE_PAIR, 7, DAY + 1, 0, "then forgotten"},
        {THROTTLE_ACCOUNT, 60, 20 * MINUTE, 60, "waiting between the guesses does not help a guesser"},
        {THROTTLE_DEVICE, 11, 20 * MINUTE, 11, "nor here"},
        {THROTTLE_NETWORK, 30, MINUTE, 30, "a minute is too short"},
        {THROTTLE_NETWORK, 30, 2 * MINUTE, 29, "every two minutes one of the many is forgotten"},
        {THROTTLE_NETWORK, 30, 40 * MINUTE, 10, "so lunch clears most of it"},
        {THROTTLE_NETWORK, 3, 40 * MINUTE, 0, "never below none"},
        {THROTTLE_NETWORK, 3, -5, 3, "a clock that went back changes nothing"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t got = throttle_remembered(cases[i].kind, cases[i].failures, cases[i].since_ms);
        if (got != cases[i].count)
            printf("# %s: %lld\n", cases[i].why, (long long)got);
        CHECK(got == cases[i].count);
    }
}

/* Somebody who tries as soon as he may, for a day. */
static int64_t tries_in_a_day(enum throttle_kind kind)
{
    int64_t now = 0, last = 0, failures = 0, tries = 0;
    while (now < 86400000) {
        failures = throttle_remembered(kind, failures, now - last) + 1;
        last = now;
        tries++;
        int64_t wait = throttle_delay_ms(kind, failures);
        now += wait > 100 ? wait : 100; /* a try takes its time */
    }
    return tries;
}

static void t_guesser(void)
{
    CHECK(tries_in_a_day(THROTTLE_PAIR) < 120);    /* one account from one place */
    CHECK(tries_in_a_day(THROTTLE_ACCOUNT) < 1600); /* one account from the whole world */
    CHECK(tries_in_a_day(THROTTLE_NETWORK) < 1000); /* all accounts from one place */
    CHECK(tries_in_a_day(THROTTLE_DEVICE) < 130);
}

/* Two hundred people behind one address, each hour thirty slips between them: a new device there is never kept waiting. */
static void t_school(void)
{
    int64_t now = 0, last = 0, failures = 0, longest = 0;
    for (; now < 86400000; now += 120000) {
        failures = throttle_remembered(THROTTLE_NETWORK, failures, now - last) + 1;
        last = now;
        int64_t wait = throttle_delay_ms(THROTTLE_NETWORK, failures);
        longest = wait > longest ? wait : longest;
    }
    CHECK_INT(longest, 0);
}

static void t_network(struct arena *a)
{
    static const struct {
        const char *one, *other;
        bool same;
    } cases[] = {
        {"192.0.2.1", "192.0.2.254", true},
        {"192.0.2.1", "192.0.3.1", false},
        {"::ffff:192.0.2.1", "192.0.2.7", true}, /* IPv4 written as IPv6 */
        {"2001:db8:0:ab12::1", "2001:db8:0:abff::1", true}, /* a household's /56 */
        {"2001:db8:0:ab12::1", "2001:db8:0:ac12::1", false},
        {"2001:db8:0:12::1", "2001:db8:0:13::1", true}, /* short groups are not fewer bits */
        {"2001:db8::1", "2001:db8::2", true},           /* nor are left-out ones */
        {"2001:db8::1", "2001:db8:0:1::5", true},
        {"2001:db8::1", "2001:db9::1", false},
        {"::1", "127.0.0.1", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool same = str_eq(login_network(a, str_c(cases[i].one)), login_network(a, str_c(cases[i].other)));
        if (same != cases[i].same)
            printf("# %s and %s\n", cases[i].one, cases[i].other);
        CHECK(same == cases[i].same);
    }
    CHECK_STR(login_network(a, STR("")), "");
    CHECK_STR(login_network(a, STR("unix")), "unix");
}

int main(void)
{
    struct arena *a = arena_new(1 << 20);
    t_clock();
    t_delay();
    t_remembered();
    t_guesser();
    t_school();
    t_network(a);
    arena_free(a);
    return test_end();
}
