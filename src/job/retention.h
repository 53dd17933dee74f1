/* retention.h: what goes by itself when its time is over: old mails and links, people some time after the end (service/erase.h); and what
 * was erased from the free room of SQLite's file. */
#pragma once
#include "db/writer.h"
#include "job/leave.h"

enum { RETENTION_MAIL_DAYS = 90, RETENTION_LINK_DAYS = 90 };
struct retention_conf {
    const char *db_url;
    struct writer *writer;
    bool demo; /* nobody is erased, and mails stay */
    const atomic_bool *leave;
};
/* Sessions, marks, half logins, mails and links that are over (model/sweep.h), some at a time. What goes wrong in these two is logged and tried again
 * the next time; both end early, between two pieces, when the program leaves. */
enum err retention_sweep(const struct retention_conf *conf);
/* Every organisation's people whose time is over. */
enum err retention_run(const struct retention_conf *conf);
/* Clears the free room of the database's file (db_scrub) when somebody was erased since the last time, or lines of the log went (on PostgreSQL its own vacuum
 * comes for those). */
enum err retention_scrub(struct writer *w, const char *db_url);
/* The list of erasures in this process's own folder, when it is not as of *kept (-1: in any case), which follows. */
enum err retention_list(const char *db_url, const char *folder, int64_t *kept);
/* Backups that an upgrade left in `folder` (NULL: none) go after RETENTION_UPGRADE_DAYS: who is erased is still in them. */
enum { RETENTION_UPGRADE_DAYS = 14 };
void retention_files(const char *folder, int64_t now);
