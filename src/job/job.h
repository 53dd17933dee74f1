/* job.h: what happens without a request: mail from the outbox, sweeping of expired sessions and uploads, the
 * sorting by criteria, days of the log that are counted, documents' texts for searching and mails about comments (job/documents.h). One thread; every change through the writer. */
#pragma once
#include "service/servers.h"

struct jobs;
struct job_conf {
    const char *db_url;
    struct servers *servers; /* what several processes do only once is asked of it */
    const char *folder; /* where erasures.list is kept and backups before upgrades are swept; NULL: nowhere */
    struct str smtp_url, smtp_password_file, mail_from;
    struct str base_url; /* for links in mails, no slash at the end */
};
/* ERR_INVALID: there is a mail server but no usable sender. A demo sends nothing, whatever is configured. */
enum err jobs_start(const struct job_conf *conf, struct writer *w, struct jobs **out) MUST_CHECK;
/* Mail server, its password file and sender, from the next round on. ERR_INVALID as above: nothing is changed. */
enum err jobs_mail(struct jobs *j, const struct job_conf *conf) MUST_CHECK;
void jobs_leave(struct jobs *j); /* begins nothing new; does not wait */
void jobs_stop(struct jobs *j);  /* waits for what is under way; NULL is fine */

enum job { JOB_SWEEP, JOB_DOCUMENTS, JOB_RETENTION, JOB_YEARS, JOB_LOG_DAYS, JOB_INDEX, JOB_DIGEST, JOB_CRITERIA, JOB_HANDOVER, JOB_SCRUB, JOB_LIST, JOB_OUTBOX, JOB_N };
struct job_counts {
    const char *name;
    int64_t ok_at;  /* when it last went well, ms UTC; 0: not yet */
    int64_t failed; /* how often it did not */
};
struct job_counts jobs_counts(struct jobs *j, enum job which);
