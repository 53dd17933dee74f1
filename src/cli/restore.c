/* restore.c: `springbrett restore`: a backup into an empty place. The database is made in DIR/restore.part, or marked as unfinished where it
 * stands, until the rows are read back, the erasures made again and the check has found nothing; then it gets its name. */
#include "base/file.h"
#include "base/tm.h"
#include "base/vault.h"
#include "cli/keeping.h"
#include "db/migrate.h"
#include "model/check.h"
#include "service/erasures.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LISTS_MAX = 16 };

struct restore {
    struct cli *cli;
    const char *from, *key_file, *lists[LISTS_MAX];
    size_t n_lists;
    bool nothing_erased, new_secret, wrote_key, wrote_list;
    struct container_head head;
    struct str conf, secret; /* what the backup has of them */
    const char *folder;      /* restore.part beside the database; NULL for PostgreSQL */
    const char *name, *url;  /* the database's file when it is done; where it is made */
    int lock;
};

/* ---- the place */

static const char *in_folder(struct restore *r, const char *folder, const char *name)
{
    return arena_fmt(r->cli->a, "%s/%s", folder, name).p;
}

static const char *folder_of(struct restore *r, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_cstr(r->cli->a, (struct str){path, slash == path ? 1 : (size_t)(slash - path)}) : ".";
}

static void sweep(struct restore *r)
{
    static const char *const names[] = {"springbrett.db", "springbrett.db-wal", "springbrett.db-shm", "springbrett.db-journal"};
    for (size_t i = 0; i < COUNT(names); i++)
        unlink(in_folder(r, r->folder, names[i]));
    rmdir(r->folder);
}

/* After a fault the folder is as it was. */
static void done(struct restore *r, int rc)
{
    if (rc && r->wrote_key)
        unlink(in_folder(r, r->cli->data, "secret.key"));
    if (rc && r->wrote_list)
        unlink(in_folder(r, r->cli->data, "erasures.list"));
    if (r->folder && r->lock >= 0)
        sweep(r);
    if (r->lock >= 0)
        close(r->lock);
}

/* A folder for what is not finished. What an earlier one left there that was cut short goes. */
static int make_part(struct restore *r)
{
    const char *path = arena_cstr(r->cli->a, r->cli->db_url);
    path = strncmp(path, "sqlite:", 7) ? path : path + 7;
    r->name = path;
    r->folder = in_folder(r, folder_of(r, path), "restore.part");
    if (access(path, F_OK) == 0)
        return cli_fail("there is a database already: %s. A restore goes into an empty place only", path);
    if (mkdir(r->folder, 0700) && errno != EEXIST)
        return cli_fail("cannot make %s", r->folder);
    r->lock = open(r->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (r->lock >= 0 && flock(r->lock, LOCK_EX | LOCK_NB)) {
        close(r->lock);
        r->lock = -1;
    }
    if (r->lock < 0)
        return cli_fail("another restore is at work in %s", r->folder);
    sweep(r);
    if (mkdir(r->folder, 0700))
        return cli_fail("cannot make %s", r->folder);
    r->url = in_folder(r, r->folder, "springbrett.db");
    return 0;
}

static int make_place(struct restore *r)
{
    if (mkdir(r->cli->data, 0700) && errno != EEXIST)
        return cli_fail("cannot make the folder %s", r->cli->data);
    if (db_kind_of(arena_cstr(r->cli->a, r->cli->db_url)) == DB_SQLITE)
        return make_part(r);
    r->url = arena_cstr(r->cli->a, r->cli->db_url);
    return 0;
}

/* ---- the backup */

static enum err take_file(void *arg, struct str name, struct str content)
{
    struct restore *r = arg;
    if (str_is(name, "springbrett.conf"))
        r->conf = arena_str(r->cli->a, content);
    if (str_is(name, "secret.key"))
        r->secret = arena_str(r->cli->a, content);
    return OK;
}

static int open_backup(struct restore *r, struct container_in **in)
{
    unsigned char key[CONTAINER_KEY_BYTES];
    enum err e = container_open(r->from, &r->head, in);
    if (e)
        return cli_fail(e == ERR_NOT_FOUND ? "cannot read %s"
                        : e == ERR_LIMIT   ? "%s is of a newer form than this program knows. Use a newer program"
                                           : "%s is no backup, or its head is damaged",
                        r->from);
    int rc = r->key_file ? cli_backup_key(r->cli, r->key_file, key) : 0;
    if (rc)
        return rc;
    e = container_unlock(*in, r->key_file ? key : NULL);
    if (e == ERR_DENIED && str_is(r->head.key_id, "none"))
        return cli_fail("%s is not sealed: leave --key out", r->from);
    if (e == ERR_DENIED)
        return cli_fail("%s is sealed with %s", r->from, r->key_file ? "another key" : "a key: say --key FILE");
    return e ? cli_fail("%s is damaged", r->from) : 0;
}

/* ---- the database */

static int found(struct restore *r)
{
    CLEANUP(db_closep) struct db *db = NULL;
    char why[300] = "";
    bool cut = false;
    enum err e = db_connect(r->url, DB_WRITE, &db);
    if (e)
        return cli_fail("cannot open the database (%s)", db_why(NULL));
    e = restore_marked(db, &cut);
    if (!e && cut)
        return cli_fail("an earlier restore into this database was cut short: make it empty first");
    if (!e)
        e = migrate_to(db, migrations, r->head.schema, tm_now(), why, sizeof why);
    if (!e)
        e = restore_mark(db);
    return e ? cli_fail("the database cannot be made ready: %s", *why ? why : db_why(db)) : 0;
}

/* The key that goes with the data: of the backup, or what the operator put into the folder. */
static int settle_key(struct restore *r)
{
    const char *file = in_folder(r, r->cli->data, "secret.key");
    unsigned char there[VAULT_KEY_BYTES];
    enum err e = vault_read_key(file, there);
    if (e && e != ERR_NOT_FOUND)
        return cli_fail("the key in %s cannot be used: it must be a file of 32 bytes that only this user can read", file);
    if (!e && r->secret.n && (r->secret.n != sizeof there || memcmp(there, r->secret.p, sizeof there)))
        return cli_fail("%s is another key than the one in the backup; move it away", file);
    if (e && r->secret.n) {
        r->wrote_key = true;
        if (file_write(file, r->secret, true))
            return cli_fail("cannot write %s", file);
    }
    if (!e || r->secret.n)
        return vault_start(file) ? cli_fail("the key in %s cannot be used", file) : 0;
    vault_start_random();
    return 0;
}

static int erase_again(struct restore *r, struct ctx *c)
{
    for (size_t i = 0; i < r->n_lists; i++) {
        struct erasures_done d = {0};
        struct str list;
        enum err e = file_read(r->cli->a, r->lists[i], CLI_ERASURES_MAX, &list);
        if (e)
            return cli_fail("cannot read %s", r->lists[i]);
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        e = db_begin(c->db, &tx);
        if (!e)
            e = erasures_replay(c, list, &d);
        if (!e)
            e = db_commit(&tx);
        if (e)
            return cli_fail(e == ERR_INVALID ? "%s is no list of erasures, or it is cut" : "who was erased could not be erased again (%s)",
                            e == ERR_INVALID ? r->lists[i] : err_name(e));
        printf("erased\t%lld on the list\t%lld erased again\n", (long long)d.listed, (long long)d.again);
        if (d.running)
            fprintf(stderr, "springbrett: %lld mentorships of erased persons still run in this backup: the project leader has to end them\n",
                    (long long)d.running);
    }
    return 0;
}

/* Does the key at hand belong to it? Without one, it will be asked for when the server starts. */
static int check_key(struct restore *r, struct db *db, bool has_key)
{
    if (r->new_secret)
        return cli_key_forget(db, r->cli->a) ? cli_fail("the mark of the lost key could not be taken away") : 0;
    if (has_key)
        return cli_key_fits(r->cli, db);
    fprintf(stderr, "springbrett: the installation's key is not in the backup: put it into %s before you serve (docs/operator.md)\n",
            in_folder(r, r->cli->data, "secret.key"));
    return 0;
}

static int write_list(struct restore *r, struct db *db)
{
    const char *file = in_folder(r, r->cli->data, "erasures.list");
    r->wrote_list = access(file, F_OK) != 0;
    return erasures_keep(db, file) ? cli_fail("cannot write %s", file) : 0;
}

static int finish_database(struct restore *r)
{
    CLEANUP(db_closep) struct db *db = NULL;
    struct actor actor;
    struct ctx c;
    bool scrubbed;
    enum err e = db_connect(r->url, DB_WRITE, &db);
    if (e)
        return cli_fail("cannot open the database (%s)", db_why(NULL));
    int rc = cli_bring_up(db);
    if (rc)
        return rc;
    e = cli_ctx(r->cli, db, ROLE_ADMINISTRATOR, &actor, &c);
    if (e && e != ERR_NOT_FOUND)
        return cli_fail("the database cannot be read (%s)", err_name(e));
    bool has_key = access(in_folder(r, r->cli->data, "secret.key"), F_OK) == 0;
    if (!e)
        rc = erase_again(r, &c);
    if (!rc && !e)
        rc = check_key(r, db, has_key);
    if (!rc && erase_scrub(db, r->cli->a, tm_now(), &scrubbed))
        rc = cli_fail("the erased could not be cleared from the free room of the database");
    if (!rc)
        rc = cli_check_database(r->cli, db, r->url, NULL);
    if (!rc)
        rc = write_list(r, db);
    if (!rc && restore_unmark(db))
        rc = cli_fail("the database could not be finished (%s)", db_why(db));
    return rc;
}

/* ---- its name */

/* The configuration as it was, but for the lines that would lead away from what was restored here. */
static int write_conf(struct restore *r)
{
    const char *file = in_folder(r, r->cli->data, "springbrett.conf");
    struct buf b = {0};
    if (!r->conf.n)
        return 0;
    if (access(file, F_OK) == 0) {
        fprintf(stderr, "springbrett: %s was there already and stays as it is\n", file);
        return 0;
    }
    for (struct str rest = r->conf; rest.n;) {
        struct str l = str_cut(&rest, '\n'), key = l;
        key = str_trim(str_cut(&key, '='));
        if (str_is(key, "database") || str_is(key, "key_file"))
            buf_c(&b, "# as it was before the restore: ");
        buf_str(&b, l);
        buf_byte(&b, '\n');
    }
    enum err e = b.bad ? ERR_LIMIT : file_write(file, buf_view(&b), true);
    buf_free(&b);
    return e ? cli_fail("cannot write %s", file) : 0;
}

static int give_name(struct restore *r)
{
    if (!r->folder)
        return 0;
    if (access(r->name, F_OK) == 0)
        return cli_fail("there is a database by now: %s", r->name);
    if (rename(r->url, r->name) || file_sync_folder(r->name))
        return cli_fail("cannot give %s its name", r->name);
    return 0;
}

/* Nothing was put in: the place is as empty as before. */
static void unmark(const char *url)
{
    CLEANUP(db_closep) struct db *db = NULL;
    if (db_connect(url, DB_WRITE, &db) || restore_unmark(db))
        cli_fail("the mark of an unfinished restore could not be taken away");
}

static int run(struct restore *r)
{
    CLEANUP(container_closep) struct container_in *in = NULL;
    struct keep_done kept;
    int rc = open_backup(r, &in);
    if (!rc)
        rc = make_place(r);
    if (!rc)
        rc = found(r);
    if (rc)
        return rc;
    enum err e = keep_read(in, r->url, take_file, r, &kept);
    if (e && !r->folder)
        unmark(r->url);
    if (e)
        return cli_fail("%s was not restored: %s", r->from, kept.why[0] ? kept.why : err_name(e));
    rc = settle_key(r);
    if (!rc)
        rc = finish_database(r);
    if (!rc)
        rc = write_conf(r);
    if (!rc)
        rc = give_name(r);
    if (!rc)
        printf("restored\t%lld tables\t%lld rows\tas of %.*s\n", (long long)kept.tables, (long long)kept.rows, STR_FMT(r->head.at));
    return rc;
}

int cli_restore(struct cli *cli)
{
    struct restore r = {.cli = cli, .from = cli_option(cli, "--from"), .key_file = cli_option(cli, "--key"), .lock = -1};
    r.nothing_erased = cli_flag(cli, "--nothing-erased");
    r.new_secret = cli_flag(cli, "--key-is-lost");
    for (const char *l; r.n_lists < LISTS_MAX && (l = cli_option(cli, "--erasures")) != NULL;)
        r.lists[r.n_lists++] = l;
    if (cli->argc || !r.from)
        return cli->argc ? cli_usage(cli, "restore does not know %s", cli->argv[0]) : cli_usage(cli, "restore wants --from FILE");
    if (r.nothing_erased == (r.n_lists > 0))
        return cli_fail("a backup brings persons back who were erased after it was made. Say --erasures FILE, the newest erasures.list there is, or "
                        "--nothing-erased when nobody was");
    int rc = run(&r);
    done(&r, rc);
    return rc;
}
