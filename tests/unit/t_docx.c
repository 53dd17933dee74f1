/* DOCX files: whether they hold together (docx_check.py), and what stands in them. */
#include "docx/docx.h"
#include "tests/test.h"
#include "tests/unit/paper_sample.h"
#include "tests/unit/paper_tool.h"

static struct arena *a;

static struct str text_of(const struct rich *doc, enum lang lang, struct buf *out)
{
    struct docx_about about = {.lang = lang, .title = STR("Tittel <&> æøå"), .author = STR("Rania"), .now = 1772539200000};
    buf_clear(out);
    CHECK_ERR(docx_write(doc, &about, out), OK);
    return paper_ask(a, out, "python3 tests/unit/docx_check.py %s");
}

static struct str part(const struct buf *file, const char *name)
{
    char command[256];
    snprintf(command, sizeof command, "python3 -c 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read(\"%s\").decode())' %%s", name);
    return paper_ask(a, file, command);
}

static void t_text(void)
{
    static const char *const want =
        "title: Tittel <&> æøå\ncreator: Rania\nlanguage: nb\ncreated: 2026-03-03T12:00:00Z\nmodified: 2026-03-03T12:00:00Z\n"
        "Navn & <navn>\ntekst med fet og lenke\n\nen\nto\ntre\\fire\nsitat\nA|B\n1|2\n\n\xef\xbf\xbd\xf0\x9f\x98\x80 \"x'\n";
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    struct rich *doc = sample(a, "# Navn & ");
    sample_run(a, doc->first, STR("<navn>"), 0, STR(""));
    static const char *const rest[] = {"tekst med **fet** og <https://example.no/?a=1&b='2' lenke>", "", "- en", "- to", "1. tre\\fire", "> sitat",
                                       "|= A |= B |", "| 1 | 2 |", "\x01\xff\xef\xbf\xbf\xf0\x9f\x98\x80 \"x'\x7f"};
    for (size_t i = 0; i < COUNT(rest); i++)
        sample_line(a, doc, str_c(rest[i]));
    CHECK_STR(text_of(doc, LANG_NB, &b), want);
    struct str document = part(&b, "word/document.xml"), rels = part(&b, "word/_rels/document.xml.rels");
    CHECK(paper_find(document, "<w:tblHeader/>", 0) > 0);
    CHECK(paper_find(document, "\"Heading1\"", 0) > 0);
    CHECK(paper_find(document, "<w:b/><w:bCs/>", 0) > 0);
    CHECK_INT(paper_count(document, "<w:numPr>"), 3);
    CHECK(paper_find(document, "<w:bidi/>", 0) < 0);
    CHECK(paper_find(rels, "https://example.no/?a=1&amp;b='2'", 0) > 0);
    CHECK(paper_find(part(&b, "word/styles.xml"), "<w:lang w:val=\"nb-NO\"", 0) > 0);
}

static void t_arabic(void)
{
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    CHECK(paper_find(text_of(sample(a, sample_ar), LANG_AR, &b), "مهندسة مدنية بخبرة تسع سنوات في التصميم الإنشائي", 0) > 0);
    struct str document = part(&b, "word/document.xml");
    CHECK(paper_find(document, "<w:bidiVisual/>", 0) > 0);
    CHECK(paper_find(document, "<w:bidi/>", 0) > 0);
    CHECK(paper_find(document, "<w:r><w:rPr></w:rPr><w:t xml:space=\"preserve\">Tekla Structures</w:t></w:r>", 0) > 0);
    CHECK(paper_find(document, "<w:rtl/></w:rPr><w:t xml:space=\"preserve\"> و </w:t>", 0) > 0);
    CHECK(paper_find(part(&b, "word/styles.xml"), "<w:lang w:val=\"ar-SA\"", 0) > 0);
    text_of(sample(a, "Norsk med عربي midt i\n"), LANG_NB, &b);
    document = part(&b, "word/document.xml");
    CHECK(paper_find(document, "<w:rtl/></w:rPr><w:t xml:space=\"preserve\">عربي</w:t>", 0) > 0);
    CHECK(paper_find(document, "<w:bidi/>", 0) < 0);
}

static void t_samples(void)
{
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20}, c = {.max = 64 << 20};
    CHECK(paper_find(text_of(sample(a, sample_cv), LANG_NB, &b), "2024 – nå|Praktikant, Fjordby kommune", 0) > 0);
    text_of(sample(a, sample_letter), LANG_NN, &c);
    CHECK(!str_eq(buf_view(&b), buf_view(&c)));
    text_of(sample(a, sample_cv), LANG_NB, &c);
    CHECK(str_eq(buf_view(&b), buf_view(&c)));
}

static void t_forms(void)
{
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    struct docx_about about = {.lang = LANG_NB, .title = STR("Tittel"), .author = STR("Forfatter"), .form = PAPER_LETTER, .dated = STR("Fjordby, 3. mars 2026")};
    static const char *const order[] = {"Kaia 2", "Fjordby, 3. mars 2026", "Søknad på", NULL}, *const bare[] = {"Forfatter\n", "Fjordby", "Tittel\n", "Hei", NULL};
    CHECK_ERR(docx_write(sample(a, sample_letter), &about, &b), OK);
    struct str text = paper_ask(a, &b, "python3 tests/unit/docx_check.py %s | tail -n +4");
    CHECK(paper_order(text, order));
    CHECK(paper_find(text, "Forfatter", 0) < 0 && paper_find(text, "Tittel", 0) < 0);
    buf_clear(&b);
    CHECK_ERR(docx_write(sample(a, "Hei.\n"), &about, &b), OK);
    CHECK(paper_order(paper_ask(a, &b, "python3 tests/unit/docx_check.py %s"), bare));
    about.form = PAPER_CV;
    buf_clear(&b);
    CHECK_ERR(docx_write(sample(a, sample_cv), &about, &b), OK);
    struct str document = part(&b, "word/document.xml");
    CHECK_INT(paper_count(document, "\"Title\""), 1);
    CHECK_INT(paper_count(document, "\"Dates\""), 3);
    CHECK_INT(paper_count(document, "\"Lines\""), 1);
}

static void t_hostile(void)
{
    CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
    static const char *const odd[] = {"", "\n", "|\n", "||\n", "- \n", "# \n", "---\n", "> \n", "\xcc\x81\n", "\xff\n", "|a|\n", "\\\\\n"};
    struct rich *deep = sample(a, ""), *at = deep;
    for (size_t i = 0; i < COUNT(odd); i++)
        text_of(sample(a, odd[i]), LANG_AR, &b);
    for (int i = 0; i < 200; i++)
        at = sample_add(a, at, RICH_QUOTE);
    buf_clear(&b);
    CHECK_ERR(docx_write(deep, &(struct docx_about){.lang = LANG_NB}, &b), ERR_LIMIT);
    struct buf small = {.max = 1000};
    CHECK_ERR(docx_write(sample(a, "x\n"), &(struct docx_about){.lang = LANG_NB}, &small), ERR_LIMIT);
    buf_free(&small);
    text_of(sample(a, "x\n"), LANG_NB, &b);
    b.p[b.n / 2] ^= 1; /* what is damaged is seen */
    CHECK(paper_find(paper_ask(a, &b, "python3 tests/unit/docx_check.py %s 2>&1 || echo refused"), "refused", 0) >= 0);
}

static void t_random(void)
{
    for (int seed = 1; seed <= 60; seed++) {
        CLEANUP(arena_freep) struct arena *mine = arena_new(1 << 26);
        CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
        struct rich *doc = sample(mine, "");
        paper_seed = (uint64_t)seed;
        for (int i = 0; i < 6; i++)
            paper_tree(mine, doc, 0);
        enum err e = docx_write(doc, &(struct docx_about){.lang = (enum lang)(seed % LANG_N), .title = STR("T")}, &b);
        CHECK(e == OK || e == ERR_LIMIT);
        if (!e && seed % 3 == 0)
            paper_ask(mine, &b, "python3 tests/unit/docx_check.py %s");
    }
}

/* For tests/long/office. */
static void write_samples(const char *dir)
{
    static const struct {
        const char *name, *text;
        enum paper_form form;
        enum lang lang;
    } files[] = {{"cv", sample_cv, PAPER_CV, LANG_NB}, {"letter", sample_letter, PAPER_LETTER, LANG_NB}, {"arabic", sample_ar, PAPER_CV, LANG_AR},
                 {"plain", sample_letter, PAPER_PLAIN, LANG_EN}};
    for (size_t i = 0; i < COUNT(files); i++) {
        struct docx_about about = {.lang = files[i].lang, .form = files[i].form, .title = STR("Tittel"), .dated = STR("Fjordby, 3. mars 2026")};
        CLEANUP(buf_free) struct buf b = {.max = 64 << 20};
        CHECK_ERR(docx_write(sample(a, files[i].text), &about, &b), OK);
        struct str path = arena_fmt(a, "%s/%s.docx", dir, files[i].name);
        FILE *f = fopen(arena_cstr(a, path), "wb");
        CHECK(f && fwrite(b.p, 1, b.n, f) == b.n && fclose(f) == 0);
    }
}

int main(int argc, char **argv)
{
    a = arena_new((size_t)1 << 28);
    if (argc == 2) {
        write_samples(argv[1]);
        arena_free(a);
        return test_end();
    }
    paper_open();
    t_text();
    t_arabic();
    t_samples();
    t_forms();
    t_hostile();
    t_random();
    paper_close();
    arena_free(a);
    return test_end();
}
