/* sort.c: sorting by ICU's collators. */
#include "base/log.h"
#include "text/text.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unicode/ucol.h>

/* Opened when first needed, kept for good: opening costs a millisecond and some memory, and a server that never sorts Arabic never
 * loads its rules. Comparing does not change a collator, so all threads share one. */
static _Atomic(UCollator *) collator[LANG_N];
static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;

static UCollator *collator_of(enum lang lang)
{
    UCollator *c = atomic_load_explicit(&collator[lang], memory_order_acquire);
    if (c)
        return c;
    pthread_mutex_lock(&opening);
    c = atomic_load_explicit(&collator[lang], memory_order_relaxed);
    if (!c) {
        UErrorCode bad = U_ZERO_ERROR;
        c = ucol_open(lang_info[lang].code, &bad);
        if (U_FAILURE(bad)) {
            log_bug("ICU has no collator");
            c = NULL;
        }
        atomic_store_explicit(&collator[lang], c, memory_order_release);
    }
    pthread_mutex_unlock(&opening);
    return c;
}

struct order {
    const UCollator *collator; /* NULL: by bytes, better than nothing */
    size_t at;
};
static int compare(const void *pa, const void *pb, void *ctx)
{
    const struct order *o = ctx;
    struct str a, b;
    memcpy(&a, (const char *)pa + o->at, sizeof a);
    memcpy(&b, (const char *)pb + o->at, sizeof b);
    if (o->collator) {
        UErrorCode bad = U_ZERO_ERROR;
        int d = (int)ucol_strcollUTF8(o->collator, a.p ? a.p : "", (int32_t)a.n, b.p ? b.p : "", (int32_t)b.n, &bad);
        if (U_SUCCESS(bad) && d)
            return d;
    }
    return str_cmp(a, b);
}

void text_sort(enum lang lang, void *base, size_t n, size_t size, size_t at)
{
    if (n < 2)
        return;
    struct order o = {collator_of(lang), at};
    qsort_r(base, n, size, compare, &o);
}
