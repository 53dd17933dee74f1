#include "page/parts/parts.h"

#include "base/utf8.h"
#include "http/html.h"

#include <string.h>

struct str field_id(const struct view *v, const struct form *f, const char *name)
{
    if (!f || !f->prefix)
        return str_c(name);
    return arena_fmt(v->a, "%s-%s", f->prefix, name);
}

struct str field_value(const struct form *f, const char *name)
{
    return f ? form_value(f, name) : STR("");
}

struct str error_text(const struct view *v, const struct form_error *e)
{
    return text_fmt(v->a, T(e->msg), (const struct str[]){I(e->arg1), I(e->arg2)}, 2);
}

struct str field_wrong(const struct view *v, const struct form *f, const char *name)
{
    const struct form_error *e = f ? form_error_at(f, name) : NULL;
    return e ? error_text(v, e) : STR("");
}

void html_summary_place(struct buf *o, const struct view *v, const struct form *f, const char *field)
{
    struct summary *s = v->summary;
    if (!s)
        return;
    if (o->n <= s->seen)
        s->n = 0;
    if (s->n < COUNT(s->place))
        s->place[s->n++] = (struct summary_place){f, field, o->n};
    s->seen = o->n;
}

/* "E-post: " or "Hvorfor vil du dette? " */
static void name_put(struct buf *o, struct str label)
{
    const struct str ends[] = {STR("?"), STR("."), STR(":"), STR("؟")};
    bool ended = false;
    for (size_t i = 0; i < COUNT(ends); i++)
        ended = ended || str_ends(label, ends[i]);
    html_put(o, label);
    buf_c(o, ended ? " " : ": ");
}

void html_field_named(struct buf *o, const struct view *v, const struct form *f, const char *name, struct str label)
{
    struct summary *s = v->summary;
    if (!s || !f)
        return;
    if (o->n < s->seen)
        s->n = 0;
    for (size_t i = 0; i < s->n; i++) {
        struct summary_place *p = &s->place[i];
        if (p->f != f || strcmp(p->field, name))
            continue;
        size_t end = o->n;
        name_put(o, label);
        if (o->bad)
            return;
        size_t n = o->n - end;
        char *said = arena_alloc(v->a, n);
        memcpy(said, o->p + end, n);
        memmove(o->p + p->at + n, o->p + p->at, end - p->at);
        memcpy(o->p + p->at, said, n);
        p->f = NULL; /* the first label is the one */
        for (size_t k = i + 1; k < s->n; k++)
            s->place[k].at += n;
    }
    s->seen = o->n;
}

bool field_ticked(const struct form *f, const char *name, const char *value)
{
    return f && form_ticked(f, name, value);
}

struct str field_described(const struct view *v, const struct form *f, const char *name, const char *help)
{
    struct str id = field_id(v, f, name);
    bool wrong = f && form_error_at(f, name), helped = help && *help;
    if (!wrong && !helped)
        return STR("");
    return arena_fmt(v->a, "%.*s%s%.*s%s", wrong ? (int)id.n : 0, id.p, wrong ? helped ? "-e " : "-e" : "", helped ? (int)id.n : 0,
                     id.p, helped ? "-d" : "");
}

const char *field_time_name(const struct view *v, const char *name)
{
    return arena_fmt(v->a, "%s_time", name).p;
}

struct str retention_words(const struct view *v, enum retention r, int months)
{
    if (months != 24 && r == KEPT_PROGRAMME)
        return TN("Til {1} måned etter at programmet er slutt.", "Til {1} måneder etter at programmet er slutt.", months);
    if (months != 24 && r == KEPT_MENTOR)
        return TN("Til {1} måned etter at du sluttet som mentor.", "Til {1} måneder etter at du sluttet som mentor.", months);
    return str_c(T(retention_text(r)));
}

static struct str first_letter(struct str word)
{
    struct str rest = word;
    utf8_next(&rest);
    return (struct str){word.p, word.n - rest.n};
}

struct str initials(const struct view *v, struct str name)
{
    struct str first = {0}, last = {0};
    while (name.n) {
        struct str word = str_cut(&name, ' ');
        if (!word.n)
            continue;
        if (!first.n)
            first = first_letter(word);
        else
            last = first_letter(word);
    }
    return arena_fmt(v->a, "%.*s%.*s", STR_FMT(first), STR_FMT(last));
}

struct url page_link(const struct view *v, struct str base, int64_t page)
{
    return url_make(arena_fmt(v->a, "%.*spage=%lld", STR_FMT(base), (long long)page));
}

size_t page_numbers(int64_t page, int64_t pages, int64_t out[9])
{
    size_t n = 0;
    int64_t before = 0;
    for (int64_t i = 1; i <= pages; i++) {
        if (i != 1 && i != pages && (i < page - 1 || i > page + 1)) {
            i = i < page - 1 ? page - 2 : pages - 1; /* jump over what is not named */
            continue;
        }
        if (i - before == 2)
            out[n++] = i - 1; /* a gap of one is no shorter than the number */
        else if (i - before > 2)
            out[n++] = 0;
        out[n++] = before = i;
    }
    return n;
}
