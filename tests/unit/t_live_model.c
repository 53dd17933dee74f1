/* The rows that hold the edits: records of the journal, the log without gaps, the snapshot that only goes forwards. */
#include "db/migrate.h"
#include "model/account.h"
#include "model/document.h"
#include "model/live.h"
#include "model/server.h"
#include "tests/test.h"
#include "tests/test_db.h"

static struct arena *a;
static struct db *db;
#define B(lit) ((struct bytes){(const uint8_t *)(lit), sizeof(lit) - 1})

static bool same(struct bytes x, struct bytes y)
{
    return x.n == y.n && (!x.n || !memcmp(x.p, y.p, x.n));
}

static void records(void)
{
    static const struct live_record in[] = {
        {1, 0, 0, {NULL, 0}}, {127, 128, 16383, {(const uint8_t *)"ab", 2}}, {INT64_MAX, INT64_MAX, INT64_MAX, {(const uint8_t *)"\0\xff", 2}}};
    struct buf b = {0};
    for (size_t i = 0; i < COUNT(in); i++)
        live_record_write(&b, &in[i]);
    struct bytes rest = {(const uint8_t *)b.p, b.n};
    struct live_record r;
    bool bad;
    for (size_t i = 0; i < COUNT(in); i++) {
        CHECK(live_record_read(&rest, &r, &bad) && !bad);
        CHECK(r.document_id == in[i].document_id && r.account_id == in[i].account_id && r.at == in[i].at && same(r.update, in[i].update));
    }
    CHECK(!live_record_read(&rest, &r, &bad) && !bad && rest.n == 0);
    /* Cut anywhere but between records it is damaged, and what stood before the cut is still read. */
    for (size_t n = 0; n < b.n; n++) {
        size_t whole = n >= 4 + 8 ? 2 : n >= 4 ? 1 : 0;
        struct bytes part = {(const uint8_t *)b.p, n};
        size_t got = 0;
        while (live_record_read(&part, &r, &bad))
            got++;
        CHECK(got <= whole && bad == (part.n > 0));
    }
    buf_free(&b);
}

static void damaged(void)
{
    const struct bytes rows[] = {
        B("\0\1\1\0"),                                          /* no document */
        B("\1\1\1\5ab"),                                        /* longer than it is */
        B("\1\1\1\xff\xff\xff\xff\xff\xff\xff\xff\x7f" "a"),    /* a length beyond everything */
        B("\x81\0\1\1\0"),                                      /* not the shortest form */
        B("\xff\xff\xff\xff\xff\xff\xff\xff\xff\1\1\1\0"),      /* more than 63 bits */
        B("\1\1\1"), B("\1\x80"), B("\x80"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytes rest = rows[i];
        struct live_record r;
        bool bad = false;
        CHECK(!live_record_read(&rest, &r, &bad) && bad);
        CHECK(same(rest, rows[i]));
    }
}

static int64_t document(const char *title)
{
    int64_t id = 0;
    struct document_row d = {.organisation_id = 1, .owner_account = 1, .kind = STR("free"), .title = str_c(title), .created_by = 1, .created_at = 5,
                             .changed_at = 5};
    CHECK_ERR(document_insert(db, &d, &id), OK);
    return id;
}

static void journal(void)
{
    int64_t one = document("en"), two = document("to"), row, first;
    struct buf b = {0};
    live_record_write(&b, &(struct live_record){one, 1, 10, B("x")});
    live_record_write(&b, &(struct live_record){two, 1, 11, B("y")});
    live_record_write(&b, &(struct live_record){one, 1, 12, B("z")});
    struct bytes records_of_row = {(const uint8_t *)b.p, b.n};
    for (int stream = 0; stream < 2; stream++) {
        CHECK_ERR(live_open_add(db, one, stream), OK);
        CHECK_ERR(live_open_add(db, two, stream), OK);
        CHECK_ERR(live_open_add(db, two, stream), OK); /* again */
    }
    CHECK_ERR(live_journal_add(db, 0, records_of_row, &first), OK);
    CHECK_ERR(live_journal_add(db, 1, records_of_row, &row), OK);
    struct live_record *r;
    struct bytes *updates;
    size_t n;
    CHECK_ERR(live_load_journal(db, a, one, &r, &n), OK);
    CHECK(n == 4 && same(r[0].update, B("x")) && same(r[1].update, B("z")));
    CHECK_ERR(live_journal_drop(db, 0, row), OK);
    CHECK_ERR(live_load_journal(db, a, one, &r, &n), OK);
    CHECK_INT(n, 2);
    CHECK_ERR(live_load(db, a, two, &updates, &n, NULL), OK);
    CHECK(n == 2 && updates[0].n == 0 && same(updates[1], B("y")));
    CHECK_ERR(live_journal_add(db, 1, B("\1\1\1\7x"), &row), OK);
    CHECK_ERR(live_load_journal(db, a, one, &r, &n), ERR_INVALID); /* nobody builds on half a row */
    CHECK_ERR(live_journal_drop(db, 1, row), OK);
    CHECK_ERR(live_load_journal(db, a, one, &r, &n), OK);
    CHECK_INT(n, 0);
    buf_free(&b);
}

static void log_rows(void)
{
    int64_t id = document("logg"), seq = 0;
    struct live_log_row row = {.document_id = id, .account_id = 1, .from_at = 10, .at = 20, .edits = 3, .data = B("\0\xff" "a")}, *rows;
    struct document_row d;
    struct bytes *updates;
    size_t n;
    for (int i = 1; i <= 3; i++) {
        row.at = 20 + i;
        CHECK_ERR(live_log_add(db, &row), OK);
        CHECK_INT(row.seq, i);
    }
    CHECK_ERR(document_get(db, a, id, 1, &d), OK);
    CHECK(d.changed_by == 1 && d.changed_at == 23);
    row.account_id = 0; /* the program: the time counts, the person stays */
    row.at = 30;
    CHECK_ERR(live_log_add(db, &row), OK);
    row.at = 4; /* older than what is there */
    CHECK_ERR(live_log_add(db, &row), OK);
    CHECK_ERR(document_get(db, a, id, 1, &d), OK);
    CHECK(d.changed_by == 1 && d.changed_at == 30);
    row.document_id = 999999;
    CHECK_ERR(live_log_add(db, &row), ERR_NOT_FOUND);
    CHECK_ERR(live_log_after(db, a, id, 3, &rows, &n), OK);
    CHECK(n == 2 && rows[0].seq == 4 && same(rows[0].data, B("\0\xff" "a")));
    CHECK_ERR(live_log_page(db, a, id, 0, 3, &rows, &n), OK);
    CHECK(n == 3 && rows[2].seq == 3);
    CHECK_ERR(live_log_page(db, a, id, 5, INT64_MAX, &rows, &n), OK);
    CHECK_INT(n, 0);
    CHECK_ERR(live_log_list(db, a, id, 0, 2, &rows, &n), OK);
    CHECK(n == 2 && rows[0].seq == 5 && rows[1].seq == 4 && rows[0].data.n == 0);
    CHECK_ERR(live_log_list(db, a, id, 3, 10, &rows, &n), OK);
    CHECK(n == 2 && rows[0].seq == 2 && str_is(rows[0].who, "Eier"));
    struct live_snap_row s = {id, 4, 50, B("state4")}, got;
    CHECK_ERR(live_snap_get(db, a, id, &got), ERR_NOT_FOUND);
    CHECK_ERR(live_snap_put(db, &s), OK);
    s = (struct live_snap_row){id, 2, 60, B("state2")};
    CHECK_ERR(live_snap_put(db, &s), OK);
    CHECK_ERR(live_snap_get(db, a, id, &got), OK);
    CHECK(got.seq == 4 && same(got.state, B("state4")));
    CHECK_ERR(live_load(db, a, id, &updates, &n, &seq), OK);
    CHECK(n == 2 && seq == 5 && same(updates[0], B("state4")));
}
static bool is_gone(int64_t alive_since, int64_t server)
{
    int64_t *v;
    size_t n;
    CHECK_ERR(live_gone(db, a, alive_since, &v, &n), OK);
    for (size_t i = 0; i < n; i++)
        if (v[i] == server)
            return true;
    return false;
}

/* Two servers: who has what open, who is gone, and what is left of those. */
static void servers(void)
{
    int64_t doc = document("to tjenere"), alive, dead, row, *v;
    struct live_journal_row *rows, one;
    struct live_record *r;
    struct buf b = {0};
    size_t n;
    CHECK_ERR(server_insert(db, 1000, &alive), OK);
    CHECK_ERR(server_insert(db, 1000, &dead), OK);
    CHECK_ERR(server_beat(db, alive, 100000), OK);
    int of_alive = (int)alive * LIVE_STREAMS + 1, of_dead = (int)dead * LIVE_STREAMS + 7;
    CHECK(!is_gone(50000, dead)); /* it has left nothing */
    CHECK_ERR(live_open_add(db, doc, of_alive), OK);
    CHECK_ERR(live_open_add(db, doc, of_dead), OK);
    CHECK_ERR(live_open_others(db, a, doc, alive, &v, &n), OK);
    CHECK(n == 1 && v[0] == dead);
    CHECK_ERR(live_open_others(db, a, doc + 1, alive, &v, &n), OK);
    CHECK_INT(n, 0);
    live_record_write(&b, &(struct live_record){doc, 1, 10, B("d")});
    struct bytes records_of_row = {(const uint8_t *)b.p, b.n};
    CHECK_ERR(live_journal_add(db, of_dead, records_of_row, &row), OK);
    CHECK_ERR(live_journal_add(db, of_alive, records_of_row, &row), OK);
    CHECK_ERR(live_journal_get(db, a, row, &one), OK);
    CHECK(one.stream == of_alive && same(one.records, records_of_row));
    CHECK_ERR(live_journal_get(db, a, row + 1, &one), ERR_NOT_FOUND);
    CHECK(is_gone(50000, dead) && !is_gone(50000, alive));
    CHECK(is_gone(INT64_MAX, alive)); /* asked by who is alone */
    CHECK_ERR(live_load_journal(db, a, doc, &r, &n), OK);
    CHECK_INT(n, 2);
    CHECK_ERR(live_journal_of_stream(db, a, of_dead, 0, 10, &rows, &n), OK);
    CHECK(n == 1 && rows[0].stream == of_dead);
    CHECK_ERR(live_journal_drop(db, of_dead, rows[0].id), OK);
    CHECK_ERR(live_open_drop_server(db, dead), OK);
    CHECK(!is_gone(50000, dead));
    CHECK_ERR(live_load_journal(db, a, doc, &r, &n), OK);
    CHECK_INT(n, 1);
    CHECK_ERR(live_open_drop(db, doc, of_alive), OK);
    CHECK_ERR(live_journal_drop(db, of_alive, row), OK);
    buf_free(&b);
}

/* Who fills the journal or a log fills no arena of those who read: what is another's is not kept, and what is too much is refused. */
static void floods(void)
{
    enum { HUGE_ROW = 15 << 20, ROWS = 9 };
    struct arena *small = arena_new((size_t)40 << 20);
    int64_t victim = document("lite"), hostile = document("stort"), row = 0;
    char *junk = calloc(1, HUGE_ROW);
    struct buf b = {.max = HUGE_ROW + 100};
    struct live_record *r;
    struct live_log_row log = {.document_id = hostile, .account_id = 1, .at = 1, .edits = 1, .data = {(const uint8_t *)junk, HUGE_ROW}}, *rows;
    struct bytes *updates;
    size_t n, pages = 0;
    CHECK_ERR(live_open_add(db, hostile, 0), OK);
    CHECK_ERR(live_open_add(db, victim, 0), OK);
    live_record_write(&b, &(struct live_record){hostile, 1, 10, log.data});
    live_record_write(&b, &(struct live_record){victim, 1, 10, B("x")});
    for (int i = 0; i < ROWS; i++) {
        CHECK_ERR(live_journal_add(db, 0, (struct bytes){(const uint8_t *)b.p, b.n}, &row), OK);
        CHECK_ERR(live_log_add(db, &log), OK);
    }
    CHECK_ERR(live_load_journal(db, small, victim, &r, &n), OK);
    CHECK(n == ROWS && same(r[ROWS - 1].update, B("x")));
    CHECK(arena_used(small) < 100000);
    arena_free(small);
    small = arena_new((size_t)200 << 20);
    CHECK_ERR(live_load_journal(db, small, hostile, &r, &n), ERR_LIMIT);
    arena_clear(small);
    CHECK_ERR(live_load(db, small, hostile, &updates, &n, NULL), ERR_LIMIT);
    for (int64_t seq = 0;; seq = rows[n - 1].seq, pages++) {
        arena_clear(small);
        CHECK_ERR(live_log_page(db, small, hostile, seq, INT64_MAX, &rows, &n), OK);
        if (!n)
            break;
        CHECK(n == 1 && rows[0].seq == seq + 1 && rows[0].data.n == HUGE_ROW);
    }
    CHECK_INT(pages, ROWS);
    CHECK_ERR(live_journal_drop(db, 0, row), OK);
    arena_free(small);
    buf_free(&b);
    free(junk);
}

static void sweeping(void)
{
    int64_t id = document("borte"), other = document("her"), gone, n;
    struct document_row d;
    struct live_log_row row = {.document_id = id, .account_id = 1, .at = 20, .edits = 1, .data = B("a")};
    CHECK_ERR(live_log_add(db, &row), OK);
    CHECK_ERR(live_snap_put(db, &(struct live_snap_row){id, 1, 1, B("a")}), OK);
    CHECK_ERR(document_share_put(db, &(struct document_share_row){.document_id = id, .account_id = 1, .may = 1}), OK);
    CHECK_ERR(document_visit(db, id, 1, 9), OK);
    CHECK_ERR(document_text_put(db, id, STR("a"), STR("a"), 1, 1), OK);
    CHECK_ERR(document_get(db, a, id, 1, &d), OK);
    d.deleted_at = 100;
    CHECK_ERR(document_update(db, &d), OK);
    CHECK_ERR(document_update(db, &d), ERR_CONFLICT); /* another version by now */
    CHECK_ERR(document_sweep(db, a, 100, 10, &gone), OK);
    CHECK_INT(gone, 0);
    CHECK_ERR(document_sweep(db, a, 101, 10, &gone), OK);
    CHECK_INT(gone, 1);
    CHECK_ERR(document_get(db, a, id, 1, &d), ERR_NOT_FOUND);
    CHECK_ERR(document_get(db, a, other, 1, &d), OK);
    CHECK_ERR(document_count_own(db, a, 1, &n), OK);
    CHECK(n >= 1);
}

int main(void)
{
    char why[200];
    int64_t id;
    a = arena_new((size_t)64 << 20);
    CHECK_ERR(db_connect(test_db(), DB_WRITE, &db), OK);
    CHECK_ERR(migrate(db, migrations, 1, why, sizeof why), OK);
    CHECK_ERR(organisation_insert(db, &(struct organisation_row){.name = STR("Prøveby"), .kind = STR("municipality")}, &id), OK);
    CHECK_ERR(account_insert(db, &(struct account_row){.email = STR("eier@example.no"), .name = STR("Eier"), .lang = STR("nb")}, &id), OK);
    records();
    damaged();
    journal();
    log_rows();
    servers();
    floods();
    sweeping();
    db_close(db);
    arena_free(a);
    return test_end();
}
