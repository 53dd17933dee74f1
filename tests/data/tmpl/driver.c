/* Shows every template of good/ with the values of the command line: LANG TEXT NUMBER. One part per template, "== name" above it. */
#include "gen/basic.html.h"
#include "gen/code.html.h"
#include "gen/layout.html.h"
#include "gen/places.html.h"
#include "gen/space.html.h"

#include <stdio.h>
#include <stdlib.h>

/* The other language has everything in it that needs escaping. */
const char *text_get(enum lang lang, const char *msgid)
{
    static char t[256];
    if (lang == LANG_NB)
        return msgid;
    snprintf(t, sizeof t, "<%s&\"'>", msgid);
    return t;
}

static bool is_odd(int n)
{
    return n % 2;
}

static void part(struct buf *o, const char *name)
{
    printf("== %s\n%.*s%s", name, STR_FMT(buf_view(o)), o->n && o->p[o->n - 1] == '\n' ? "" : "\n");
    buf_clear(o);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    struct view view = {.lang = !strcmp(argv[1], "en") ? LANG_EN : LANG_NB}, *v = &view;
    struct str x = str_c(argv[2]);
    int n = (int)strtol(argv[3], NULL, 10);
    struct buf buf = {0}, *o = &buf;
    const char *names[2] = {"<Kari>", "Ola"};
    html_basic(o, v, x, url_make(x), -n, (size_t)n);
    part(o, "basic");
    html_places(o, v, x, argv[2], (struct html){STR("<b class=\"x\">y</b>")}, url_make(STR("https://nav.no/a?b=1&c=2")), -n, 7);
    part(o, "places");
    html_space(o, v, n);
    part(o, "space");
    html_empty(o, v);
    html_nothing(o, v);
    part(o, "empty");
    html_page(o, v, x);
    part(o, "layout");
    html_code(o, v, x, names, 1, is_odd);
    part(o, "code");
    buf_free(o);
    return 0;
}
