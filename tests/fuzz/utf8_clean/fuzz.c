/* Property: utf8_clean takes exactly what utf8_valid takes; what comes out is valid, not longer, has no control characters (but
 * line breaks and tabs where they are allowed), and cleaning it again changes nothing. Folding and the two other encodings give
 * valid text too, whatever goes in; folding twice is folding once. */
#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void clean(struct arena *a, struct str s, bool lines)
{
    struct str once = {0}, twice = {0};
    enum err e = utf8_clean(a, s, lines, &once);
    must((e == OK) == utf8_valid(s));
    if (e)
        return;
    must(utf8_valid(once) && once.n <= s.n);
    for (size_t i = 0; i < once.n; i++) {
        unsigned char c = (unsigned char)once.p[i];
        must(c >= 0x20 || (lines && (c == '\n' || c == '\t')));
        must(c != 0x7F);
    }
    must(utf8_clean(a, once, lines, &twice) == OK && str_eq(once, twice));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(64 << 20);
    struct str s = {(const char *)data, size}, out;
    clean(a, s, true);
    clean(a, s, false);
    must(utf8_valid(utf8_from_cp1252(a, s)));
    must(utf8_from_utf16(a, s, true, &out) != OK || utf8_valid(out));
    must(utf8_from_utf16(a, s, false, &out) != OK || utf8_valid(out));
    struct str folded = utf8_fold(a, s);
    must(utf8_valid(folded) && str_eq(folded, utf8_fold(a, folded)));
    size_t n = 0;
    for (struct str rest = s; rest.n; n++)
        utf8_next(&rest);
    must(!utf8_valid(s) || n == utf8_count(s));
    return 0;
}
