#include "tmplc.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct out out_c, out_h;
static struct out lit;

void out_add(struct out *o, const char *p, size_t n)
{
    if (o->n + n + 1 > o->cap) {
        o->cap = (o->n + n + 1) * 2;
        o->p = realloc(o->p, o->cap);
        if (!o->p)
            fail("out of memory");
    }
    if (n)
        memcpy(o->p + o->n, p, n);
    o->n += n;
    o->p[o->n] = 0;
}

static void out_vfmt(struct out *o, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    char *t = malloc((size_t)n + 1);
    if (n < 0 || !t)
        fail("out of memory");
    vsnprintf(t, (size_t)n + 1, fmt, ap);
    out_add(o, t, (size_t)n);
    free(t);
}

void out_fmt(struct out *o, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    out_vfmt(o, fmt, ap);
    va_end(ap);
}

/* Trigraphs are alive in C17, so a second ? in a row is escaped; an octal escape has three digits so that
 * a digit may follow. Bytes of UTF-8 stay as they are: the file can be read and texts found in it. */
static void out_escaped(struct out *o, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c == '"' || c == '\\' || (c == '?' && i && p[i - 1] == '?'))
            out_fmt(o, "\\%c", c);
        else if (c == '\n')
            out_add(o, "\\n", 2);
        else if (c < 32 || c == 127)
            out_fmt(o, "\\%03o", c);
        else
            out_add(o, p + i, 1);
    }
}

void out_cstring(struct out *o, const char *p, size_t n)
{
    out_add(o, "\"", 1);
    out_escaped(o, p, n);
    out_add(o, "\"", 1);
}

void out_line(struct out *o, const char *where)
{
    out_fmt(o, "#line %d ", line_of(where));
    out_cstring(o, src_file, strlen(src_file));
    out_add(o, "\n", 1);
}

void lit_add(const char *p, size_t n)
{
    out_add(&lit, p, n);
}

void lit_trim(bool newline_too)
{
    while (lit.n && (lit.p[lit.n - 1] == ' ' || lit.p[lit.n - 1] == '\t'))
        lit.n--;
    if (newline_too && lit.n && lit.p[lit.n - 1] == '\n')
        lit.n--;
}

void lit_flush(void)
{
    if (!lit.n)
        return;
    out_fmt(&out_c, "    html_lit(o, ");
    for (size_t i = 0; i < lit.n;) {
        const char *nl = memchr(lit.p + i, '\n', lit.n - i);
        size_t n = nl ? (size_t)(nl - lit.p) + 1 - i : lit.n - i;
        if (i)
            out_fmt(&out_c, "\n                ");
        out_cstring(&out_c, lit.p + i, n);
        i += n;
    }
    out_fmt(&out_c, ", %zu);\n", lit.n);
    lit.n = 0;
}

void emit(const char *where, const char *fmt, ...)
{
    va_list ap;
    lit_flush();
    if (where)
        out_line(&out_c, where);
    va_start(ap, fmt);
    out_vfmt(&out_c, fmt, ap);
    va_end(ap);
}
