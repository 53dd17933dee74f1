/* leave.h: table leave. */
#pragma once
#include "db/db.h"
#include "domain/leave.h"

struct leave_row {
    int64_t id, trainee_id, by_account, at;
    enum leave_kind kind;
    int from_on, until_on, returned_on; /* as in domain/leave.h */
};
enum err leave_insert(struct db *db, const struct leave_row *l, int64_t *id) MUST_CHECK;
/* Oldest first. */
enum err leave_of_trainee(struct db *db, struct arena *a, int64_t trainee_id, struct leave_row **rows, size_t *n) MUST_CHECK;
/* What the rules read. */
const struct leave *leave_periods(struct arena *a, const struct leave_row *rows, size_t n);
/* A new expected end, or the return. ERR_CONFLICT when the person has returned already. */
enum err leave_set(struct db *db, int64_t id, int until_on, int returned_on) MUST_CHECK;
