/* catalog.h: the tables that tools/catalogs.py makes of po/. For text.c only.
 *
 * One open-addressing table over all msgids. Everything is an offset into one read-only block of NUL-terminated strings: no
 * pointers, so nothing to relocate at start and every page is shared. Offset 0 means "not translated". */
#pragma once
#include "base/base.h"

enum { CATALOG_LANGS = 3, CATALOG_FORMS = 6 }; /* nn, en, ar: LANG_NN - 1 and so on; Arabic has the most forms */

struct catalog_entry {
    uint32_t tag;               /* upper half of the hash of the msgid; a slot with id 0 is empty */
    uint32_t id;                /* the msgid */
    uint32_t len;
    uint32_t plural;            /* 1-based row of catalog_plural, 0 if the text has no plural */
    uint32_t to[CATALOG_LANGS]; /* the translation; of a text with plural the form for 1 */
};
extern const struct catalog_entry catalog_entry[];
extern const uint32_t catalog_mask; /* slots - 1; slots is a power of two */
extern const uint32_t catalog_plural[][CATALOG_LANGS][CATALOG_FORMS];
extern const char catalog_text[];
