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

struct again {
    const struct str *value; /* of the key whose turn it is */
    struct buf text;
};

static void write_again(void *arg, const char *key, const char *help)
{
    struct again *w = arg;
    (void)help;
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
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
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
    const struct str v[] = {c.listen, c.base_url, c.database, c.smtp_url, c.smtp_password_file, c.mail_from, c.trusted_proxy};
    static_assert(sizeof c == sizeof v, "another key");
    for (size_t i = 0; i < COUNT(v); i++) {
        plain(v[i]);
        must(str_eq(v[i], str_trim(v[i])));
    }
    struct again w = {.value = v};
    conf_help(write_again, &w);
    must(!w.text.bad && read_text(a, buf_view(&w.text), &again, why, sizeof why, path) == OK);
    const struct str v2[] = {again.listen, again.base_url, again.database, again.smtp_url, again.smtp_password_file, again.mail_from,
                             again.trusted_proxy};
    for (size_t i = 0; i < COUNT(v); i++)
        must(str_eq(v[i], v2[i]));
    buf_free(&w.text);
    return 0;
}
