/* The first byte says how many arguments there are, then lines: each argument, and last the pattern. Property: text_fmt puts arguments
 * in as a byte-by-byte reading of the pattern says, each as it is ("{2}" inside an argument is not read again), whatever a translator
 * wrote; a placeholder without argument stays as it stands. */
#include "base/buf.h"
#include "text/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    CLEANUP(arena_freep) struct arena *a = arena_new(64 << 20);
    struct str args[9], rest = {(const char *)data + 1, size - 1};
    size_t n = data[0] % 10;
    for (size_t i = 0; i < n; i++)
        args[i] = str_cut(&rest, '\n');
    if (size > 8192 || str_find(rest, '\0') >= 0)
        return 0;
    struct buf want = {0};
    for (size_t i = 0; i < rest.n; i++) {
        size_t k = i + 2 < rest.n && rest.p[i] == '{' && rest.p[i + 2] == '}' ? (size_t)(unsigned char)rest.p[i + 1] - '1' : n;
        if (k < n) {
            buf_str(&want, args[k]);
            i += 2;
        } else {
            buf_byte(&want, rest.p[i]);
        }
    }
    if (want.bad || !str_eq(text_fmt(a, arena_cstr(a, rest), args, n), buf_view(&want)))
        abort();
    buf_free(&want);
    return 0;
}
