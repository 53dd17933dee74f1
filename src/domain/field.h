/* field.h: professional fields and occupations, and how far they are from each other.
 *
 * Fields are ISCED-F 2013 (UNESCO Institute for Statistics, "ISCED Fields of Education and Training 2013", 2014/2015), occupations
 * STYRK-08 (Statistics Norway's edition of ISCO-08, four digits). Both are public classifications; the Norwegian names are
 * shortened where the official ones are long. Codes are kept as four-digit numbers: 916 is "0916 Pharmacy". A field of which
 * only the narrow or broad group is known ends in zeros, as in the classification: 910 "Health", 900 "Health and welfare".
 * 0 means "not known" for both. The tables hold what matters after higher education, not the whole classifications; a code that
 * is well formed but not in the table still has its place by its digits.
 *
 * Pure; every returned pointer lives as long as the program. */
#pragma once
#include "base/arena.h"

enum { FIELD_DISTANCE_MAX = 3, OCCUPATION_DISTANCE_MAX = 4 };

struct field {
    int code;          /* 916 */
    const char *name;  /* bokmål, marked for translation: text_get(lang, name) */
    const char *words; /* what finds it, folded, a bar between: names in Norwegian and English, usual words */
};
struct occupation {
    int code;          /* 2262 */
    const char *name;  /* bokmål, marked for translation */
    int field;         /* the field that usually leads there; 0 when people come from all fields */
    const char *words; /* as in struct field */
};

/* The tables, sorted by code: for lists to choose from. */
const struct field *field_all(size_t *n);
const struct occupation *occupation_all(size_t *n);

const struct field *field_get(int code); /* NULL when not in the table */
const struct occupation *occupation_get(int code);

/* The name to translate. An unknown code gives its narrow, then its broad group's name, and at last "Ukjent fag" / "Ukjent yrke". */
const char *field_name(int code) __attribute__((returns_nonnull));
const char *occupation_name(int code) __attribute__((returns_nonnull));
int occupation_field(int code); /* 0 when none is usual or the code is unknown */

/* As stored: "0916", "2262"; an empty text for 0. Reading gives 0 for anything that is not four digits. */
int field_code(struct str stored);
struct str field_stored(struct arena *a, int code);
int occupation_code(struct str stored);
struct str occupation_stored(struct arena *a, int code);

enum field_level { FIELD_UNKNOWN, FIELD_BROAD, FIELD_NARROW, FIELD_DETAILED };
enum field_level field_level(int code);
int field_narrow(int code); /* 916 -> 910 */
int field_broad(int code);  /* 916 -> 900 */

/* For import: a code ("0916", "916", "091", "09"), a Norwegian or English name, or a usual word for it ("IT", "Bygg", "Jus", "PR").
 * Case and marks do not matter. A longer text is searched for the longest of these words ("Master i farmasi" is pharmacy), the
 * first of equally long ones. 0 when nothing fits. `a` is working memory, a few times the text. */
int field_find_by_text(struct arena *a, struct str text);
int occupation_find_by_text(struct arena *a, struct str text); /* the same with codes of four digits and titles */

/* 0 the same detailed field, 1 the same narrow group or a declared near neighbour, 2 the same broad group or a declared
 * neighbour, 3 nothing in common or one of them unknown. Symmetric. Two equal codes that only name a narrow group are 1 apart and
 * two that only name a broad group 2, for more is not known. */
int field_distance(int a, int b);
/* 0 the same, 1 the same first three digits, 2 two, 3 one, 4 nothing in common or unknown. */
int occupation_distance(int a, int b);
