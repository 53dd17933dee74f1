/* chart.h: bars, one below the other, each with its label above and its figure behind; a bar may have several parts. Drawn as SVG by the
 * server (chart.html): lengths in per cent, so that letters keep their size on every screen, and colours by class. A screen reader gets
 * title and description; the table that says the same must stand beside it. Right to left the bars begin on the right. */
#pragma once
#include "page/view.h"

enum { CHART_PARTS = 4 };
struct chart_bar {
    struct str label; /* "1. pulje" */
    struct str says;  /* "3 av 5, 60 %" */
    int64_t part[CHART_PARTS];
    int64_t whole;    /* a light bar behind the parts: of how many; 0: none */
    bool hidden;      /* no bar, only what it says */
};
struct chart {
    const char *id; /* unique on the page */
    struct str title, desc;
    struct str series[CHART_PARTS]; /* names of the parts, for the legend; one part needs none */
    size_t n_series;
    const struct chart_bar *bars;
    size_t n;
};
enum { CHART_ROW = 60, CHART_WIDEST = 66 }; /* pixels; per cent of the width that the longest bar takes, so that its figure fits behind */
bool chart_shows(const struct chart *c); /* is there a bar that is not hidden? */
/* The longest bar, or 1. */
int64_t chart_longest(const struct chart *c);
/* "12.34%": where a piece of `n` of the longest begins that stands `before` from the start, and how wide it is. */
struct str chart_x(const struct view *v, const struct chart *c, int64_t before, int64_t n);
struct str chart_width(const struct view *v, const struct chart *c, int64_t n);
int64_t chart_length(const struct chart_bar *b); /* the parts together, or the whole behind them */
int64_t chart_sum(const struct chart_bar *b, int parts); /* of the first parts */
