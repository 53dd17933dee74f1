/* Who is here: y-protocols' rules, and what a server must add to them. */
#include "live/awareness.h"
#include "live/lib0.h"
#include "tests/test.h"

static struct buf msg, relay, back;
static size_t n_relay, n_back;
static bool is_first; /* of the next speaker */

struct said {
    uint64_t client, clock;
    const char *state;
};
static struct bytes message(const struct said *v, size_t n)
{
    buf_clear(&msg);
    lib0_put_uint(&msg, n);
    for (size_t i = 0; i < n; i++) {
        lib0_put_uint(&msg, v[i].client);
        lib0_put_uint(&msg, v[i].clock);
        lib0_put_str(&msg, str_c(v[i].state));
    }
    return (struct bytes){(const uint8_t *)msg.p, msg.n};
}
static enum err take(struct awareness *t, uint64_t connection, int64_t account, int64_t now, struct said s)
{
    struct speaker who = {connection, account, STR("Amal"), is_first};
    buf_clear(&relay);
    buf_clear(&back);
    n_relay = n_back = 0;
    return awareness_take(t, message(&s, 1), &who, now, &relay, &n_relay, &back, &n_back);
}
/* The first entry of what was relayed. */
static bool is_entry(const struct buf *b, uint64_t client, uint64_t clock, const char *state)
{
    struct lib0_in in = {(const uint8_t *)b->p, (const uint8_t *)b->p + b->n};
    uint64_t c, k;
    struct str s;
    return lib0_uint(&in, &c) && lib0_uint(&in, &k) && lib0_text(&in, &s) && c == client && k == clock && str_is(s, state);
}

static void order_of_clocks(void)
{
    struct awareness t = {0};
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 0, "{}"}), OK);
    CHECK_INT(n_relay, 0); /* the clock of an unknown client counts as 0 */
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 1, "{}"}), OK);
    CHECK_INT(n_relay, 1);
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 1, "{\"a\":1}"}), OK);
    CHECK_INT(n_relay, 0);
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 2, "{\"a\":1}"}), OK);
    CHECK(n_relay == 1 && is_entry(&relay, 5, 2, "{\"a\":1}"));
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 2, "null"}), OK);
    CHECK(n_relay == 1 && is_entry(&relay, 5, 2, "null"));
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){9, 3, "null"}), OK);
    CHECK_INT(n_relay, 0); /* somebody never heard of is gone: no news */
    awareness_done(&t);
}

static void names(void)
{
    struct awareness t = {0};
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 1, "{\"user\":{\"name\":\"Kongen\",\"color\":\"#123456\"}}"}), OK);
    CHECK(is_entry(&relay, 5, 1, "{\"user\":{\"name\":\"Amal\",\"color\":\"#123456\"}}"));
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 2, "{\"user\":{}}"}), OK);
    CHECK(is_entry(&relay, 5, 2, "{\"user\":{\"name\":\"Amal\"}}"));
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 3, "{\"x\":0}"}), OK);
    CHECK(is_entry(&relay, 5, 3, "{\"x\":0}")); /* nothing claimed, nothing changed */
    awareness_done(&t);
}

static size_t leave(struct awareness *t, uint64_t connection)
{
    size_t n = 0;
    buf_clear(&relay);
    awareness_leave(t, connection, 0, &relay, &n);
    return n;
}

static void others_ids(void)
{
    struct awareness t = {0};
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 1, "{}"}), OK);
    CHECK_ERR(take(&t, 2, 20, 0, (struct said){5, 2, "{}"}), OK); /* no fault, and no effect */
    CHECK(n_relay == 0 && n_back == 0 && t.v[0].clock == 1);
    CHECK_ERR(take(&t, 2, 20, 0, (struct said){5, 2, "null"}), OK);
    CHECK(n_relay == 0 && t.v[0].state);
    CHECK_ERR(take(&t, 3, 10, 0, (struct said){5, 2, "{}"}), OK); /* the same person on a new connection */
    CHECK_INT(leave(&t, 1), 0); /* the old connection speaks for it no more */
    CHECK(leave(&t, 3) == 1 && is_entry(&relay, 5, 2, "null")); /* with the clock unchanged */
    CHECK_ERR(take(&t, 2, 20, 0, (struct said){5, 3, "{}"}), OK); /* who takes it now would lock out the one who comes again */
    CHECK(n_relay == 0 && !t.v[0].state);
    CHECK_ERR(take(&t, 4, 10, 0, (struct said){5, 3, "{}"}), OK);
    awareness_done(&t);
}

/* y-websocket sends back all it hears, and what it thinks has ended. */
static void echoes(void)
{
    struct awareness t = {0};
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 3, "{\"a\":1}"}), OK);
    for (int account = 10; account <= 20; account += 10) { /* the same person in a second window, and another */
        CHECK_ERR(take(&t, 2, account, 0, (struct said){5, 3, "{\"a\":1}"}), OK);
        CHECK(n_relay == 0 && n_back == 0);
        CHECK_ERR(take(&t, 2, account, 0, (struct said){5, 2, "{}"}), OK);
        CHECK(n_relay == 0 && n_back == 0);
        CHECK_ERR(take(&t, 2, account, 0, (struct said){5, 3, "null"}), OK);
        CHECK(n_relay == 0 && n_back == 0);
        CHECK_INT(leave(&t, 2), 0);
    }
    CHECK_INT(leave(&t, 1), 1); /* it is the first one's still */
    CHECK_ERR(take(&t, 2, 20, 0, (struct said){5, 3, "{\"a\":1}"}), OK); /* an echo that comes late */
    CHECK(n_relay == 0 && n_back == 0);
    awareness_done(&t);
}

/* The new connection is there before the old one is known to be dead. */
static void overtakes(void)
{
    struct awareness t = {0};
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 3, "{}"}), OK);
    is_first = true;
    CHECK_ERR(take(&t, 2, 10, 0, (struct said){5, 3, "{}"}), OK);
    CHECK(n_relay == 0 && n_back == 0);
    CHECK_ERR(take(&t, 3, 20, 0, (struct said){5, 3, "{}"}), OK); /* not another person's */
    is_first = false;
    CHECK_INT(leave(&t, 1), 0);
    CHECK_INT(leave(&t, 3), 0);
    CHECK_INT(leave(&t, 2), 1);
    awareness_done(&t);
}

static void comes_again(void)
{
    struct awareness t = {0};
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 7, "{}"}), OK);
    size_t n = 0;
    awareness_leave(&t, 1, 0, &relay, &n);
    CHECK_ERR(take(&t, 2, 10, 0, (struct said){5, 7, "{}"}), OK);
    CHECK_INT(n_relay, 0);
    CHECK(n_back == 1 && is_entry(&back, 5, 7, "null")); /* so that it counts on and says it again */
    CHECK_ERR(take(&t, 2, 10, 0, (struct said){5, 8, "{}"}), OK);
    CHECK(n_relay == 1 && n_back == 0);
    awareness_done(&t);
}

static void time_passes(void)
{
    struct awareness t = {0};
    size_t n = 0;
    CHECK_ERR(take(&t, 1, 10, 1000, (struct said){5, 1, "{}"}), OK);
    buf_clear(&relay);
    awareness_expire(&t, 1000 + AWARENESS_EXPIRE_MS, &relay, &n);
    CHECK_INT(n, 0);
    awareness_expire(&t, 1001 + AWARENESS_EXPIRE_MS, &relay, &n);
    CHECK_INT(n, 1);
    CHECK_INT(t.n, 1); /* its clock is remembered for a while */
    awareness_expire(&t, 1001 + AWARENESS_EXPIRE_MS + 3600000, &relay, &n);
    CHECK_INT(t.n, 0);
    awareness_done(&t);
}

static void hostile(void)
{
    struct awareness t = {0};
    struct speaker who = {1, 10, STR("Amal"), false};
    static char big[AWARENESS_STATE_MAX + 3];
    memset(big, ' ', sizeof big - 1);
    big[0] = '1';
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 1, big}), ERR_LIMIT);
    big[AWARENESS_STATE_MAX] = '\0';
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){5, 1, big}), OK);
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){6, 1, "{"}), ERR_INVALID);
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){6, 1, ""}), ERR_INVALID);
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){6, ((uint64_t)1 << 32) + 1, "{}"}), ERR_INVALID);
    CHECK_ERR(take(&t, 1, 10, 0, (struct said){6, (uint64_t)1 << 32, "{}"}), OK);
    struct said many[AWARENESS_ENTRIES_MAX + 1];
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = (struct said){100 + i, 1, "{}"};
    n_relay = n_back = 0;
    CHECK_ERR(awareness_take(&t, message(many, COUNT(many)), &who, 0, &relay, &n_relay, &back, &n_back), ERR_LIMIT);
    CHECK_INT(n_relay, 0);
    CHECK_ERR(awareness_take(&t, message(many, COUNT(many) - 1), &who, 0, &relay, &n_relay, &back, &n_back), OK);
    CHECK_INT(n_relay, AWARENESS_ENTRIES_MAX);
    struct bytes m = message(many, 3);
    for (size_t cut = 0; cut < m.n; cut++) {
        uint8_t *exact = malloc(cut + 1);
        memcpy(exact, m.p, cut);
        exact = realloc(exact, cut ? cut : 1);
        CHECK(awareness_take(&t, (struct bytes){exact, cut}, &who, 0, &relay, &n_relay, &back, &n_back) != OK);
        free(exact);
    }
    enum err e = OK;
    size_t took = 0;
    for (uint64_t id = 1000; !e && took < 2 * AWARENESS_TABLE_MAX; id++, took++)
        e = take(&t, 1, 10, 0, (struct said){id, 1, "{}"});
    CHECK_ERR(e, ERR_LIMIT);
    CHECK_INT(t.n, AWARENESS_ACCOUNT_MAX);
    CHECK_ERR(take(&t, 2, 20, 0, (struct said){9000, 1, "{}"}), OK); /* there is room for others */
    awareness_done(&t);
}

/* ---- two servers */

static uint64_t spoken_for; /* *back of the last */
static enum err hear(struct awareness *t, int64_t server, int64_t now, struct word_presence e)
{
    buf_clear(&relay);
    n_relay = 0;
    return awareness_hear(t, &e, server, now, &relay, &n_relay, &spoken_for);
}

/* What one server is told goes to the other; how many entries. */
static size_t carry(struct awareness *from, int64_t server, struct awareness *to, int64_t now)
{
    struct buf words = {0};
    struct word_presence e;
    size_t n = 0;
    CHECK(!awareness_tell(from, 7000, &words));
    struct str rest = buf_view(&words);
    for (; word_presence(&rest, &e); n++)
        CHECK_ERR(hear(to, server, now, e), OK);
    CHECK_INT(rest.n, 0);
    buf_free(&words);
    return n;
}

static void servers(void)
{
    struct awareness one = {0}, two = {0};
    CHECK_ERR(take(&one, 1, 10, 1000, (struct said){5, 1, "{\"a\":1}"}), OK);
    CHECK(one.untold && carry(&one, 1, &two, 1000) == 1 && !one.untold);
    CHECK(n_relay == 1 && is_entry(&relay, 5, 1, "{\"a\":1}"));
    CHECK(!two.untold && carry(&two, 2, &one, 1000) == 0); /* it is not told of what it said */
    CHECK_INT(carry(&one, 1, &two, 1000), 0);              /* nor twice */
    awareness_tell_all(&one);
    CHECK(carry(&one, 1, &two, 2000) == 1 && n_relay == 0); /* again is no news, but they are still there */
    buf_clear(&relay);
    n_relay = 0;
    awareness_expire(&two, 1000 + AWARENESS_EXPIRE_MS + 1, &relay, &n_relay);
    CHECK_INT(n_relay, 0);
    awareness_expire(&two, 2000 + AWARENESS_EXPIRE_MS + 1, &relay, &n_relay);
    CHECK(n_relay == 1 && is_entry(&relay, 5, 1, "null") && !two.untold); /* that server said nothing for long */
    awareness_done(&one);
    awareness_done(&two);
}

/* Somebody goes on with the other server before the first has noticed. */
static void moves(void)
{
    struct awareness one = {0}, two = {0};
    CHECK_ERR(take(&one, 1, 10, 1000, (struct said){5, 3, "{}"}), OK);
    carry(&one, 1, &two, 1000);
    is_first = true;
    CHECK_ERR(take(&two, 9, 10, 1100, (struct said){5, 3, "{}"}), OK);
    is_first = false;
    CHECK(two.v[0].by == 9 && carry(&two, 2, &one, 1100) == 1);
    buf_clear(&relay);
    n_relay = 0;
    awareness_leave(&one, 1, 1200, &relay, &n_relay); /* the dead line is noticed */
    CHECK(n_relay == 0 && one.v[0].state);
    /* The other order: it is said to be gone, and the one who speaks for it hears so. */
    CHECK_ERR(hear(&two, 1, 1300, (struct word_presence){10, 5, 3, STR("null")}), OK);
    CHECK(n_relay == 0 && spoken_for == 9 && two.v[0].state);
    CHECK_ERR(hear(&two, 1, 1300, (struct word_presence){10, 5, 2, STR("null")}), OK);
    CHECK(n_relay == 0 && spoken_for == 0);
    awareness_done(&one);
    awareness_done(&two);
}

static void what_servers_cannot_say(void)
{
    struct awareness t = {0};
    CHECK_ERR(take(&t, 1, 10, 1000, (struct said){5, 3, "{}"}), OK);
    CHECK_ERR(hear(&t, 2, 1000, (struct word_presence){11, 5, 9, STR("{\"x\":1}")}), OK); /* another account's client */
    CHECK(n_relay == 0 && t.v[0].by == 1 && t.v[0].clock == 3);
    CHECK_ERR(hear(&t, 2, 1000, (struct word_presence){11, 6, 1, STR("{\"x\":")}), ERR_INVALID);
    CHECK_ERR(hear(&t, 2, 1000, (struct word_presence){11, 6, 0, STR("{}")}), ERR_INVALID);
    CHECK_ERR(hear(&t, 2, 1000, (struct word_presence){11, 6, (uint64_t)1 << 40, STR("{}")}), ERR_INVALID);
    CHECK_ERR(hear(&t, 2, 1000, (struct word_presence){11, 6, 1, STR("null")}), OK);
    CHECK(t.n == 1 && n_relay == 0); /* nobody knew of it */
    enum err e = OK;
    for (uint64_t i = 0; i < AWARENESS_TABLE_MAX && !e; i++)
        e = hear(&t, 2, 1000, (struct word_presence){11, 100 + i, 1, STR("{}")});
    CHECK(e == ERR_LIMIT && t.n == AWARENESS_TABLE_MAX);
    buf_clear(&relay);
    n_relay = 0;
    awareness_leave(&t, AWARENESS_SERVER | 2, 2000, &relay, &n_relay); /* that server is gone, with all who were there */
    CHECK(n_relay == AWARENESS_TABLE_MAX - 1 && t.v[0].state);
    awareness_done(&t);
}

/* More than one word holds. */
static void in_portions(void)
{
    struct awareness t = {0};
    struct buf words = {0};
    struct word_presence e;
    char big[2100];
    size_t n = 0, portions = 0;
    memset(big, '1', sizeof big);
    snprintf(big, sizeof big, "\"%02000d\"", 0);
    for (uint64_t i = 0; i < 10; i++) {
        CHECK_ERR(take(&t, 1, 10, 1000, (struct said){50 + i, 1, big}), OK);
    }
    for (bool more = true; more; portions++) {
        buf_clear(&words);
        more = awareness_tell(&t, 7000, &words);
        CHECK(words.n <= 7000);
        struct str rest = buf_view(&words);
        while (word_presence(&rest, &e))
            n++;
    }
    CHECK(n == 10 && portions == 4);
    buf_free(&words);
    awareness_done(&t);
}

int main(void)
{
    order_of_clocks();
    names();
    others_ids();
    echoes();
    overtakes();
    comes_again();
    time_passes();
    hostile();
    servers();
    moves();
    what_servers_cannot_say();
    in_portions();
    buf_free(&msg);
    buf_free(&relay);
    buf_free(&back);
    return test_end();
}
