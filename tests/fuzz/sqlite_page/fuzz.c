/* Properties: whatever a page holds, the spans lie in it, in order, apart and not zero, and none reaches into its head or its list of cells. A page of a
 * tree with zeros over them is one still, of the same cells, and has nothing left. The first byte chooses the size and whether it is the first page. */
#include "db/sqlite_page.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sqlite_span span[SQLITE_PAGE_SPANS];
    static uint8_t page[SQLITE_PAGE_MAX], before[SQLITE_PAGE_MAX];
    static const size_t sizes[] = {512, 512, 512, 1024, 4096, 65536};
    size_t n, none;
    if (!size)
        return 0;
    size_t n_page = sizes[data[0] % COUNT(sizes)], first = data[0] & 128 ? 100 : 0;
    size_t given = size - 1 < n_page ? size - 1 : n_page;
    memset(page, 0, n_page);
    /* half from the front, half to the end: that is where a page has something */
    memcpy(page, data + 1, given / 2);
    memcpy(page + n_page - (given - given / 2), data + 1 + given / 2, given - given / 2);
    memcpy(before, page, n_page);
    enum sqlite_page is = sqlite_page_left(page, n_page, first, span, &n);
    must(is == SQLITE_PAGE_TREE || n == 0);
    size_t end = first + 8 + 2 * ((size_t)page[first + 3] << 8 | page[first + 4]);
    for (size_t i = 0; i < n; i++) {
        must(span[i].n && span[i].at >= end && span[i].at + span[i].n <= n_page);
        end = span[i].at + span[i].n;
        memset(page + span[i].at, 0, span[i].n);
        must(memcmp(page + span[i].at, before + span[i].at, span[i].n) != 0);
    }
    must(sqlite_page_left(page, n_page, first, span, &none) == is && none == 0);
    return 0;
}
