#include "domain/compare.h"
#include "domain/rich.h"
#include "tests/test.h"

static struct arena *a;

static struct str plain_of(const struct rich *doc)
{
    struct buf b = {0};
    rich_plain(doc, &b);
    struct str s = arena_str(a, buf_view(&b));
    buf_free(&b);
    return s;
}

static struct str markup_of(const struct rich *doc)
{
    struct buf b = {0};
    rich_to_markup(doc, &b);
    struct str s = arena_str(a, buf_view(&b));
    buf_free(&b);
    return s;
}

/* The tree in short: p(..) h2(..) ul(li(..)); runs with b i u + - ~ for their marks. */
static void draw(const struct rich *r, struct buf *b)
{
    static const char *const names[] = {"doc", "p", "h", "quote", "ul", "ol", "li", "table", "tr", "td", "hr", "run", "br"};
    if (r->kind == RICH_RUN) {
        const char *marks = "biu+-";
        buf_byte(b, '\'');
        buf_str(b, r->text);
        buf_byte(b, '\'');
        for (int i = 0; marks[i]; i++)
            if (r->marks & 1U << i)
                buf_byte(b, marks[i]);
        return;
    }
    buf_c(b, r->kind == RICH_CELL && r->header ? "th" : names[r->kind]);
    if (r->kind == RICH_HEADING || (r->kind == RICH_NUMBERS && r->level != 1))
        buf_i64(b, r->level);
    if (!r->first)
        return;
    buf_byte(b, '(');
    for (const struct rich *c = r->first; c; c = c->next) {
        draw(c, b);
        buf_c(b, c->next ? " " : "");
    }
    buf_byte(b, ')');
}

static struct str drawn(const struct rich *doc)
{
    struct buf b = {0};
    draw(doc, &b);
    struct str s = arena_str(a, buf_view(&b));
    buf_free(&b);
    return s;
}

static struct str from(const char *markup)
{
    return drawn(rich_from_markup(a, str_c(markup)));
}

static void test_markup(void)
{
    CHECK_STR(from("# Søknad\n\nHei **på** *deg*\nlinje to\n\n---"), "doc(h1('Søknad') p('Hei ' 'på'b ' ' 'deg'i br 'linje to') hr)");
    CHECK_STR(from("- en\n- to\n  - inni\n\n  mer\n3. tre"), "doc(ul(li(p('en')) li(p('to') ul(li(p('inni'))) p('mer'))) ol3(li(p('tre'))))");
    CHECK_STR(from("|= År |= Hva |\n| 2024 | a \\| b |\n|x"), "doc(table(tr(th(p('År')) th(p('Hva'))) tr(td(p('2024')) td(p('a | b'))) tr(td(p('x')))))");
    CHECK_STR(from("> sitat\n> - a\n>\n> b\n\n>c"), "doc(quote(p('sitat') ul(li(p('a'))) p('b')) p('>c'))");
    CHECK_STR(from("***begge** bare kursiv*"), "doc(p('begge'bi ' bare kursiv'i))");
    /* what is no markup is text */
    CHECK_STR(from("2 * 3 * 4 og **åpen"), "doc(p('2 * 3 * 4 og **åpen'))");
    CHECK_STR(from("#Ingen ## heller\n\n####  fire\n\n-nei\n\n1.nei"), "doc(p('#Ingen ## heller') p('####  fire') p('-nei') p('1.nei'))");
    CHECK_STR(from("\\*ikke\\* \\# \\q **** x"), "doc(p('*ikke* # \\q **** x'))");
    CHECK_STR(from(""), "doc");
    CHECK_STR(from("\n\n \n"), "doc");
    CHECK_STR(from("-\n1.\n>\n|"), "doc(ul(li(p)) ol(li(p)) quote(p) table(tr(td(p))))");
    CHECK_STR(from("مرحبا **بكم** 😀"), "doc(p('مرحبا ' 'بكم'b ' 😀'))");
    CHECK_STR(from("a\r\nb\r\n\r\nc"), "doc(p('a' br 'b') p('c'))");
}

/* Markup written from a tree reads as the same tree. */
static void test_round_trip(void)
{
    static const char *const texts[] = {
        "# T\n\n- a\n- b\n  - c\n    1. d\n    2. e\n\n  f\n\n- other list\n", "> q\n> > r\n>\n> s\n", "|= A |= B |\n| **x** y | \\* |\n", "a\nb\n\n***c** d* e\n\n---\n",
        "3\\. no list\n\n\\- no list\n\n\\# no heading\n\n\\> \\| \\\\\n", "**a*b***c\n",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        const struct rich *doc = rich_from_markup(a, str_c(texts[i]));
        struct str again = markup_of(doc);
        CHECK_STR(drawn(rich_from_markup(a, again)), arena_cstr(a, drawn(doc)));
    }
    CHECK_STR(markup_of(rich_from_markup(a, STR("# T\n- a\n- b\n\n  c\n"))), "# T\n\n- a\n- b\n\n  c\n");
    struct rich *doc = rich_new(a, RICH_DOC), *p = rich_add(doc, rich_new(a, RICH_PARAGRAPH));
    rich_text(a, p, STR("* 1. "), 0);
    rich_text(a, p, STR("fet "), RICH_BOLD);
    rich_text(a, p, STR(" "), 0);
    rich_text(a, p, STR(" både"), RICH_BOLD | RICH_ITALIC);
    rich_text(a, p, STR(" "), RICH_BOLD);
    CHECK_STR(markup_of(doc), "\\* 1. **fet   *både***\n");
    CHECK_STR(from("\\* 1. **fet   *både***\n"), "doc(p('* 1. ' 'fet   'b 'både'bi))");
}

/* Any bytes: markup of markup stays the same once it has been through, and nothing is read outside of it. */
static void test_any(void)
{
    static const char signs[] = "ab *#->|=\\1. \n\n  ";
    uint32_t r = 1;
    int bad = 0;
    for (int k = 0; k < 3000; k++) {
        char text[60];
        size_t n = (size_t)k % sizeof text;
        for (size_t i = 0; i < n; i++)
            text[i] = signs[(r = r * 1664525 + 1013904223) >> 8 & 15];
        char *exact = test_exact(text, n);
        struct str once = markup_of(rich_from_markup(a, (struct str){exact, n}));
        struct str twice = markup_of(rich_from_markup(a, once));
        bad += !str_eq(once, twice);
        if (bad == 1 && !str_eq(once, twice))
            printf("# '%.*s'\n# once '%.*s'\n# twice '%.*s'\n", (int)n, text, STR_FMT(once), STR_FMT(twice));
        free(exact);
        arena_clear(a);
    }
    CHECK_INT(bad, 0);
    struct buf deep = {0};
    for (int i = 0; i < 400; i++)
        buf_c(&deep, i % 2 ? "- " : "> ");
    struct str drawing = drawn(rich_from_markup(a, buf_view(&deep)));
    size_t depth = 0, most = 0;
    for (size_t i = 0; i < drawing.n; i++) {
        depth += drawing.p[i] == '(';
        depth -= drawing.p[i] == ')';
        most = depth > most ? depth : most;
    }
    CHECK(most > 20 && most <= RICH_DEPTH_MAX);
    buf_free(&deep);
}

static void test_plain(void)
{
    CHECK_STR(plain_of(rich_from_markup(a, STR("# CV\n\nHei\ndu\n\n- en\n- to\n  1. a\n  2. b\n\n> s\n>\n> t\n\n|= A |= B |\n| c | d |\n\n---"))),
              "CV\n\nHei\ndu\n\n- en\n- to\n  1. a\n  2. b\n\n> s\n>\n> t\n\nA\tB\nc\td\n\n---\n");
    CHECK_STR(plain_of(rich_new(a, RICH_DOC)), "");
    CHECK_INT(rich_words(rich_from_markup(a, STR("# Én to\n\n- **t**re, fire - 5\n- مرحبا بكم 😀 !"))), 7);
    CHECK_INT(rich_words(rich_new(a, RICH_DOC)), 0);
    const struct rich *doc = rich_from_markup(a, STR("# Søknad  på\n\njobb som **lærer** i Bærum"));
    CHECK_STR(rich_excerpt(a, doc, 200), "Søknad på jobb som lærer i Bærum");
    CHECK_STR(rich_excerpt(a, doc, 18), "Søknad på jobb");
    CHECK_STR(rich_excerpt(a, doc, 11), "Søknad på");
    CHECK_STR(rich_excerpt(a, doc, 2), "S");
    CHECK_STR(rich_excerpt(a, doc, 0), "");
}

static struct rich *suggested(void)
{
    struct rich *doc = rich_new(a, RICH_DOC), *p = rich_add(doc, rich_new(a, RICH_PARAGRAPH));
    rich_run(a, p, STR("gammel "), &(struct rich){.marks = RICH_DELETED, .suggestion = STR("s1"), .author = STR("Kari")});
    rich_run(a, p, STR("ny "), &(struct rich){.marks = RICH_INSERTED | RICH_BOLD, .suggestion = STR("s1")});
    rich_text(a, p, STR("tekst"), 0);
    rich_text(a, rich_add(doc, rich_new(a, RICH_PARAGRAPH)), STR("hel"), RICH_INSERTED);
    struct rich *list = rich_add(doc, rich_new(a, RICH_BULLETS)), *item = rich_add(list, rich_new(a, RICH_ITEM));
    rich_text(a, rich_add(item, rich_new(a, RICH_PARAGRAPH)), STR("punkt"), RICH_INSERTED);
    struct rich *table = rich_add(doc, rich_new(a, RICH_TABLE));
    for (int i = 0; i < 2; i++) {
        struct rich *row = rich_add(table, rich_new(a, RICH_ROW));
        for (int k = 0; k < 2; k++)
            rich_text(a, rich_add(rich_add(row, rich_new(a, RICH_CELL)), rich_new(a, RICH_PARAGRAPH)), STR("c"), i || k ? RICH_INSERTED : 0);
    }
    rich_add(doc, rich_new(a, RICH_PARAGRAPH));
    return doc;
}

static void test_view(void)
{
    const struct rich *doc = suggested();
    CHECK_STR(drawn(rich_view(a, doc, RICH_ORIGINAL)), "doc(p('gammel tekst') table(tr(td(p('c')) td)) p)");
    CHECK(str_eq(drawn(rich_view(a, doc, RICH_AS_IS)), drawn(doc)));
    CHECK_STR(drawn(doc->first), "p('gammel '- 'ny 'b+ 'tekst')");
}

static struct str compared(const char *was, const char *is, struct compare_count *n)
{
    return drawn(rich_compare(a, rich_from_markup(a, str_c(was)), rich_from_markup(a, str_c(is)), n));
}

static void test_compare(void)
{
    struct compare_count n;
    CHECK_STR(compared("Jeg søker jobb.", "Jeg søker fast jobb.", &n), "doc(p('Jeg søker ' 'fast '+ 'jobb.'))");
    CHECK(n.added == 1 && n.removed == 0);
    CHECK_STR(compared("a b c d\n\nblir\n\nborte helt", "a b x d\n\nblir", &n), "doc(p('a b ' 'c'- 'x'+ ' d') p('blir') p('borte helt'-))");
    CHECK(n.added == 1 && n.removed == 3);
    CHECK_STR(compared("", "ny **fet**", &n), "doc(p('ny '+ 'fet'b+))");
    CHECK_STR(compared("lik **fet**", "lik fet", &n), "doc(p('lik fet'))");
    CHECK(n.added == 0 && n.removed == 0);
    CHECK_STR(compared("# En tittel her", "En tittel der", &n), "doc(p('En tittel ' 'her'- 'der'+))");
    CHECK_STR(compared("- a\n- b\n- c", "- a\n- ny\n- b\n- c", &n), "doc(ul(li(p('a')) li(p('ny'+)) li(p('b')) li(p('c'))))");
    CHECK_STR(compared("| a | b |\n| c | d |", "| a | x |\n| c | d |", &n), "doc(table(tr(td(p('a')) td(p('b'-) p('x'+))) tr(td(p('c')) td(p('d')))))");
    CHECK_STR(compared("مرحبا بكم هنا", "مرحبا بكم هناك", &n), "doc(p('مرحبا بكم ' 'هنا'- 'هناك'+))");
    CHECK_STR(compared("to\nlinjer her", "to linjer her", &n), "doc(p('to' ' '+ 'linjer her'))");
    /* blocks that changed places */
    CHECK_STR(compared("en to tre\n\nfire fem seks", "fire fem seks\n\nen to tre", &n), "doc(p('en to tre'-) p('fire fem seks') p('en to tre'+))");
    /* suggestions are no change until they are accepted */
    CHECK_STR(drawn(rich_compare(a, suggested(), suggested(), &n)), "doc(p('gammel tekst') table(tr(td(p('c')) td)) p)");
}

/* Far too much to look at pair by pair: still an answer, at once, with all words counted. */
static void test_compare_large(void)
{
    struct rich *was = rich_new(a, RICH_DOC), *is = rich_new(a, RICH_DOC);
    struct buf b = {0};
    for (int i = 0; i < 20000; i++)
        buf_fmt(&b, "w%d ", i * 7);
    rich_text(a, rich_add(was, rich_new(a, RICH_PARAGRAPH)), buf_view(&b), 0);
    rich_text(a, rich_add(is, rich_new(a, RICH_PARAGRAPH)), STR("y w0 w7 w14"), 0);
    struct buf c = {0};
    for (int i = 0; i < 20000; i++)
        buf_fmt(&c, "%sw%d ", i % 2 ? "x" : "", i * 7);
    rich_text(a, rich_add(is, rich_new(a, RICH_PARAGRAPH)), buf_view(&c), 0);
    for (int i = 0; i < 3000; i++) {
        rich_text(a, rich_add(was, rich_new(a, RICH_PARAGRAPH)), arena_fmt(a, "p%d", i), 0);
        rich_text(a, rich_add(is, rich_new(a, RICH_PARAGRAPH)), arena_fmt(a, "q%d", i), 0);
    }
    struct compare_count n;
    rich_compare(a, was, is, &n);
    CHECK_INT(n.removed, 23000);
    CHECK_INT(n.added, 23004);
    buf_free(&b);
    buf_free(&c);
}

/* A table of cells in which every word is another one, each small enough to be looked into: what comes of all of them is bounded. */
static void test_compare_many(void)
{
    enum { CELLS = 400, WORDS = 900 };
    struct rich *tree[2];
    struct buf b = {0};
    for (int k = 0; k < 2; k++) {
        buf_clear(&b);
        for (int i = 0; i < WORDS; i++)
            buf_fmt(&b, "%c%d ", 'a' + k, i % 10);
        struct str text = arena_str(a, buf_view(&b));
        buf_clear(&b);
        for (int i = 0; i < 400; i++)
            buf_c(&b, "lik ");
        struct str same = arena_str(a, buf_view(&b)); /* so that the tables are a pair */
        tree[k] = rich_new(a, RICH_DOC);
        struct rich *row = rich_add(rich_add(tree[k], rich_new(a, RICH_TABLE)), rich_new(a, RICH_ROW));
        for (int i = 0; i <= CELLS; i++)
            rich_text(a, rich_add(rich_add(row, rich_new(a, RICH_CELL)), rich_new(a, RICH_PARAGRAPH)), i ? text : same, 0);
    }
    size_t before = arena_used(a);
    struct compare_count n;
    rich_compare(a, tree[0], tree[1], &n);
    CHECK(n.removed == CELLS * WORDS && n.added == CELLS * WORDS);
    CHECK(arena_used(a) - before < (size_t)64 << 20);
    buf_free(&b);
}

/* Thousands of runs that become one, and thousands of lines whose breaks go: memory grows with the text, not with its square. */
static void test_joined(void)
{
    enum { RUNS = 10000 };
    struct rich *doc = rich_new(a, RICH_DOC), *p = rich_add(doc, rich_new(a, RICH_PARAGRAPH)), *lines = rich_new(a, RICH_DOC);
    struct rich *many = rich_add(lines, rich_new(a, RICH_PARAGRAPH));
    struct str text = STR("hundre tegn er det ikke i denne linjen, men nok til at kvadratet av alle linjene blir mer enn minnet. ");
    for (int i = 0; i < RUNS; i++) {
        rich_text(a, p, text, i % 2 ? RICH_DELETED : 0);
        rich_text(a, many, text, 0);
        rich_add(many, rich_new(a, RICH_BREAK));
    }
    size_t before = arena_used(a);
    struct rich *seen = rich_view(a, doc, RICH_ORIGINAL);
    CHECK(seen->first->first == seen->first->last && seen->first->first->text.n == RUNS * text.n);
    CHECK(str_ends(seen->first->first->text, text) && str_starts(seen->first->first->text, text));
    struct compare_count n;
    struct rich *gone = rich_compare(a, lines, rich_new(a, RICH_DOC), &n);
    CHECK(gone->first->first->text.n == RUNS * text.n && n.added == 0);
    CHECK(arena_used(a) - before < (size_t)24 << 20);
    /* a copy of a joined run has no room of its own */
    struct rich copy = *seen->first->first, block = {.kind = RICH_PARAGRAPH, .first = &copy, .last = &copy};
    rich_text(a, &block, STR("x"), 0);
    rich_text(a, seen->first, STR("y"), 0);
    CHECK(copy.text.p[copy.text.n - 1] == 'x' && seen->first->last->text.p[seen->first->last->text.n - 1] == 'y');
}

int main(void)
{
    static void (*const tests[])(void) = {test_joined, test_markup, test_round_trip, test_any, test_plain, test_view, test_compare, test_compare_large, test_compare_many};
    for (size_t i = 0; i < COUNT(tests); i++) {
        a = arena_new((size_t)256 << 20);
        tests[i]();
        arena_free(a);
    }
    return test_end();
}
