/* Bytes as a socket gives them, cut anywhere. Properties: what is said of a beginning is never taken back when more comes (broken and huge
 * stay so, a frame stays the same frame, a known head stays); a frame lies within the bytes and within the limit; unmasking twice gives the
 * bytes back; the head of our own frames, masked, is read as what was written. */
#include "live/ws.h"

#include <stdlib.h>

enum { MAX = 70000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

/* With nothing after the bytes that could be read by mistake. */
static enum ws_got read_alone(const uint8_t *p, size_t n, struct ws_frame *f)
{
    uint8_t *alone = malloc(n ? n : 1);
    if (n)
        memcpy(alone, p, n);
    enum ws_got got = ws_read(alone, n, MAX, f);
    free(alone);
    return got;
}

static void must_go_on(enum ws_got before, const struct ws_frame *was, enum ws_got got, const struct ws_frame *f)
{
    if (before != WS_MORE)
        must(got == before);
    if (before == WS_FRAME || (before == WS_MORE && was->head))
        must((got == WS_MORE || got == WS_FRAME) && f->head == was->head && f->n == was->n && f->op == was->op && f->fin == was->fin);
}

static void beginnings(const uint8_t *p, size_t size)
{
    struct ws_frame was, f;
    enum ws_got before = read_alone(p, 0, &was);
    must(before == WS_MORE && was.head == 0);
    for (size_t n = 1; n <= size; n += n < 32 || n + 64 >= size ? 1 : 61) {
        enum ws_got got = read_alone(p, n, &f);
        must_go_on(before, &was, got, &f);
        must(got != WS_FRAME || (f.head + f.n <= n && f.n <= MAX));
        must(got != WS_MORE || f.head == 0 || f.head + f.n > n);
        before = got;
        was = f;
    }
}

static void payload(const uint8_t *p, const struct ws_frame *f)
{
    uint8_t head[WS_HEAD_MAX], back[WS_HEAD_MAX + 4] = {0}, *twice = malloc(f->n + 1);
    struct ws_frame again;
    if (f->n)
        memcpy(twice, p, f->n);
    ws_unmask(twice, f->n, f->mask);
    if (ws_close_ok(twice, f->n))
        must(f->n == 0 || f->n >= 2);
    ws_unmask(twice, f->n, f->mask);
    must(f->n == 0 || !memcmp(twice, p, f->n));
    free(twice);
    size_t n = ws_head(head, f->op, f->n);
    must(n <= WS_HEAD_MAX);
    memcpy(back, head, n);
    back[1] |= 0x80;
    must(ws_read(back, n + 4, MAX, &again) == (f->n ? WS_MORE : WS_FRAME) && again.n == f->n && again.op == f->op && again.head == n + 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ws_frame f;
    size_t at = 0;
    beginnings(data, size);
    while (ws_read(data + at, size - at, MAX, &f) == WS_FRAME) {
        payload(data + at + f.head, &f);
        at += f.head + f.n;
        must(at <= size);
    }
    return 0;
}
