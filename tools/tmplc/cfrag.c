#include "tmplc.h"
#include <string.h>

enum { DEPTH_MAX = 64 };

/* The end of the string or character literal that begins at p; NULL if it does not end on its line. */
static const char *literal_end(const char *p, const char *end)
{
    char quote = *p++;
    for (; p < end && *p != '\n'; p++) {
        if (*p == '\\' && p + 1 < end && p[1] != '\n')
            p++;
        else if (*p == quote)
            return p + 1;
    }
    return NULL;
}

const char *c_find(struct span s, const char *close)
{
    int braces = 0;
    for (const char *p = s.p; p + 1 < s.end; p++) {
        if (braces <= 0 && p[0] == close[0] && p[1] == close[1])
            return p;
        if (*p == '"' || *p == '\'') {
            const char *e = literal_end(p, s.end);
            if (!e)
                return NULL;
            p = e - 1;
        } else {
            braces += (*p == '{') - (*p == '}');
        }
    }
    return NULL;
}

/* {.name = value}: the = of a member in a compound literal changes nothing. */
static bool is_designator(struct span s, const char *eq)
{
    const char *p = eq;
    while (p > s.p && is_blank(p[-1]))
        p--;
    const char *name = p;
    while (p > s.p && is_ident(p[-1]))
        p--;
    if (p == name || p == s.p || p[-1] != '.')
        return false;
    p--;
    while (p > s.p && is_blank(p[-1]))
        p--;
    return p > s.p && (p[-1] == '{' || p[-1] == ',');
}

/* Length of the comparison that begins at p, 0 if it is none. */
static size_t comparison(const char *p, const char *end)
{
    if (p + 1 >= end || p[1] != '=')
        return 0;
    if (*p == '=' || *p == '!' || *p == '<' || *p == '>')
        return 2;
    return 0;
}

static void check_operator(struct span s, const char *p, unsigned allow, char inside)
{
    bool twice = p + 1 < s.end && p[1] == *p;
    if ((*p == '+' || *p == '-') && twice && !(allow & C_ASSIGN))
        fail_at(p, "%c%c changes something: a template only shows", *p, *p);
    if (*p == '=' && !(allow & C_ASSIGN) && !(inside == '{' && is_designator(s, p)))
        fail_at(p, "= assigns: a template only shows (to compare, write ==)");
    if ((*p == '/' && p + 1 < s.end && (p[1] == '/' || p[1] == '*')) || *p == '#' || *p == '\\')
        fail_at(p, "%c%s here: only an expression; for a comment write {# ... #}", *p,
                *p == '/' ? (p[1] == '/' ? "/" : "*") : "");
    if (*p == '?' && twice)
        fail_at(p, "?? is the start of a trigraph");
    if (*p == ';' && !((allow & C_SEMICOLON) && !inside))
        fail_at(p, "; here: only one expression");
    if (*p == ',' && !inside && !(allow & C_COMMA))
        fail_at(p, ", here: only one expression");
}

int c_check(struct span s, unsigned allow)
{
    char open[DEPTH_MAX];
    int n = 0, semicolons = 0;
    for (const char *p = s.p; p < s.end;) {
        size_t cmp = comparison(p, s.end);
        if (*p == '"' || *p == '\'') {
            const char *e = literal_end(p, s.end);
            if (!e)
                fail_at(p, "a quote %c that is not closed", *p);
            p = e;
            continue;
        }
        if (cmp) {
            p += cmp;
            continue;
        }
        /* <<= and >>= must not pass as < and <= */
        if ((*p == '<' || *p == '>') && p + 2 < s.end && p[1] == *p) {
            p += 2;
            if (*p != '=')
                continue;
        }
        if (*p == '(' || *p == '[' || *p == '{') {
            if (n == DEPTH_MAX)
                fail_at(p, "too many brackets in each other");
            open[n++] = *p;
        } else if (*p == ')' || *p == ']' || *p == '}') {
            char want = *p == ')' ? '(' : *p == ']' ? '[' : '{';
            if (!n || open[--n] != want)
                fail_at(p, "%c without its %c", *p, want);
        } else {
            check_operator(s, p, allow, n ? open[n - 1] : 0);
            semicolons += *p == ';';
        }
        p += (*p == '+' || *p == '-') && p + 1 < s.end && p[1] == *p ? 2 : 1;
    }
    if (n)
        fail_at(s.p, "%c is not closed", open[n - 1]);
    return semicolons;
}

const char *c_char(struct span s, char c)
{
    int depth = 0;
    for (const char *p = s.p; p < s.end; p++) {
        if (*p == '"' || *p == '\'') {
            const char *e = literal_end(p, s.end);
            if (!e)
                return NULL;
            p = e - 1;
            continue;
        }
        if (!depth && *p == c)
            return p;
        if (strchr("([{", *p))
            depth++;
        else if (strchr(")]}", *p))
            depth--;
    }
    return NULL;
}
