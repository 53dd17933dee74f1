/* sqlite_page.h: what lies in a page of SQLite's file and belongs to nothing: the room between its cells.
 *
 * Pure. After SQLite's file format, 1.6 "B-tree Pages" and 1.5 "The Freelist" (https://www.sqlite.org/fileformat2.html). SQLite writes zeros over a
 * cell that is deleted (secure_delete), but what it moves within a page or from one to another stays where it was as well, until something new comes
 * to lie there. Reserved bytes at the end of a page are not known here: there are none in files that this program makes. */
#pragma once
#include "base/base.h"

enum { SQLITE_PAGE_MAX = 65536, SQLITE_PAGE_SPANS = SQLITE_PAGE_MAX / 4 };

struct sqlite_span {
    uint32_t at, n; /* bytes from the begin of the page */
};

enum sqlite_page {
    SQLITE_PAGE_OTHER, /* no page of a tree: it goes by its first byte */
    SQLITE_PAGE_TREE,  /* each of its bytes is known: cells and free blocks lie beside each other and their sum is right, as `PRAGMA integrity_check` has it */
    SQLITE_PAGE_BROKEN /* it begins like one, and is none */
};

/* The spans, in order, whose bytes are not all zero and may be: they hold no cell and no head of a free block. `first`: where the page's own head
 * begins (100 in the first page, else 0). `size`: a power of two, 512 to SQLITE_PAGE_MAX. *n = 0 unless PAGE_TREE. */
enum sqlite_page sqlite_page_left(const uint8_t *page, size_t size, size_t first, struct sqlite_span out[SQLITE_PAGE_SPANS], size_t *n);
