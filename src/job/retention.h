/* retention.h: what goes by itself when its time is over: old mails and links, people some time after the end (service/erase.h); and the database's
 * file written anew after every erasure. */
#pragma once
#include "db/writer.h"

enum { RETENTION_MAIL_DAYS = 90, RETENTION_LINK_DAYS = 90 };
/* Mails and links, then every organisation's people. What goes wrong is logged and tried again the next time. */
enum err retention_run(struct writer *w);
/* When somebody was erased since the last time: the database's file anew. Takes as long as copying it. */
enum err retention_scrub(struct writer *w, const char *db_url);
/* The list of erasures in this process's own folder, when it is not as of *kept (-1: in any case), which follows. */
enum err retention_list(const char *db_url, const char *folder, int64_t *kept);
/* Backups that an upgrade left in `folder` (NULL: none) go after RETENTION_UPGRADE_DAYS: who is erased is still in them. */
enum { RETENTION_UPGRADE_DAYS = 14 };
void retention_files(const char *folder, int64_t now);
