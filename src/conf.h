/* conf.h: springbrett.conf, `key = value`, # comments. An unknown key or a bad value is refused with its line. Secrets only in files. */
#pragma once
#include "base/arena.h"
#include "oidc/conf.h"

enum { CONF_GRACE_MAX_S = 600 };
struct conf {
    struct str listen, base_url, database, database_listen, smtp_url, smtp_password_file, mail_from, trusted_proxy, key_file, sandbox;
    struct str log, log_level, metrics, stop_grace;
    struct oidc_conf *oidc; /* providers of logins, oidc.NAME.KEY, in the order they come */
    size_t n_oidc;
};
/* Absent file: defaults. ERR_INVALID with a sentence in `why`. Strings live in the arena. */
enum err conf_read(struct arena *a, const char *path, struct conf *out, char *why, size_t n_why) MUST_CHECK;
/* One key, for options of the command line: why it is refused; NULL: it is set. The strings must live as long as c. */
const char *conf_set(struct conf *c, struct str key, struct str value);
/* Each key that differs, and whether SIGHUP takes it; providers of logins together, as "oidc". */
void conf_compare(const struct conf *a, const struct conf *b, void (*each)(void *arg, const char *key, bool reload), void *arg);
/* The keys that SIGHUP takes, as they stand in `fresh`. The strings are those of `fresh`. */
void conf_take(struct conf *c, const struct conf *fresh);
/* Every key with its meaning and default, for `springbrett --help` and the operator guide. */
/* `reload`: SIGHUP takes a new value. */
void conf_help(void (*line)(void *arg, const char *key, const char *help, bool reload), void *arg);
