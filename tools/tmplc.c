/* tmplc: compiles a file of HTML templates to C functions (docs/templates.md).
 *
 *     tmplc IN.html OUT.c OUT.h
 *
 * Nothing is written unless the whole file is right. */
#include "tmplc/tmplc.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_MAX = 64 };

const char *src_file, *src_at;
static const char *src_begin;

enum block_kind { B_IF, B_FOR };
struct block {
    enum block_kind kind;
    int line;
    bool has_else, has_joined;
    struct place start, joined;
    size_t markup;
};
static struct block blocks[BLOCK_MAX];
static size_t n_blocks;
static bool in_template;
static int template_line;
static bool line_clean = true; /* only blanks and directives so far on this line */

int line_of(const char *p)
{
    static const char *last; /* counting goes on from where it was */
    static int line;
    if (!last || p < last) {
        last = src_begin;
        line = 1;
    }
    for (; last < p; last++)
        line += *last == '\n';
    return line;
}

int src_line(void)
{
    return line_of(src_at);
}

static _Noreturn void fail_with(int line, const char *fmt, va_list ap)
{
    fprintf(stderr, "%s:%d: ", src_file, line);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    exit(1);
}

void fail_at(const char *p, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fail_with(line_of(p), fmt, ap);
}

void fail(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fail_with(src_begin ? src_line() : 1, fmt, ap);
}

bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool is_ident(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

struct span span_trim(struct span s)
{
    while (s.p < s.end && is_blank(*s.p))
        s.p++;
    while (s.p < s.end && is_blank(s.end[-1]))
        s.end--;
    return s;
}

static bool span_is(struct span s, const char *w)
{
    return (size_t)(s.end - s.p) == strlen(w) && !memcmp(s.p, w, strlen(w));
}

/* Cuts the identifier off the front. */
static struct span cut_ident(struct span *s)
{
    struct span w = {s->p, s->p};
    if (w.end < s->end && isdigit((unsigned char)*w.end))
        return w;
    while (w.end < s->end && is_ident(*w.end))
        w.end++;
    *s = span_trim((struct span){w.end, s->end});
    return w;
}

/* ---- directives */

/* NAME(ARGS): both, checked; s keeps what follows. */
static void cut_call(struct span *s, struct span *name, struct span *args, const char *what)
{
    *name = cut_ident(s);
    if (name->p == name->end || s->p == s->end || *s->p != '(')
        fail("write {%% %s name(...) %%}", what);
    const char *close = c_char((struct span){s->p + 1, s->end}, ')');
    if (!close)
        fail("( is not closed");
    *args = span_trim((struct span){s->p + 1, close});
    *s = span_trim((struct span){close + 1, s->end});
}

static void need_template(void)
{
    if (!in_template)
        fail("only {%% use %%} and comments stand outside of templates");
}

static void do_use(struct span s)
{
    bool quoted = s.end - s.p > 2 && ((*s.p == '"' && s.end[-1] == '"') || (*s.p == '<' && s.end[-1] == '>'));
    for (const char *p = s.p + 1; quoted && p < s.end - 1; p++)
        quoted = is_ident(*p) || strchr("/.-", *p);
    if (!quoted)
        fail("write {%% use \"folder/file.h\" %%}");
    if (in_template)
        fail("{%% use %%} belongs before the template");
    out_line(&out_h, s.p);
    out_fmt(&out_h, "#include %.*s\n", SPAN_FMT(s));
}

static void do_template(struct span s)
{
    static const char *taken[] = {"lit", "raw", "url", "put", NULL};
    struct span name, args;
    if (in_template)
        fail("the template of line %d has no {%% end %%} yet", template_line);
    cut_call(&s, &name, &args, "template");
    for (int i = 0; taken[i]; i++)
        if (span_is(name, taken[i]))
            fail("html_%s is a function of http/html.h: choose another name", taken[i]);
    bool open = span_is(s, "open");
    if (s.p != s.end && !open)
        fail("after the arguments only the word open may stand");
    c_check(args, C_COMMA);
    if (span_is(args, "void"))
        args.p = args.end;
    out_line(&out_h, name.p);
    out_fmt(&out_h, "void html_%.*s(struct buf *o, const struct view *v%s%.*s);\n", SPAN_FMT(name), args.p < args.end ? ", " : "",
            SPAN_FMT(args));
    emit(name.p, "void html_%.*s(struct buf *o, const struct view *v%s%.*s)\n{\n    (void)o, (void)v;\n", SPAN_FMT(name),
         args.p < args.end ? ", " : "", SPAN_FMT(args));
    in_template = true;
    template_line = src_line();
    markup_begin(open);
}

static void push_block(enum block_kind kind)
{
    if (n_blocks == BLOCK_MAX)
        fail("blocks stand too deep in each other");
    blocks[n_blocks++] = (struct block){.kind = kind, .line = src_line(), .start = at, .markup = markup_block()};
}

static void do_if(struct span s)
{
    if (s.p == s.end)
        fail("write {%% if condition %%}");
    c_check(s, 0);
    emit(s.p, "    if (%.*s) {\n", SPAN_FMT(s));
    push_block(B_IF);
}

static void do_for(struct span s)
{
    if (c_check(s, C_ASSIGN | C_COMMA | C_SEMICOLON) != 2)
        fail("write {%% for start; condition; step %%}");
    emit(s.p, "    for (%.*s) {\n", SPAN_FMT(s));
    push_block(B_FOR);
}

/* The branch that ends here joins those before it. */
static void end_branch(struct block *b)
{
    markup_branch_end(&b->start, b->line, b->kind == B_FOR);
    b->joined = b->has_joined ? place_join(&b->joined, &at) : at;
    b->has_joined = true;
}

static struct block *next_branch(const char *what)
{
    struct block *b = n_blocks ? &blocks[n_blocks - 1] : NULL;
    if (!b || b->kind != B_IF)
        fail("{%% %s %%} without {%% if %%}", what);
    if (b->has_else)
        fail("{%% %s %%} after {%% else %%}", what);
    end_branch(b);
    at = b->start;
    return b;
}

static void do_elif(struct span s)
{
    if (s.p == s.end)
        fail("write {%% elif condition %%}");
    next_branch("elif");
    c_check(s, 0);
    emit(s.p, "    } else if (%.*s) {\n", SPAN_FMT(s));
}

static void do_else(struct span s)
{
    if (s.p != s.end)
        fail("{%% else %%} takes no condition; write {%% elif ... %%}");
    next_branch("else")->has_else = true;
    emit(NULL, "    } else {\n");
}

static void do_end(struct span s)
{
    if (s.p != s.end)
        fail("{%% end %%} stands alone");
    if (!n_blocks) {
        markup_end();
        emit(NULL, "}\n\n");
        in_template = false;
        return;
    }
    struct block *b = &blocks[n_blocks - 1];
    end_branch(b);
    at = b->has_else ? b->joined : place_join(&b->joined, &b->start);
    markup_unblock(b->markup);
    n_blocks--;
    emit(NULL, "    }\n");
}

static void do_let(struct span s)
{
    const char *eq = c_char(s, '=');
    if (!eq)
        fail("write {%% let type name = value %%}");
    struct span type = span_trim((struct span){s.p, eq}), value = span_trim((struct span){eq + 1, s.end});
    const char *name = type.end;
    while (name > type.p && is_ident(name[-1]))
        name--;
    for (const char *p = type.p; p < type.end; p++)
        if (!is_ident(*p) && !is_blank(*p) && *p != '*')
            fail("write {%% let type name = value %%}, without %c before the =", *p);
    if (name == type.p || name == type.end || isdigit((unsigned char)*name) || value.p == value.end)
        fail("write {%% let type name = value %%}");
    c_check(value, 0);
    emit(type.p, "    %.*s = %.*s;\n", SPAN_FMT(type), SPAN_FMT(value));
}

static void do_show(struct span s)
{
    struct span name, args;
    cut_call(&s, &name, &args, "show");
    if (s.p != s.end)
        fail("nothing follows {%% show name(...)");
    if (at.ctx != TEXT)
        fail("{%% show %%} gives markup: it belongs in text");
    c_check(args, C_COMMA);
    emit(name.p, "    html_%.*s(o, v%s%.*s);\n", SPAN_FMT(name), args.p < args.end ? ", " : "", SPAN_FMT(args));
}

static const struct {
    const char *word;
    void (*run)(struct span s);
    bool anywhere; /* also outside of a template */
} directives[] = {
    {"use", do_use, true},    {"template", do_template, true}, {"if", do_if, false},   {"elif", do_elif, false},
    {"else", do_else, false}, {"for", do_for, false},          {"end", do_end, false}, {"let", do_let, false},
    {"show", do_show, false},
};

static void directive(struct span s)
{
    struct span word = cut_ident(&s);
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (span_is(word, directives[i].word)) {
            if (!directives[i].anywhere)
                need_template();
            directives[i].run(s);
            return;
        }
    fail("unknown directive \"%.*s\": there are use, template, if, elif, else, for, let, show, end", SPAN_FMT(word));
}

/* ---- values and texts */

static void value(struct span s)
{
    need_template();
    if (s.p == s.end)
        fail("{{ }} is empty");
    const char *put = markup_value();
    c_check(s, 0);
    emit(s.p, "    %s(o, (%.*s));\n", put, SPAN_FMT(s));
}

static bool is_entity(const char *p, const char *end)
{
    const char *q = p + 1;
    while (q < end && (is_ident(*q) || *q == '#'))
        q++;
    return *p == '&' && q > p + 1 && q < end && *q == ';';
}

/* [[...]]: white space folds to one blank, so that a paragraph may be wrapped. */
static void text(struct span s)
{
    struct out t = {0};
    need_template();
    markup_text();
    s = span_trim(s);
    if (s.p == s.end)
        fail("[[ ]] is empty");
    for (const char *p = s.p; p < s.end; p++) {
        bool twice = p + 1 < s.end && (p[1] == '{' || p[1] == '%' || p[1] == '#');
        if (*p == '{' && twice)
            fail("%.2s inside [[ ]]: fill in a text with {{ text_fmt(...) }}", p);
        if (*p == '{' && p + 1 < s.end && isdigit((unsigned char)p[1]))
            fail("{%c inside [[ ]] stays as it is: fill in a text with {{ text_fmt(...) }}", p[1]);
        if (*p == '<' || (*p == '[' && p + 1 < s.end && p[1] == '['))
            fail("%c inside [[ ]]: it holds text only, no markup", *p);
        if (is_entity(p, s.end))
            fail("an entity inside [[ ]] is shown as it stands: write the character itself");
        if (!is_blank(*p))
            out_add(&t, p, 1);
        else if (!is_blank(p[-1]))
            out_add(&t, " ", 1);
    }
    struct out lit = {0};
    out_cstring(&lit, t.p, t.n);
    emit(s.p, "    html_put(o, T(%s));\n", lit.p);
    free(lit.p);
    free(t.p);
}

/* ---- the file */

/* The {{...}}, {%...%}, {#...#} or [[...]] that begins at p; false if none does. */
static bool find_piece(const char *p, const char *end, struct span *inner, const char **next)
{
    if (end - p < 2)
        return false;
    static const char *const pairs[][2] = {{"{{", "}}"}, {"{%", "%}"}, {"{#", "#}"}, {"[[", "]]"}};
    const char *close = NULL;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (!memcmp(p, pairs[i][0], 2))
            close = pairs[i][1];
    if (!close)
        return false;
    bool code = *close == '}' || *close == '%';
    inner->p = p + 2;
    inner->end = code ? c_find((struct span){p + 2, end}, close) : strstr(p + 2, close);
    if (!inner->end)
        fail("%.2s without %s, or with a quote or brace that is not closed", p, close);
    *next = inner->end + 2;
    return true;
}

static bool is_show(struct span s)
{
    s = span_trim(s);
    return span_is(cut_ident(&s), "show");
}

/* Only blanks and directives until the line ends. {% show %} gives text, so it does not count as one. */
static bool rest_is_clean(const char *p, const char *end)
{
    struct span inner;
    const char *next;
    while (p < end && *p != '\n') {
        if (is_blank(*p))
            p++;
        else if (*p == '{' && (p[1] == '%' || p[1] == '#') && find_piece(p, end, &inner, &next) &&
                 !(p[1] == '%' && is_show(inner)))
            p = next;
        else
            return false;
    }
    return true;
}

static const char *eat_piece(const char *p, const char *end, struct span inner, const char *next)
{
    bool is_directive = *p == '{' && p[1] == '%', comment = *p == '{' && p[1] == '#';
    bool show = is_directive && is_show(inner);
    bool quiet = (is_directive && !show) || comment;
    bool alone = quiet && line_clean && (at.ctx == TEXT || at.ctx == RCDATA) && rest_is_clean(next, end);
    bool last = is_directive && in_template && !n_blocks && span_is(span_trim(inner), "end");
    if (alone)
        lit_trim(last);
    if (*p == '[')
        text(inner);
    else if (is_directive)
        directive(span_trim(inner));
    else if (!comment)
        value(span_trim(inner));
    if (is_directive)
        markup_directive();
    line_clean &= quiet;
    if (alone) {
        while (next < end && *next != '\n' && is_blank(*next))
            next++;
        if (next < end && *next == '\n') {
            next++;
            line_clean = true;
        }
        if (in_template)
            markup_swallow();
    }
    return next;
}

static void compile(const char *p, const char *end)
{
    while (p < end) {
        struct span inner;
        const char *next;
        src_at = p;
        if (find_piece(p, end, &inner, &next)) {
            p = eat_piece(p, end, inner, next);
            continue;
        }
        if (in_template) {
            next = markup_eat((struct span){p, end});
        } else {
            if (!is_blank(*p))
                fail("only {%% use %%} and comments stand outside of templates");
            next = p + 1;
        }
        for (; p < next; p++)
            line_clean = *p == '\n' || (line_clean && is_blank(*p));
    }
    src_at = end;
    if (n_blocks)
        fail("the block of line %d has no {%% end %%}", blocks[n_blocks - 1].line);
    if (in_template)
        fail("the template of line %d has no {%% end %%}", template_line);
}

static char *read_file(const char *path, size_t *n)
{
    struct out o = {0};
    char b[65536];
    size_t got;
    FILE *f = fopen(path, "rb");
    if (!f)
        fail("cannot be read");
    while ((got = fread(b, 1, sizeof b, f)) > 0)
        out_add(&o, b, got);
    if (ferror(f))
        fail("cannot be read");
    fclose(f);
    out_add(&o, "", 0);
    *n = o.n;
    return o.p;
}

static bool write_file(const char *path, const struct out *o)
{
    FILE *f = fopen(path, "wb");
    if (!f)
        return false;
    bool ok = fwrite(o->p, 1, o->n, f) == o->n;
    ok &= fclose(f) == 0;
    if (!ok)
        remove(path);
    return ok;
}

/* The pages say that they are UTF-8; a NUL would end the texts early. */
static void check_utf8(const char *p, const char *end)
{
    while (p < end) {
        unsigned char c = (unsigned char)*p;
        int more = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : -1;
        bool ok = c && more >= 0 && end - p > more;
        for (int i = 1; ok && i <= more; i++)
            ok = ((unsigned char)p[i] & 0xc0) == 0x80;
        if (!ok || (end - p > 2 && !memcmp(p, "\xef\xbb\xbf", 3)))
            fail_at(p, "not UTF-8 without mark: byte %02x", c);
        p += more + 1;
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: tmplc IN.html OUT.c OUT.h\n");
        return 2;
    }
    src_file = argv[1];
    size_t n;
    char *src = read_file(src_file, &n);
    src_begin = src_at = src;
    check_utf8(src, src + n);
    const char *base = strrchr(src_file, '/');
    base = base ? base + 1 : src_file;
    int stem = (int)(strlen(base) - (strlen(base) > 5 && !strcmp(base + strlen(base) - 5, ".html") ? 5 : 0));
    out_fmt(&out_h, "/* Made by tmplc from %s. */\n#pragma once\n#include \"http/html.h\"\n#include \"page/view.h\"\n", base);
    out_fmt(&out_c, "/* Made by tmplc from %s. */\n#include \"gen/%.*s.html.h\"\n#include \"text/text.h\"\n", base, stem, base);
    compile(src, src + n);
    if (!write_file(argv[2], &out_c) || !write_file(argv[3], &out_h)) {
        remove(argv[2]);
        fail("%s or %s cannot be written", argv[2], argv[3]);
    }
    free(src);
    return 0;
}
