/* mentor_import.h: mentors from a CSV file, in the manner of service/import.h: all or nothing, the same e-mail address is the same mentor,
 * an empty cell leaves what is there. Account, pause, end and confidentiality are never touched. */
#pragma once
#include "domain/mentor_import.h"
#include "service/import.h"

struct mentor_file {
    struct str text;
    struct str *headers; /* cleaned */
    size_t n;
    int at[MENTOR_COLUMNS];
    struct csv csv; /* after the headers */
    struct say problem; /* why it cannot be imported as it stands; msgid NULL: it can be tried */
};
/* `maps`: "theirs=ours", before the built-in names. OK also when f->problem is set. `text` must outlive f. */
enum err mentor_import_open(struct arena *a, struct str text, const struct str *maps, size_t n_maps, struct mentor_file *f) MUST_CHECK;
/* As import_participants; ACT_MENTOR_EDIT. */
enum err import_mentors(struct ctx *c, struct mentor_file *f, enum import_how how, const struct import_progress *progress,
                        struct import_report *out) MUST_CHECK;
