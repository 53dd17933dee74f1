/* Property: whatever the file holds, what is taken gives values without control characters and with nothing blank at their ends, and
 * written again as key = value gives the same; what is refused leaves the output alone and says why in one line of plain text that
 * begins with the file's name. */
#include "base/buf.h"
#include "base/utf8.h"
#include "conf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void plain(struct str s)
{
    must(utf8_valid(s));
    for (size_t i = 0; i < s.n; i++)
        must((unsigned char)s.p[i] >= ' ' && s.p[i] != 0x7f);
}

enum { PLAIN_KEYS = 14 };
/* Every text of a configuration. */
static size_t texts(const struct conf *c, struct str *to)
{
    const struct str v[] = {c->listen, c->base_url, c->database, c->database_listen, c->smtp_url, c->smtp_password_file, c->mail_from, c->trusted_proxy, c->key_file,
                            c->log, c->log_level, c->metrics, c->stop_grace, c->sandbox};
    static_assert(sizeof *c == sizeof v + sizeof c->oidc + sizeof c->n_oidc, "another key");
    memcpy(to, v, sizeof v);
    return COUNT(v);
}

struct again {
    const struct str *value; /* of the key whose turn it is */
    struct buf text;
};

static void write_again(void *arg, const char *key, const char *help, bool reload)
{
    struct again *w = arg;
    (void)help, (void)reload;
    if (str_starts(str_c(key), STR("oidc.")))
        return;
    buf_fmt(&w->text, "%s=", key);
    buf_str(&w->text, *w->value++);
    buf_c(&w->text, "\n");
}

static enum err read_text(struct arena *a, struct str text, struct conf *out, char *why, size_t n_why, char path[64])
{
    int fd = memfd_create("conf", 0);
    must(fd >= 0 && write(fd, text.n ? text.p : "", text.n) == (ssize_t)text.n);
    snprintf(path, 64, "/proc/self/fd/%d", fd);
    enum err e = conf_read(a, path, out, why, n_why);
    close(fd);
    return e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(4 << 20);
    char why[512] = "", path[64];
    struct conf c, again, untouched;
    memset(&c, 0x5a, sizeof c);
    untouched = c;
    enum err e = read_text(a, (struct str){(const char *)data, size}, &c, why, sizeof why, path);
    if (e) {
        must(e == ERR_INVALID && !memcmp(&c, &untouched, sizeof c) && str_starts(str_c(why), str_c(path)));
        plain(str_c(why));
        return 0;
    }
    struct str v[PLAIN_KEYS], v2[PLAIN_KEYS];
    size_t n = texts(&c, v);
    must(n == COUNT(v));
    for (size_t i = 0; i < n; i++) {
        plain(v[i]);
        must(str_eq(v[i], str_trim(v[i])));
    }
    for (size_t i = 0; i < c.n_oidc; i++)
        must(c.oidc[i].name.n && c.oidc[i].client_id.n && str_starts(c.oidc[i].issuer, STR("http")));
    struct again w = {.value = v};
    conf_help(write_again, &w);
    must(!w.text.bad && read_text(a, buf_view(&w.text), &again, why, sizeof why, path) == OK);
    must(texts(&again, v2) == n);
    for (size_t i = 0; i < n; i++)
        must(str_eq(v[i], v2[i]));
    buf_free(&w.text);
    return 0;
}
