#include "model/sweep.h"
#include "base/tm.h"

/* $1: before when, $2: how many; the oldest first, as the index has them. */
#define SOME(table, key, by, before, where) \
    "DELETE FROM " table " WHERE " key " IN (SELECT " key " FROM " table " WHERE " by before " $1" where " ORDER BY " by " LIMIT $2)"
DB_EXEC(q_sweep_session, 2, SOME("session", "id", "expires_at", " <=", ""));
DB_EXEC(q_sweep_once, 2, SOME("form_once", "token", "at", " <", ""));
DB_EXEC(q_sweep_throttle, 2, SOME("login_throttle", "key", "seen_at", " <", ""));
DB_EXEC(q_sweep_oidc_login, 2, SOME("oidc_login", "state_hash", "expires_at", " <=", ""));
DB_EXEC(q_sweep_login_step, 2, SOME("login_step", "token_hash", "expires_at", " <=", ""));
DB_EXEC(q_sweep_login_link, 2, SOME("login_link", "token_hash", "expires_at", " <=", ""));
DB_EXEC(q_sweep_login_code, 2, SOME("login_code", "id", "expires_at", " <=", ""));
DB_EXEC(q_sweep_draft, 2, SOME("import_draft", "id", "at", " <", ""));
DB_EXEC(q_sweep_device, 2, /* the cookie lasts as long */
        "DELETE FROM known_device WHERE (token_hash, account_id) IN"
        " (SELECT token_hash, account_id FROM known_device WHERE seen_at < $1 ORDER BY seen_at LIMIT $2)");
DB_EXEC(q_sweep_outbox, 2, SOME("outbox", "id", "created_at", " <", " AND (sent_at > 0 OR failed_at > 0 OR due_at < $1)")); /* what could not be sent is out of date by then */
DB_EXEC(q_sweep_link, 2, SOME("link", "id", "created_at", " <", " AND (used_at > 0 OR expires_at < $1)"));

enum err sweep_some(struct db *db, const struct sweep_times *t, bool *more)
{
    const int64_t hour = 3600 * 1000, day = TM_DAY_MS;
    const struct {
        const struct db_query *q;
        int64_t before;
    } what[] = {
        {&q_sweep_session, t->now}, {&q_sweep_once, t->now - 2 * day}, {&q_sweep_throttle, t->now - day}, {&q_sweep_oidc_login, t->now},
        {&q_sweep_login_step, t->now}, {&q_sweep_login_link, t->now - day}, {&q_sweep_login_code, t->now - day}, {&q_sweep_draft, t->now - hour},
        {&q_sweep_device, t->now - 365 * day},
        {&q_sweep_outbox, t->mail_before}, {&q_sweep_link, t->link_before},
    };
    *more = false;
    for (size_t i = 0; i < COUNT(what); i++) {
        int64_t n;
        TRY(db_run(db, what[i].q, &n, DB_IN(what[i].before, (int64_t)SWEEP_SOME)));
        *more = *more || n == SWEEP_SOME;
    }
    return OK;
}
