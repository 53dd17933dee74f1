#include "page/results/chart.h"

int64_t chart_sum(const struct chart_bar *b, int parts)
{
    int64_t sum = 0;
    for (int i = 0; i < parts; i++)
        sum += b->part[i];
    return sum;
}

int64_t chart_length(const struct chart_bar *b)
{
    int64_t sum = chart_sum(b, CHART_PARTS);
    return sum > b->whole ? sum : b->whole;
}

bool chart_shows(const struct chart *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (!c->bars[i].hidden)
            return true;
    return false;
}

int64_t chart_longest(const struct chart *c)
{
    int64_t longest = 1;
    for (size_t i = 0; i < c->n; i++)
        if (!c->bars[i].hidden && chart_length(&c->bars[i]) > longest)
            longest = chart_length(&c->bars[i]);
    return longest;
}

/* Hundredths of a per cent. */
static int64_t scaled(const struct chart *c, int64_t n)
{
    return n * CHART_WIDEST * 100 / chart_longest(c);
}

static struct str percent(const struct view *v, int64_t hundredths)
{
    return arena_fmt(v->a, "%lld.%02lld%%", (long long)(hundredths / 100), (long long)(hundredths % 100));
}

struct str chart_x(const struct view *v, const struct chart *c, int64_t before, int64_t n)
{
    bool rtl = lang_info[v->lang].rtl;
    return percent(v, rtl ? 10000 - scaled(c, before + n) : scaled(c, before));
}

struct str chart_width(const struct view *v, const struct chart *c, int64_t n)
{
    return percent(v, scaled(c, n));
}
