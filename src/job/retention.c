#include "job/retention.h"
#include "base/log.h"
#include "base/tm.h"
#include "model/account.h"
#include "model/log_line.h"
#include "model/rights.h"
#include "model/sweep.h"
#include "service/erase.h"
#include "service/erasures.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { AT_ONCE = 3 /* in one piece of the writer: others wait for it */, AN_ORGANISATION = 200 /* pieces of it at a time */ };

struct sweep {
    struct sweep_times times;
    bool more;
};
static enum err sweep(void *arg, struct db *db)
{
    struct sweep *s = arg;
    return sweep_some(db, &s->times, &s->more);
}

enum err retention_sweep(const struct retention_conf *conf)
{
    int64_t now = tm_now();
    struct sweep s = {.times = {now, 0, 0}, .more = true};
    if (!conf->demo) {
        s.times.mail_before = now - (int64_t)RETENTION_MAIL_DAYS * TM_DAY_MS;
        s.times.link_before = now - (int64_t)RETENTION_LINK_DAYS * TM_DAY_MS;
    }
    while (s.more && !job_leaves(conf->leave)) {
        enum err e = writer_run(conf->writer, WRITER_LANE_ANY, sweep, &s);
        if (e) {
            log_warn("job", "what is over could not be swept, tried again in an hour", LOG_S("job", STR("sweep")));
            return e;
        }
    }
    return OK;
}

/* ---- people whose time is over */

static struct ctx program(struct arena *a, struct db *db, struct actor *actor, int64_t organisation_id)
{
    int64_t now = tm_now();
    *actor = (struct actor){.organisation_id = organisation_id, .role = ROLE_ADMINISTRATOR, .name = STR("springbrett")};
    return (struct ctx){.a = a, .db = db, .actor = actor, .now = now, .today = tm_on_of(now), .lang = LANG_NB, .request = STR("")};
}

struct round {
    int64_t organisation_id;
    size_t erased;
};
static enum err one(void *arg, struct db *db)
{
    struct round *r = arg;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)512 << 20);
    struct actor actor;
    struct ctx c = program(a, db, &actor, r->organisation_id);
    return erase_round(&c, r->organisation_id, AT_ONCE, &r->erased);
}

/* Looking takes longer the longer an organisation's history is, so nobody who writes waits for it. */
static enum err waits(struct db *db, int64_t organisation_id, bool *waits)
{
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)64 << 20);
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    struct actor actor;
    struct ctx c = program(a, db, &actor, organisation_id);
    TRY(db_begin_read(db, &tx));
    return erase_waits(&c, organisation_id, waits);
}

static enum err in_organisation(const struct retention_conf *conf, struct db *db, int64_t id, size_t *all)
{
    bool any;
    TRY(waits(db, id, &any));
    struct round r = {id, AT_ONCE};
    for (int i = 0; any && i < AN_ORGANISATION && r.erased == AT_ONCE && !job_leaves(conf->leave); i++) {
        TRY(writer_run(conf->writer, id, one, &r));
        *all += r.erased;
    }
    return OK;
}

/* What goes wrong in one keeps no other from its turn; the first error is returned. */
static enum err in_all(const struct retention_conf *conf, size_t *all)
{
    CLEANUP(db_closep) struct db *db = NULL;
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    enum err first = OK;
    TRY(db_connect(conf->db_url, DB_READ, &db));
    for (struct organisation_row o = {0}; !job_leaves(conf->leave);) {
        arena_clear(a);
        enum err e = organisation_from(db, a, o.id + 1, &o);
        if (e)
            return e == ERR_NOT_FOUND ? first : e;
        e = in_organisation(conf, db, o.id, all);
        first = first ? first : e;
    }
    return first;
}

enum err retention_run(const struct retention_conf *conf)
{
    size_t all = 0;
    enum err e = in_all(conf, &all);
    if (e)
        log_warn("job", "people whose time is over could not be erased, tried again in an hour", LOG_S("job", STR("retention")));
    if (all)
        log_info("job", "people whose time was over are erased", LOG_I("people", (int64_t)all));
    return e;
}

static enum err scrubbed(void *arg, struct db *db)
{
    TRY(log_cleared(db));
    return erasure_scrubbed(db, *(int64_t *)arg, tm_now());
}

enum err retention_list(const char *db_url, const char *folder, int64_t *kept)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    CLEANUP(db_closep) struct db *db = NULL;
    char name[600];
    int64_t newest = 0;
    snprintf(name, sizeof name, "%s/erasures.list", folder);
    enum err e = db_connect(db_url, DB_READ, &db);
    if (!e)
        e = erasure_newest(db, a, &newest);
    if (!e && newest != *kept)
        e = erasures_keep(db, name);
    if (!e)
        *kept = newest;
    else if (e != ERR_BUSY)
        log_warn("job", "the list of erasures could not be kept, tried again soon", LOG_S("error", str_c(err_name(e))));
    return e;
}

enum err retention_scrub(struct writer *w, const char *db_url)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    CLEANUP(db_closep) struct db *look = NULL;
    CLEANUP(db_closep) struct db *db = NULL;
    int64_t id = 0;
    bool lines = false, more;
    enum err e = db_connect(db_url, DB_READ, &look);
    if (!e)
        e = erasure_unscrubbed(look, a, &id);
    if (!e && db_kind_of(db_url) == DB_SQLITE)
        e = log_uncleared(look, a, &lines);
    more = lines || id;
    db_closep(&look);
    if (!e && more)
        e = db_connect(db_url, DB_WRITE, &db);
    if (!e && more)
        e = db_scrub(db);
    if (!e && more)
        e = writer_run(w, WRITER_LANE_ANY, scrubbed, &id);
    if (e && e != ERR_BUSY)
        log_warn("job", "what was erased could not be cleared from the file's free room, tried again soon", LOG_S("error", str_c(err_name(e))));
    else if (!e && more)
        log_info("job", "the file's free room is cleared: nothing erased is left in it");
    return e;
}

void retention_files(const char *folder, int64_t now)
{
    DIR *d = folder ? opendir(folder) : NULL;
    for (struct dirent *f; d && (f = readdir(d)) != NULL;) {
        struct str name = str_c(f->d_name);
        struct stat st;
        if (!str_starts(name, STR("before-upgrade-from-")) || !str_ends(name, STR(".backup")) || fstatat(dirfd(d), f->d_name, &st, AT_SYMLINK_NOFOLLOW))
            continue;
        if (S_ISREG(st.st_mode) && now - (int64_t)st.st_mtime * 1000 > (int64_t)RETENTION_UPGRADE_DAYS * TM_DAY_MS && unlinkat(dirfd(d), f->d_name, 0) == 0)
            log_info("job", "the backup from before an upgrade is old enough to go");
    }
    if (d)
        closedir(d);
}
