#include "model/log_read.h"
#include "domain/logchain.h"

struct count_row {
    int64_t n;
};

/* ---- one account's day */

DB_QUERY(q_count_since, struct count_row, 3,
         "SELECT COUNT(*) AS n FROM (SELECT at FROM log_line WHERE account_id = $1 AND at >= $2 AND participant_id > 0 LIMIT $3) AS first_ones",
         DB_COL(struct count_row, n));
enum err log_count_since(struct db *db, struct arena *a, int64_t account_id, int64_t since, int64_t enough, int64_t *n)
{
    struct count_row row;
    TRY(db_one(db, a, &q_count_since, &row, DB_IN(account_id, since, enough)));
    *n = row.n;
    return OK;
}

DB_QUERY(q_persons_since, struct log_person, 3,
         "SELECT DISTINCT participant_id FROM log_line WHERE account_id = $1 AND at >= $2 AND participant_id > 0 LIMIT $3",
         DB_COL(struct log_person, participant_id));
enum err log_persons_since(struct db *db, struct arena *a, int64_t account_id, int64_t since, int64_t limit, struct log_person **rows, size_t *n)
{
    return db_all(db, a, &q_persons_since, rows, n, DB_IN(account_id, since, limit));
}

DB_QUERY(q_acts_since, struct count_row, 4,
         "SELECT COUNT(*) AS n FROM log_line WHERE account_id = $1 AND at >= $2 AND act = $3 AND ($4 = '*' OR outcome = $4)",
         DB_COL(struct count_row, n));
enum err log_acts_since(struct db *db, struct arena *a, int64_t account_id, int64_t since, const char *act, const char *outcome, int64_t *n)
{
    struct count_row row;
    TRY(db_one(db, a, &q_acts_since, &row, DB_IN(account_id, since, act, outcome ? outcome : "*")));
    *n = row.n;
    return OK;
}

/* ---- what a person reads */

#define LAST_BEFORE(about) "SELECT at AS n FROM log_line WHERE " about " AND account_id <> $2 AND at < $3 ORDER BY at DESC LIMIT 1"
DB_QUERY(q_last_before, struct count_row, 3, LAST_BEFORE("participant_id = $1"), DB_COL(struct count_row, n));
DB_QUERY(q_last_before_mentor, struct count_row, 3, LAST_BEFORE(LOG_ABOUT_MENTOR("$1")), DB_COL(struct count_row, n));
enum err log_last_before(struct db *db, struct arena *a, struct log_whose whose, int64_t own, int64_t before, int64_t *at)
{
    struct count_row row = {0};
    enum err e = whose.mentor_id ? db_one(db, a, &q_last_before_mentor, &row, DB_IN(whose.mentor_id, own, before))
                                 : db_one(db, a, &q_last_before, &row, DB_IN(whose.participant_id, own, before));
    if (e && e != ERR_NOT_FOUND)
        return e;
    *at = row.n;
    return OK;
}

#define G(f) DB_COL(struct log_group, f)
#define GROUPS_OF(about)                                                                           \
    "SELECT l.account_id, l.from_organisation_id, l.role, l.act, l.what, COUNT(*) AS n, MAX(l.at) AS last_at, a.name AS who," \
    "       o.name AS organisation"                                                                \
    "  FROM log_line l LEFT JOIN account a ON a.id = l.account_id LEFT JOIN organisation o ON o.id = l.from_organisation_id" \
    " WHERE " about " AND l.account_id <> $2 AND l.at >= $3 AND l.at < $4"                         \
    " GROUP BY l.account_id, l.from_organisation_id, l.role, l.act, l.what, a.name, o.name ORDER BY last_at DESC, l.account_id LIMIT $5"
#define GROUP_COLS G(account_id), G(from_organisation_id), G(role), G(act), G(what), G(n), G(last_at), G(who), G(organisation)
DB_QUERY(q_groups, struct log_group, 5, GROUPS_OF("l.participant_id = $1"), GROUP_COLS);
DB_QUERY(q_groups_mentor, struct log_group, 5, GROUPS_OF(LOG_ABOUT_MENTOR("$1")), GROUP_COLS);
enum err log_groups(struct db *db, struct arena *a, struct log_whose whose, int64_t own, int64_t from, int64_t until, int64_t limit,
                    struct log_group **rows, size_t *n)
{
    return db_all(db, a, whose.mentor_id ? &q_groups_mentor : &q_groups, rows, n,
                  DB_IN(whose.mentor_id ? whose.mentor_id : whose.participant_id, own, from, until, limit));
}

/* ---- what the administrator reads */

#define F(f) DB_COL(struct log_found, f)
#define FIND                                                                                       \
    "SELECT l.id, l.at, l.account_id, l.role, l.participant_id, l.act, l.what, l.subject_id, l.outcome, a.name AS who," \
    "       o.name AS from_organisation, p.reference, CAST(p.address_protection AS BIGINT) AS address_protection" \
    "  FROM log_line l LEFT JOIN account a ON a.id = l.account_id LEFT JOIN organisation o ON o.id = l.from_organisation_id" \
    "  LEFT JOIN participant p ON p.id = l.participant_id AND p.organisation_id = l.organisation_id"
/* From before an instant, and of those at that instant from before a line: the order of all four, each with an index that has it. */
#define FIND_MAY(account, today) "(p.id IS NULL OR l.act = 'refused' OR " RELATION_KNOWS("p", account, today) ")"
#define FIND_REST                                                                                  \
    " AND " FIND_MAY("$9", "$10")                                                                  \
    " AND l.at >= $5 AND (l.at, l.id) < ($6, $7) ORDER BY l.at DESC, l.id DESC LIMIT $8"
#define FIND_ANY " AND ($4 = '' OR l.act = $4)"
#define FIND_COLS                                                                                  \
    F(id), F(at), F(account_id), F(role), F(participant_id), F(act), F(what), F(subject_id), F(outcome), F(who), F(from_organisation), \
        F(reference), F(address_protection)
#define FIND_OF " AND ($2 = 0 OR l.account_id = $2) AND ($3 = 0 OR l.participant_id = $3)"
DB_QUERY(q_find, struct log_found, 10, FIND " WHERE l.organisation_id = $1" FIND_OF FIND_ANY FIND_REST, FIND_COLS);
DB_QUERY(q_find_act, struct log_found, 10, FIND " WHERE l.organisation_id = $1 AND l.act = $4 AND l.act <> 'look'" FIND_OF FIND_REST, FIND_COLS);
DB_QUERY(q_find_person, struct log_found, 10, FIND " WHERE l.participant_id = $3 AND l.organisation_id = $1 AND ($2 = 0 OR l.account_id = $2)" FIND_ANY FIND_REST, FIND_COLS);
DB_QUERY(q_find_account, struct log_found, 10, FIND " WHERE l.account_id = $2 AND l.organisation_id = $1 AND ($3 = 0 OR l.participant_id = $3)" FIND_ANY FIND_REST, FIND_COLS);
DB_QUERY(q_found_at, struct count_row, 4,
         "SELECT l.at AS n FROM log_line l LEFT JOIN participant p ON p.id = l.participant_id AND p.organisation_id = l.organisation_id"
         " WHERE l.id = $1 AND l.organisation_id = $2 AND " FIND_MAY("$3", "$4"), DB_COL(struct count_row, n));

static const struct db_query *find_by(const struct log_filter *f)
{
    if (f->participant_id || f->account_id)
        return f->participant_id ? &q_find_person : &q_find_account;
    return f->act.n && !str_is(f->act, LOG_LOOK) ? &q_find_act : &q_find;
}

enum err log_find(struct db *db, struct arena *a, const struct log_filter *f, int64_t limit, struct log_found **rows, size_t *n)
{
    struct count_row before = {.n = f->until ? f->until : INT64_MAX}, line;
    int64_t id = 0;
    if (f->before_id) {
        enum err e = db_one(db, a, &q_found_at, &line, DB_IN(f->before_id, f->organisation_id, f->viewer.account_id, f->viewer.today));
        if (e && e != ERR_NOT_FOUND)
            return e;
        if (!e && line.n < before.n) { /* one that is not there, or not for this viewer, is before nothing: from the newest */
            before = line;
            id = f->before_id;
        }
    }
    return db_all(db, a, find_by(f), rows, n,
                  DB_IN(f->organisation_id, f->account_id, f->participant_id, f->act, f->from, before.n, id, limit, f->viewer.account_id, f->viewer.today));
}

DB_QUERY(q_watchers, struct log_watcher, 2,
         "SELECT DISTINCT a.email, a.name, a.lang FROM account a JOIN account_role r ON r.account_id = a.id"
         " WHERE r.organisation_id = $1 AND r.role IN ('administrator', 'project_leader') AND r.from_at <= $2 AND (r.until_at = 0 OR r.until_at > $2)"
         "   AND a.disabled_at = 0 ORDER BY a.email LIMIT 20",
         DB_COL(struct log_watcher, email), DB_COL(struct log_watcher, name), DB_COL(struct log_watcher, lang));
enum err log_watchers(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, struct log_watcher **rows, size_t *n)
{
    return db_all(db, a, &q_watchers, rows, n, DB_IN(organisation_id, now));
}
