/* WebSocket frames: RFC 6455 section 5, and the example handshake of section 1.3. */
#include "live/ws.h"
#include "tests/test.h"

struct frame_case {
    const char *why;
    uint8_t in[20];
    size_t n;
    enum ws_got want;
    size_t payload;
};
static const struct frame_case cases[] = {
    {"nothing yet", {0}, 0, WS_MORE, 0},
    {"one byte", {0x82}, 1, WS_MORE, 0},
    {"head without mask", {0x82, 0x81, 1, 2}, 4, WS_MORE, 0},
    {"one byte of payload", {0x82, 0x81, 1, 2, 3, 4, 9}, 7, WS_FRAME, 1},
    {"empty", {0x82, 0x80, 1, 2, 3, 4}, 6, WS_FRAME, 0},
    {"payload missing", {0x82, 0x82, 1, 2, 3, 4, 9}, 7, WS_MORE, 0},
    {"not masked", {0x82, 0x01, 9}, 3, WS_BROKEN, 0},
    {"reserved bit", {0xc2, 0x81, 1, 2, 3, 4, 9}, 7, WS_BROKEN, 0},
    {"reserved data opcode 3", {0x83, 0x81, 1, 2, 3, 4, 9}, 7, WS_BROKEN, 0},
    {"reserved control opcode 11", {0x8b, 0x81, 1, 2, 3, 4, 9}, 7, WS_BROKEN, 0},
    {"ping", {0x89, 0x80, 1, 2, 3, 4}, 6, WS_FRAME, 0},
    {"ping in pieces", {0x09, 0x80, 1, 2, 3, 4}, 6, WS_BROKEN, 0},
    {"ping of 126", {0x89, 0xfe, 0, 126, 1, 2, 3, 4}, 8, WS_BROKEN, 0},
    {"two bytes of length", {0x82, 0xfe, 0, 126, 1, 2, 3, 4}, 8, WS_MORE, 0},
    {"two bytes of length for 125", {0x82, 0xfe, 0, 125, 1, 2, 3, 4}, 8, WS_BROKEN, 0},
    {"eight bytes of length for 65535", {0x82, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4}, 14, WS_BROKEN, 0},
    {"eight bytes of length for 65536", {0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3, 4}, 14, WS_MORE, 0},
    {"over the limit", {0x82, 0xff, 0, 0, 0, 0, 0, 2, 0, 0, 1, 2, 3, 4}, 14, WS_HUGE, 0},
    {"highest bit of the length", {0x82, 0xff, 0x80, 0, 0, 0, 0, 2, 0, 0, 1, 2, 3, 4}, 14, WS_BROKEN, 0},
    {"continuation", {0x80, 0x81, 1, 2, 3, 4, 9}, 7, WS_FRAME, 1},
    {"text is a frame too", {0x81, 0x81, 1, 2, 3, 4, 9}, 7, WS_FRAME, 1},
};

static void frames(void)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct frame_case *c = &cases[i];
        uint8_t *exact = malloc(c->n + (c->n == 0)); /* so that a read past the end is seen */
        memcpy(exact, c->in, c->n);
        struct ws_frame f;
        enum ws_got got = ws_read(exact, c->n, 65536, &f);
        if (got != c->want)
            printf("# %s\n", c->why);
        CHECK(got == c->want);
        if (got == WS_FRAME)
            CHECK_INT(f.n, c->payload);
        free(exact);
    }
}

static void heads(void)
{
    static const size_t sizes[] = {0, 1, 125, 126, 127, 65535, 65536, 1 << 20};
    static const size_t want[] = {2, 2, 2, 4, 4, 4, 10, 10};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        uint8_t head[WS_HEAD_MAX + 4] = {0}, masked[WS_HEAD_MAX + 4];
        size_t n = ws_head(head, WS_BINARY, sizes[i]);
        CHECK_INT(n, want[i]);
        memcpy(masked, head, sizeof head);
        masked[1] |= 0x80; /* as a client would send it */
        struct ws_frame f;
        CHECK(ws_read(masked, n + 4, 1 << 20, &f) == (sizes[i] ? WS_MORE : WS_FRAME));
        CHECK(f.head == n + 4 && f.n == sizes[i] && f.fin && f.op == WS_BINARY);
    }
}

static void masks(void)
{
    for (size_t n = 0; n < 40; n++) {
        uint8_t data[40], want[40];
        const uint8_t mask[4] = {0x11, 0x22, 0x44, 0x88};
        for (size_t i = 0; i < n; i++) {
            data[i] = (uint8_t)(i * 7);
            want[i] = (uint8_t)(data[i] ^ mask[i % 4]);
        }
        ws_unmask(data, n, mask);
        CHECK(memcmp(data, want, n) == 0);
    }
}

static void closing(void)
{
    CHECK(ws_close_ok(NULL, 0));
    CHECK(!ws_close_ok((const uint8_t *)"\x03", 1));
    CHECK(ws_close_ok((const uint8_t *)"\x03\xe8", 2));
    CHECK(!ws_close_ok((const uint8_t *)"\x03\xed", 2)); /* 1005 is never sent */
    CHECK(!ws_close_ok((const uint8_t *)"\x00\x01", 2));
    CHECK(ws_close_ok((const uint8_t *)"\x11\x94", 2)); /* 4500 */
    CHECK(ws_close_ok((const uint8_t *)"\x03\xe8hei", 5));
    CHECK(!ws_close_ok((const uint8_t *)"\x03\xe8\xff", 3));
}

int main(void)
{
    struct arena *a = arena_new(1 << 20);
    struct str out;
    frames();
    heads();
    masks();
    closing();
    CHECK_ERR(ws_accept(a, STR("dGhlIHNhbXBsZSBub25jZQ=="), &out), OK);
    CHECK_STR(out, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    CHECK_ERR(ws_accept(a, STR("dGhlIHNhbXBsZSBub25jZ"), &out), ERR_INVALID);
    CHECK_ERR(ws_accept(a, STR("AAAA"), &out), ERR_INVALID);
    CHECK_ERR(ws_accept(a, STR("!!!!!!!!!!!!!!!!!!!!!!=="), &out), ERR_INVALID);
    arena_free(a);
    return test_end();
}
