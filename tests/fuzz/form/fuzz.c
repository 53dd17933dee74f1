/* Property: whatever the bytes, what comes out is at most HTTP_FIELDS_MAX pairs of UTF-8 without NUL, no longer than what went in,
 * and written again as a form it gives the same pairs. The readers of form.h take the same bytes as values without a fault, and what
 * they return keeps its promise. */
#include "base/utf8.h"
#include "http/form.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void code(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        buf_fmt(b, "%%%02x", (unsigned char)s.p[i]);
}

static void read_values(struct arena *a, struct str text)
{
    static const struct form_choice choices[] = {{"a", "A"}, {"b", "B"}, {NULL, NULL}};
    struct pair fields[] = {{STR("x"), text}, {STR("x_time"), text}, {STR("x"), STR("7")}};
    struct req r = {.a = a, .method = POST, .form = fields, .n_form = COUNT(fields)};
    struct form f = form_of(&r);
    int64_t ids[2];
    struct str line = form_line(&f, "x", 1, 20), lines = form_text(&f, "x", 0, 20);
    must(utf8_valid(line) && utf8_count(line) <= 20 && str_find(line, '\n') < 0 && str_find(line, '\r') < 0);
    must(utf8_valid(lines) && utf8_count(lines) <= 20 && str_find(lines, '\r') < 0);
    int64_t v = form_int(&f, "x", true, -9, 99);
    must(v >= -9 && v <= 99);
    form_date(&f, "x", true);
    form_at(&f, "x", true);
    int c = form_choice(&f, "x", true, choices);
    must(c >= -1 && c < 2);
    struct str mail = form_email(&f, "x", true), phone = form_phone(&f, "x", true);
    must(mail.n <= 254 && (mail.n == 0 || str_find(mail, '@') > 0) && str_find(mail, ' ') < 0 && str_find(mail, ',') < 0);
    must(phone.n <= 20);
    must(form_id(&f, "x", true) >= 0 && form_ids(&f, "x", ids, 2) <= 2);
    must(str_eq(form_value(&f, "x"), text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(64 << 20);
    struct str text = {(const char *)data, size};
    struct pair *p, *q;
    size_t n, m, bytes = 0;
    struct buf b = {0};
    read_values(a, text);
    if (http_parse_form(a, text, &p, &n))
        return 0;
    must(n <= HTTP_FIELDS_MAX);
    for (size_t i = 0; i < n; i++) {
        must(utf8_valid(p[i].k) && utf8_valid(p[i].v) && str_find(p[i].k, '\0') < 0 && str_find(p[i].v, '\0') < 0);
        bytes += p[i].k.n + p[i].v.n;
        buf_c(&b, i ? "&" : "");
        code(&b, p[i].k);
        buf_byte(&b, '=');
        code(&b, p[i].v);
    }
    must(bytes <= size);
    must(!b.bad && http_parse_form(a, buf_view(&b), &q, &m) == OK && n == m);
    for (size_t i = 0; i < n; i++)
        must(str_eq(p[i].k, q[i].k) && str_eq(p[i].v, q[i].v));
    buf_free(&b);
    return 0;
}
