#include "domain/erasures.h"
#include "base/num.h"

static const char title[] = "springbrett-erasures 1\n";

void erasures_begin(struct buf *b)
{
    buf_c(b, title);
}

void erasures_add(struct buf *b, const struct erasure_line *l)
{
    buf_fmt(b, "%lld\t%lld\t%lld\t%lld\t%lld\t%lld\t%.*s\t%.*s\t%.*s\n", (long long)l->organisation_id, (long long)l->participant_id,
            (long long)l->mentor_id, (long long)l->account_id, (long long)l->at, (long long)l->by_account, STR_FMT(l->kind), STR_FMT(l->why),
            STR_FMT(l->kept));
}

void erasures_end(struct buf *b, int64_t n)
{
    buf_fmt(b, "end %lld\n", (long long)n);
}

static bool is_code(struct str s)
{
    static const char marks[] = "_-,0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (size_t i = 0; i < s.n; i++)
        if (!memchr(marks, s.p[i], sizeof marks - 1))
            return false;
    return s.n <= 1000;
}

static bool read_line(struct str l, struct erasure_line *out)
{
    int64_t v[6];
    for (size_t i = 0; i < COUNT(v); i++)
        if (!num_i64(str_cut(&l, '\t'), 0, INT64_MAX, &v[i]))
            return false;
    *out = (struct erasure_line){v[0], v[1], v[2], v[3], v[4], v[5], str_cut(&l, '\t'), str_cut(&l, '\t'), (struct str){0}};
    out->kept = l;
    return out->kind.n && is_code(out->kind) && is_code(out->why) && is_code(out->kept);
}

bool erasures_next(struct erasures_in *in, struct erasure_line *out)
{
    return read_line(str_cut(&in->rest, '\n'), out) && ++in->n;
}

enum err erasures_open(struct str text, struct erasures_in *in)
{
    struct erasure_line l;
    int64_t n;
    if (!str_starts(text, str_c(title)) || !str_ends(text, STR("\n")))
        return ERR_INVALID;
    struct erasures_in all = {.rest = {text.p + sizeof title - 1, text.n - (sizeof title - 1)}}, look = all;
    struct str last = look.rest;
    while (erasures_next(&look, &l))
        last = look.rest;
    struct str end = str_cut(&last, '\n');
    if (!str_starts(end, STR("end ")) || last.n || !num_i64((struct str){end.p + 4, end.n - 4}, 0, INT64_MAX, &n) || n != look.n)
        return ERR_INVALID;
    *in = all;
    return OK;
}
