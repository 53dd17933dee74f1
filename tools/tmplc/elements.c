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

const char *element_refused(const char *name)
{
    if (!strcmp(name, "style"))
        return "styles belong in the style sheet";
    if (listed(" xmp plaintext noembed noframes listing frameset frame applet ", name))
        return "this element is obsolete, and its contents follow rules of their own";
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

const char *element_misplaced(const struct element *open, size_t n, const char *name)
{
    static char why[160];
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
            if (listed(rules[i].children, name) && !listed(rules[i].parents, parent)) {
                snprintf(why, sizeof why, "it stands in <%s>, but belongs in%.*s", parent, (int)strlen(rules[i].parents) - 1, rules[i].parents);
                return why;
            }
        for (size_t i = 0; i < sizeof contents / sizeof *contents; i++)
            if (listed(contents[i].parents, parent) && !listed(contents[i].only, name)) {
                snprintf(why, sizeof why, "it stands in <%s>, which holds only%.*s", parent, (int)strlen(contents[i].only) - 1, contents[i].only);
                return why;
            }
    }
    return NULL;
}
