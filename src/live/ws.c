#include "live/ws.h"
#include "base/utf8.h"

#include <gnutls/crypto.h>
#include <sodium.h>

enum ws_got ws_read(const uint8_t *p, size_t n, size_t max, struct ws_frame *f)
{
    f->head = 0;
    if (n < 2)
        return WS_MORE;
    unsigned op = p[0] & 0x0f, short_n = p[1] & 0x7f;
    bool fin = (p[0] & 0x80) != 0, control = (op & 0x08) != 0, masked = (p[1] & 0x80) != 0;
    if ((p[0] & 0x70) || (op > WS_BINARY && op < WS_CLOSE) || op > WS_PONG)
        return WS_BROKEN;
    if (!masked || (control && (!fin || short_n > 125)))
        return WS_BROKEN;
    size_t wide = short_n == 126 ? 2 : short_n == 127 ? 8 : 0, head = 2 + wide + 4;
    if (n < head)
        return WS_MORE;
    uint64_t len = wide ? 0 : short_n;
    for (size_t i = 0; i < wide; i++)
        len = len << 8 | p[2 + i];
    if ((wide == 2 && len < 126) || (wide == 8 && (len < 65536 || len >> 63)))
        return WS_BROKEN; /* the shortest form only (RFC 6455, 5.2) */
    if (len > max)
        return WS_HUGE;
    *f = (struct ws_frame){.fin = fin, .op = (enum ws_op)op, .head = head, .n = (size_t)len};
    memcpy(f->mask, p + 2 + wide, 4);
    return n - head < len ? WS_MORE : WS_FRAME;
}

void ws_unmask(uint8_t *p, size_t n, const uint8_t mask[4])
{
    uint8_t eight[8];
    memcpy(eight, mask, 4);
    memcpy(eight + 4, mask, 4);
    uint64_t m, v;
    memcpy(&m, eight, 8);
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        memcpy(&v, p + i, 8);
        v ^= m;
        memcpy(p + i, &v, 8);
    }
    for (; i < n; i++)
        p[i] ^= mask[i & 3];
}

size_t ws_head(uint8_t out[WS_HEAD_MAX], enum ws_op op, size_t n)
{
    out[0] = (uint8_t)(0x80 | op);
    if (n < 126) {
        out[1] = (uint8_t)n;
        return 2;
    }
    size_t wide = n < 65536 ? 2 : 8;
    out[1] = wide == 2 ? 126 : 127;
    for (size_t i = 0; i < wide; i++)
        out[2 + i] = (uint8_t)((uint64_t)n >> (8 * (wide - 1 - i)));
    return 2 + wide;
}

bool ws_close_ok(const uint8_t *p, size_t n)
{
    if (n == 0)
        return true;
    if (n < 2)
        return false;
    unsigned code = (unsigned)(p[0] << 8 | p[1]);
    bool known = (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006) || (code >= 3000 && code <= 4999);
    return known && utf8_valid((struct str){(const char *)p + 2, n - 2});
}

enum err ws_accept(struct arena *a, struct str key, struct str *out)
{
    static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; /* RFC 6455, 1.3 */
    uint8_t raw[18], sum[20];
    size_t n;
    if (key.n != 24 || sodium_base642bin(raw, sizeof raw, key.p, key.n, NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL) || n != 16)
        return ERR_INVALID;
    struct str text = arena_fmt(a, "%.*s%s", STR_FMT(key), guid);
    if (gnutls_hash_fast(GNUTLS_DIG_SHA1, text.p, text.n, sum) < 0)
        return ERR_INTERNAL;
    char *b64 = arena_alloc(a, 29);
    sodium_bin2base64(b64, 29, sum, sizeof sum, sodium_base64_VARIANT_ORIGINAL);
    *out = (struct str){b64, 28};
    return OK;
}
