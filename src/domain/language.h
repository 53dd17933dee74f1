/* language.h: the languages people speak, as a set in one number. Not the languages the program is shown in (text/text.h).
 * Codes are ISO 639-1, and 639-3 where there is no two-letter code; Norwegian is "nb" whichever form. Stored and
 * exchanged as codes with comma, "ar,en,nb"; a bit's place is only valid inside one running program. */
#pragma once
#include "base/arena.h"

/* A set is a uint64_t with a bit for each of language_all(). */
struct language {
    const char *code;  /* "ar" */
    const char *name;  /* bokmål, marked for translation: "arabisk" */
    const char *words; /* what finds it, folded, a bar between */
};
const struct language *language_all(size_t *n); /* at most 64, in the order of the Norwegian names */
/* Index in language_all() of a code, a Norwegian or an English name, in any case; -1 when unknown. */
int language_find(struct arena *a, struct str text);
/* Reads codes or names between commas, semicolons, slashes or white space ("ar,en", "Arabisk / engelsk"). What is not known is
 * left out; *unknown (may be NULL) is their number. */
uint64_t language_set_parse(struct arena *a, struct str text, int *unknown);
struct str language_set_codes(struct arena *a, uint64_t set); /* "ar,en", sorted by code */
uint64_t language_bit(const char *code);                      /* 0 when unknown */
