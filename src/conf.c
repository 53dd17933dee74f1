#include "conf.h"
#include "base/log.h"
#include "base/num.h"
#include "base/utf8.h"
#include "oidc/url.h"
#include <errno.h>
#include <stdio.h>

static bool format_ok(struct str s)
{
    enum log_format f;
    return log_format_of(s, &f);
}

static bool level_ok(struct str s)
{
    enum log_level l;
    return log_level_of(s, &l);
}

static bool grace_ok(struct str s)
{
    int64_t n;
    return num_i64(s, 0, CONF_GRACE_MAX_S, &n);
}

static bool loopback_ok(struct str s)
{
    struct str port = s;
    int64_t n;
    if (str_starts(s, STR("[::1]:")))
        port = (struct str){s.p + 6, s.n - 6};
    else if (str_starts(s, STR("127.")))
        str_cut(&port, ':');
    else
        return false;
    return num_i64(port, 0, 65535, &n);
}

/* `reload`: SIGHUP takes a new value; all others want a restart. `ok`: NULL takes anything. */
static const struct {
    const char *key, *help;
    size_t at;
    bool reload;
    bool (*ok)(struct str);
    const char *must;
} keys[] = {
    {"listen", "address and port to listen on (127.0.0.1:8080)", offsetof(struct conf, listen)},
    {"base_url", "address people use, for links in mails (http:// and listen)", offsetof(struct conf, base_url)},
    {"database", "where the data is (the data folder's springbrett.db)", offsetof(struct conf, database)},
    {"database_listen", "database's url past a pooler, for what servers say to each other (database)", offsetof(struct conf, database_listen)},
    {"smtp_url", "mail server, smtp://host:587 or smtps://host:465; empty: mails wait in the outbox", offsetof(struct conf, smtp_url), true, NULL, NULL},
    {"smtp_password_file", "file with two lines for the mail server, user and password", offsetof(struct conf, smtp_password_file)},
    {"mail_from", "sender of all mails, Name <address>", offsetof(struct conf, mail_from), true, NULL, NULL},
    {"trusted_proxy", "address of the reverse proxy whose X-Forwarded-For and -Proto count", offsetof(struct conf, trusted_proxy)},
    {"key_file", "file with the key that seals secrets in the database (the data folder's secret.key, made when missing)", offsetof(struct conf, key_file)},
    {"log", "json or text: how lines of the log look (text)", offsetof(struct conf, log), true, format_ok, "log is json or text"},
    {"log_level", "least of debug, info, warn, error that is written (info)", offsetof(struct conf, log_level), true, level_ok,
     "log_level is debug, info, warn or error"},
    {"metrics", "address and port of this machine for monitoring, as 127.0.0.1:9464; empty: none", offsetof(struct conf, metrics), false, loopback_ok,
     "metrics is an address of this machine and a port, as 127.0.0.1:9464"},
    {"stop_grace", "seconds between saying no to /readyz and the end of listening, for a load balancer to notice (0)", offsetof(struct conf, stop_grace),
     true, grace_ok, "stop_grace is a number of seconds, 600 at most"},
    {"sandbox", "off: the program keeps rights it does not need, for kernels that cannot take them away (on)", offsetof(struct conf, sandbox)},
};

static const struct {
    const char *key, *help;
    size_t at;
} oidc_keys[] = {
    {"issuer", "a provider of logins (OpenID Connect), exactly as it names itself; NAME is yours: small letters, digits, hyphens", offsetof(struct oidc_conf, issuer)},
    {"client_id", "what the provider calls this installation", offsetof(struct oidc_conf, client_id)},
    {"client_key_file", "file with the private RSA key for private_key_jwt, PEM or JWK; read at each login", offsetof(struct oidc_conf, client_key_file)},
    {"client_key_id", "kid of that key (the JWK's own, or its RFC 7638 thumbprint)", offsetof(struct oidc_conf, client_key_id)},
    {"client_secret_file", "or: file with a client secret", offsetof(struct oidc_conf, client_secret_file)},
    {"scope", "what is asked for (openid)", offsetof(struct oidc_conf, scope)},
    {"acr_values", "levels that are enough, separated by blanks; empty: any", offsetof(struct oidc_conf, acr_values)},
    {"label", "what people call it, as on the button (NAME)", offsetof(struct oidc_conf, label)},
    {"roles", "roles that may log in this way, separated by commas: trainee,mentor,adviser,... (all)", offsetof(struct oidc_conf, roles)},
    {"pid_claim", "claim with the national identity number, people are known by; empty: by sub", offsetof(struct oidc_conf, pid_claim)},
    {"keep_pid", "yes: that number is kept, sealed (no)", offsetof(struct oidc_conf, keep_pid)},
};

void conf_help(void (*line)(void *arg, const char *key, const char *help, bool reload), void *arg)
{
    for (size_t i = 0; i < COUNT(keys); i++)
        line(arg, keys[i].key, keys[i].help, keys[i].reload);
    for (size_t i = 0; i < COUNT(oidc_keys); i++) {
        char key[64];
        snprintf(key, sizeof key, "oidc.NAME.%s", oidc_keys[i].key);
        line(arg, key, oidc_keys[i].help, false);
    }
}

/* The provider of that name, a new one if need be; NULL: not a name, or too many. */
static struct oidc_conf *provider(struct conf *c, struct str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!((name.p[i] >= 'a' && name.p[i] <= 'z') || (name.p[i] >= '0' && name.p[i] <= '9') || (name.p[i] == '-' && i)))
            return NULL;
    for (size_t i = 0; i < c->n_oidc; i++)
        if (str_eq(c->oidc[i].name, name))
            return &c->oidc[i];
    if (name.n < 1 || name.n > 30 || c->n_oidc == OIDC_PROVIDERS_MAX)
        return NULL;
    c->oidc[c->n_oidc].name = name;
    return &c->oidc[c->n_oidc++];
}

/* `key` without "oidc.". */
static enum err set_oidc(struct conf *c, struct str key, struct str value)
{
    struct str name = str_cut(&key, '.');
    for (size_t i = 0; i < COUNT(oidc_keys); i++)
        if (str_is(key, oidc_keys[i].key)) {
            struct oidc_conf *p = provider(c, name);
            if (!p)
                return ERR_NOT_FOUND;
            *(struct str *)(void *)((char *)p + oidc_keys[i].at) = value;
            return OK;
        }
    return ERR_NOT_FOUND;
}

static struct str *slot(const struct conf *c, size_t i)
{
    return (struct str *)(void *)((char *)(uintptr_t)c + keys[i].at);
}

const char *conf_set(struct conf *c, struct str key, struct str value)
{
    static const char unknown[] = "unknown key ";
    if (str_starts(key, STR("oidc.")))
        return set_oidc(c, (struct str){key.p + 5, key.n - 5}, value) == OK ? NULL : unknown;
    for (size_t i = 0; i < COUNT(keys); i++)
        if (str_is(key, keys[i].key)) {
            if (value.n && keys[i].ok && !keys[i].ok(value))
                return keys[i].must;
            *slot(c, i) = value;
            return NULL;
        }
    return unknown;
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return true;
    return false;
}

/* Why a line is refused; NULL: it is taken. */
static const char *read_line(struct conf *c, struct str line)
{
    bool has_value = str_find(line, '=') >= 0;
    struct str key = str_trim(str_cut(&line, '=')), value = str_trim(line);
    if (has_control(key) || has_control(value))
        return "a control character";
    if (!has_value)
        return "expected key = value";
    return conf_set(c, key, value);
}

/* What a provider lacks; NULL: nothing. */
static const char *incomplete(const struct oidc_conf *p)
{
    if (!oidc_url_ok(p->issuer))
        return "issuer must be an address with https:// (http:// only on this machine)";
    if (!p->client_id.n)
        return "client_id is missing";
    if (p->client_key_file.n && p->client_secret_file.n)
        return "client_key_file or client_secret_file, not both";
    if (p->keep_pid.n && !str_is(p->keep_pid, "yes") && !str_is(p->keep_pid, "no"))
        return "keep_pid is yes or no";
    if (str_is(p->keep_pid, "yes") && !p->pid_claim.n)
        return "keep_pid needs pid_claim";
    return NULL;
}

enum { CONF_MAX = 65536, KEY_SHOWN = 60 };

/* The whole file; nothing when there is none. */
static enum err load(struct arena *a, const char *path, struct str *out)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        *out = STR("");
        return errno == ENOENT || errno == ENOTDIR ? OK : ERR_DENIED;
    }
    char *text = arena_alloc(a, CONF_MAX);
    size_t n = fread(text, 1, CONF_MAX, f);
    bool broken = ferror(f) != 0;
    fclose(f);
    *out = (struct str){text, n};
    return broken ? ERR_DENIED : n == CONF_MAX ? ERR_LIMIT : OK;
}

enum err conf_read(struct arena *a, const char *path, struct conf *out, char *why, size_t n_why)
{
    struct conf c = {.oidc = ARENA_ARRAY(a, struct oidc_conf, OIDC_PROVIDERS_MAX)};
    struct str rest;
    enum err e = load(a, path, &rest);
    if (e || !utf8_valid(rest)) {
        snprintf(why, n_why, "%s: %s", path, e == ERR_DENIED ? "cannot be read" : "too long or not UTF-8");
        return ERR_INVALID;
    }
    for (int number = 1; rest.n; number++) {
        struct str line = str_trim(str_cut(&rest, '\n'));
        const char *wrong = line.n && line.p[0] != '#' ? read_line(&c, line) : NULL;
        if (!wrong)
            continue;
        struct str key = str_trim(str_cut(&line, '='));
        bool show = wrong[strlen(wrong) - 1] == ' ' && key.n <= KEY_SHOWN;
        snprintf(why, n_why, "%s:%d: %s%.*s", path, number, wrong, show ? (int)key.n : 0, key.n ? key.p : "");
        return ERR_INVALID;
    }
    for (size_t i = 0; i < c.n_oidc; i++) {
        const char *wrong = incomplete(&c.oidc[i]);
        if (wrong) {
            snprintf(why, n_why, "%s: oidc.%.*s: %s", path, STR_FMT(c.oidc[i].name), wrong);
            return ERR_INVALID;
        }
    }
    *out = c;
    return OK;
}

static bool same_provider(const struct oidc_conf *a, const struct oidc_conf *b)
{
    for (size_t i = 0; i < COUNT(oidc_keys); i++)
        if (!str_eq(*(const struct str *)(const void *)((const char *)a + oidc_keys[i].at),
                    *(const struct str *)(const void *)((const char *)b + oidc_keys[i].at)))
            return false;
    return str_eq(a->name, b->name);
}

void conf_compare(const struct conf *a, const struct conf *b, void (*each)(void *arg, const char *key, bool reload), void *arg)
{
    for (size_t i = 0; i < COUNT(keys); i++)
        if (!str_eq(*slot(a, i), *slot(b, i)))
            each(arg, keys[i].key, keys[i].reload);
    bool same = a->n_oidc == b->n_oidc;
    for (size_t i = 0; same && i < a->n_oidc; i++)
        same = same_provider(&a->oidc[i], &b->oidc[i]);
    if (!same)
        each(arg, "oidc", false);
}

void conf_take(struct conf *c, const struct conf *fresh)
{
    for (size_t i = 0; i < COUNT(keys); i++)
        if (keys[i].reload)
            *slot(c, i) = *slot(fresh, i);
}
