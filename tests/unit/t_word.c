/* What servers say to each other: what is written is read, and what anybody else may say does nothing. */
#include "live/word.h"
#include "tests/test.h"

static void writes_and_reads(void)
{
    static const struct {
        struct word w;
        const char *text;
    } cases[] = {
        {{.kind = WORD_OPEN, .server = 1, .document = 7}, "o 1 7"},
        {{.kind = WORD_CHANGED, .server = 268435456, .document = INT64_MAX}, "c 268435456 9223372036854775807"},
        {{.kind = WORD_CLOSED, .server = 3, .document = 1}, "x 3 1"},
        {{.kind = WORD_GONE, .server = 12}, "g 12"},
        {{.kind = WORD_NEWS, .server = 0, .document = 0, .what = 1}, "n 0 0 1"},
        {{.kind = WORD_NEWS, .server = 0, .document = 9, .what = 7}, "n 0 9 7"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf b = {0};
        struct word got = {0};
        word_write(&b, &cases[i].w);
        CHECK(str_is(buf_view(&b), cases[i].text));
        CHECK(word_read(buf_view(&b), &got));
        CHECK(got.kind == cases[i].w.kind && got.server == cases[i].w.server && got.document == cases[i].w.document &&
              got.what == cases[i].w.what && got.rest.n == 0);
        /* Cut, it is another word or none; with something behind it none. */
        buf_byte(&b, ' ');
        CHECK(!word_read(buf_view(&b), &got));
        buf_free(&b);
    }
}

static void lists(void)
{
    struct buf b = {0};
    struct word w;
    int64_t document = 0;
    word_write(&b, &(struct word){.kind = WORD_STORED, .server = 2, .row = 55});
    CHECK(!word_read(buf_view(&b), &w)); /* of no document */
    for (int64_t i = 1; i <= 3; i++)
        word_add_document(&b, i * 1000);
    CHECK(word_read(buf_view(&b), &w) && w.row == 55 && w.server == 2);
    for (int64_t i = 1; i <= 3; i++)
        CHECK(word_document(&w.rest, &document) && document == i * 1000);
    CHECK(!word_document(&w.rest, &document));
    buf_free(&b);
}

static void presences(void)
{
    static const char *const state[] = {"{\"user\":{\"name\":\"\303\205se\"}}", "null", "\"to\\nlinjer\"", "[\n1]"};
    struct buf b = {0};
    struct word w;
    struct word_presence p;
    word_write(&b, &(struct word){.kind = WORD_PRESENCE, .server = 2, .document = 8});
    for (size_t i = 0; i < COUNT(state); i++)
        word_add_presence(&b, &(struct word_presence){10 + (int64_t)i, 20 + i, 30 + i, str_c(state[i])});
    CHECK(word_read(buf_view(&b), &w) && w.document == 8);
    for (size_t i = 0; i < COUNT(state); i++) {
        CHECK(word_presence(&w.rest, &p));
        CHECK(p.account == 10 + (int64_t)i && p.client == 20 + i && p.clock == 30 + i && str_is(p.state, state[i]));
    }
    CHECK(!word_presence(&w.rest, &p) && w.rest.n == 0);
    buf_free(&b);
}

static void strangers(void)
{
    static const char *const none[] = {
        "", "o", "o ", "o 1", "o 1 ", "o 0 7", "o -1 7", "o 1 -7", "o 1 0", "o 1 7x", "o  1 7", " o 1 7", "O 1 7", "o 1 9223372036854775808",
        "o 268435457 1", "o 99999999999999999999 1", "g", "g 0", "g 1 1", "n 1 1", "n 1 1 0", "n 1 1 8", "n 1 1 1 1", "n 1 -1 1", "j 1 1", "j 1 0 1",
        "j 1 1x", "p 1 1", "p 1 1 {}", "p 1 0\n", "\377 1 1", "q 1 1", "hello", "{\"kind\":\"o\"}",
    };
    struct word w = {.server = 77};
    for (size_t i = 0; i < COUNT(none); i++) {
        bool is = word_read(str_c(none[i]), &w);
        if (is)
            printf("# %s\n", none[i]);
        CHECK(!is && w.server == 77);
    }
    CHECK(!word_read((struct str){"o 1 7\0", 6}, &w));
    CHECK(word_read(STR("o 1 7"), &w)); /* control */
}

static void strange_rest(void)
{
    static const char *const none[] = {"", " ", " x", " 0", "1", " 1x", " -1", "\n1 2 3 4 null"};
    static const char *const nobody[] = {
        "", "\n", "\n1 2 3", "\n1 2 3 4", "\n1 2 3 5 null", "\n0 2 3 4 null", "\n1 -2 3 4 null", "\n1 2 -3 4 null", "\n1 2 3 0 ", "\n1 2 3 8001 null",
        "\n1 9007199254740992 3 4 null", "\n1 2 3 4null", "1 2 3 4 null", "\n1 2 3 2 \377\377",
    };
    int64_t document;
    struct word_presence p;
    for (size_t i = 0; i < COUNT(none); i++) {
        struct str rest = str_c(none[i]);
        CHECK(!word_document(&rest, &document) && rest.n == strlen(none[i]));
    }
    for (size_t i = 0; i < COUNT(nobody); i++) {
        struct str rest = str_c(nobody[i]);
        CHECK(!word_presence(&rest, &p) && rest.n == strlen(nobody[i]));
    }
    struct str good = STR("\n1 9007199254740991 3 4 null");
    CHECK(word_presence(&good, &p) && p.client == 9007199254740991u); /* control */
}

int main(void)
{
    writes_and_reads();
    lists();
    presences();
    strangers();
    strange_rest();
    return test_end();
}
