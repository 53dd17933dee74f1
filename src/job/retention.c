#include "job/retention.h"
#include "base/log.h"
#include "base/tm.h"
#include "model/account.h"
#include "model/person.h"
#include "model/rights.h"
#include "service/erasures.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { AT_ONCE = 3 /* in one piece of the writer: others wait for it */, ROUNDS = 200 };

static enum err sweep(void *arg, struct db *db)
{
    (void)arg;
    int64_t now = tm_now();
    return person_sweep(db, now - (int64_t)RETENTION_MAIL_DAYS * TM_DAY_MS, now - (int64_t)RETENTION_LINK_DAYS * TM_DAY_MS, now);
}

struct round {
    int64_t organisation_id; /* the one looked at; 0 at the end */
    size_t erased;
};

static enum err one(void *arg, struct db *db)
{
    struct round *r = arg;
    struct organisation_row o;
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)512 << 20);
    enum err e = organisation_from(db, a, r->organisation_id, &o);
    if (e) {
        *r = (struct round){0};
        return e == ERR_NOT_FOUND ? OK : e;
    }
    struct actor program = {.organisation_id = o.id, .role = ROLE_ADMINISTRATOR, .name = STR("springbrett")};
    int64_t now = tm_now();
    struct ctx c = {.a = a, .db = db, .actor = &program, .now = now, .today = tm_on_of(now), .lang = LANG_NB, .request = STR("")};
    r->organisation_id = o.id;
    return erase_round(&c, o.id, AT_ONCE, &r->erased);
}

enum err retention_run(struct writer *w)
{
    struct round r = {.organisation_id = 1};
    size_t all = 0;
    enum err e = writer_run(w, DB_LANE_ALL, sweep, NULL);
    if (e)
        log_warn("job", "old mails and links could not be swept, tried again in an hour", LOG_S("job", STR("retention")));
    for (int i = 0; i < ROUNDS && r.organisation_id; i++) {
        enum err erased = writer_run(w, DB_LANE_ALL, one, &r);
        if (erased) {
            log_warn("job", "people whose time is over could not be erased, tried again in an hour", LOG_S("job", STR("retention")));
            return erased;
        }
        all += r.erased;
        if (r.organisation_id && r.erased < AT_ONCE)
            r.organisation_id++;
    }
    if (all)
        log_info("job", "people whose time was over are erased", LOG_I("people", (int64_t)all));
    return e;
}

static enum err scrubbed(void *arg, struct db *db)
{
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
    enum err e = db_connect(db_url, DB_READ, &look);
    if (!e)
        e = erasure_unscrubbed(look, a, &id);
    db_closep(&look);
    if (!e && id)
        e = db_connect(db_url, DB_WRITE, &db);
    if (!e && id)
        e = db_scrub(db);
    if (!e && id)
        e = writer_run(w, DB_LANE_ALL, scrubbed, &id);
    if (e && e != ERR_BUSY)
        log_warn("job", "the file could not be written anew after an erasure, tried again soon", LOG_S("error", str_c(err_name(e))));
    else if (!e && id)
        log_info("job", "the file is written anew: nothing erased is left in it");
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
