/* What servers that are gone have left: their journals come into the logs, those of the living stay, also when they write beside. */
#include "db/migrate.h"
#include "model/document.h"
#include "model/live.h"
#include "model/server.h"
#include "service/live.h"
#include "tests/test.h"
#include "tests/test_db.h"

static struct arena *a;
static struct db *db;
static int64_t doc;

/* One letter of a client of its own. */
static void journal(int stream, uint8_t client)
{
    const uint8_t update[] = {1, 1, client, 0, 4, 1, 1, 't', 1, 'x', 0};
    struct buf b = {0};
    int64_t row = 0;
    live_record_write(&b, &(struct live_record){doc, 1, 10, {update, sizeof update}});
    CHECK_ERR(live_journal_add(db, stream, (struct bytes){(const uint8_t *)b.p, b.n}, &row), OK);
    buf_free(&b);
}
static size_t in_journal(int stream)
{
    struct live_journal_row *rows;
    size_t n;
    CHECK_ERR(live_journal_of_stream(db, a, stream, 0, 100, &rows, &n), OK);
    return n;
}
static size_t in_log(void)
{
    struct live_log_row *rows;
    size_t n, edits = 0;
    CHECK_ERR(live_log_after(db, a, doc, 0, &rows, &n), OK);
    for (size_t i = 0; i < n; i++)
        edits += (size_t)rows[i].edits;
    return edits;
}
static void recover(int64_t alive_since)
{
    CLEANUP(arena_freep) struct arena *own = arena_new(64 << 20);
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    CHECK_ERR(db_begin(db, &tx), OK);
    CHECK_ERR(live_recover(db, own, alive_since), OK);
    CHECK_ERR(db_commit(&tx), OK);
}

int main(void)
{
    char why[200];
    int64_t alive, dead, n, *v;
    size_t n_others;
    a = arena_new(64 << 20);
    CHECK_ERR(db_connect(test_db(), DB_WRITE, &db), OK);
    CHECK_ERR(migrate(db, migrations, 1, why, sizeof why), OK);
    CHECK_ERR(db_script(db, "INSERT INTO organisation (id, name, kind, created_at) VALUES (1, 'Kommune', 'municipality', 1);"
                            "INSERT INTO account (id, email, name, created_at) VALUES (1, 'a@b.no', 'A', 1)"), OK);
    struct document_row d = {.organisation_id = 1, .owner_account = 1, .kind = STR("free"), .title = STR("en"), .created_by = 1, .created_at = 5, .changed_at = 5};
    CHECK_ERR(document_insert(db, &d, &doc), OK);
    CHECK_ERR(server_insert(db, 1000, &alive), OK);
    CHECK_ERR(server_insert(db, 1000, &dead), OK);
    CHECK_ERR(server_beat(db, alive, 90000), OK);
    int of_alive = (int)alive * LIVE_STREAMS, of_dead = (int)dead * LIVE_STREAMS;
    journal(of_dead, 1);
    journal(of_alive, 2);
    journal(of_dead, 3);
    journal(of_dead + 7, 4);
    journal(5, 5); /* of no server: another kind of database, before it moved */
    for (int i = 0; i < 8; i++)
        CHECK_ERR(live_open_add(db, doc, of_dead + i), OK);
    CHECK_ERR(live_open_add(db, doc, of_alive), OK);
    recover(50000);
    CHECK_INT(in_log(), 4);
    CHECK(in_journal(of_dead) == 0 && in_journal(of_dead + 7) == 0 && in_journal(5) == 0);
    CHECK_INT(in_journal(of_alive), 1); /* control */
    CHECK_ERR(server_count(db, a, &n), OK);
    CHECK_INT(n, 1);
    CHECK_ERR(live_open_others(db, a, doc, 0, &v, &n_others), OK);
    CHECK(n_others == 1 && v[0] == alive);
    recover(50000); /* nothing more */
    CHECK_INT(in_log(), 4);
    journal(of_dead, 6); /* it lives after all */
    recover(50000);
    CHECK(in_log() == 5 && in_journal(of_dead) == 0);
    recover(INT64_MAX); /* who is alone takes all */
    CHECK(in_log() == 6 && in_journal(of_alive) == 0);
    db_close(db);
    arena_free(a);
    return test_end();
}
