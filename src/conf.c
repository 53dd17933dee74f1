#include "conf.h"
#include "base/utf8.h"
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

enum err conf_read(struct arena *a, const char *path, struct conf *out, char *why, size_t n_why)
{
    struct conf c = {0};
    FILE *f = fopen(path, "rb");
    char *text = arena_alloc(a, 65536);
    size_t n = f ? fread(text, 1, 65536, f) : 0;
    if (f)
        fclose(f);
    if (n == 65536 || !utf8_valid((struct str){text, n})) {
        snprintf(why, n_why, "%s: too long or not UTF-8", path);
        return ERR_INVALID;
    }
    struct str rest = {text, n};
    for (int line = 1; rest.n; line++) {
        struct str l = str_trim(str_cut(&rest, '\n'));
        if (!l.n || l.p[0] == '#')
            continue;
        bool has_value = str_find(l, '=') >= 0;
        struct str key = str_trim(str_cut(&l, '='));
        if (!has_value || set(&c, key, str_trim(l)) != OK) {
            snprintf(why, n_why, has_value ? "%s:%d: unknown key %.*s" : "%s:%d: expected key = value%.*s", path, line,
                     has_value ? (int)key.n : 0, key.p ? key.p : "");
            return ERR_INVALID;
        }
    }
    *out = c;
    return OK;
}
