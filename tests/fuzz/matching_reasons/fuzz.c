/* Property: whatever stands in the database, at most MATCHING_REASONS_MAX reasons come out, each of a known code with sane points; each
 * can be said in every language; and written and read again they are the same. */
#include "base/buf.h"
#include "domain/matching.h"
#include "text/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(16 << 20);
    struct matching_reason *r, *again;
    size_t n = matching_reasons_read(a, (struct str){(const char *)data, size}, &r);
    must(n <= MATCHING_REASONS_MAX);
    for (size_t i = 0; i < n; i++) {
        must((int)r[i].code >= 0 && r[i].code < MATCHING_CODE_N && r[i].points >= 0 && r[i].points <= 1000 && r[i].of >= 0);
        must(r[i].text.n == 0 || (r[i].text.p >= (const char *)data && r[i].text.p + r[i].text.n <= (const char *)data + size));
        struct say s = matching_say(&r[i]);
        for (int l = 0; l < LANG_N; l++)
            must(text_say(a, (enum lang)l, &s).n > 0);
    }
    struct str stored = matching_reasons_write(a, r, n);
    must(matching_reasons_read(a, stored, &again) == n);
    for (size_t i = 0; i < n; i++) {
        must(r[i].code == again[i].code && r[i].points == again[i].points && r[i].of == again[i].of);
        must(r[i].a == again[i].a && r[i].b == again[i].b && r[i].by_mentor == again[i].by_mentor);
        for (size_t k = 0, m = 0; k < r[i].text.n; k++) /* but for the marks that divide */
            if (!memchr(":;", r[i].text.p[k], 2))
                must(m < again[i].text.n && again[i].text.p[m++] == r[i].text.p[k]);
    }
    return 0;
}
