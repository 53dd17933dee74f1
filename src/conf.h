/* conf.h: springbrett.conf, `key = value`, # comments. An unknown key or a bad value is refused with its line. Secrets only in files. */
#pragma once
#include "base/arena.h"

struct conf {
    struct str listen, base_url, database, smtp_url, smtp_password_file, mail_from, trusted_proxy;
};
/* Absent file: defaults. ERR_INVALID with a sentence in `why`. Strings live in the arena. */
enum err conf_read(struct arena *a, const char *path, struct conf *out, char *why, size_t n_why) MUST_CHECK;
/* Every key with its meaning and default, for `springbrett --help` and the operator guide. */
void conf_help(void (*line)(void *arg, const char *key, const char *help), void *arg);
