/* job.h: what happens without a request: mail from the outbox, sweeping of expired sessions and uploads, the
 * sorting by criteria. One thread; every change through the writer. */
#pragma once
#include "db/writer.h"

struct jobs;
struct job_conf {
    const char *db_url;
    struct str smtp_url, smtp_password_file, mail_from;
};
/* ERR_INVALID: there is a mail server but no usable sender. A demo sends nothing, whatever is configured. */
enum err jobs_start(const struct job_conf *conf, struct writer *w, struct jobs **out) MUST_CHECK;
void jobs_stop(struct jobs *j); /* NULL is fine */
