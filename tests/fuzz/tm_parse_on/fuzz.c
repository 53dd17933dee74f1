/* Property: a date that is taken lies in 1900-2199, exists, and comes out of tm_iso as the same date; a time of day that is
 * taken lies within the day; what is refused leaves the output alone. */
#include "base/tm.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(4096);
    struct str s = {(const char *)data, size};
    int on = -12345678, again = 0, hour = -1, minute = -1;
    if (tm_parse_on(s, &on)) {
        struct tm_ymd d = tm_ymd(on);
        must(size >= 8 && size <= 10 && d.year >= 1900 && d.year <= 2199);
        must(tm_exists(d.year, d.month, d.day) && tm_on(d.year, d.month, d.day) == on);
        must(on == 0 || (tm_parse_on(tm_iso(a, on), &again) && again == on));
    } else {
        must(on == -12345678);
    }
    if (tm_parse_hm(s, &hour, &minute))
        must(size >= 4 && size <= 5 && hour >= 0 && hour < 24 && minute >= 0 && minute < 60);
    else
        must(hour == -1 && minute == -1);
    return 0;
}
