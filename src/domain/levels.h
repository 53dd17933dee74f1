/* levels.h: the short lists of values that a person's facts are chosen from. Each value has a code (stored, exported, never
 * translated) and a name (a bokmål msgid). Value 0 is always "not known", with the code "" and the name «Ikke oppgitt». Tables that keep a
 * number keep the enum's, so values are only ever added at the end.
 * Sources: the handbook (track, education), the way of recognition at HK-dir (recognition), the Council of Europe's scale (cefr),
 * the National Population Register's two degrees of address protection (address_block). */
#pragma once
#include "base/say.h"

enum sex { SEX_UNKNOWN, SEX_WOMAN, SEX_MAN, SEX_OTHER, SEX_N };
enum education_level { /* highest completed, brought along; higher numbers are higher levels */
    EDU_UNKNOWN,
    EDU_NONE,            /* less than upper secondary */
    EDU_UPPER_SECONDARY,
    EDU_SOME_HIGHER,     /* at least one year of higher education, no degree: what makes somebody track 3 */
    EDU_BACHELOR,
    EDU_MASTER,
    EDU_PHD,
    EDU_N
};
enum recognition { /* of the foreign education */
    REC_UNKNOWN,
    REC_NOT_ASSESSED,
    REC_NOT_RELEVANT,
    REC_PREPARING,
    REC_APPLIED,
    REC_MISSING_DOCUMENTS,
    REC_VERIFYING,
    REC_UVD_REFERRED,    /* UVD: the way for those without verifiable documents */
    REC_UVD_INTERVIEW,
    REC_UVD_EXPERTS,
    REC_ASSESSMENT_REFERRED, /* qualification assessment: a statement, not a recognition */
    REC_RECOGNISED,
    REC_PARTLY,
    REC_REFUSED,
    REC_COMPLAINT,
    REC_ASSESSMENT_GIVEN,
    REC_N
};
enum cefr { CEFR_UNKNOWN, CEFR_A1, CEFR_A2, CEFR_B1, CEFR_B2, CEFR_C1, CEFR_C2, CEFR_N };
enum address_block { BLOCK_NONE, BLOCK_CONFIDENTIAL, BLOCK_STRICT, BLOCK_N }; /* here 0 means none */

struct level_name {
    const char *code;
    const char *name; /* msgid */
};
extern const struct level_name sex_names[SEX_N];
extern const struct level_name education_level_names[EDU_N];
extern const struct level_name recognition_names[REC_N];
extern const struct level_name cefr_names[CEFR_N];
extern const struct level_name address_block_names[BLOCK_N];
/* The index of a code in one of the tables above; false (and *out untouched) when it is none of them. */
bool level_of(const struct level_name *names, size_t n, struct str code, int *out);
