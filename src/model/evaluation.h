/* evaluation.h: tables evaluation (midway and final) and self_assessment. */
#pragma once
#include "db/db.h"

enum evaluation_kind { EVALUATION_NONE, EVALUATION_MIDWAY, EVALUATION_FINAL, EVALUATION_N };
enum { EVALUATION_GO_ON = 1, EVALUATION_STOP = 2 };
struct evaluation_row {
    int64_t id, mentorship_id, by_account, at;
    enum evaluation_kind kind;
    int held_on;
    int go_on; /* 0 not asked, EVALUATION_GO_ON, EVALUATION_STOP */
    struct str goals, new_goals, benefit, ending;
    struct str who; /* the account's name, when read */
};
/* ERR_CONFLICT when that one is there already. */
enum err evaluation_insert(struct db *db, const struct evaluation_row *e, int64_t *id) MUST_CHECK;
/* Midway, then final. */
enum err evaluation_of_mentorship(struct db *db, struct arena *a, int64_t mentorship_id, struct evaluation_row **rows, size_t *n) MUST_CHECK;

enum self_moment { SELF_NEVER, SELF_START, SELF_MIDWAY, SELF_END, SELF_MOMENT_N };
struct self_row {
    int64_t trainee_id, at;
    enum self_moment moment;
    int statement; /* skill_statement.number (domain/workbook.h) */
    int value;     /* 1 to 5 */
};
/* The first answer or a new one in its place. */
enum err self_put(struct db *db, const struct self_row *s) MUST_CHECK;
/* By moment and statement. */
enum err self_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct self_row **rows, size_t *n) MUST_CHECK;
