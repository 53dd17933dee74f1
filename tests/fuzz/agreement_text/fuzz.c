/* The first line is a value, the rest a template. Property: whatever the bytes,
 *  - a template is taken exactly when each brace that opens is closed and holds a known name; a refusal names a piece of the template;
 *  - the text is the template with the values put in where they belong, once: braces inside a value are not read again;
 *  - a text over the limit is refused, and then nothing comes out. */
#include "base/buf.h"
#include "domain/agreement.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static bool known(struct str name)
{
    for (size_t i = 0; i < agreement_placeholders_n; i++)
        if (str_is(name, agreement_placeholders[i].name))
            return true;
    return false;
}

/* Byte by byte, as a person would do it. */
static bool put_in(struct str t, struct str value, struct buf *out)
{
    for (size_t i = 0; i < t.n; i++) {
        if (t.p[i] != '{') {
            buf_byte(out, t.p[i]);
            continue;
        }
        size_t end = i;
        while (end < t.n && t.p[end] != '}')
            end++;
        struct str name = {t.p + i + 1, end - i - 1};
        if (end == t.n || !known(name))
            return false;
        buf_str(out, str_is(name, "trainee") || str_is(name, "mål") ? value : STR("__________"));
        i = end;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(8 << 20);
    struct str template = {(const char *)data, size}, value = str_cut(&template, '\n');
    struct str out = {"untouched", 9}, bad = {NULL, 0};
    const struct agreement_value values[] = {{"trainee", value}, {"mål", value}};
    struct buf want = {.max = 64 << 20};
    bool good = put_in(template, value, &want);
    enum err e = agreement_text(a, template, values, COUNT(values), &out, &bad);
    if (template.n > AGREEMENT_TEXT_MAX) {
        must(e == ERR_LIMIT);
    } else {
        must(agreement_template_check(template, &bad) == (good ? OK : ERR_INVALID));
        must(e == (!good ? ERR_INVALID : want.n > AGREEMENT_TEXT_MAX ? ERR_LIMIT : OK));
    }
    if (e == OK)
        must(str_eq(out, buf_view(&want)));
    else
        must(str_is(out, "untouched"));
    if (e == ERR_INVALID)
        must(bad.p >= template.p && bad.p + bad.n <= template.p + template.n);
    buf_free(&want);
    return 0;
}
