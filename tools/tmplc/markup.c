#include "tmplc.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { OPEN_MAX = 128, ATTR_MAX = 64 };

struct place at;
static struct element open_elements[OPEN_MAX];
static bool may_leave_open;   /* {% template x() open %} */
static size_t block_base;     /* elements below this are not ours to close: a block began after them */
static int blocks;            /* how many blocks we are in */
static int tag_blocks;        /* the same when the tag began */
static bool swallow;
static int tag_line;
static char seen[ATTR_MAX][40]; /* attributes of this tag that stand outside any block */
static size_t n_seen;

static bool listed(const char *list, const char *name)
{
    char key[48];
    snprintf(key, sizeof key, " %s ", name);
    return strstr(list, key) != NULL;
}

static bool starts(struct span s, const char *with)
{
    size_t n = strlen(with);
    return (size_t)(s.end - s.p) >= n && !strncmp(s.p, with, n);
}

/* Reads a name of letters, digits and -_:. into out in lower case; returns what follows. */
static const char *read_name(const char *p, const char *end, char *out, size_t max, const char *what)
{
    size_t n = 0;
    for (; p < end && (is_ident(*p) || *p == '-' || *p == ':' || *p == '.'); p++) {
        if (n + 1 == max)
            fail("this %s name is too long", what);
        out[n++] = (char)tolower((unsigned char)*p);
    }
    out[n] = 0;
    return p;
}

static bool in_element(const char *name)
{
    for (size_t i = 0; i < at.depth; i++)
        if (!strcmp(open_elements[i].name, name))
            return true;
    return false;
}

/* ---- what an attribute may hold */

static enum attr_kind attr_kind(const char *tag, const char *name)
{
    if (listed(" srcset imagesrcset http-equiv attributename ", name) || !strncmp(name, "xmlns", 5))
        return REFUSED;
    if (!strcmp(tag, "base") || !strcmp(tag, "param"))
        return REFUSED;
    if ((!strncmp(tag, "animate", 7) || !strcmp(tag, "set")) && listed(" to from by values href ", name))
        return REFUSED; /* these write into any attribute, href too */
    if (listed(" href src action formaction poster cite ping manifest background longdesc xlink:href xml:base ", name))
        return URL;
    if (!strcmp(tag, "object") && listed(" data codebase classid archive ", name))
        return URL;
    return PLAIN;
}

static void check_attr_name(const char *name)
{
    if (!strncmp(name, "on", 2) || !strcmp(name, "srcdoc"))
        fail("%s=: code in the page does not run here (Content-Security-Policy); use a script file and data- attributes", name);
    if (!strcmp(name, "style"))
        fail("style=: styles in the page are ignored (Content-Security-Policy); use a class");
    if (blocks != tag_blocks)
        return; /* two branches may each have it */
    for (size_t i = 0; i < n_seen; i++)
        if (!strcmp(seen[i], name))
            fail("%s= stands twice in this tag; a browser takes only the first", name);
    if (n_seen < ATTR_MAX)
        snprintf(seen[n_seen++], sizeof *seen, "%s", name);
}

/* One literal byte of a URL. */
static void url_byte(char c)
{
    if (c == '\\' || c == '\n' || c == '\t' || c == '\r')
        fail("a URL has no backslash, tab or line break");
    if (at.nprefix + 1 < sizeof at.prefix) {
        at.prefix[at.nprefix++] = (char)tolower((unsigned char)c);
        at.prefix[at.nprefix] = 0;
    }
    if (!strcmp(at.prefix, "javascript:") || !strcmp(at.prefix, "vbscript:"))
        fail("%s is code, not a place", at.prefix);
    if (at.maybe_slash && c == '/')
        fail("this / can come right after the first one, and // names another server; put a word between them");
    at.maybe_slash = false;
    switch (at.url) {
    case URL_EMPTY:
        at.url = c == '/' ? URL_SLASH : c == '?' || c == '#' ? URL_PIECES : URL_PREFIX;
        break;
    case URL_PREFIX:
        if (!strcmp(at.prefix, "https://"))
            at.url = URL_HOST;
        else if (!strcmp(at.prefix, "mailto:") || !strcmp(at.prefix, "tel:"))
            at.url = URL_ADDRESS;
        break;
    case URL_SLASH:
        at.url = c == '/' ? URL_HOST : URL_PIECES;
        break;
    case URL_HOST: /* browsers pass over any number of slashes before the host */
        if (c == '?' || c == '#' || (c == '/' && at.has_host))
            at.url = URL_PIECES;
        at.has_host |= c != '/';
        break;
    case URL_WHOLE:
        if (c == '?' || c == '#')
            at.url = URL_PIECES;
        break;
    case URL_ADDRESS:
    case URL_PIECES:
    case URL_UNCLEAR:
        break;
    }
}

static const char *url_value(void)
{
    switch (at.url) {
    case URL_EMPTY:
        at.url = URL_WHOLE;
        return "html_put_url";
    case URL_SLASH:
        at.maybe_slash = true;
        return "html_put_uri";
    case URL_PIECES:
        return "html_put_uri";
    case URL_ADDRESS:
        return "html_put_addr";
    case URL_PREFIX:
        fail("{{ }} in a URL that begins with \"%s\": begin with / ? # https://host/ mailto: or tel:, or give a whole struct url",
             at.prefix);
    case URL_HOST:
        fail("{{ }} in the host of a URL: write the host and a / first, or give a whole struct url");
    case URL_WHOLE:
        fail("{{ }} after a whole URL: write ? or # first");
    case URL_UNCLEAR:
        break;
    }
    fail("{{ }} in a URL whose beginning depends on a branch: put the whole attribute into each branch");
}

const char *markup_value(void)
{
    swallow = false;
    if (at.ctx == IN_TAG)
        fail("{{ }} as an attribute name, or as a value without quotes");
    if (at.ctx == TEXT)
        return "html_put";
    if (at.ctx == RCDATA)
        return "html_put_attr";
    if (!strcmp(at.tag, "script") && at.kind != URL && strncmp(at.attr, "data-", 5) != 0)
        fail("{{ }} in %s= of <script>; give it data in a data- attribute", at.attr);
    if (at.kind == REFUSED)
        fail("{{ }} in %s= of <%s> cannot be made safe", at.attr, at.tag);
    if (!strcmp(at.tag, "meta") && !strcmp(at.attr, "content"))
        at.has_value_in_content = true;
    return at.kind == URL ? url_value() : "html_put_attr";
}

void markup_text(void)
{
    swallow = false;
    if (at.ctx == IN_TAG)
        fail("[[ ]] inside a tag, outside of an attribute's quotes");
    if (at.ctx == VALUE && at.kind != PLAIN)
        fail("[[ ]] in %s=: a place is not translated", at.attr);
    if (at.ctx == VALUE && !strcmp(at.tag, "script"))
        fail("[[ ]] in %s= of <script>", at.attr);
}

/* ---- tags */

static void element_open(const char *name, int line)
{
    if (at.depth == OPEN_MAX)
        fail("elements stand too deep in each other");
    snprintf(open_elements[at.depth].name, sizeof open_elements->name, "%s", name);
    open_elements[at.depth++].line = line;
}

static void element_close(const char *name)
{
    if (element_is_void(name))
        fail("<%s> has no end tag", name);
    if (at.depth > block_base) {
        const struct element *top = &open_elements[at.depth - 1];
        if (strcmp(top->name, name) != 0)
            fail("</%s> stands where </%s> must close the one of line %d", name, top->name, top->line);
        at.depth--;
    } else if (at.depth) {
        fail("</%s> closes an element that was open before this block began", name);
    } else if (!may_leave_open || blocks) {
        fail("</%s> closes nothing that was opened in this template%s", name, blocks ? " or block" : "");
    }
}

/* </name> as a whole. */
static const char *eat_end_tag(struct span s)
{
    char name[24];
    const char *p = read_name(s.p + 2, s.end, name, sizeof name, "tag");
    lit_add(s.p, (size_t)(p - s.p));
    while (p < s.end && is_blank(*p))
        p++;
    if (p == s.end || *p != '>')
        fail("</%s must be followed by >", name);
    lit_add(">", 1);
    element_close(name);
    at.ctx = TEXT;
    return p + 1;
}

/* <name, up to where attributes begin. */
static const char *eat_tag_name(struct span s)
{
    at.tag_at = s.p;
    tag_line = src_line();
    tag_blocks = blocks;
    n_seen = 0;
    at.has_src = at.has_http_equiv = at.has_value_in_content = false;
    const char *p = read_name(s.p + 1, s.end, at.tag, sizeof at.tag, "tag");
    at.need_blank = true;
    if (p < s.end && !is_blank(*p) && *p != '>' && *p != '/' && !starts((struct span){p, s.end}, "{%"))
        fail("<%s is followed by %c: tag names are written out", at.tag, *p);
    const char *why = element_refused(at.tag, element_foreign(open_elements, at.depth));
    if (!why)
        why = element_misplaced(open_elements, at.depth, at.tag);
    if (why)
        fail("<%s> is refused: %s", at.tag, why);
    lit_add(s.p, (size_t)(p - s.p));
    at.ctx = IN_TAG;
    return p;
}

/* <script src="..."></script>, <iframe src="..."></iframe>: what is inside follows other rules, so there is nothing. */
static const char *eat_empty(const char *p, const char *end)
{
    char name[24];
    if (!strcmp(at.tag, "script") && !at.has_src)
        fail("<script> without src=: scripts are files of their own");
    while (p < end && is_blank(*p))
        p++;
    if (end - p < 3 || p[0] != '<' || p[1] != '/')
        fail("<%s> must be empty", at.tag);
    read_name(p + 2, end, name, sizeof name, "tag");
    if (strcmp(name, at.tag) != 0)
        fail("<%s> must be empty", at.tag);
    return p;
}

/* The > of a start tag; slash: it was />. */
static const char *eat_tag_end(const char *p, const char *end, bool slash)
{
    bool foreign = element_foreign(open_elements, at.depth) || !strcmp(at.tag, "svg") || !strcmp(at.tag, "math");
    if (at.has_http_equiv && at.has_value_in_content)
        fail("{{ }} in content= of <meta http-equiv=...>: it could send the reader elsewhere");
    lit_add(slash ? "/>" : ">", slash ? 2 : 1);
    at.ctx = TEXT;
    if (!foreign && element_is_void(at.tag))
        return p;
    if (slash && !foreign)
        fail("<%s/> does not close itself in HTML; write </%s>", at.tag, at.tag);
    if (slash)
        return p;
    element_open(at.tag, tag_line);
    if (!strcmp(at.tag, "script") || !strcmp(at.tag, "iframe"))
        return eat_empty(p, end);
    if (!strcmp(at.tag, "textarea") || !strcmp(at.tag, "title"))
        at.ctx = RCDATA;
    if ((!strcmp(at.tag, "textarea") || !strcmp(at.tag, "pre")) && !foreign) {
        /* Browsers drop one line break here: give them one, so that a value may begin with its own. */
        lit_add("\n", 1);
        if (p < end && *p == '\n')
            p++;
    }
    return p;
}

static const char *eat_attr(struct span s)
{
    if (at.need_blank)
        fail("there must be a blank before this attribute, in every branch");
    const char *p = read_name(s.p, s.end, at.attr, sizeof at.attr, "attribute");
    check_attr_name(at.attr);
    lit_add(s.p, (size_t)(p - s.p));
    at.attr_at = s.p;
    at.need_blank = true;
    if (p == s.end || *p != '=')
        return p;
    p++;
    if (p == s.end || (*p != '"' && *p != '\''))
        fail("put the value of %s= in quotes", at.attr);
    at.quote = *p;
    lit_add("=", 1);
    lit_add(p, 1);
    at.kind = attr_kind(at.tag, at.attr);
    at.url = URL_EMPTY;
    at.maybe_slash = at.has_host = false;
    at.nprefix = 0;
    memset(at.prefix, 0, sizeof at.prefix);
    at.has_src |= !strcmp(at.attr, "src");
    at.has_http_equiv |= !strcmp(at.attr, "http-equiv");
    at.ctx = VALUE;
    return p + 1;
}

static const char *eat_in_tag(struct span s)
{
    const char *p = s.p;
    if (is_blank(*p)) {
        while (p < s.end && is_blank(*p))
            p++;
        if (p == s.end || *p != '>')
            lit_add(" ", 1);
        at.need_blank = false;
        return p;
    }
    if (*p == '>')
        return eat_tag_end(p + 1, s.end, false);
    if (starts(s, "/>"))
        return eat_tag_end(p + 2, s.end, true);
    if (isalpha((unsigned char)*p) || *p == '_' || *p == ':')
        return eat_attr(s);
    fail("%c does not belong inside a tag here", *p);
}

/* ---- text */

static const char *eat_blanks(struct span s, bool keep)
{
    const char *p = s.p;
    bool newline = false;
    for (; p < s.end && is_blank(*p); p++)
        newline |= *p == '\n';
    if (swallow)
        return p;
    if (keep || !newline)
        lit_add(s.p, (size_t)(p - s.p));
    else
        lit_add("\n", 1);
    return p;
}

/* <!-- ... --> and <!doctype ...>: no value, no directive. Comments are kept: who does not want that writes {# ... #}. */
static const char *eat_declaration(struct span s)
{
    bool comment = starts(s, "<!--");
    const char *p = s.p + (comment ? 4 : 2), *close = comment ? "-->" : ">";
    if (!comment && ((size_t)(s.end - p) < 7 || strncasecmp(p, "doctype", 7) != 0))
        fail("<! is followed by neither -- nor doctype");
    if (comment && p < s.end && (*p == '>' || starts((struct span){p, s.end}, "->")))
        fail("a browser ends this comment at once");
    for (; p < s.end; p++) {
        struct span rest = {p, s.end};
        if (starts(rest, close))
            break;
        src_at = p;
        if (starts(rest, "{{") || starts(rest, "{%") || starts(rest, "[[") || starts(rest, "{#"))
            fail("%.2s inside a comment or <!doctype>", p);
        if (comment && starts(rest, "--"))
            fail("-- inside a comment");
    }
    if (p >= s.end)
        fail("%s is missing", close);
    p += strlen(close);
    lit_add(s.p, (size_t)(p - s.p));
    return p;
}

static const char *eat_text(struct span s)
{
    const char *p = s.p;
    if (is_blank(*p))
        return eat_blanks(s, in_element("pre"));
    swallow = false;
    if (*p == '<') {
        if (starts(s, "<!"))
            return eat_declaration(s);
        if (s.end - p > 2 && p[1] == '/' && isalpha((unsigned char)p[2]))
            return eat_end_tag(s);
        if (s.end - p > 1 && isalpha((unsigned char)p[1]))
            return eat_tag_name(s);
        fail("< is not the beginning of a tag: write &lt; (tag names are written out)");
    }
    lit_add(p, 1);
    return p + 1;
}

static const char *eat_rcdata(struct span s)
{
    if (is_blank(*s.p))
        return eat_blanks(s, strcmp(at.tag, "textarea") == 0);
    swallow = false;
    if (*s.p == '<') {
        char name[24];
        if (s.end - s.p > 2 && s.p[1] == '/') {
            read_name(s.p + 2, s.end, name, sizeof name, "tag");
            if (!strcmp(name, at.tag))
                return eat_end_tag(s);
        }
        fail("there are no tags inside <%s>: write &lt;", at.tag);
    }
    lit_add(s.p, 1);
    return s.p + 1;
}

const char *markup_eat(struct span s)
{
    src_at = s.p;
    switch (at.ctx) {
    case TEXT:
        return eat_text(s);
    case IN_TAG:
        return eat_in_tag(s);
    case RCDATA:
        return eat_rcdata(s);
    case VALUE:
        break;
    }
    if (*s.p == at.quote)
        at.ctx = IN_TAG;
    else if (at.kind == URL && starts(s, "&#"))
        fail("a numbered character in a URL: write the character itself");
    else if (at.kind == URL)
        url_byte(*s.p);
    lit_add(s.p, 1);
    return s.p + 1;
}

void markup_swallow(void)
{
    swallow = at.ctx == TEXT && !in_element("pre");
}

void markup_directive(void)
{
    swallow = false;
}

/* ---- templates and blocks */

void markup_begin(bool open)
{
    memset(&at, 0, sizeof at);
    may_leave_open = open;
    block_base = 0;
    blocks = 0;
    swallow = false;
}

void markup_end(void)
{
    if (at.ctx == RCDATA)
        fail("<%s> of line %d is not closed", at.tag, tag_line);
    if (at.ctx != TEXT)
        fail("the template ends inside the <%s> tag of line %d", at.tag, tag_line);
    if (at.depth && !may_leave_open)
        fail("<%s> of line %d is not closed", open_elements[at.depth - 1].name, open_elements[at.depth - 1].line);
}

size_t markup_block(void)
{
    size_t before = block_base;
    block_base = at.depth;
    blocks++;
    return before;
}

void markup_unblock(size_t before)
{
    block_base = before;
    blocks--;
}

void markup_branch_end(const struct place *from, int line, bool again)
{
    static const char *names[] = {"in text", "inside a tag", "inside the quotes of an attribute", "inside <textarea> or <title>"};
    if (at.ctx != from->ctx)
        fail("the block of line %d began %s and ends %s", line, names[from->ctx], names[at.ctx]);
    if ((at.ctx != TEXT && at.tag_at != from->tag_at) || (at.ctx == VALUE && at.attr_at != from->attr_at))
        fail("the block of line %d began in another tag or attribute", line);
    if (at.depth > from->depth)
        fail("<%s> of line %d is not closed before its block ends", open_elements[at.depth - 1].name,
             open_elements[at.depth - 1].line);
    if (again && at.ctx == VALUE && at.kind == URL && at.url != from->url)
        fail("a loop at the beginning of a URL");
    if (again && at.ctx == IN_TAG && at.need_blank && !from->need_blank)
        fail("the attributes of this loop would stick together: begin or end it with a blank");
}

struct place place_join(const struct place *a, const struct place *b)
{
    struct place j = *a;
    if (a->url != b->url || (a->url == URL_PREFIX && strcmp(a->prefix, b->prefix) != 0))
        j.url = URL_UNCLEAR;
    j.maybe_slash = a->maybe_slash || b->maybe_slash || (a->url == URL_SLASH) != (b->url == URL_SLASH);
    j.has_host &= b->has_host;
    j.need_blank |= b->need_blank;
    j.has_src &= b->has_src;
    j.has_http_equiv |= b->has_http_equiv;
    j.has_value_in_content |= b->has_value_in_content;
    return j;
}
