#include "service/letter.h"
#include "model/account.h"
#include <stdarg.h>
#include <stdio.h>

static struct str one_line(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f ? ' ' : s.p[i];
    return str_trim((struct str){p, s.n});
}

struct letter letter_to(struct ctx *c, struct str lang_code, struct str name)
{
    struct letter l = {.c = c, .lang = LANG_NB, .name = one_line(c->a, name)};
    if (!lang_of(lang_code, &l.lang))
        l.lang = LANG_NB;
    if (l.name.n)
        letter_say1(&l, N_("Hei, {1}!"), l.name);
    else
        letter_say(&l, N_("Hei!"));
    return l;
}

static struct str put(struct letter *l, const char *msgid, struct str a, struct str b, struct str d)
{
    struct arena *m = l->c->a;
    return text_fmt(m, text_get(l->lang, msgid), (const struct str[]){one_line(m, a), one_line(m, b), one_line(m, d)}, 3);
}

void letter_say3(struct letter *l, const char *msgid, struct str a, struct str b, struct str d)
{
    if (l->n < LETTER_PARTS)
        l->part[l->n++] = put(l, msgid, a, b, d);
}
void letter_say2(struct letter *l, const char *msgid, struct str a, struct str b)
{
    letter_say3(l, msgid, a, b, STR(""));
}
void letter_say1(struct letter *l, const char *msgid, struct str a)
{
    letter_say3(l, msgid, a, STR(""), STR(""));
}
void letter_say(struct letter *l, const char *msgid)
{
    letter_say3(l, msgid, STR(""), STR(""), STR(""));
}

void letter_link(struct letter *l, const char *msgid, const char *fmt, ...)
{
    char path[512];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(path, sizeof path, fmt, ap);
    va_end(ap);
    if (n < 0 || n >= (int)sizeof path || l->n == LETTER_PARTS)
        return;
    struct str words = put(l, msgid, STR(""), STR(""), STR(""));
    l->part[l->n++] = arena_fmt(l->c->a, "%.*s\n%.*s%s", STR_FMT(words), STR_FMT(l->c->base_url), path);
}

struct str letter_subject(struct letter *l, const char *msgid, struct str a)
{
    return put(l, msgid, a, STR(""), STR(""));
}

enum err letter_send(struct letter *l, struct mail m)
{
    struct organisation_row o;
    TRY(organisation_get(l->c->db, l->c->a, m.organisation_id, &o));
    struct str regards = put(l, N_("Hilsen"), STR(""), STR(""), STR(""));
    if (l->n < LETTER_PARTS)
        l->part[l->n++] = arena_fmt(l->c->a, "%.*s\n%.*s", STR_FMT(regards), STR_FMT(one_line(l->c->a, o.name)));
    m.name = l->name;
    m.lang = l->lang;
    m.body = arena_join(l->c->a, l->part, l->n, STR("\n\n"));
    return mail_add(l->c, m);
}
