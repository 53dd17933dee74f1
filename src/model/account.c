#include "model/account.h"
#include "model/confidentiality.h"

#define ORGANISATION_COLS                                                                          \
    DB_COL(struct organisation_row, id), DB_COL(struct organisation_row, name),                    \
        DB_COL(struct organisation_row, kind), DB_COL(struct organisation_row, municipality),      \
        DB_COL(struct organisation_row, created_at)

DB_PUT(q_organisation_insert, struct organisation_row,
       "INSERT INTO organisation (name, kind, municipality, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
       DB_COL(struct organisation_row, name), DB_COL(struct organisation_row, kind),
       DB_COL(struct organisation_row, municipality), DB_COL(struct organisation_row, created_at));
enum err organisation_insert(struct db *db, const struct organisation_row *o, int64_t *id)
{
    return db_put_id(db, &q_organisation_insert, o, id);
}

DB_QUERY(q_organisation_get, struct organisation_row, 1,
         "SELECT id, name, kind, municipality, created_at FROM organisation WHERE id = $1", ORGANISATION_COLS);
enum err organisation_get(struct db *db, struct arena *a, int64_t id, struct organisation_row *out)
{
    return db_one(db, a, &q_organisation_get, out, DB_IN(id));
}

DB_QUERY(q_organisation_first, struct organisation_row, 0,
         "SELECT id, name, kind, municipality, created_at FROM organisation ORDER BY id LIMIT 1", ORGANISATION_COLS);
enum err organisation_first(struct db *db, struct arena *a, struct organisation_row *out)
{
    return db_one(db, a, &q_organisation_first, out, DB_NONE);
}

DB_QUERY(q_organisation_from, struct organisation_row, 1,
         "SELECT id, name, kind, municipality, created_at FROM organisation WHERE id >= $1 ORDER BY id LIMIT 1", ORGANISATION_COLS);
enum err organisation_from(struct db *db, struct arena *a, int64_t id, struct organisation_row *out)
{
    return db_one(db, a, &q_organisation_from, out, DB_IN(id));
}

#define ACCOUNT_COLS                                                                               \
    DB_COL(struct account_row, id), DB_COL(struct account_row, email), DB_COL(struct account_row, name), \
        DB_COL(struct account_row, lang), DB_COL(struct account_row, password_hash),               \
        DB_COL(struct account_row, created_at), DB_COL(struct account_row, disabled_at),           \
        DB_COL(struct account_row, version)

DB_PUT(q_account_insert, struct account_row,
       "INSERT INTO account (email, name, lang, password_hash, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
       DB_COL(struct account_row, email), DB_COL(struct account_row, name), DB_COL(struct account_row, lang),
       DB_COL(struct account_row, password_hash), DB_COL(struct account_row, created_at));
enum err account_insert(struct db *db, const struct account_row *x, int64_t *id)
{
    return db_put_id(db, &q_account_insert, x, id);
}

DB_QUERY(q_account_get, struct account_row, 1,
         "SELECT id, email, name, lang, password_hash, created_at, disabled_at, version FROM account WHERE id = $1",
         ACCOUNT_COLS);
enum err account_get(struct db *db, struct arena *a, int64_t id, struct account_row *out)
{
    return db_one(db, a, &q_account_get, out, DB_IN(id));
}

DB_QUERY(q_account_by_email, struct account_row, 1,
         "SELECT id, email, name, lang, password_hash, created_at, disabled_at, version FROM account WHERE email = $1",
         ACCOUNT_COLS);
enum err account_by_email(struct db *db, struct arena *a, struct str email, struct account_row *out)
{
    return db_one(db, a, &q_account_by_email, out, DB_IN(email));
}

DB_EXEC(q_account_set_password, 2, "UPDATE account SET password_hash = $2, version = version + 1 WHERE id = $1");
enum err account_set_password(struct db *db, int64_t id, struct str hash)
{
    return db_run_one(db, &q_account_set_password, DB_IN(id, hash));
}

DB_EXEC(q_account_set_lang, 2, "UPDATE account SET lang = $2, version = version + 1 WHERE id = $1");
enum err account_set_lang(struct db *db, int64_t id, struct str lang)
{
    return db_run_one(db, &q_account_set_lang, DB_IN(id, lang));
}

DB_QUERY(q_account_with_role, struct account_row, 3,
         "SELECT a.id, a.email, a.name, a.lang, a.password_hash, a.created_at, a.disabled_at, a.version"
         "  FROM account_role r JOIN account a ON a.id = r.account_id"
         " WHERE r.organisation_id = $1 AND r.role = $2 AND (r.until_at = 0 OR r.until_at > $3) AND a.disabled_at = 0"
         " ORDER BY a.name, a.id LIMIT 500",
         ACCOUNT_COLS);
enum err account_with_role(struct db *db, struct arena *a, int64_t organisation_id, const char *role, int64_t now,
                           struct account_row **rows, size_t *n)
{
    return db_all(db, a, &q_account_with_role, rows, n, DB_IN(organisation_id, role, now));
}

DB_PUT(q_role_insert, struct role_row,
       "INSERT INTO account_role (account_id, organisation_id, role, from_at, name)"
       " VALUES ($1, $2, $3, $4, COALESCE((SELECT a.name FROM account a WHERE a.id = $1), ''))"
       " ON CONFLICT (account_id, organisation_id, role) DO UPDATE SET until_at = 0 RETURNING id",
       DB_COL(struct role_row, account_id), DB_COL(struct role_row, organisation_id), DB_COL(struct role_row, role),
       DB_COL(struct role_row, from_at));
enum err role_insert(struct db *db, const struct role_row *r, int64_t *id)
{
    return db_put_id(db, &q_role_insert, r, id);
}

DB_QUERY(q_role_of_account, struct role_row, 2,
         "SELECT r.id, r.account_id, r.organisation_id, r.role, r.from_at, r.until_at, o.name AS organisation"
         "  FROM account_role r JOIN organisation o ON o.id = r.organisation_id"
         " WHERE r.account_id = $1 AND (r.until_at = 0 OR r.until_at > $2) ORDER BY r.id",
         DB_COL(struct role_row, id), DB_COL(struct role_row, account_id), DB_COL(struct role_row, organisation_id),
         DB_COL(struct role_row, role), DB_COL(struct role_row, from_at), DB_COL(struct role_row, until_at),
         DB_COL(struct role_row, organisation));
enum err role_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t now, struct role_row **rows, size_t *n)
{
    return db_all(db, a, &q_role_of_account, rows, n, DB_IN(account_id, now));
}

DB_PUT(q_session_insert, struct session_row,
       "INSERT INTO session (token_hash, account_id, account_role_id, created_at, seen_at, expires_at, agent, method, factor_at, shared)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
       DB_COL(struct session_row, token_hash), DB_COL(struct session_row, account_id),
       DB_COL(struct session_row, account_role_id), DB_COL(struct session_row, created_at),
       DB_COL(struct session_row, seen_at), DB_COL(struct session_row, expires_at), DB_COL(struct session_row, agent),
       DB_COL(struct session_row, method), DB_COL(struct session_row, factor_at), DB_COL(struct session_row, shared));
enum err session_insert(struct db *db, const struct session_row *s, int64_t *id)
{
    return db_put_id(db, &q_session_insert, s, id);
}

DB_QUERY(q_session_find, struct session_row, 2,
         "SELECT s.id, s.account_id, s.account_role_id, s.created_at, s.seen_at, s.expires_at, s.agent, s.method, s.factor_at,"
         "       s.shared, a.name, a.lang, r.role,"
         "       r.organisation_id, o.name AS organisation,"
         "       (SELECT p.id FROM participant p WHERE p.account_id = s.account_id AND p.organisation_id = r.organisation_id)"
         "         AS participant_id,"
         "       (SELECT m.id FROM mentor m WHERE m.account_id = s.account_id AND m.organisation_id = r.organisation_id)"
         "         AS mentor_id,"
         "       " CONFIDENTIALITY_SIGNED_AT("s.account_id") " AS promised_at,"
         "       (SELECT COUNT(*) FROM account_role x WHERE x.account_id = s.account_id) AS n_roles,"
         "       (SELECT v.value FROM setting v WHERE v.organisation_id = r.organisation_id AND v.key = 'login.factor_staff') AS factor_staff,"
         "       (SELECT v.value FROM setting v WHERE v.organisation_id = r.organisation_id AND v.key = 'login.idle_staff') AS idle_staff,"
         "       (SELECT v.value FROM setting v WHERE v.organisation_id = r.organisation_id AND v.key = 'login.idle_others') AS idle_others"
         "  FROM session s JOIN account a ON a.id = s.account_id"
         "  JOIN account_role r ON r.id = s.account_role_id AND r.account_id = s.account_id"
         "  JOIN organisation o ON o.id = r.organisation_id"
         " WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.disabled_at = 0 AND (r.until_at = 0 OR r.until_at > $2)",
         DB_COL(struct session_row, id), DB_COL(struct session_row, account_id),
         DB_COL(struct session_row, account_role_id), DB_COL(struct session_row, created_at),
         DB_COL(struct session_row, seen_at), DB_COL(struct session_row, expires_at), DB_COL(struct session_row, agent),
         DB_COL(struct session_row, method), DB_COL(struct session_row, factor_at), DB_COL(struct session_row, shared),
         DB_COL(struct session_row, name), DB_COL(struct session_row, lang), DB_COL(struct session_row, role),
         DB_COL(struct session_row, organisation_id), DB_COL(struct session_row, organisation),
         DB_COL(struct session_row, participant_id), DB_COL(struct session_row, mentor_id),
         DB_COL(struct session_row, promised_at), DB_COL(struct session_row, n_roles), DB_COL(struct session_row, factor_staff),
         DB_COL(struct session_row, idle_staff), DB_COL(struct session_row, idle_others));
enum err session_find(struct db *db, struct arena *a, struct str token_hash, int64_t now, struct session_row *out)
{
    return db_one(db, a, &q_session_find, out, DB_IN(token_hash, now));
}

DB_EXEC(q_session_touch, 2, "UPDATE session SET seen_at = $2 WHERE id = $1");
enum err session_touch(struct db *db, int64_t id, int64_t now)
{
    return db_run(db, &q_session_touch, NULL, DB_IN(id, now));
}

DB_EXEC(q_session_renew, 3, "UPDATE session SET token_hash = $2, factor_at = $3 WHERE id = $1");
enum err session_renew(struct db *db, int64_t id, struct str token_hash, int64_t factor_at)
{
    return db_run_one(db, &q_session_renew, DB_IN(id, token_hash, factor_at));
}

DB_EXEC(q_session_set_role, 4,
        "UPDATE session SET account_role_id = $3 WHERE id = $1 AND account_id = $2"
        "   AND EXISTS (SELECT 1 FROM account_role r WHERE r.id = $3 AND r.account_id = $2 AND (r.until_at = 0 OR r.until_at > $4))");
enum err session_set_role(struct db *db, int64_t id, int64_t account_id, int64_t account_role_id, int64_t now)
{
    return db_run_one(db, &q_session_set_role, DB_IN(id, account_id, account_role_id, now));
}

DB_QUERY(q_session_of_account, struct session_row, 3,
         "SELECT s.id, s.account_id, s.created_at, s.seen_at, s.expires_at, s.agent, s.method, s.factor_at, s.shared, r.role,"
         "       (SELECT v.value FROM setting v WHERE v.organisation_id = r.organisation_id AND v.key = 'login.idle_staff') AS idle_staff,"
         "       (SELECT v.value FROM setting v WHERE v.organisation_id = r.organisation_id AND v.key = 'login.idle_others') AS idle_others"
         "  FROM session s JOIN account_role r ON r.id = s.account_role_id"
         " WHERE s.account_id = $1 AND s.expires_at > $2 AND s.seen_at >= $3 ORDER BY s.seen_at DESC LIMIT 100",
         DB_COL(struct session_row, id), DB_COL(struct session_row, account_id), DB_COL(struct session_row, created_at),
         DB_COL(struct session_row, seen_at), DB_COL(struct session_row, expires_at), DB_COL(struct session_row, agent),
         DB_COL(struct session_row, method), DB_COL(struct session_row, factor_at), DB_COL(struct session_row, shared),
         DB_COL(struct session_row, role), DB_COL(struct session_row, idle_staff), DB_COL(struct session_row, idle_others));
enum err session_of_account(struct db *db, struct arena *a, int64_t account_id, int64_t now, int64_t since, struct session_row **rows,
                            size_t *n)
{
    return db_all(db, a, &q_session_of_account, rows, n, DB_IN(account_id, now, since));
}

DB_EXEC(q_session_end, 2, "DELETE FROM session WHERE id = $1 AND account_id = $2");
enum err session_end(struct db *db, int64_t id, int64_t account_id)
{
    return db_run_one(db, &q_session_end, DB_IN(id, account_id));
}

DB_EXEC(q_session_end_others, 2, "DELETE FROM session WHERE account_id = $1 AND id <> $2");
enum err session_end_others(struct db *db, int64_t account_id, int64_t but_id)
{
    return db_run(db, &q_session_end_others, NULL, DB_IN(account_id, but_id));
}

struct device_found {
    int64_t found;
};
DB_QUERY(q_device_known, struct device_found, 2,
         "SELECT COUNT(*) AS found FROM known_device WHERE token_hash = $1 AND account_id = $2",
         DB_COL(struct device_found, found));
enum err device_known(struct db *db, struct arena *a, struct str token_hash, int64_t account_id, bool *known)
{
    struct device_found d;
    TRY(db_one(db, a, &q_device_known, &d, DB_IN(token_hash, account_id)));
    *known = d.found > 0;
    return OK;
}

DB_EXEC(q_device_remember, 3,
        "INSERT INTO known_device (token_hash, account_id, seen_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (token_hash, account_id) DO UPDATE SET seen_at = $3");
enum err device_remember(struct db *db, struct str token_hash, int64_t account_id, int64_t now)
{
    return db_run(db, &q_device_remember, NULL, DB_IN(token_hash, account_id, now));
}

DB_QUERY(q_throttle_get, struct throttle_row, 1,
         "SELECT key, failures, until_at, seen_at FROM login_throttle WHERE key = $1", DB_COL(struct throttle_row, key),
         DB_COL(struct throttle_row, failures), DB_COL(struct throttle_row, until_at),
         DB_COL(struct throttle_row, seen_at));
enum err throttle_get(struct db *db, struct arena *a, struct str key, struct throttle_row *out)
{
    enum err e = db_one(db, a, &q_throttle_get, out, DB_IN(key));
    if (e != ERR_NOT_FOUND)
        return e;
    *out = (struct throttle_row){.key = key};
    return OK;
}

DB_PUT(q_throttle_put, struct throttle_row,
       "INSERT INTO login_throttle (key, failures, until_at, seen_at) VALUES ($1, $2, $3, $4)"
       " ON CONFLICT (key) DO UPDATE SET failures = $2, until_at = $3, seen_at = $4",
       DB_COL(struct throttle_row, key), DB_COL(struct throttle_row, failures), DB_COL(struct throttle_row, until_at),
       DB_COL(struct throttle_row, seen_at));
enum err throttle_put(struct db *db, const struct throttle_row *t)
{
    return db_put(db, &q_throttle_put, t, NULL);
}

DB_EXEC(q_throttle_clear, 1, "DELETE FROM login_throttle WHERE key = $1");
enum err throttle_clear(struct db *db, struct str key)
{
    return db_run(db, &q_throttle_clear, NULL, DB_IN(key));
}

DB_PUT(q_link_insert, struct link_row,
       "INSERT INTO link (token_hash, kind, organisation_id, email, name, lang, role, subject_id, created_by, created_at, expires_at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
       DB_COL(struct link_row, token_hash), DB_COL(struct link_row, kind), DB_COL(struct link_row, organisation_id),
       DB_COL(struct link_row, email), DB_COL(struct link_row, name), DB_COL(struct link_row, lang),
       DB_COL(struct link_row, role), DB_COL(struct link_row, subject_id), DB_COL(struct link_row, created_by),
       DB_COL(struct link_row, created_at), DB_COL(struct link_row, expires_at));
enum err link_insert(struct db *db, const struct link_row *l)
{
    return db_put(db, &q_link_insert, l, NULL);
}

DB_QUERY(q_link_find, struct link_row, 1,
         "SELECT id, token_hash, kind, organisation_id, email, name, lang, role, subject_id, created_by, created_at, expires_at,"
         "       used_at FROM link WHERE token_hash = $1",
         DB_COL(struct link_row, id), DB_COL(struct link_row, token_hash), DB_COL(struct link_row, kind),
         DB_COL(struct link_row, organisation_id), DB_COL(struct link_row, email), DB_COL(struct link_row, name),
         DB_COL(struct link_row, lang), DB_COL(struct link_row, role), DB_COL(struct link_row, subject_id),
         DB_COL(struct link_row, created_by), DB_COL(struct link_row, created_at), DB_COL(struct link_row, expires_at),
         DB_COL(struct link_row, used_at));
enum err link_find(struct db *db, struct arena *a, struct str token_hash, struct link_row *out)
{
    return db_one(db, a, &q_link_find, out, DB_IN(token_hash));
}

DB_EXEC(q_link_use, 2, "UPDATE link SET used_at = $2 WHERE id = $1 AND used_at = 0");
enum err link_use(struct db *db, int64_t id, int64_t now)
{
    return db_run_one(db, &q_link_use, DB_IN(id, now));
}

DB_EXEC(q_link_void, 3, "UPDATE link SET expires_at = $3 WHERE kind = $1 AND subject_id = $2 AND used_at = 0 AND expires_at > $3");
enum err link_void(struct db *db, struct str kind, int64_t subject_id, int64_t now)
{
    return db_run(db, &q_link_void, NULL, DB_IN(kind, subject_id, now));
}

DB_EXEC(q_link_void_staff, 3,
        "UPDATE link SET expires_at = $3 WHERE kind = 'invite_staff' AND subject_id = 0 AND organisation_id = $1 AND email = $2"
        "   AND used_at = 0 AND expires_at > $3");
enum err link_void_staff(struct db *db, int64_t organisation_id, struct str email, int64_t now)
{
    return db_run(db, &q_link_void_staff, NULL, DB_IN(organisation_id, email, now));
}

struct once_row {
    struct str location;
};
DB_QUERY(q_once_find, struct once_row, 2, "SELECT location FROM form_once WHERE token = $1 AND account_id = $2",
         DB_COL(struct once_row, location));
enum err once_find(struct db *db, struct arena *a, struct str token, int64_t account_id, struct str *location)
{
    struct once_row o;
    TRY(db_one(db, a, &q_once_find, &o, DB_IN(token, account_id)));
    *location = o.location;
    return OK;
}

DB_EXEC(q_once_save, 4, "INSERT INTO form_once (token, account_id, at, location) VALUES ($1, $2, $3, $4) ON CONFLICT (token) DO NOTHING");
enum err once_save(struct db *db, struct str token, int64_t account_id, int64_t now, struct str location)
{
    int64_t n;
    TRY(db_run(db, &q_once_save, &n, DB_IN(token, account_id, now, location)));
    return n ? OK : ERR_STATE;
}
