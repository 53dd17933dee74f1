/* The update format: what the cursor reads, what is refused, and what merging, diffing and compacting make of it. */
#include "live/update.h"
#include "tests/test.h"

/* A short language for updates: hex digits, and text in quotes for its bytes; blanks and bars mean nothing. */
struct made {
    uint8_t *p; /* exact on the heap */
    size_t n;
};
static struct made make(const char *s)
{
    uint8_t b[4096];
    size_t n = 0;
    int half = -1;
    for (; *s; s++) {
        if (*s == '\'') {
            for (s++; *s != '\''; s++)
                b[n++] = (uint8_t)*s;
            continue;
        }
        if (*s == ' ' || *s == '|')
            continue;
        int d = *s <= '9' ? *s - '0' : *s - 'a' + 10;
        if (half < 0) {
            half = d;
            continue;
        }
        b[n++] = (uint8_t)(half << 4 | d);
        half = -1;
    }
    return (struct made){(uint8_t *)test_exact(b, n), n};
}
static struct bytes view(struct made m)
{
    return (struct bytes){m.p, m.n};
}

static enum err check(const char *s, const struct update_limits *limits)
{
    struct made m = make(s);
    const char *why = NULL;
    enum err e = update_check(view(m), limits, &why);
    CHECK((e == OK) == (why == NULL));
    free(m.p);
    return e;
}

/* ---- each content type */

static const char *const each[] = {
    "00 00",                                                     /* nothing */
    "01 | 01 01 00 | 04 01 01 't' 02 'ab' | 00",                 /* text at a root */
    "01 | 01 01 02 | c4 01 00 01 01 01 'X' | 00",                /* origin and right origin */
    "01 | 01 01 02 | 44 02 00 01 'X' | 00",                      /* right origin alone */
    "00 | 01 01 01 00 01",                                       /* a deletion alone */
    "01 | 01 07 00 | 00 05 | 00",                                /* GC */
    "01 | 03 01 00 | 04 01 01 't' 01 'a' | 0a 03 | 84 01 03 01 'b' | 00", /* Skip */
    "01 | 01 01 05 | 81 01 04 03 | 00",                          /* Deleted */
    "01 | 01 01 00 | 02 01 01 'a' 02 04 'null' 09 'undefined' | 00", /* JSON */
    "01 | 01 01 00 | 23 01 01 'm' 01 'k' 02 00 ff | 00",         /* Binary */
    "01 | 01 01 00 | 05 01 01 't' 07 '{\"a\":1}' | 00",          /* Embed */
    "01 | 01 01 00 | 06 01 01 't' 04 'bold' 04 'null' | 00",     /* Format */
    "01 | 01 01 00 | 07 01 01 't' 00 | 00",                      /* the types */
    "01 | 01 01 00 | 07 01 01 't' 01 | 00",
    "01 | 01 01 00 | 07 01 01 't' 02 | 00",
    "01 | 01 01 00 | 07 01 01 't' 03 01 'p' | 00",
    "01 | 01 01 00 | 07 01 01 't' 04 | 00",
    "01 | 01 01 00 | 07 01 01 't' 05 01 'h' | 00",
    "01 | 01 01 00 | 07 01 01 't' 06 | 00",
    "01 | 01 01 01 | 07 00 01 00 06 | 00",                       /* a parent by its id */
    "01 | 01 01 00 | 08 01 01 'a' 03 7e 7d 05 76 01 01 'k' 75 00 | 00", /* Any */
    "01 | 02 02 00 | 21 01 01 'm' 01 'k' 01 | a8 02 00 01 7d 02 | 01 02 01 00 01", /* an entry, its key's bit without key */
    "01 | 01 01 00 | 09 01 01 'd' 02 'id' 76 00 | 00",           /* Doc */
    "02 | 01 02 00 | 00 01 | 01 01 00 | 00 01 | 00",             /* clients downwards */
    "02 | 01 01 00 | 00 01 | 01 02 00 | 00 01 | 00",             /* and upwards */
    "00 | 02 01 01 00 01 02 02 00 01 05 01",                     /* deletions of clients upwards */
    "01 | 01 ff ff ff ff ff ff ff 0f 00 | 00 01 | 00",           /* the highest client */
    "01 | 01 00 00 | 00 01 | 00",                                /* the lowest */
    "81 00 | 81 00 81 00 80 00 | 00 81 00 | 80 00",              /* padded numbers */
};

static void t_each(void)
{
    for (size_t i = 0; i < COUNT(each); i++) {
        if (check(each[i], &update_from_client) != OK)
            printf("# %s\n", each[i]);
        CHECK_ERR(check(each[i], &update_from_client), OK);
        struct made m = make(each[i]);
        for (size_t cut = 0; cut < m.n; cut++) {
            uint8_t *p = (uint8_t *)test_exact(m.p, cut);
            enum err e = update_check((struct bytes){p, cut}, &update_from_client, NULL);
            if (e != ERR_INVALID)
                printf("# cut at %zu: %s\n", cut, each[i]);
            CHECK(e == ERR_INVALID);
            free(p);
        }
        uint8_t longer[200];
        memcpy(longer, m.p, m.n);
        longer[m.n] = 0;
        CHECK_ERR(update_check((struct bytes){longer, m.n + 1}, &update_from_client, NULL), ERR_INVALID);
        free(m.p);
    }
    CHECK_ERR(update_check((struct bytes){NULL, 0}, &update_from_client, NULL), ERR_INVALID);
}

/* ---- what the cursor says */

static void t_fields(void)
{
    struct made m = make("01 | 05 03 00 | 07 01 02 'pm' 03 09 'paragraph' | 07 00 03 00 06 | c4 03 02 03 01 02 'Hi' | 23 00 03 00 01 'k' 01 ff |"
                         "0a 09 | 01 03 02 00 01 05 02");
    struct update_in u;
    struct piece p;
    update_open(&u, view(m));
    CHECK(update_next(&u, &p) && p.kind == CONTENT_TYPE && p.client == 3 && p.clock == 0 && p.len == 1);
    CHECK(p.parent == PARENT_ROOT && str_eq(p.root, STR("pm")) && !p.has_origin && !p.has_right && !p.has_sub);
    CHECK_INT(p.content.n, 11);
    CHECK(update_next(&u, &p) && p.parent == PARENT_ID && unit_id_eq(p.parent_id, (struct unit_id){3, 0}) && p.clock == 1);
    CHECK(update_next(&u, &p) && p.kind == CONTENT_STRING && p.len == 2 && p.parent == PARENT_NONE);
    CHECK(p.has_origin && p.has_right && unit_id_eq(p.origin, (struct unit_id){3, 2}) && unit_id_eq(p.right, (struct unit_id){3, 1}));
    CHECK(update_next(&u, &p) && p.kind == CONTENT_BINARY && p.has_sub && str_eq(p.sub, STR("k")) && p.clock == 4);
    CHECK_INT(p.whole.n, 8);
    CHECK(update_next(&u, &p) && p.kind == CONTENT_SKIP && p.clock == 5 && p.len == 9);
    CHECK(!update_next(&u, &p) && u.bad == OK);
    struct ranges d = {0};
    CHECK_ERR(update_deletes(&u, &d), OK);
    CHECK(ranges_has(&d, 3, 0, 1) && ranges_has(&d, 3, 5, 2) && ranges_count(&d) == 2);
    ranges_done(&d);
    struct ranges c = {0};
    CHECK_ERR(update_ranges(view(m), &c, &d), OK);
    CHECK(ranges_count(&c) == 1 && ranges_next(&c, 3) == 5);
    ranges_done(&c);
    ranges_done(&d);
    free(m.p);
}

static void t_new(void)
{
    struct made m = make("01 | 03 01 00 | 04 01 01 't' 01 'a' | 0a 03 | 84 01 03 01 'b' | 01 01 01 00 01");
    struct ranges c = {0}, d = {0};
    bool is_new = false;
    CHECK(update_is_new(view(m), &c, &d, &is_new) == OK && is_new);
    ranges_add(&c, 1, 0, 1);
    ranges_add(&d, 1, 0, 1);
    CHECK(update_is_new(view(m), &c, &d, &is_new) == OK && is_new);
    ranges_add(&c, 1, 4, 1);
    CHECK(update_is_new(view(m), &c, &d, &is_new) == OK && !is_new); /* what the Skip covers is not asked for */
    ranges_clear(&d);
    CHECK(update_is_new(view(m), &c, &d, &is_new) == OK && is_new);
    ranges_done(&c);
    ranges_done(&d);
    free(m.p);
}

/* ---- refusals: each with a neighbour that passes */

static void t_rules(void)
{
    static const struct {
        const char *bad, *good;
    } rules[] = {
        /* numbers and text */
        {"01 | 01 80 80 80 80 80 80 80 10 00 | 00 01 | 00", "01 | 01 ff ff ff ff ff ff ff 0f 00 | 00 01 | 00"},
        {"01 | 01 01 00 | 04 01 01 't' 02 c3 28 | 00", "01 | 01 01 00 | 04 01 01 't' 02 c3 a6 | 00"},
        {"01 | 01 01 00 | 04 01 01 't' 03 ed a0 80 | 00", "01 | 01 01 00 | 04 01 01 't' 03 ed 9f bf | 00"},
        {"01 | 01 01 00 | 04 01 01 ff 01 'a' | 00", "01 | 01 01 00 | 04 01 01 00 01 'a' | 00"},
        {"01 | 01 01 00 | 21 01 01 'm' 01 ff 01 | 00", "01 | 01 01 00 | 21 01 01 'm' 01 'k' 01 | 00"},
        {"01 | 01 01 00 | 07 01 01 't' 03 01 ff | 00", "01 | 01 01 00 | 07 01 01 't' 03 01 'p' | 00"},
        {"01 | 01 01 00 | 09 01 01 'd' 01 ff 76 00 | 00", "01 | 01 01 00 | 09 01 01 'd' 01 'i' 76 00 | 00"},
        {"01 | 01 01 00 | 02 01 01 'a' 01 02 '\"' ff '\"' | 00", "01 | 01 01 00 | 02 01 01 'a' 01 02 '\"\"' | 00"},
        {"01 | 01 01 00 | 06 01 01 't' 01 ff 01 '1' | 00", "01 | 01 01 00 | 06 01 01 't' 01 'b' 01 '1' | 00"},
        /* kinds */
        {"01 | 01 01 00 | 80 01 | 00", "01 | 01 01 00 | 00 01 | 00"},
        {"01 | 01 01 00 | 2a 01 | 00", "01 | 01 01 00 | 0a 01 | 00"},
        {"01 | 01 01 00 | 0b 01 01 't' 01 | 00", "01 | 01 01 00 | 01 01 01 't' 01 | 00"},
        {"01 | 01 01 00 | 1f 01 01 't' 01 | 00", "01 | 01 01 00 | 01 01 01 't' 01 | 00"},
        {"01 | 01 01 00 | 07 01 01 't' 07 | 00", "01 | 01 01 00 | 07 01 01 't' 06 | 00"},
        {"01 | 01 01 00 | 04 02 01 't' 01 'a' | 00", "01 | 01 01 00 | 04 01 01 't' 01 'a' | 00"},
        {"01 | 01 01 00 | 08 01 01 'a' 01 73 | 00", "01 | 01 01 00 | 08 01 01 'a' 01 7f | 00"},
        /* nothing where something must be */
        {"01 | 01 01 00 | 00 00 | 00", "01 | 01 01 00 | 00 01 | 00"},
        {"01 | 02 01 00 | 0a 00 00 01 | 00", "01 | 02 01 00 | 0a 01 00 01 | 00"},
        {"01 | 01 01 00 | 01 01 01 't' 00 | 00", "01 | 01 01 00 | 01 01 01 't' 01 | 00"},
        {"01 | 01 01 00 | 04 01 01 't' 00 | 00", "01 | 01 01 00 | 04 01 01 't' 01 'a' | 00"},
        {"01 | 01 01 00 | 08 01 01 'a' 00 | 00", "01 | 01 01 00 | 08 01 01 'a' 01 7f | 00"},
        {"01 | 01 01 00 | 02 01 01 'a' 00 | 00", "01 | 01 01 00 | 02 01 01 'a' 01 01 '1' | 00"},
        {"00 | 01 01 01 05 00", "00 | 01 01 01 05 01"},
        {"00 | 01 01 00", "00 | 00"},
        {"02 | 01 02 00 | 00 01 | 00 01 00 | 00 | 00", "02 | 01 02 00 | 00 01 | 01 01 00 | 00 01 | 00"},
        /* a client twice */
        {"02 | 01 01 00 | 00 01 | 01 01 01 | 00 01 | 00", "02 | 01 02 00 | 00 01 | 01 01 01 | 00 01 | 00"},
        {"03 | 01 01 00 | 00 01 | 01 02 01 | 00 01 | 01 01 01 | 00 01 | 00", "03 | 01 01 00 | 00 01 | 01 02 01 | 00 01 | 01 03 01 | 00 01 | 00"},
        {"00 | 03 01 01 00 01 02 01 00 01 01 01 05 01", "00 | 03 01 01 00 01 02 01 00 01 03 01 05 01"},
        /* references to what its own client has not written yet */
        {"01 | 01 01 05 | 84 01 05 01 'a' | 00", "01 | 01 01 05 | 84 01 04 01 'a' | 00"},
        {"01 | 01 01 05 | 44 01 06 01 'a' | 00", "01 | 01 01 05 | 44 02 06 01 'a' | 00"},
        {"01 | 01 01 05 | 04 00 01 05 01 'a' | 00", "01 | 01 01 05 | 04 00 01 04 01 'a' | 00"},
        /* values */
        {"01 | 01 01 00 | 05 01 01 't' 02 '{]' | 00", "01 | 01 01 00 | 05 01 01 't' 02 '{}' | 00"},
        {"01 | 01 01 00 | 05 01 01 't' 09 'undefined' | 00", "01 | 01 01 00 | 05 01 01 't' 04 'null' | 00"},
        {"01 | 01 01 00 | 06 01 01 't' 01 'b' 00 | 00", "01 | 01 01 00 | 06 01 01 't' 01 'b' 01 '1' | 00"},
        {"01 | 01 01 00 | 02 01 01 'a' 01 01 'x' | 00", "01 | 01 01 00 | 02 01 01 'a' 01 01 '1' | 00"},
        {"01 | 01 01 00 | 09 01 01 'd' 01 'i' 7e | 00", "01 | 01 01 00 | 09 01 01 'd' 01 'i' 76 00 | 00"},
        {"01 | 01 01 00 | 09 01 01 'd' 01 'i' 75 00 | 00", "01 | 01 01 00 | 09 01 01 'd' 01 'i' 76 01 01 'a' 79 | 00"},
        {"01 | 01 01 00 | 08 01 01 'a' 01 76 01 09 '__proto__' 76 00 | 00", "01 | 01 01 00 | 08 01 01 'a' 01 76 01 09 '__protox_' 76 00 | 00"},
        {"01 | 01 01 00 | 05 01 01 't' 10 '{\"__proto__\":{}}' | 00", "01 | 01 01 00 | 05 01 01 't' 10 '{\"__pr0to__\":{}}' | 00"},
        {"01 | 01 01 00 | 21 01 01 'm' 09 '__proto__' 01 | 00", "01 | 01 01 00 | 21 01 01 'm' 09 '__pr0to__' 01 | 00"},
        {"01 | 01 01 00 | 06 01 01 't' 09 '__proto__' 01 '1' | 00", "01 | 01 01 00 | 06 01 01 't' 09 '__pr0to__' 01 '1' | 00"},
        {"01 | 01 01 00 | 24 01 01 'm' 01 'k' 02 'ab' | 00", "01 | 01 01 00 | 28 01 01 'm' 01 'k' 01 77 02 'ab' | 00"},
    };
    for (size_t i = 0; i < COUNT(rules); i++) {
        enum err bad = check(rules[i].bad, &update_from_client), good = check(rules[i].good, &update_from_client);
        if (bad != ERR_INVALID || good)
            printf("# %s (%s) and %s (%s)\n", rules[i].bad, err_name(bad), rules[i].good, err_name(good));
        CHECK(bad == ERR_INVALID);
        CHECK(good == OK);
    }
}

static void t_limits(void)
{
    /* counts that the rest cannot hold are not believed */
    CHECK_ERR(check("ff ff ff ff 0f | 01 01 00 | 00 01 | 00", NULL), ERR_INVALID);
    CHECK_ERR(check("01 | ff ff ff 0f 01 00 | 00 01 | 00", NULL), ERR_INVALID);
    CHECK_ERR(check("00 | ff ff ff ff 0f 01 01 00 01", NULL), ERR_INVALID);
    CHECK_ERR(check("00 | 01 01 ff ff ff ff 0f 00 01", NULL), ERR_INVALID);
    CHECK_ERR(check("01 | 01 01 00 | 08 01 01 'a' ff ff ff ff 0f 7e | 00", NULL), ERR_INVALID);
    /* the end of all clocks: 2^53 - 1 */
    CHECK_ERR(check("01 | 01 01 fe ff ff ff ff ff ff 0f | 00 01 | 00", NULL), OK);
    CHECK_ERR(check("01 | 01 01 ff ff ff ff ff ff ff 0f | 00 01 | 00", NULL), ERR_INVALID);
    CHECK_ERR(check("01 | 01 01 fe ff ff ff ff ff ff 0f | 00 02 | 00", NULL), ERR_INVALID);
    CHECK_ERR(check("00 | 01 01 01 fe ff ff ff ff ff ff 0f 01", NULL), OK);
    CHECK_ERR(check("00 | 01 01 01 fe ff ff ff ff ff ff 0f 02", NULL), ERR_INVALID);
    CHECK_ERR(check("00 | 01 01 01 01 ff ff ff ff ff ff ff 0f", NULL), ERR_INVALID);
    /* no session of a person comes to 2^31 */
    CHECK_ERR(check("01 | 01 01 00 | 00 80 80 80 80 08 | 00", &update_from_client), OK);
    CHECK_ERR(check("01 | 01 01 00 | 00 81 80 80 80 08 | 00", &update_from_client), ERR_LIMIT);
    CHECK_ERR(check("01 | 01 01 01 | 00 80 80 80 80 08 | 00", &update_from_client), ERR_LIMIT);
    CHECK_ERR(check("00 | 01 01 01 00 80 80 80 80 08", &update_from_client), OK);
    CHECK_ERR(check("00 | 01 01 01 01 80 80 80 80 08", &update_from_client), ERR_LIMIT);
    CHECK_ERR(check("00 | 01 01 01 01 80 80 80 80 08", NULL), OK);
    struct update_limits few = {.clients = 1};
    CHECK_ERR(check("02 | 01 02 00 | 00 01 | 01 01 00 | 00 01 | 00", &few), ERR_LIMIT);
    CHECK_ERR(check("01 | 01 02 00 | 00 01 | 00", &few), OK);
    CHECK_ERR(check("00 | 02 01 01 00 01 02 01 00 01", &few), ERR_LIMIT);
    struct update_limits small = {.bytes = 8};
    CHECK_ERR(check("01 | 01 02 00 | 00 01 | 00", &small), OK);
    CHECK_ERR(check("00 | 01 01 02 00 01 05 01 ", &small), OK);
    CHECK_ERR(check("00 | 01 01 02 00 01 05 81 00 ", &small), ERR_LIMIT);
    struct update_limits flat = {.depth = 1, .embed_bytes = 4};
    CHECK_ERR(check("01 | 01 01 00 | 08 01 01 'a' 01 75 01 7e | 00", &flat), OK);
    CHECK_ERR(check("01 | 01 01 00 | 08 01 01 'a' 01 75 01 75 00 | 00", &flat), ERR_INVALID);
    CHECK_ERR(check("01 | 01 01 00 | 05 01 01 't' 04 '[12]' | 00", &flat), OK);
    CHECK_ERR(check("01 | 01 01 00 | 05 01 01 't' 04 '[[]]' | 00", &flat), ERR_INVALID);
    CHECK_ERR(check("01 | 01 01 00 | 05 01 01 't' 05 '[123]' | 00", &flat), ERR_LIMIT);
    CHECK_ERR(check("01 | 01 01 00 | 06 01 01 't' 01 'b' 05 '[123]' | 00", &flat), ERR_LIMIT);
}

/* ---- merging, diffing, compacting */

static bool is_made(const struct buf *b, const char *want)
{
    struct made m = make(want);
    bool ok = b->n == m.n && memcmp(b->p, m.p, m.n) == 0;
    if (!ok) {
        printf("# got");
        for (size_t i = 0; i < b->n; i++)
            printf(" %02x", (unsigned char)b->p[i]);
        printf("\n# wanted %s\n", want);
    }
    free(m.p);
    return ok;
}

static bool merges(const char *const *in, size_t k, const char *want)
{
    struct made m[8];
    struct bytes v[8];
    for (size_t i = 0; i < k; i++) {
        m[i] = make(in[i]);
        v[i] = view(m[i]);
    }
    struct buf out = {0}, again = {0};
    bool ok = update_merge(v, k, &out) == OK && is_made(&out, want);
    struct bytes twice[2] = {{(const uint8_t *)out.p, out.n}, {(const uint8_t *)out.p, out.n}};
    ok &= update_merge(twice, 2, &again) == OK && is_made(&again, want);
    ok &= update_check(twice[0], NULL, NULL) == OK;
    buf_free(&out);
    buf_free(&again);
    for (size_t i = 0; i < k; i++)
        free(m[i].p);
    return ok;
}
#define MERGES(want, ...) CHECK(merges((const char *const[]){__VA_ARGS__}, COUNT(((const char *const[]){__VA_ARGS__})), want))

static void t_merge(void)
{
    CHECK(merges(NULL, 0, "00 00"));
    MERGES("00 00", "00 00", "00 00", "80 00 80 00");
    /* single keys become one run, whatever comes first */
    MERGES("01 | 01 01 00 | 04 01 01 't' 03 'abc' | 00", "01 | 01 01 00 | 04 01 01 't' 01 'a' | 00", "01 | 01 01 01 | 84 01 00 01 'b' | 00",
           "01 | 01 01 02 | 84 01 01 01 'c' | 00");
    MERGES("01 | 01 01 00 | 04 01 01 't' 03 'abc' | 00", "01 | 01 01 02 | 84 01 01 01 'c' | 00", "01 | 01 01 00 | 04 01 01 't' 01 'a' | 00",
           "01 | 01 01 01 | 84 01 00 01 'b' | 00", "01 | 01 01 00 | 04 01 01 't' 01 'a' | 00");
    /* the same right neighbour joins, another does not, nor does another left one */
    MERGES("01 | 01 01 02 | c4 01 00 01 01 02 'XY' | 00", "01 | 01 01 02 | c4 01 00 01 01 01 'X' | 00", "01 | 01 01 03 | c4 01 02 01 01 01 'Y' | 00");
    MERGES("01 | 02 01 02 | c4 01 00 01 01 01 'X' | c4 01 02 02 01 01 'Y' | 00", "01 | 01 01 02 | c4 01 00 01 01 01 'X' | 00",
           "01 | 01 01 03 | c4 01 02 02 01 01 'Y' | 00");
    MERGES("01 | 02 01 02 | c4 01 00 01 01 01 'X' | 84 01 02 01 'Y' | 00", "01 | 01 01 02 | c4 01 00 01 01 01 'X' | 00", "01 | 01 01 03 | 84 01 02 01 'Y' | 00");
    MERGES("01 | 02 01 02 | 84 01 00 01 'X' | 84 01 01 01 'Y' | 00", "01 | 01 01 02 | 84 01 00 01 'X' | 00", "01 | 01 01 03 | 84 01 01 01 'Y' | 00");
    /* lists of values stay apart; embeds too */
    MERGES("01 | 02 01 00 | 08 01 01 'a' 01 7e | 88 01 00 01 7f | 00", "01 | 01 01 00 | 08 01 01 'a' 01 7e | 00", "01 | 01 01 01 | 88 01 00 01 7f | 00");
    /* deleted runs and GC join; GC and deleted do not */
    MERGES("01 | 01 01 00 | 01 01 01 't' 05 | 00", "01 | 01 01 00 | 01 01 01 't' 02 | 00", "01 | 01 01 02 | 81 01 01 03 | 00");
    MERGES("01 | 01 01 00 | 00 05 | 00", "01 | 01 01 00 | 00 02 | 00", "01 | 01 01 02 | 00 03 | 00");
    MERGES("01 | 02 01 00 | 00 02 | 81 01 01 03 | 00", "01 | 01 01 00 | 00 02 | 00", "01 | 01 01 02 | 81 01 01 03 | 00");
    /* gaps: none is written before the first or behind the last piece */
    MERGES("01 | 03 01 00 | 04 01 01 't' 02 'aa' | 0a 03 | 84 01 04 01 'c' | 00", "01 | 01 01 00 | 04 01 01 't' 02 'aa' | 00", "01 | 01 01 05 | 84 01 04 01 'c' | 00");
    MERGES("01 | 01 01 00 | 04 01 01 't' 06 'aabbbc' | 00", "01 | 03 01 00 | 04 01 01 't' 02 'aa' | 0a 03 | 84 01 04 01 'c' | 00",
           "01 | 01 01 02 | 84 01 01 03 'bbb' | 00");
    MERGES("01 | 01 01 02 | 00 01 | 00", "01 | 03 01 00 | 0a 02 | 00 01 | 0a 01 | 00", "01 | 01 02 00 | 0a 05 | 00");
    /* overlapping: cut where the first ends, within a value list, within a pair */
    MERGES("01 | 01 01 00 | 04 01 01 't' 05 'abcde' | 00", "01 | 01 01 00 | 04 01 01 't' 03 'abc' | 00", "01 | 01 01 01 | 84 01 00 04 'bcde' | 00");
    MERGES("01 | 02 01 00 | 08 01 01 'a' 02 7d 01 7d 02 | 88 01 01 01 7d 03 | 00", "01 | 01 01 00 | 08 01 01 'a' 02 7d 01 7d 02 | 00",
           "01 | 01 01 01 | 88 01 00 02 7d 02 7d 03 | 00");
    MERGES("01 | 02 01 00 | 02 01 01 'a' 02 01 '1' 01 '2' | 82 01 01 01 01 '3' | 00", "01 | 01 01 00 | 02 01 01 'a' 02 01 '1' 01 '2' | 00",
           "01 | 01 01 01 | 82 01 00 02 01 '2' 01 '3' | 00");
    MERGES("01 | 02 01 00 | 00 02 | 84 01 01 05 efbfbd 'ab' | 00", "01 | 01 01 00 | 00 02 | 00", "01 | 01 01 01 | 84 01 00 06 f09f9880 'ab' | 00");
    /* the piece that begins first wins, of two the earlier input's */
    MERGES("01 | 01 01 00 | 00 02 | 00", "01 | 01 01 00 | 00 02 | 00", "01 | 01 01 00 | 04 01 01 't' 02 'ab' | 00");
    MERGES("01 | 01 01 00 | 04 01 01 't' 02 'ab' | 00", "01 | 01 01 00 | 04 01 01 't' 02 'ab' | 00", "01 | 01 01 00 | 00 02 | 00");
    MERGES("01 | 01 01 00 | 04 01 01 't' 02 'ab' | 00", "01 | 01 01 01 | 00 01 | 00", "01 | 01 01 00 | 04 01 01 't' 02 'ab' | 00");
    /* clients descend, whatever order they came in; deletions are one set */
    MERGES("03 | 01 03 00 | 00 01 | 01 02 00 | 00 01 | 01 01 00 | 00 01 | 00", "02 | 01 01 00 | 00 01 | 01 03 00 | 00 01 | 00", "01 | 01 02 00 | 00 01 | 00");
    MERGES("00 | 02 02 01 00 02 | 01 02 00 03 05 02", "00 | 01 01 02 00 01 06 01", "00 | 02 02 02 00 01 01 01 | 01 02 01 02 05 01");
}

static bool diffs(const char *in, const char *sv, const char *want)
{
    struct made m = make(in), v = make(sv);
    struct ranges known = {0};
    struct buf out = {0};
    bool ok = sv_read(view(v), 10, &known) == OK && update_diff(view(m), &known, &out) == OK && is_made(&out, want);
    ranges_done(&known);
    buf_free(&out);
    free(m.p);
    free(v.p);
    return ok;
}

static void t_diff(void)
{
    static const char state[] = "01 | 03 01 00 | 01 01 01 't' 01 | 84 01 00 01 'b' | c4 01 00 01 01 01 'X' | 01 01 01 00 01";
    CHECK(diffs(state, "00", state));
    CHECK(diffs(state, "01 02 05", state));
    CHECK(diffs(state, "01 01 00", state));
    CHECK(diffs(state, "01 01 01", "01 | 02 01 01 | 84 01 00 01 'b' | c4 01 00 01 01 01 'X' | 01 01 01 00 01"));
    CHECK(diffs(state, "01 01 03", "00 | 01 01 01 00 01"));
    CHECK(diffs(state, "01 01 09", "00 | 01 01 01 00 01"));
    static const char pair[] = "01 | 01 01 00 | 04 01 01 't' 06 'a' f09f9880 'b' | 00";
    CHECK(diffs(pair, "01 01 01", "01 | 01 01 01 | 84 01 00 05 f09f9880 'b' | 00"));
    CHECK(diffs(pair, "01 01 02", "01 | 01 01 02 | 84 01 01 04 efbfbd 'b' | 00"));
    CHECK(diffs(pair, "01 01 03", "01 | 01 01 03 | 84 01 02 01 'b' | 00"));
    static const char gap[] = "02 | 04 03 00 | 00 02 | 0a 03 | 00 01 | 0a 02 | 01 01 00 | 00 01 | 00";
    CHECK(diffs(gap, "00", "02 | 03 03 00 | 00 02 | 0a 03 | 00 01 | 01 01 00 | 00 01 | 00"));
    CHECK(diffs(gap, "01 03 02", "02 | 01 03 05 | 00 01 | 01 01 00 | 00 01 | 00"));
    CHECK(diffs(gap, "01 03 04", "02 | 01 03 05 | 00 01 | 01 01 00 | 00 01 | 00"));
    CHECK(diffs(gap, "02 03 06 01 01", "00 00"));
}

static bool compacts(const char *in, const char *want)
{
    struct made m = make(in);
    struct buf out = {0}, again = {0};
    bool ok = update_compact(view(m), &out) == OK && is_made(&out, want);
    ok &= update_compact((struct bytes){(const uint8_t *)out.p, out.n}, &again) == OK && is_made(&again, want);
    buf_free(&out);
    buf_free(&again);
    free(m.p);
    return ok;
}

static void t_compact(void)
{
    CHECK(compacts("00 00", "00 00"));
    CHECK(compacts("01 | 01 01 00 | 04 01 01 't' 05 'abcde' | 00", "01 | 01 01 00 | 04 01 01 't' 05 'abcde' | 00"));
    CHECK(compacts("01 | 01 01 00 | 04 01 01 't' 05 'abcde' | 01 01 01 00 05", "01 | 01 01 00 | 01 01 01 't' 05 | 01 01 01 00 05"));
    CHECK(compacts("01 | 01 01 00 | c4 02 00 02 01 05 'abcde' | 01 01 02 01 01 03 01",
                   "01 | 05 01 00 | c4 02 00 02 01 01 'a' | c1 01 00 02 01 01 | c4 01 01 02 01 01 'c' | c1 01 02 02 01 01 | c4 01 03 02 01 01 'e' |"
                   "01 01 02 01 01 03 01"));
    /* a pair that is half deleted */
    CHECK(compacts("01 | 01 01 00 | 04 01 01 't' 06 'a' f09f9880 'b' | 01 01 01 02 01",
                   "01 | 03 01 00 | 04 01 01 't' 04 'a' efbfbd | 81 01 01 01 | 84 01 02 01 'b' | 01 01 01 02 01"));
    /* an entry keeps its key */
    CHECK(compacts("01 | 02 02 00 | 28 01 01 'm' 01 'k' 01 7d 01 | a8 02 00 01 7d 02 | 01 02 01 00 01",
                   "01 | 02 02 00 | 21 01 01 'm' 01 'k' 01 | a8 02 00 01 7d 02 | 01 02 01 00 01"));
    /* a type goes, its children stay and are the reader's to drop */
    CHECK(compacts("01 | 02 03 00 | 07 01 01 't' 03 01 'p' | 07 00 03 00 06 | 01 03 01 00 01", "01 | 02 03 00 | 01 01 01 't' 01 | 07 00 03 00 06 | 01 03 01 00 01"));
    /* GC stays, and so does a gap; deletions of what is not here stay too */
    CHECK(compacts("01 | 03 01 00 | 00 02 | 0a 03 | 84 01 04 01 'c' | 01 01 01 00 20", "01 | 03 01 00 | 00 02 | 0a 03 | 81 01 04 01 | 01 01 01 00 20"));
}

static void t_sv(void)
{
    struct made m = make("03 03 05 02 00 01 02");
    struct ranges r = {0};
    struct buf out = {0};
    CHECK_ERR(sv_read(view(m), 3, &r), OK);
    CHECK(ranges_next(&r, 3) == 5 && ranges_next(&r, 2) == 0 && ranges_next(&r, 1) == 2 && r.n == 2);
    ranges_add(&r, 7, 4, 4);
    sv_write(&r, &out);
    CHECK(is_made(&out, "02 03 05 01 02"));
    ranges_clear(&r);
    CHECK_ERR(sv_read(view(m), 2, &r), ERR_LIMIT);
    for (size_t cut = 0; cut < m.n; cut++) {
        uint8_t *p = (uint8_t *)test_exact(m.p, cut);
        CHECK_ERR(sv_read((struct bytes){p, cut}, 3, &r), ERR_INVALID);
        ranges_clear(&r);
        free(p);
    }
    free(m.p);
    static const char *const bad[] = {"01 01 01 00", "02 01 01 01 02", "ff ff ff ff 0f 01 01", "01 01 80 80 80 80 80 80 80 10"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        m = make(bad[i]);
        CHECK_ERR(sv_read(view(m), 1000, &r), ERR_INVALID);
        ranges_clear(&r);
        free(m.p);
    }
    ranges_done(&r);
    buf_free(&out);
}

static void t_empty_and_full(void)
{
    struct made m = make("00 00"), padded = make("80 00 80 00"), skip = make("01 | 01 01 00 | 0a 01 | 00"), cut = make("00");
    CHECK(update_is_empty(view(m)) && update_is_empty(view(padded)) && !update_is_empty(view(skip)) && !update_is_empty(view(cut)));
    struct made text = make("01 | 01 01 00 | 04 01 01 't' 02 'ab' | 00");
    struct bytes v[2] = {view(text), view(text)};
    struct buf tight = {.max = text.n}, small = {.max = text.n - 1};
    CHECK_ERR(update_merge(v, 2, &tight), OK);
    CHECK_ERR(update_merge(v, 2, &small), ERR_LIMIT);
    v[1] = view(cut);
    buf_clear(&tight);
    CHECK_ERR(update_merge(v, 2, &tight), ERR_INVALID);
    CHECK_INT(tight.n, 0);
    buf_free(&tight);
    buf_free(&small);
    free(m.p);
    free(padded.p);
    free(skip.p);
    free(cut.p);
    free(text.p);
}

/* Worst orders: deletions downwards, k updates that all overlap, gaps filled one by one. What is quadratic does not end here. */
static void t_worst(void)
{
    enum { N = 60000 };
    struct buf b = {0};
    buf_byte(&b, 0);
    buf_byte(&b, 1);
    buf_byte(&b, 1);
    lib0_put_uint(&b, N);
    for (uint64_t i = N; i > 0; i--) {
        lib0_put_uint(&b, 2 * i);
        lib0_put_uint(&b, 1);
    }
    struct bytes deletions = {(const uint8_t *)b.p, b.n};
    struct ranges c = {0}, d = {0};
    CHECK_ERR(update_check(deletions, &update_from_client, NULL), OK);
    CHECK_ERR(update_ranges(deletions, &c, &d), OK);
    CHECK_INT(ranges_count(&d), N);
    ranges_done(&d);
    struct bytes *all = calloc(N, sizeof *all);
    struct buf bytes = {0}, out = {0};
    if (!all)
        abort();
    for (uint64_t i = 0; i < N; i++) {
        size_t at = bytes.n;
        buf_add(&bytes, "\x01\x01\x01", 3);
        lib0_put_uint(&bytes, i);
        buf_byte(&bytes, 0);
        lib0_put_uint(&bytes, 2 * N - i);
        buf_byte(&bytes, 0);
        all[i].n = bytes.n - at;
    }
    for (size_t i = 0, at = 0; i < N; at += all[i].n, i++)
        all[i].p = (const uint8_t *)bytes.p + at;
    CHECK_ERR(update_merge(all, N, &out), OK);
    CHECK_ERR(update_ranges((struct bytes){(const uint8_t *)out.p, out.n}, &c, &d), OK);
    CHECK(ranges_count(&c) == 1 && ranges_next(&c, 1) == 2 * N);
    ranges_done(&c);
    free(all);
    buf_free(&b);
    buf_free(&bytes);
    buf_free(&out);
}

int main(void)
{
    t_each();
    t_fields();
    t_new();
    t_rules();
    t_limits();
    t_merge();
    t_diff();
    t_compact();
    t_sv();
    t_empty_and_full();
    t_worst();
    return test_end();
}
