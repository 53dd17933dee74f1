#include "base/say.h"
#include "base/buf.h"
#include "base/tm.h"

struct say say(const char *msgid)
{
    return (struct say){.msgid = msgid};
}

struct say say1(const char *msgid, struct say_arg a)
{
    return (struct say){.msgid = msgid, .n = 1, .args = {a}};
}

struct say say2(const char *msgid, struct say_arg a, struct say_arg b)
{
    return (struct say){.msgid = msgid, .n = 2, .args = {a, b}};
}

struct say say3(const char *msgid, struct say_arg a, struct say_arg b, struct say_arg c)
{
    return (struct say){.msgid = msgid, .n = 3, .args = {a, b, c}};
}

struct say say_n(const char *one, const char *many, int64_t n)
{
    return (struct say){.one = one, .msgid = many, .n = 1, .args = {SAY_I(n)}};
}

struct say say_n2(const char *one, const char *many, int64_t n, struct say_arg b)
{
    return (struct say){.one = one, .msgid = many, .n = 2, .args = {SAY_I(n), b}};
}

static void put_arg(struct arena *a, struct buf *out, const struct say_arg *arg)
{
    switch (arg->kind) {
    case SAY_INT:
        buf_i64(out, arg->i);
        return;
    case SAY_ON:
        buf_str(out, tm_iso(a, (int)arg->i));
        return;
    case SAY_TEXT:
        buf_c(out, arg->msgid);
        return;
    case SAY_STR:
        buf_str(out, arg->s);
        return;
    }
}

struct str say_plain(struct arena *a, struct say s)
{
    const char *p = s.one && s.args[0].i == 1 ? s.one : s.msgid;
    struct buf out = {0};
    for (; p && *p; p++) {
        size_t k = p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}' ? (size_t)(p[1] - '1') : SAY_ARGS;
        if (k < s.n) {
            put_arg(a, &out, &s.args[k]);
            p += 2;
        } else {
            buf_byte(&out, *p);
        }
    }
    struct str r = arena_str(a, buf_view(&out));
    buf_free(&out);
    return r;
}
