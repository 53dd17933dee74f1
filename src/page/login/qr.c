#include "page/login/qr.h"
#include "base/buf.h"

#include <qrencode.h>

enum { QUIET = 4 };

enum err qr_make(struct arena *a, struct str text, struct qr *out)
{
    QRcode *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
    if (!code)
        return ERR_LIMIT;
    CLEANUP(buf_free) struct buf b = {.max = 65536};
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++) {
            int run = 0;
            while (x + run < code->width && (code->data[y * code->width + x + run] & 1))
                run++;
            if (run) {
                buf_str(&b, arena_fmt(a, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run));
                x += run;
            }
        }
    }
    struct qr made = {.side = code->width + 2 * QUIET, .path = arena_str(a, buf_view(&b))};
    enum err e = b.bad ? ERR_LIMIT : OK;
    QRcode_free(code);
    if (!e)
        *out = made;
    return e;
}
