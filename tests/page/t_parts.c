/* The template parts: what the helpers behind them give, and that a field ties label, help and error together. */
#include "gen/form.html.h"
#include "page/parts/parts.h"
#include "tests/test.h"

static const struct {
    int64_t page, pages;
    const char *want, *why;
} cases[] = {
    {1, 1, "1", "one page names itself"},
    {1, 3, "1 2 3", "few pages are all named"},
    {1, 9, "1 2 . 9", "at the beginning"},
    {9, 9, "1 . 8 9", "at the end"},
    {5, 9, "1 . 4 5 6 . 9", "in the middle"},
    {3, 9, "1 2 3 4 . 9", "no gap where nothing is left out"},
    {4, 9, "1 2 3 4 5 . 9", "a gap of one page is that page"},
    {7, 20, "1 . 6 7 8 . 20", "many"},
    {500000, 1000000, "1 . 499999 500000 500001 . 1000000", "very many, at once"},
};

static void numbers(struct arena *a)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t got[9];
        struct str said = STR("");
        size_t n = page_numbers(cases[i].page, cases[i].pages, got);
        for (size_t k = 0; k < n; k++)
            said = got[k] ? arena_fmt(a, "%.*s%s%lld", STR_FMT(said), k ? " " : "", (long long)got[k])
                          : arena_fmt(a, "%.*s .", STR_FMT(said));
        if (!str_is(said, cases[i].want))
            printf("# %s\n", cases[i].why);
        CHECK_STR(said, cases[i].want);
    }
}

static void names(const struct view *v)
{
    CHECK_STR(initials(v, STR("Amal Haddad")), "AH");
    CHECK_STR(initials(v, STR("Tor Egil Moen")), "TM");
    CHECK_STR(initials(v, STR("Øyvind")), "Ø");
    CHECK_STR(initials(v, STR("  أمل  حداد ")), "أح");
    CHECK_STR(initials(v, STR("")), "");
    CHECK_STR(page_link(v, STR("/participants?q=a&"), 3).s, "/participants?q=a&page=3");
    CHECK_STR(page_link(v, STR("//elsewhere?"), 3).s, "#");
}

static bool has(const struct buf *o, const char *what)
{
    bool found = memmem(o->p, o->n, what, strlen(what)) != NULL;
    if (!found)
        printf("# missing: %s\n# in: %.*s\n", what, (int)o->n, o->p);
    return found;
}

static void fields(const struct view *v)
{
    static const struct pair given[] = {{{"name", 4}, {"<b>\"A\"", 6}}};
    struct form f = form_new(given, 1);
    struct buf o = {0};
    html_field_line(&o, v, &f, "name", "Navn", "Hele navnet.");
    CHECK(has(&o, "<label class=\"ds-label\" for=\"name\">Navn</label>"));
    CHECK(has(&o, "id=\"name-d\">Hele navnet."));
    CHECK(has(&o, "value=\"&lt;b&gt;&quot;A&quot;\"") || has(&o, "value=\"&lt;b&gt;&#34;A&#34;\""));
    CHECK(has(&o, "aria-describedby=\"name-d\""));
    CHECK(memmem(o.p, o.n, "aria-invalid", 12) == NULL);

    f.err[f.n_err++] = (struct form_error){"name", "Skriv høyst {2} tegn.", 1, 120};
    buf_clear(&o);
    html_field_line_as(&o, v, &f, "name", "Navn", "Hele navnet.", FIELD_OPTIONAL);
    CHECK(has(&o, "aria-describedby=\"name-e name-d\""));
    CHECK(has(&o, "aria-invalid=\"true\""));
    CHECK(has(&o, "id=\"name-e\">Skriv høyst 120 tegn."));
    CHECK(has(&o, "Valgfritt"));

    f.prefix = "two";
    buf_clear(&o);
    html_error_summary(&o, v, &f);
    CHECK(has(&o, "href=\"#two-name\""));
    CHECK(has(&o, "autofocus"));
    CHECK(has(&o, ">Skriv høyst 120 tegn.</a>")); /* nobody remembers where the names go */

    /* The labels come after the summary, and stand in it all the same. */
    struct summary names = {0};
    struct view named = *v;
    named.summary = &names;
    f.prefix = NULL;
    f.err[f.n_err++] = (struct form_error){"why", "Skriv inn dette feltet.", 0, 0};
    f.err[f.n_err++] = (struct form_error){"", "Noe er galt.", 0, 0};
    f.err[f.n_err++] = (struct form_error){"nowhere", "Velg en.", 0, 0};
    buf_clear(&o);
    html_error_summary(&o, &named, &f);
    html_field_text(&o, &named, &f, "why", "Hvorfor <her>?", NULL);
    html_field_line(&o, &named, &f, "name", "Fullt \"navn\"", NULL);
    html_field_line(&o, &named, &f, "name", "En annen gang", NULL);
    CHECK(has(&o, "href=\"#name\">Fullt &quot;navn&quot;: Skriv høyst 120 tegn.</a>") || has(&o, "href=\"#name\">Fullt &#34;navn&#34;: Skriv høyst 120 tegn.</a>"));
    CHECK(has(&o, "href=\"#why\">Hvorfor &lt;her&gt;? Skriv inn dette feltet.</a>"));
    CHECK(has(&o, "<li>Noe er galt.</li>"));
    CHECK(has(&o, "href=\"#nowhere\">Velg en.</a>"));
    CHECK(has(&o, "</textarea>") && o.n > 6 && !memcmp(o.p + o.n - 7, "</div>\n", 7) + !memcmp(o.p + o.n - 6, "</div>", 6) > 0);
    for (int again = 0; again < 3; again++) { /* cut short before the fields, and begun anew with the same memory */
        buf_clear(&o);
        html_error_summary(&o, &named, &f);
        if (!again)
            continue;
        html_field_text(&o, &named, &f, "why", "Hvorfor?", NULL);
        html_field_line(&o, &named, &f, "name", "Navn", NULL);
        CHECK(has(&o, "href=\"#name\">Navn: Skriv høyst 120 tegn.</a>") && has(&o, "href=\"#why\">Hvorfor? Skriv inn dette feltet.</a>"));
    }
    buf_clear(&o);
    html_field_line(&o, &named, &f, "nowhere", "Sted", NULL); /* a page without the summary: nothing is put in from before */
    CHECK(memmem(o.p, o.n, "Sted: ", 6) == NULL);
    buf_clear(&o);
    html_error_summary(&o, &named, &f);
    size_t n = o.n;
    html_field_line(&o, &named, NULL, "name", "Navn", NULL); /* of another form: nothing is put in */
    CHECK(o.n > n && has(&o, "href=\"#name\">Skriv høyst"));

    buf_clear(&o);
    html_field_line(&o, v, NULL, "name", "Navn", NULL); /* no form at all: an empty field */
    CHECK(has(&o, "value=\"\""));
    buf_free(&o);
}

int main(void)
{
    struct arena *a = arena_new(1 << 20);
    struct actor nobody = {0};
    struct view v = {.a = a, .actor = &nobody};
    numbers(a);
    names(&v);
    fields(&v);
    arena_free(a);
    return test_end();
}
