/* live_tool: the live engine on a pipe, for diff.mjs. A line in, a line out: NAME ARGUMENT... with bytes in hexadecimal and `-` for none.
 * The answer is hexadecimal, JSON, or `error NAME`. A new command is a function and a line in the table. */
#include "live/update.h"

#include <stdio.h>
#include <stdlib.h>

struct args {
    struct bytes *v;
    size_t n, cap;
};
typedef enum err command_fn(const struct args *in, struct buf *out);

/* ---- answers */

static void put_hex(struct buf *out, struct bytes s)
{
    static const char digits[] = "0123456789abcdef";
    char *to = buf_reserve(out, 2 * s.n + 1);
    if (!to)
        return;
    for (size_t i = 0; i < s.n; i++) {
        *to++ = digits[s.p[i] >> 4];
        *to++ = digits[s.p[i] & 15];
    }
    out->n += 2 * s.n;
}

/* Bytes that a function appended to `made`, as the answer. */
static enum err answer(enum err e, struct buf *made, struct buf *out)
{
    if (e == OK)
        put_hex(out, (struct bytes){(const uint8_t *)made->p, made->n});
    buf_free(made);
    return e;
}

static void put_ranges(struct buf *out, const struct ranges *r)
{
    buf_byte(out, '{');
    for (size_t i = 0; i < r->n; i++) {
        buf_fmt(out, "%s\"%llu\":[", i ? "," : "", (unsigned long long)r->v[i].client);
        for (size_t j = 0; j < r->v[i].n; j++)
            buf_fmt(out, "%s[%llu,%llu]", j ? "," : "", (unsigned long long)r->v[i].v[j].start, (unsigned long long)r->v[i].v[j].end);
        buf_byte(out, ']');
    }
    buf_byte(out, '}');
}

/* ---- commands */

static enum err do_check(const struct args *in, struct buf *out)
{
    const char *why = "";
    enum err e = in->n == 1 ? update_check(in->v[0], &update_from_client, &why) : ERR_INTERNAL;
    buf_fmt(out, e ? "no: %s" : "yes%s", why);
    return OK;
}

static enum err do_merge(const struct args *in, struct buf *out)
{
    struct buf made = {.max = 256 << 20};
    return answer(update_merge(in->v, in->n, &made), &made, out);
}

static enum err do_merge_compact(const struct args *in, struct buf *out)
{
    struct buf made = {.max = 256 << 20};
    return answer(update_merge_compact(in->v, in->n, &made), &made, out);
}

static enum err do_compact(const struct args *in, struct buf *out)
{
    struct buf made = {.max = 256 << 20};
    return answer(in->n == 1 ? update_compact(in->v[0], &made) : ERR_INTERNAL, &made, out);
}

/* diff UPDATE SV */
static enum err do_diff(const struct args *in, struct buf *out)
{
    struct buf made = {.max = 256 << 20};
    struct ranges sv = {0};
    enum err e = in->n == 2 ? sv_read(in->v[1], 20000, &sv) : ERR_INTERNAL;
    if (e == OK)
        e = update_diff(in->v[0], &sv, &made);
    ranges_done(&sv);
    return answer(e, &made, out);
}

static enum err do_sv(const struct args *in, struct buf *out)
{
    struct buf made = {0};
    struct ranges content = {0}, deleted = {0};
    enum err e = in->n == 1 ? update_ranges(in->v[0], &content, &deleted) : ERR_INTERNAL;
    if (e == OK)
        sv_write(&content, &made);
    ranges_done(&content);
    ranges_done(&deleted);
    return answer(e, &made, out);
}

/* ranges UPDATE...: of all of them together */
static enum err do_ranges(const struct args *in, struct buf *out)
{
    struct ranges content = {0}, deleted = {0};
    enum err e = OK;
    for (size_t i = 0; i < in->n && e == OK; i++)
        e = update_ranges(in->v[i], &content, &deleted);
    buf_c(out, "{\"content\":");
    put_ranges(out, &content);
    buf_c(out, ",\"deleted\":");
    put_ranges(out, &deleted);
    buf_byte(out, '}');
    ranges_done(&content);
    ranges_done(&deleted);
    return e;
}

/* new UPDATE KNOWN...: does the first bring what the others together lack? */
static enum err do_new(const struct args *in, struct buf *out)
{
    struct ranges content = {0}, deleted = {0};
    bool is_new = false;
    enum err e = in->n ? OK : ERR_INTERNAL;
    for (size_t i = 1; i < in->n && e == OK; i++)
        e = update_ranges(in->v[i], &content, &deleted);
    if (e == OK)
        e = update_is_new(in->v[0], &content, &deleted, &is_new);
    buf_c(out, is_new ? "true" : "false");
    ranges_done(&content);
    ranges_done(&deleted);
    return e;
}

/* mutants UPDATE: every change of a single byte that passes the check, as [[place, byte], ...] */
static enum err do_mutants(const struct args *in, struct buf *out)
{
    if (in->n != 1)
        return ERR_INTERNAL;
    struct bytes from = in->v[0];
    uint8_t *copy = malloc(from.n + 1);
    if (!copy)
        abort();
    memcpy(copy, from.p, from.n);
    const char *comma = "";
    buf_byte(out, '[');
    for (size_t at = 0; at < from.n; at++) {
        for (unsigned v = 0; v < 256; v++) {
            copy[at] = (uint8_t)v;
            if (v == from.p[at] || update_check((struct bytes){copy, from.n}, &update_from_client, NULL) != OK)
                continue;
            buf_fmt(out, "%s[%zu,%u]", comma, at, v);
            comma = ",";
        }
        copy[at] = from.p[at];
    }
    buf_byte(out, ']');
    free(copy);
    return OK;
}

static const struct {
    const char *name;
    command_fn *fn;
} commands[] = {
    {"check", do_check},   {"merge", do_merge}, {"merge_compact", do_merge_compact},
    {"compact", do_compact}, {"diff", do_diff},   {"sv", do_sv},
    {"ranges", do_ranges}, {"new", do_new},     {"mutants", do_mutants},
};

/* ---- lines */

static unsigned digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

/* Exact on the heap, so that reads behind the end are seen. */
static struct bytes from_hex(struct str s)
{
    if (str_eq(s, STR("-")))
        s.n = 0;
    uint8_t *p = malloc(s.n / 2 ? s.n / 2 : 1);
    if (!p)
        abort();
    for (size_t i = 0; i + 1 < s.n; i += 2)
        p[i / 2] = (uint8_t)(digit(s.p[i]) << 4 | digit(s.p[i + 1]));
    return (struct bytes){p, s.n / 2};
}

static void add_arg(struct args *a, struct bytes s)
{
    if (a->n == a->cap) {
        a->cap = a->cap ? a->cap * 2 : 16;
        a->v = reallocarray(a->v, a->cap, sizeof *a->v);
        if (!a->v)
            abort();
    }
    a->v[a->n++] = s;
}

static enum err run(struct str line, struct buf *out)
{
    struct args in = {0};
    struct str name = str_cut(&line, ' ');
    while (line.n)
        add_arg(&in, from_hex(str_cut(&line, ' ')));
    enum err e = ERR_NOT_FOUND;
    for (size_t i = 0; i < COUNT(commands); i++)
        if (str_is(name, commands[i].name))
            e = commands[i].fn(&in, out);
    for (size_t i = 0; i < in.n; i++)
        free((void *)(uintptr_t)in.v[i].p);
    free(in.v);
    return e;
}

int main(void)
{
    char *line = NULL;
    size_t cap = 0;
    struct buf out = {.max = (size_t)1 << 30};
    for (ssize_t n; (n = getline(&line, &cap, stdin)) > 0;) {
        if (line[n - 1] == '\n')
            n--;
        buf_clear(&out);
        enum err e = run((struct str){line, (size_t)n}, &out);
        if (e || out.bad)
            printf("error %s\n", e ? err_name(e) : "limit");
        else
            printf("%.*s\n", (int)out.n, out.p ? out.p : "");
        fflush(stdout);
    }
    free(line);
    buf_free(&out);
    return 0;
}
