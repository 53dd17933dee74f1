#include "conf.h"
#include "base/utf8.h"
#include <errno.h>
#include <stdio.h>

static const struct {
    const char *key, *help;
    size_t at;
} keys[] = {
    {"listen", "address and port to listen on (127.0.0.1:8080)", offsetof(struct conf, listen)},
    {"base_url", "address people use, for links in mails (http:// and listen)", offsetof(struct conf, base_url)},
    {"database", "where the data is (the data folder's springbrett.db)", offsetof(struct conf, database)},
    {"smtp_url", "mail server, smtp://host:587 or smtps://host:465; empty: mails wait in the outbox", offsetof(struct conf, smtp_url)},
    {"smtp_password_file", "file with two lines for the mail server, user and password", offsetof(struct conf, smtp_password_file)},
    {"mail_from", "sender of all mails, Name <address>", offsetof(struct conf, mail_from)},
    {"trusted_proxy", "address of the reverse proxy whose X-Forwarded-For and -Proto count", offsetof(struct conf, trusted_proxy)},
};

void conf_help(void (*line)(void *arg, const char *key, const char *help), void *arg)
{
    for (size_t i = 0; i < COUNT(keys); i++)
        line(arg, keys[i].key, keys[i].help);
}

static enum err set(struct conf *c, struct str key, struct str value)
{
    for (size_t i = 0; i < COUNT(keys); i++)
        if (str_is(key, keys[i].key)) {
            *(struct str *)(void *)((char *)c + keys[i].at) = value;
            return OK;
        }
    return ERR_NOT_FOUND;
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
    return set(c, key, value) == OK ? NULL : "unknown key ";
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
    struct conf c = {0};
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
    *out = c;
    return OK;
}
