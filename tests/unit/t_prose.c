/* What needs no editor to be shown; tests/live/doc_prose.mjs puts the editor's own binding beside it. */
#include "domain/rich.h"
#include "live/lib0.h"
#include "live/prose.h"
#include "tests/test.h"

static struct arena *a;

static struct bytes written(const struct rich *doc, uint64_t client)
{
    struct buf b = {0};
    CHECK_ERR(prose_write(doc, client, &b), OK);
    struct str s = arena_str(a, buf_view(&b));
    buf_free(&b);
    CHECK_ERR(update_check((struct bytes){(const uint8_t *)s.p, s.n}, &update_from_client, NULL), OK);
    return (struct bytes){(const uint8_t *)s.p, s.n};
}

static struct str markup(const struct bytes *u, size_t n)
{
    struct rich *doc;
    struct buf b = {0};
    enum err e = prose_read(a, u, n, &doc);
    if (e)
        return arena_fmt(a, "error %s", err_name(e));
    rich_to_markup(doc, &b);
    struct str s = arena_str(a, buf_view(&b));
    buf_free(&b);
    return s;
}

static void test_round_trip(void)
{
    static const char text[] = "# Søknad\n\nHei **fet *begge*** مرحبا 😀\nny linje\n\n- en\n- to\n  1. inni\n\n> sitat\n\n|= A |= B |\n| c | d |\n\n---\n";
    struct bytes u = written(rich_from_markup(a, str_c(text)), 7);
    CHECK_STR(markup(&u, 1), text);
    struct bytes again = written(rich_from_markup(a, str_c(text)), 7), twice[2] = {u, again};
    CHECK(u.n == again.n && memcmp(u.p, again.p, u.n) == 0);
    CHECK_STR(markup(twice, 2), text); /* sent twice it stands there once */
    CHECK_STR(markup(&u, 0), "");
}

static void test_replace(void)
{
    struct bytes u[3] = {written(rich_from_markup(a, STR("gammel tekst\n\n- punkt")), 7)};
    struct buf b = {0};
    CHECK_ERR(prose_replace(a, u, 1, rich_from_markup(a, STR("ny")), 7, &b), ERR_CONFLICT);
    CHECK_ERR(prose_replace(a, u, 1, rich_from_markup(a, STR("ny")), 8, &b), OK);
    u[1] = (struct bytes){(const uint8_t *)b.p, b.n};
    CHECK_STR(markup(u, 2), "ny\n");
    struct bytes back[2] = {u[1], u[0]};
    CHECK_STR(markup(back, 2), "ny\n");
    struct buf c = {0};
    CHECK_ERR(prose_replace(a, u, 2, rich_from_markup(a, STR("nyest")), 9, &c), OK);
    u[2] = (struct bytes){(const uint8_t *)c.p, c.n};
    CHECK_STR(markup(u, 3), "nyest\n");
    struct buf compact = {0}, all = {0}; /* what was replaced is gone from the compacted document */
    CHECK_ERR(update_merge(u, 3, &all), OK);
    CHECK(memmem(all.p, all.n, "gammel", 6));
    CHECK_ERR(update_compact((struct bytes){(const uint8_t *)all.p, all.n}, &compact), OK);
    CHECK(!memmem(compact.p, compact.n, "gammel", 6) && memmem(compact.p, compact.n, "nyest", 5));
    buf_free(&b);
    buf_free(&c);
    buf_free(&compact);
    buf_free(&all);
}

static void test_marks(void)
{
    struct rich *doc = rich_new(a, RICH_DOC), *p = rich_add(doc, rich_new(a, RICH_PARAGRAPH)), *got;
    rich_run(a, p, STR("to"), &(struct rich){.comment = STR("c2 c1"), .marks = RICH_UNDERLINE});
    rich_run(a, p, STR("en"), &(struct rich){.comment = STR("c1"), .href = STR("https://example.org/å")});
    rich_run(a, p, STR("ut"), &(struct rich){.href = STR("javascript:alert(1)")});
    rich_run(a, p, STR("ny"), &(struct rich){.marks = RICH_INSERTED, .suggestion = STR("s1"), .author = STR("Ola \"Å\"")});
    p->align = RICH_CENTER;
    struct bytes u = written(doc, 7);
    CHECK_ERR(prose_read(a, &u, 1, &got), OK);
    const struct rich *r = got->first->first;
    CHECK(got->first->align == RICH_CENTER);
    CHECK(r->marks == RICH_UNDERLINE && (str_is(r->comment, "c1 c2") || str_is(r->comment, "c2 c1")));
    r = r->next;
    CHECK(r->marks == 0 && str_is(r->comment, "c1") && str_is(r->href, "https://example.org/å"));
    r = r->next;
    CHECK(str_is(r->text, "ut") && !r->href.n && !r->comment.n);
    r = r->next;
    CHECK(r->marks == RICH_INSERTED && str_is(r->suggestion, "s1") && str_is(r->author, "Ola \"Å\"") && !r->next);
    struct str *ids;
    size_t n;
    CHECK_ERR(prose_comments(a, got, &ids, &n), OK);
    CHECK(n == 2 && !str_eq(ids[0], ids[1]));
}

/* Elements written by hand: client 1, each with its name, the first child of the one before or the next of the one before. */
struct hand {
    struct buf b;
    unsigned n;
};

static void element(struct hand *h, const char *name, int parent, int left)
{
    buf_byte(&h->b, (char)(left >= 0 ? 0x87 : 0x07));
    if (left < 0 && parent < 0) {
        lib0_put_uint(&h->b, 1);
        lib0_put_str(&h->b, STR(PROSE_ROOT));
    } else {
        if (left < 0)
            lib0_put_uint(&h->b, 0);
        lib0_put_uint(&h->b, 1);
        lib0_put_uint(&h->b, (uint64_t)(left >= 0 ? left : parent));
    }
    lib0_put_uint(&h->b, name ? 3 : 6);
    if (name)
        lib0_put_str(&h->b, str_c(name));
    h->n++;
}

static void text(struct hand *h, int parent, const char *s)
{
    buf_byte(&h->b, 0x04);
    lib0_put_uint(&h->b, 0);
    lib0_put_uint(&h->b, 1);
    lib0_put_uint(&h->b, (uint64_t)parent);
    lib0_put_str(&h->b, str_c(s));
    h->n++;
}

static struct bytes by_hand(struct hand *h)
{
    struct buf all = {0};
    lib0_put_uint(&all, 1);
    lib0_put_uint(&all, h->n);
    lib0_put_uint(&all, 1);
    lib0_put_uint(&all, 0);
    buf_str(&all, buf_view(&h->b));
    lib0_put_uint(&all, 0);
    struct str s = arena_str(a, buf_view(&all));
    buf_free(&all);
    buf_free(&h->b);
    return (struct bytes){(const uint8_t *)s.p, s.n};
}

/* What is not of the schema shows its text, and stands where it can. */
static void test_foreign(void)
{
    struct hand h = {0};
    element(&h, "gallery", -1, -1);  /* 0: unknown, with a paragraph in it */
    element(&h, "paragraph", 0, -1); /* 1 */
    element(&h, NULL, 1, -1);        /* 2 */
    text(&h, 2, "a");                /* 3 */
    element(&h, "bullet_list", -1, 0); /* 4: a paragraph right in a list */
    element(&h, "paragraph", 4, -1);   /* 5 */
    element(&h, NULL, 5, -1);          /* 6 */
    text(&h, 6, "b");                  /* 7 */
    element(&h, "list_item", -1, 4);   /* 8: an item without a list */
    element(&h, NULL, 8, -1);          /* 9: text right in it */
    text(&h, 9, "\x01");               /* 10: and that a control character */
    element(&h, "table", -1, 8);       /* 11: text right in a table */
    element(&h, NULL, 11, -1);         /* 12 */
    text(&h, 12, "c\td\ne");           /* 13.. */
    struct bytes u = by_hand(&h);
    CHECK_ERR(update_check(u, &update_from_client, NULL), OK);
    CHECK_STR(markup(&u, 1), "a\n\n- b\n\n| c d e |\n");
}

static void test_deep(void)
{
    struct hand h = {0};
    for (int i = 0; i < 300; i++)
        element(&h, "blockquote", i - 1, -1);
    struct bytes u = by_hand(&h);
    struct rich *doc;
    CHECK_ERR(prose_read(a, &u, 1, &doc), OK);
    int depth = 0;
    for (const struct rich *r = doc; r; r = r->first)
        depth++;
    CHECK(depth > 10 && depth <= RICH_DEPTH_MAX);
}

int main(void)
{
    static void (*const tests[])(void) = {test_round_trip, test_replace, test_marks, test_foreign, test_deep};
    for (size_t i = 0; i < COUNT(tests); i++) {
        a = arena_new(PROSE_ARENA_MAX);
        tests[i]();
        arena_free(a);
    }
    return test_end();
}
