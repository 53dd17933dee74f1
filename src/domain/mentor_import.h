/* mentor_import.h: what a list of mentors means. As domain/import.h, whose comparison of words, cells about persons and messages it uses;
 * pure. The e-mail address says who it is: the same address is the same mentor. An empty cell leaves what is there. */
#pragma once
#include "domain/import.h"

enum mentor_column {
    MENTOR_FIRST_NAME,     /* Fornavn */
    MENTOR_LAST_NAME,      /* Etternavn */
    MENTOR_EMAIL,          /* E-post */
    MENTOR_PHONE,          /* Telefon */
    MENTOR_SEX,            /* Kjønn */
    MENTOR_BIRTH_YEAR,     /* Fødselsår */
    MENTOR_LANGUAGE,       /* Språk */
    MENTOR_FIELD,          /* Fagfelt */
    MENTOR_SPECIALISATION, /* Spesialfelt */
    MENTOR_OCCUPATION,     /* Yrke */
    MENTOR_JOB_TITLE,      /* Stilling */
    MENTOR_EMPLOYER,       /* Arbeidsgiver */
    MENTOR_SECTOR,         /* Sektor */
    MENTOR_EXPERIENCE,     /* År i faget */
    MENTOR_SENIORITY,      /* Nivå */
    MENTOR_NETWORK,        /* Nettverk */
    MENTOR_MUNICIPALITY,   /* Kommunenummer */
    MENTOR_CAPACITY,       /* Kapasitet */
    MENTOR_MOTIVATION,     /* Motivasjon */
    MENTOR_COLUMNS,
    MENTOR_IGNORED = MENTOR_COLUMNS
};
struct mentor_column_name {
    const char *name; /* as in the file and the guide, never translated */
    bool required;
    enum import_column as; /* read as this column of a participants' list; IMPORT_IGNORED: its own */
    const char *about;     /* msgid */
    const char *other[6];
};
extern const struct mentor_column_name mentor_columns[MENTOR_COLUMNS];
enum mentor_column mentor_column_of(struct arena *a, struct str header); /* MENTOR_IGNORED when none */
/* As import_map_headers. */
enum err mentor_map_headers(struct arena *a, const struct str *headers, size_t n, const struct str *map, size_t map_n, int at[MENTOR_COLUMNS],
                            struct say *why) MUST_CHECK;

struct mentor_cells {
    struct import_row person;
    struct str specialisation, job_title, employer, motivation, municipality;
    int occupation;         /* STYRK-08, 0 not known */
    int sector, seniority;  /* enum matching_sector, enum matching_seniority */
    int network, capacity;  /* -1: not said */
};
void mentor_cells_clear(struct mentor_cells *m);
/* Reads one cell. ERR_INVALID with *why, *m untouched. */
enum err mentor_cell(struct arena *a, enum mentor_column c, struct str cell, int today, struct mentor_cells *m, struct say *why) MUST_CHECK;
/* The required ones are filled. */
enum err mentor_cells_check(const struct mentor_cells *m, enum mentor_column *bad, struct say *why) MUST_CHECK;
