#include "tmplc.h"
#include <stdio.h>
#include <string.h>

/* Is name one of the words in list? The list begins and ends with a blank. */
static bool listed(const char *list, const char *name)
{
    char key[32];
    snprintf(key, sizeof key, " %s ", name);
    return strstr(list, key) != NULL;
}

bool element_is_void(const char *name)
{
    return listed(" area base br col embed hr img input link meta param source track wbr ", name);
}

/* The HTML Standard's elements (2025) but for those that are refused below or obsolete. */
static const char known[] =
    " a abbr address article aside audio b base bdi bdo blockquote body br button canvas caption cite code col colgroup data datalist dd "
    "del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i "
    "iframe img input ins kbd label legend li link main map mark math menu meta meter nav noscript object ol optgroup option output p "
    "picture pre progress q rp rt ruby s samp script search section select slot small source span strong sub summary sup svg table tbody "
    "td template textarea tfoot th thead time title tr track u ul var video wbr area ";

const char *element_refused(const char *name, bool foreign)
{
    if (!strcmp(name, "style"))
        return "styles belong in the style sheet";
    if (listed(" xmp plaintext noembed noframes listing frameset frame applet ", name))
        return "this element is obsolete, and its contents follow rules of their own";
    if (!foreign && !strchr(name, '-') && !listed(known, name))
        return "HTML has no such element";
    return NULL;
}

/* Elements that close an open <p> on sight (HTML Standard, 13.2.6.4.7), so the </p> written later would stand alone. */
static const char closes_p[] =
    " address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hgroup hr li main menu nav ol p pre search section summary table ul ";

/* Which parent an element must have, and what a parent may hold. */
static const struct {
    const char *parents, *children;
} rules[] = {
    {" ul ol menu ", " li "},
    {" dl div ", " dt dd "},
    {" table ", " caption colgroup thead tbody tfoot "},
    {" table thead tbody tfoot ", " tr "},
    {" tr ", " td th "},
    {" colgroup ", " col "},
    {" select optgroup datalist ", " option "},
    {" select ", " optgroup "},
    {" details ", " summary "},
    {" fieldset ", " legend "},
    {" figure ", " figcaption "},
    {" picture audio video ", " source "},
};
static const struct {
    const char *parents, *only;
} contents[] = {
    {" ul ol menu ", " li script template "},
    {" table ", " caption colgroup thead tbody tfoot tr script template "},
    {" thead tbody tfoot ", " tr script template "},
    {" tr ", " td th script template "},
    {" colgroup ", " col template "},
    {" dl ", " dt dd div script template "},
    {" optgroup ", " option script template "},
    {" datalist ", " option script template "},
    {" select ", " option optgroup hr script template "},
};

bool element_foreign(const struct element *open, size_t n)
{
    while (n--) {
        if (!strcmp(open[n].name, "foreignobject"))
            return false;
        if (listed(" svg math ", open[n].name))
            return true;
    }
    return false;
}

static bool inside(const struct element *open, size_t n, const char *names, const char *borders)
{
    while (n-- && !listed(borders, open[n].name))
        if (listed(names, open[n].name))
            return true;
    return false;
}

static const char *say(const char *parent, const char *rule, const char *list)
{
    static char why[160];
    snprintf(why, sizeof why, "it stands in <%s>%s%.*s", parent, rule, (int)strlen(list) - 1, list);
    return why;
}

const char *element_misplaced(const struct element *open, size_t n, const char *name)
{
    if (element_foreign(open, n))
        return NULL;
    if (listed(closes_p, name) && inside(open, n, " p ", " button table td th caption object template svg foreignobject "))
        return "a browser closes the <p> it stands in";
    if (!strcmp(name, "a") && inside(open, n, " a ", " template "))
        return "a link inside a link";
    if (!strcmp(name, "form") && inside(open, n, " form ", " template "))
        return "a form inside a form";
    if (listed(" a button input select textarea label ", name) && inside(open, n, " button ", " template "))
        return "a control inside a button";
    if (n) {
        const char *parent = open[n - 1].name;
        for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
            if (listed(rules[i].children, name) && !listed(rules[i].parents, parent))
                return say(parent, ", but belongs in", rules[i].parents);
        for (size_t i = 0; i < sizeof contents / sizeof *contents; i++)
            if (listed(contents[i].parents, parent) && !listed(contents[i].only, name))
                return say(parent, ", which holds only", contents[i].only);
    }
    return NULL;
}
