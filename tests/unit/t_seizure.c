/* Somebody carries off the database without the key: what was sealed cannot be read from its bytes, nor a number be found by trying. */
#include "base/vault.h"
#include "db/db.h"
#include "tests/test.h"
#include <sqlite3.h>
#include <unistd.h>

static const char secret[] = "JBSWY3DPEHPK3PXP-canary", pid[] = "01017012345";

static void put(sqlite3 *db, struct bytes sealed, const char *mac, const char *plain)
{
    sqlite3_stmt *st = NULL;
    CHECK(sqlite3_prepare_v2(db, "INSERT INTO kept VALUES (?, ?, ?)", -1, &st, NULL) == SQLITE_OK);
    sqlite3_bind_blob(st, 1, sealed.p, (int)sealed.n, SQLITE_TRANSIENT);
    sqlite3_bind_text(st, 2, mac, 64, SQLITE_TRANSIENT);
    sqlite3_bind_text(st, 3, plain, -1, SQLITE_TRANSIENT);
    CHECK(sqlite3_step(st) == SQLITE_DONE);
    sqlite3_finalize(st);
}

static bool file_holds(const char *path, const char *what)
{
    static char bytes[1 << 20];
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
    if (f)
        fclose(f);
    return n && memmem(bytes, n, what, strlen(what));
}

int main(void)
{
    char folder[] = "/tmp/seizure-XXXXXX", path[64], key[64];
    struct arena *a = arena_new(1 << 22);
    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/taken.db", folder);
    snprintf(key, sizeof key, "%s/secret.key", folder);
    CHECK_ERR(vault_start(key), OK);
    struct bytes sealed = vault_seal(a, "totp", 7, (struct bytes){(const uint8_t *)secret, strlen(secret)}), plain;
    struct str mac = vault_mac_hex(a, "pid", str_c(pid));
    sqlite3 *db = NULL;
    CHECK(sqlite3_open(path, &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "CREATE TABLE kept (sealed BLOB, mac TEXT, open TEXT)", NULL, NULL, NULL) == SQLITE_OK);
    put(db, sealed, mac.p, "what stands open");
    sqlite3_close(db);

    CHECK(file_holds(path, "what stands open")); /* control: the file is looked through */
    CHECK(!file_holds(path, secret));
    CHECK(!file_holds(path, pid));
    CHECK(file_holds(path, arena_cstr(a, mac)));
    CHECK_ERR(vault_open(a, "totp", 7, sealed, &plain), OK); /* with the key */
    CHECK_INT(plain.n, strlen(secret));

    vault_start_random(); /* elsewhere, without it */
    CHECK_ERR(vault_open(a, "totp", 7, sealed, &plain), ERR_INVALID);
    CHECK(!str_eq(vault_mac_hex(a, "pid", str_c(pid)), mac)); /* trying every number finds none */
    unlink(path);
    unlink(key);
    rmdir(folder);
    arena_free(a);
    return test_end();
}
