/* import.h: what a participants' list from a case system means (product section 4): which column is which, and what the words in its
 * cells are. Pure: a cell's text in, a value or a message out; files and rows are somebody else's.
 *
 * Every spelling that is taken stands in the tables and comments below; the user guide is made from them. In headers and words, case,
 * marks, spaces and punctuation do not count: «E-post», «epost» and «E POST» are one, «Fødselsår» and «fodselsar» too (ø counts as o,
 * å as a, æ as ae). An empty cell is "not known" in every column but the three required ones. */
#pragma once
#include "domain/levels.h"

enum import_column {
    IMPORT_REFERENCE,      /* Referanse */
    IMPORT_FIRST_NAME,     /* Fornavn */
    IMPORT_LAST_NAME,      /* Etternavn */
    IMPORT_SEX,            /* Kjønn */
    IMPORT_BIRTH_YEAR,     /* Fødselsår */
    IMPORT_EMAIL,          /* E-post */
    IMPORT_PHONE,          /* Telefon */
    IMPORT_LANGUAGE,       /* Språk */
    IMPORT_SETTLED,        /* Bosatt */
    IMPORT_START,          /* Programstart */
    IMPORT_END,            /* Programslutt */
    IMPORT_TRACK,          /* Spor */
    IMPORT_LEVEL,          /* Utdanningsnivå */
    IMPORT_FIELD,          /* Fagfelt */
    IMPORT_COUNTRY,        /* Utdanningsland */
    IMPORT_RECOGNITION,    /* Godkjenning */
    IMPORT_ORAL,           /* Norsk muntlig */
    IMPORT_WRITTEN,        /* Norsk skriftlig */
    IMPORT_EXPERIENCE,     /* Yrkeserfaring år */
    IMPORT_ADVISER,        /* Programrådgiver */
    IMPORT_ADDRESS_BLOCK,  /* Adressesperre */
    IMPORT_MUNICIPALITY,   /* Kommunenummer */
    IMPORT_COLUMNS,
    IMPORT_IGNORED = IMPORT_COLUMNS /* a column of theirs that we do not know */
};
struct import_column_name {
    const char *name; /* as in the file and the guide, never translated */
    bool required;
    const char *about;    /* msgid: what may stand in it */
    const char *other[8]; /* other names that are taken, NULL after the last */
};
extern const struct import_column_name import_columns[IMPORT_COLUMNS];
/* Which column a header names; IMPORT_IGNORED when none. Uses `a` for working memory only. */
enum import_column import_column_of(struct arena *a, struct str header);

/* Is a header or a cell one of our words, in the comparison described above? */
bool import_same(struct arena *a, struct str text, const char *word);

/* The columns of a file. */
enum { IMPORT_MAX_COLUMNS = 256 };
struct import_map {
    int at[IMPORT_COLUMNS]; /* place in the row, -1 when the file lacks it */
    int ignored;            /* how many of theirs are not known */
};
/* `map`: pairs from --map "theirs=ours", which go before the built-in names. ERR_INVALID with *why: a required column is missing, two
 * columns are the same one, a mapping names a column that the file or we do not have. ERR_LIMIT over IMPORT_MAX_COLUMNS. */
enum err import_map_headers(struct arena *a, const struct str *headers, size_t n, const struct str *map, size_t map_n,
                            struct import_map *out, struct say *why) MUST_CHECK;

/* A list of words for one value each. */
struct import_word {
    const char *word;
    int value;
};
/* NULL word after the last. The codes and names of domain/levels.h are taken too. import_none_words mean an empty cell in every column that
 * is not free text. «Ja» for address protection counts as the strictest degree. */
extern const struct import_word import_sex_words[], import_level_words[], import_recognition_words[], import_block_words[],
    import_none_words[];

struct import_row {
    struct str reference, first_name, last_name;
    struct str email;     /* lower case */
    struct str phone;     /* digits, a leading + kept: "+47 912 34 567" -> "+4791234567"; 5 to 15 digits */
    struct str language;  /* as it came */
    struct str languages; /* the codes of those that are known: "ar,en" */
    struct str field;     /* as it came */
    int field_code;       /* ISCED-F (domain/field.h), 0 when not recognised */
    struct str country, adviser;
    struct str municipality; /* four digits; spreadsheets take the zero in front away, so three are taken too */
    enum sex sex;
    int birth_year; /* 0 not known; a year, or a date of which the year is kept; a national identity number is refused */
    int settled_on, programme_start_on, programme_end_on; /* 31.12.2024, 2024-12-31, and either with a time after it */
    int track;               /* 3, «Spor 3» */
    enum education_level level;
    enum recognition recognition;
    enum cefr oral, written; /* B1, «Nivå B1»; of two, B1/B2, the lower; B1+ is B1 */
    int experience_years;    /* -1 not known; 5, «5 år», 2,5 (whole years count: 2), 10+ */
    enum address_block address_block;
};
enum { IMPORT_TEXT_MAX = 200 /* bytes of a text cell */ };
void import_row_clear(struct import_row *r);
/* Reads one cell into its place in *r. Texts are cleaned copies in `a`. ERR_INVALID with *why in words (the caller adds line and column),
 * *r untouched. `today` bounds years and dates. */
enum err import_cell(struct arena *a, enum import_column c, struct str cell, int today, struct import_row *r, struct say *why) MUST_CHECK;
/* The number of a municipality (Statistics Norway's Klass 131): four digits, or three when the zero in front was lost. */
enum err import_place(struct arena *a, struct str cell, struct str *out, struct say *why) MUST_CHECK;
/* What cells cannot tell each by itself: required ones filled, dates in order. */
enum err import_row_check(const struct import_row *r, enum import_column *bad, struct say *why) MUST_CHECK;
