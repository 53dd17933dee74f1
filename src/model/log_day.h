/* log_day.h: what accounts did on a day, counted from the lines of the log; and table log_day, where the days that are over are kept. */
#pragma once
#include "db/db.h"

struct log_day { /* one account in one role on one day; see domain/unusual.h */
    int64_t day;   /* since 1970-01-01 */
    int64_t account_id, opened, persons, outside, night, refused, hidden, stops;
    struct str role, who;
};
struct log_day_when {
    int64_t day, from, until, morning, evening; /* instants; the night is before `morning` and from `evening` on */
};
/* Counts one. Who only changed something, logged in or the like is not among them, but comes with log_day_others. */
enum err log_day_count(struct db *db, struct arena *a, int64_t organisation_id, const struct log_day_when *w, struct log_day **rows, size_t *n) MUST_CHECK;
enum err log_day_others(struct db *db, struct arena *a, int64_t organisation_id, const struct log_day_when *w, struct log_day **rows, size_t *n) MUST_CHECK;

/* The last day kept; 0: none yet. ERR_NOT_FOUND: the organisation has no log. */
enum err log_day_kept(struct db *db, struct arena *a, int64_t organisation_id, int64_t *day) MUST_CHECK;
/* In a transaction: forgets the days before `oldest` and from `first` on; keeps one row, of an account and role that has none yet on that day; says up to
 * which day all are kept. */
enum err log_day_forget(struct db *db, int64_t organisation_id, int64_t oldest, int64_t first) MUST_CHECK;
enum err log_day_put(struct db *db, int64_t organisation_id, const struct log_day *row) MUST_CHECK;
enum err log_day_keep(struct db *db, int64_t organisation_id, int64_t day) MUST_CHECK;

/* Of the days from `from` on and before `until` that are kept, in their order. */
enum err log_day_read(struct db *db, struct arena *a, int64_t organisation_id, int64_t from, int64_t until, struct log_day **rows, size_t *n) MUST_CHECK;
struct log_habit {
    int64_t account_id, days, persons; /* persons opened, summed over the days on which any was */
};
/* Over the kept days from `from` and before `until`. */
enum err log_habits(struct db *db, struct arena *a, int64_t organisation_id, int64_t from, int64_t until, struct log_habit **rows, size_t *n) MUST_CHECK;
struct log_actor {
    int64_t account_id;
    struct str name;
};
/* Accounts that worked in this organisation's data, by name: on kept days from `from` on, or since an instant (the days that are not kept yet). */
enum err log_actors(struct db *db, struct arena *a, int64_t organisation_id, int64_t from, int64_t since, int64_t limit, struct log_actor **rows,
                    size_t *n) MUST_CHECK;
