/* PDF files, as poppler reads them. */
#include "domain/on_paper.h"
#include "pdf/pdf.h"
#include "tests/test.h"
#include "tests/unit/paper_sample.h"
#include "tests/unit/paper_tool.h"

static struct arena *a;

static struct paper about(enum paper_form form, enum lang lang)
{
    return (struct paper){.form = form, .lang = lang, .title = STR("Tittel (æøå)"), .author = STR("Rania Al-Khatib"), .now = 1772539200000,
                          .dated = STR("Fjordby, 3. mars 2026"), .page_of = STR("Side {1} av {2}")};
}

static void write_it(const struct rich *doc, enum paper_form form, enum lang lang, struct buf *out)
{
    struct paper p = about(form, lang);
    buf_clear(out);
    CHECK_ERR(pdf_write(doc, &p, out), OK);
}

/* Of pdffonts: two lines of head, then a line for each font with "yes" or "no" for embedded, subset, Unicode. */
static bool all_embedded(struct str fonts)
{
    int n = 0;
    str_cut(&fonts, '\n');
    str_cut(&fonts, '\n');
    for (; fonts.n; n++) {
        struct str line = str_cut(&fonts, '\n');
        if (paper_find(line, " yes yes yes ", 0) < 0)
            return false;
    }
    return n > 0;
}

static void t_cv(void)
{
    static const char *const order[] = {"Rania Al-Khatib", "900 00 000", "Nøkkelkvalifikasjoner", "Eurokode", "Arbeidserfaring", "2024 – nå",
                                        "2012 – 2016", "Utdanning", "Morsmål", "Oppgis gjerne etter avtale.", NULL};
    static const char *const tags[] = {"Document", "H1 ", "P ", "Span ", "Link ", "H2 ", "L ", "LI ", "Lbl ", "LBody ", "Table ", "TR", "TD", "TH", NULL};
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    write_it(sample(a, sample_cv), PAPER_CV, LANG_NB, &b);
    CHECK(paper_order(paper_ask(a, &b, "pdftotext %s -"), order));
    struct str info = paper_ask(a, &b, "pdfinfo %s");
    CHECK(paper_find(info, "Tagged:          yes", 0) >= 0);
    CHECK(paper_find(info, "Pages:           1\n", 0) >= 0);
    CHECK(paper_find(info, "Title:           Tittel (æøå)", 0) >= 0);
    CHECK(paper_find(info, "Author:          Rania Al-Khatib", 0) >= 0);
    CHECK(paper_find(info, "A4", 0) >= 0);
    CHECK(paper_order(paper_ask(a, &b, "pdfinfo -struct %s"), tags));
    CHECK(paper_find(paper_ask(a, &b, "pdfinfo -struct-text %s"), "\"Fjordby · 900 00 000 · \"", 0) >= 0);
    CHECK(all_embedded(paper_ask(a, &b, "pdffonts %s")));
    CHECK(!all_embedded(STR("a\nb\nHelvetica Type1 WinAnsi no no no 5 0\n")));
    CHECK(!all_embedded(STR("a\nb\n")));
    CHECK(paper_find(paper_ask(a, &b, "pdfinfo -url %s"), "mailto:rania@example.no", 0) >= 0);
    CHECK(paper_find(buf_view(&b), "/Lang (nb)", 0) > 0);
    CHECK(paper_find(paper_ask(a, &b, "pdftotext %s - 2>&1"), "Error", 0) < 0);
}

static void t_letter(void)
{
    static const char *const order[] = {"Rania Al-Khatib", "Nordlys", "Fjordby, 3. mars 2026", "Søknad på", "Jeg viser til", "Med vennlig hilsen", NULL};
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    write_it(sample(a, sample_letter), PAPER_LETTER, LANG_NB, &b);
    struct str text = paper_ask(a, &b, "pdftotext -layout %s -");
    CHECK(paper_order(text, order));
    CHECK(paper_find(text, "                              Fjordby, 3. mars 2026", 0) >= 0); /* at the far side */
    CHECK(paper_find(text, "Tittel", 0) < 0);                                            /* it has a heading of its own */
    CHECK(paper_find(text, "Side 1", 0) < 0);                                            /* one page needs no number */
    write_it(sample(a, "Kort brev.\n"), PAPER_LETTER, LANG_NB, &b);
    static const char *const bare[] = {"Rania Al-Khatib", "Fjordby, 3. mars 2026", "Tittel (æøå)", "Kort brev.", NULL};
    CHECK(paper_order(paper_ask(a, &b, "pdftotext -layout %s -"), bare));
}

/* The left edge of a word, of pdftotext -bbox. */
static double left_of(struct str boxes, const char *word)
{
    char want[128];
    snprintf(want, sizeof want, ">%s</word>", word);
    long at = paper_find(boxes, want, 0);
    while (at > 0 && memcmp(boxes.p + at, "xMin=\"", 6))
        at--;
    return at > 0 ? strtod(boxes.p + at + 6, NULL) : -1;
}

static void t_arabic(void)
{
    static const char *const tags[] = {"H1 ", "H2 ", "L ", "Table ", "BlockQuote\n", NULL};
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    write_it(sample(a, sample_ar), PAPER_CV, LANG_AR, &b);
    struct str text = paper_ask(a, &b, "pdftotext -layout %s -");
    CHECK(paper_find(text, "رانيا الخطيب", 0) >= 0);
    CHECK(paper_find(text, "مهندسة مدنية بخبرة تسع سنوات", 0) >= 0);
    struct str boxes = paper_ask(a, &b, "pdftotext -bbox %s -");
    CHECK(left_of(boxes, "rania@example.no") > 300); /* at the right; poppler's boxes hold one Arabic letter each, so by other words */
    CHECK(left_of(boxes, "•") > 500);
    CHECK(left_of(boxes, "Revit") < left_of(boxes, "•"));
    CHECK(left_of(boxes, "2021") > 450); /* the first column is the right one */
    CHECK(left_of(boxes, "2021") < left_of(boxes, "2016"));
    CHECK(all_embedded(paper_ask(a, &b, "pdffonts %s")));
    CHECK(paper_order(paper_ask(a, &b, "pdfinfo -struct %s"), tags));
    CHECK(paper_find(buf_view(&b), "/Lang (ar)", 0) > 0);
    write_it(sample(a, "Norsk avsnitt med ord på عربي midt i.\nعربي فقط مع English\n"), PAPER_PLAIN, LANG_NB, &b);
    boxes = paper_ask(a, &b, "pdftotext -bbox %s -");
    CHECK(left_of(boxes, "avsnitt") < 150);
    CHECK(left_of(boxes, "English") > 400);
}

static void t_same(void)
{
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20}, c = {.max = 64 << 20};
    write_it(sample(a, sample_ar), PAPER_PLAIN, LANG_AR, &b);
    write_it(sample(a, sample_cv), PAPER_CV, LANG_NB, &c);
    CHECK(!str_eq(buf_view(&b), buf_view(&c)));
    write_it(sample(a, sample_ar), PAPER_PLAIN, LANG_AR, &c);
    CHECK(str_eq(buf_view(&b), buf_view(&c)));
}

/* The page (from 0) that holds `what`, by pdftotext's form feeds. */
static int page_with(struct str text, const char *what)
{
    long at = paper_find(text, what, 0);
    int page = 0;
    for (long i = 0; i < at; i++)
        page += text.p[i] == '\f';
    return at < 0 ? -1 : page;
}

static void t_pages(void)
{
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    int turned = 0;
    for (int before = 27; before < 34; before++) {
        CLEANUP(buf_free) struct buf text = {0};
        for (int i = 0; i < before; i++)
            buf_fmt(&text, "linje %d\n", i);
        buf_c(&text, "## Overskrift\nførste\\andre\\tredje\\fjerde\\femte\nsist\n");
        buf_byte(&text, 0);
        write_it(sample(a, text.p), PAPER_PLAIN, LANG_NB, &b);
        struct str t = paper_ask(a, &b, "pdftotext %s -");
        CHECK_INT(page_with(t, "Overskrift"), page_with(t, "første"));
        CHECK_INT(page_with(t, "første"), page_with(t, "andre"));
        CHECK_INT(page_with(t, "fjerde"), page_with(t, "femte"));
        if (page_with(t, "første") == page_with(t, "femte"))
            continue;
        turned++; /* one paragraph, and the page number between its halves is no part of it */
        struct str tags = paper_ask(a, &b, "pdfinfo -struct-text %s");
        CHECK(paper_find(tags, "Side 1", 0) < 0);
        long from = paper_find(tags, "første", 0), to = paper_find(tags, "femte", from);
        CHECK(from > 0 && to > from && paper_find((struct str){tags.p + from, (size_t)(to - from)}, "P (block)", 0) < 0);
    }
    CHECK(turned > 0); /* the paragraph was divided in some */
}

static void t_long_table(void)
{
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20}, text = {0};
    buf_c(&text, "|= Uke |= Tema |\n");
    for (int i = 1; i <= 120; i++)
        buf_fmt(&text, "| nr%03d | Vi øver på intervju |\n", i);
    buf_c(&text, "etter tabellen\n");
    buf_byte(&text, 0);
    write_it(sample(a, text.p), PAPER_PLAIN, LANG_NB, &b);
    struct str t = paper_ask(a, &b, "pdftotext %s -");
    int pages = page_with(t, "etter tabellen") + 1;
    CHECK(pages > 2);
    CHECK_INT(paper_count(t, "Tema"), pages);
    CHECK_INT(paper_count(t, "øver på"), 120);
    CHECK(paper_find(t, "Side 1 av ", 0) >= 0);
    CHECK_INT(paper_count(paper_ask(a, &b, "pdfinfo -struct %s"), "TR"), 121); /* the repeated ones are no rows */
}

/* A cell that is higher than a page goes on on the next; nothing of it is lost, nothing comes twice. */
static void t_tall_cell(void)
{
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    struct rich *doc = sample(a, "|= Del |= Innhold |\n| venstre | topp |\n");
    struct rich *cell = doc->first->last->last;
    for (int i = 0; i < 150; i++) {
        struct str line = arena_fmt(a, "punkt%03d", i);
        sample_run(a, sample_add(a, sample_add(a, sample_add(a, cell, RICH_BULLETS), RICH_ITEM), RICH_PARAGRAPH), line, 0, STR(""));
    }
    write_it(doc, PAPER_PLAIN, LANG_NB, &b);
    struct str t = paper_ask(a, &b, "pdftotext %s -");
    CHECK_INT(paper_count(t, "punkt"), 150);
    CHECK(page_with(t, "punkt149") >= 2);
    CHECK_INT(paper_count(t, "venstre"), 1);
    CHECK(paper_find(paper_ask(a, &b, "pdfinfo -struct %s 2>&1"), "Error", 0) < 0);
}

static void t_spans(void)
{
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    struct rich *doc = sample(a, "| a1 | b1 |\n| b2 |\n| a3 | b3 |\n");
    struct rich *cell = doc->first->first->first;
    cell->rowspan = 2;
    for (int i = 0; i < 3; i++)
        sample_run(a, sample_add(a, cell, RICH_PARAGRAPH), STR("mer"), 0, STR(""));
    write_it(doc, PAPER_PLAIN, LANG_NB, &b);
    struct str boxes = paper_ask(a, &b, "pdftotext -bbox %s -");
    CHECK(left_of(boxes, "b2") == left_of(boxes, "b1"));
    CHECK(left_of(boxes, "a3") == left_of(boxes, "a1"));
}

/* ---- what nobody should send */

static struct rich *nested(int depth, enum rich_kind kind)
{
    struct rich *doc = sample(a, ""), *at = doc;
    for (int i = 0; i < depth; i++)
        at = sample_add(a, at, kind);
    sample_run(a, sample_add(a, at, RICH_PARAGRAPH), STR("innerst"), 0, STR(""));
    return doc;
}

static void t_limits(void)
{
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    struct paper p = about(PAPER_PLAIN, LANG_NB);
    struct rich *doc = sample(a, "");
    for (int i = 0; i < 10000; i++)
        sample_run(a, sample_add(a, doc, RICH_PARAGRAPH), STR("et avsnitt"), 0, STR(""));
    CHECK_ERR(pdf_write(doc, &p, &b), ERR_LIMIT);
    CHECK_INT(b.n, 0);
    /* one row of very many cells, and list items that take no room: memory stays bounded, and both have an answer */
    doc = sample(a, "");
    struct rich *row = sample_add(a, sample_add(a, doc, RICH_TABLE), RICH_ROW), *list = sample_add(a, sample(a, ""), RICH_BULLETS);
    for (int i = 0; i < 50000; i++) {
        sample_add(a, row, RICH_CELL);
        sample_add(a, sample_add(a, list, RICH_ITEM), RICH_HEADING);
    }
    CLEANUP(arena_freep) struct arena *small = arena_new(16 << 20);
    CHECK_INT(paper_grid(small, doc->last).n, 50000 / PAPER_COLUMNS_MAX);
    struct rich lists = {.kind = RICH_DOC, .first = list, .last = list};
    CHECK_ERR(pdf_write(&lists, &p, &b), ERR_LIMIT);
    CHECK_ERR(pdf_write(nested(200, RICH_QUOTE), &p, &b), ERR_LIMIT);
    CHECK_ERR(pdf_write(nested(200, RICH_ITEM), &p, &b), ERR_LIMIT);
    write_it(nested(RICH_DEPTH_MAX - 2, RICH_BULLETS), PAPER_PLAIN, LANG_NB, &b);
    CHECK(paper_find(paper_ask(a, &b, "pdftotext %s -"), "innerst", 0) >= 0);
    write_it(nested(RICH_DEPTH_MAX - 2, RICH_QUOTE), PAPER_PLAIN, LANG_AR, &b);
    char *word = test_exact("", 0);
    word = realloc(word, 300000);
    memset(word, 'x', 300000);
    doc = sample(a, "");
    sample_run(a, sample_add(a, doc, RICH_PARAGRAPH), (struct str){word, 300000}, 0, STR(""));
    write_it(doc, PAPER_PLAIN, LANG_NB, &b);
    CHECK_INT(paper_count(paper_ask(a, &b, "pdftotext %s -"), "x"), 300000);
    free(word);
}

static void t_odd(void)
{
    static const char *const odd[] = {"", "\n", "|\n", "||\n", "|= |\n", "- \n", "# \n", "---\n", "> \n", "\xcc\x81\xcc\x81\n", "\xe2\x80\x8b\xe2\x80\x8d\n",
                                      "\x01\x02\x7f\n", "\xff\xfe\n", "\xe2\x80\xaezyx\n", "\\\\\\\n", "<https://example.no/'\\() lenke>\n"};
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    for (size_t i = 0; i < COUNT(odd); i++)
        for (int form = 0; form <= PAPER_LETTER; form++) {
            write_it(sample(a, odd[i]), (enum paper_form)form, LANG_NB, &b);
            if (form == PAPER_PLAIN)
                CHECK(paper_find(paper_ask(a, &b, "pdftotext %s - 2>&1"), "Error", 0) < 0);
        }
    struct paper none = {.page_of = STR("")};
    buf_clear(&b);
    CHECK_ERR(pdf_write(sample(a, "x\n"), &none, &b), OK);
    struct buf small = {.max = 1000};
    CHECK_ERR(pdf_write(sample(a, "x\n"), &none, &small), ERR_LIMIT);
    buf_free(&small);
}

static void t_random(void)
{
    int fine = 0;
    for (int seed = 1; seed <= 25; seed++) {
        CLEANUP(arena_freep) struct arena *mine = arena_new(1 << 26);
        CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
        struct rich *doc = sample(mine, "");
        struct paper p = about((enum paper_form)(seed % 3), (enum lang)(seed % LANG_N));
        paper_seed = (uint64_t)seed;
        for (int i = 0; i < 6; i++)
            paper_tree(mine, doc, 0);
        enum err e = pdf_write(doc, &p, &b);
        if (e && e != ERR_LIMIT)
            printf("# seed %d: %s\n", seed, err_name(e));
        CHECK(e == OK || e == ERR_LIMIT);
        fine += e == OK && str_starts(buf_view(&b), STR("%PDF-1.5"));
        if (!e && seed % 10 == 0)
            CHECK(paper_find(paper_ask(mine, &b, "pdfinfo -struct-text %s 2>&1"), "Syntax Error", 0) < 0);
    }
    CHECK(fine > 18);
}

int main(void)
{
    a = arena_new((size_t)1 << 28);
    paper_open();
    t_cv();
    t_letter();
    t_arabic();
    t_same();
    t_pages();
    t_long_table();
    t_tall_cell();
    t_spans();
    t_limits();
    t_odd();
    t_random();
    paper_close();
    arena_free(a);
    return test_end();
}
