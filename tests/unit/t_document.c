/* Kinds, rights and marks of documents; what a template's places are filled with. */
#include "domain/access.h"
#include "domain/document.h"
#include "domain/document_fill.h"
#include "tests/test.h"

static void kinds(void)
{
    for (enum document_kind k = DOCUMENT_CV; k < DOCUMENT_KIND_N; k++) {
        CHECK(*document_kind_label(k) && *document_kind_about(k));
        CHECK(document_kind_of(str_c(document_kind_code(k))) == k);
        CHECK((*document_kind_template(k) == 0) == (k == DOCUMENT_FREE));
    }
    enum document_kind k = DOCUMENT_AD;
    CHECK(!document_kind_is(STR("novel"), &k) && k == DOCUMENT_AD);
    CHECK(document_kind_of(STR("novel")) == DOCUMENT_FREE);
}

static void rights(void)
{
    CHECK(document_right_rel(DOCUMENT_NONE) == 0);
    CHECK(document_right_rel(DOCUMENT_READ) == REL_DOC_READ);
    CHECK(document_right_rel(DOCUMENT_COMMENT) == (REL_DOC_READ | REL_DOC_COMMENT));
    CHECK(document_right_rel(DOCUMENT_WRITE) == (REL_DOC_READ | REL_DOC_COMMENT | REL_DOC_WRITE));
    CHECK(document_right_rel((enum document_right)99) == 0);
    for (enum document_right r = DOCUMENT_READ; r < DOCUMENT_RIGHT_N; r++)
        CHECK(document_right_of_code(str_c(document_right_code(r))) == r && *document_right_label(r));
    CHECK(document_right_of_code(STR("own")) == DOCUMENT_NONE && document_right_of_code(STR("")) == DOCUMENT_NONE);
}

static void marks(void)
{
    static const char *const good[] = {"a", "0", "c-18f2a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    static const char *const bad[] = {"", "A", "a b", "a_b", "a\"", "<", "å", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    for (size_t i = 0; i < COUNT(good); i++)
        CHECK(document_mark_ok(str_c(good[i])));
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!document_mark_ok(str_c(bad[i])));
}

/* The template filled in, as markup again. */
static struct str filled(struct arena *a, const char *markup, const struct document_fact *facts, size_t n)
{
    struct rich *doc = rich_from_markup(a, str_c(markup));
    struct buf b = {0};
    document_fill(a, doc, facts, n);
    rich_to_markup(doc, &b);
    struct str s = arena_str(a, str_trim(buf_view(&b)));
    buf_free(&b);
    return s;
}

static void filling(void)
{
    struct arena *a = arena_new((size_t)16 << 20);
    const struct document_fact facts[] = {{"navn", STR("Amal Haddad")}, {"erfaring", STR("Apotek i fem år.\n\nLeder i to.")}, {"kurs", STR("")},
                                          {"språk", STR("- Norsk: B2\n- Arabisk")}, {"ond", STR("# Ikke overskrift **her**")}};
    static const struct {
        const char *in, *out;
    } cases[] = {
        {"# {navn}", "# Amal Haddad"},
        {"Hilsen **{navn}**, kl. 12", "Hilsen **Amal Haddad**, kl. 12"},
        {"{navn} og {navn: hint}", "Amal Haddad og Amal Haddad"},
        {"{erfaring: Skriv her.}", "Apotek i fem år.\n\nLeder i to."},
        {"## A\n\n{erfaring}\n\nB", "## A\n\nApotek i fem år.\n\nLeder i to.\n\nB"},
        {"{kurs: Skriv kurs.}", "*Skriv kurs.*"},
        {"{språk}", "- Norsk: B2\n- Arabisk"},
        {"| {navn} | x |", "| Amal Haddad | x |"},
        {"- {navn}", "- Amal Haddad"},
        {"{ukjent: blir stående}", "{ukjent: blir stående}"},
        {"{navn", "{navn"},
        {"{} {:} {navn}", "{} {:} Amal Haddad"},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK_STR(filled(a, cases[i].in, facts, COUNT(facts)), cases[i].out);
    /* An answer is text, whatever it looks like. */
    struct rich *doc = rich_from_markup(a, STR("{ond}"));
    document_fill(a, doc, facts, COUNT(facts));
    CHECK(doc->first && doc->first->kind == RICH_PARAGRAPH && !doc->first->next);
    CHECK(doc->first->first && !doc->first->first->next && doc->first->first->marks == 0);
    CHECK_STR(doc->first->first->text, "# Ikke overskrift **her**");
    arena_free(a);
}

/* The built-in templates: every place in them is one that is filled in, and what is left for the person is no place. */
static void built_in(void)
{
    struct arena *a = arena_new((size_t)64 << 20);
    static const char *const places[] = {"navn", "kontakt", "styrker", "erfaring", "utdanning", "språk", "kurs", "dato", "tema", "arbeidsgiver"};
    struct document_fact facts[COUNT(places)];
    for (size_t i = 0; i < COUNT(places); i++)
        facts[i] = (struct document_fact){places[i], STR("svar")};
    for (enum document_kind k = DOCUMENT_CV; k < DOCUMENT_FREE; k++) {
        struct str s = filled(a, document_kind_template(k), facts, COUNT(facts));
        CHECK(s.n > 100 && str_find(s, '{') < 0 && str_find(s, '}') < 0);
        CHECK(memmem(s.p, s.n, "svar", 4) != NULL);
    }
    struct rich *ad = rich_from_markup(a, str_c(document_kind_template(DOCUMENT_AD))), *table = ad->first;
    while (table && table->kind != RICH_TABLE)
        table = table->next;
    CHECK(table != NULL);
    int rows = 0;
    for (struct rich *r = table ? table->first : NULL; r; r = r->next) {
        CHECK(r->first && r->first->next && !r->first->next->next && r->first->header == (rows == 0));
        rows++;
    }
    CHECK_INT(rows, 5); /* the four parts below their heading */
    arena_free(a);
}

int main(void)
{
    kinds();
    rights();
    marks();
    filling();
    built_in();
    return test_end();
}
