/* html.c: escaping and URLs. The same properties on any bytes: tests/fuzz/html. */
#include "http/html.h"
#include "tests/test.h"

#include <limits.h>

typedef void write_fn(struct buf *o, struct str s);

static void check_write(write_fn *fn, const char *in, const char *want)
{
    struct buf o = {0};
    size_t n = strlen(in);
    char *exact = test_exact(in, n);
    fn(&o, (struct str){exact, n});
    CHECK_STR(buf_view(&o), want);
    free(exact);
    buf_free(&o);
}

static void escapes(void)
{
    static const struct {
        const char *in, *want, *why;
    } cases[] = {
        {"", "", "nothing"},
        {"Kari Nordmann", "Kari Nordmann", "nothing to escape is one piece"},
        {"<", "&lt;", "one byte"},
        {"a<b>c", "a&lt;b&gt;c", "pieces between"},
        {"<<>>", "&lt;&lt;&gt;&gt;", "no piece between"},
        {"\"'&", "&quot;&#39;&amp;", "both quotes: attributes may have either"},
        {"&lt;", "&amp;lt;", "what looks escaped is text too"},
        {"Åse – 中 🙂", "Åse – 中 🙂", "UTF-8 stays"},
        {"a`b=c/d\n", "a`b=c/d\n", "harmless in quotes"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        check_write(html_esc_str, cases[i].in, cases[i].want);
        struct buf o = {0};
        html_esc_c(&o, cases[i].in);
        CHECK_STR(buf_view(&o), cases[i].want);
        buf_free(&o);
    }
    struct buf o = {0};
    html_esc_c(&o, NULL);
    html_esc_str(&o, (struct str){NULL, 0});
    html_esc_str(&o, (struct str){"a\0<", 3});
    CHECK(o.n == 6 && !memcmp(o.p, "a\0&lt;", 6));
    buf_free(&o);
}

static void numbers(void)
{
    struct buf o = {0};
    html_esc_i64(&o, 0);
    html_lit(&o, " ", 1);
    html_esc_i64(&o, LLONG_MIN);
    html_lit(&o, " ", 1);
    html_esc_i64(&o, LLONG_MAX);
    html_lit(&o, " ", 1);
    html_esc_u64(&o, ULLONG_MAX);
    html_lit(&o, " ", 1);
    html_uri_i64(&o, -10);
    html_uri_u64(&o, 10);
    CHECK_STR(buf_view(&o), "0 -9223372036854775808 9223372036854775807 18446744073709551615 -1010");
    buf_free(&o);
}

static void pieces(void)
{
    static const struct {
        const char *in, *want, *address;
    } cases[] = {
        {"", "", ""},
        {"abcXYZ019-._~", "abcXYZ019-._~", "abcXYZ019-._~"},
        {"a b", "a%20b", "a%20b"},
        {"/?#&=;:@+,", "%2F%3F%23%26%3D%3B%3A%40%2B%2C", "%2F%3F%23%26%3D%3B%3A@+%2C"},
        {"%41", "%2541", "%2541"},
        {"<\"'>", "%3C%22%27%3E", "%3C%22%27%3E"},
        {"Å\x7f\x01", "%C3%85%7F%01", "%C3%85%7F%01"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        check_write(html_uri_str, cases[i].in, cases[i].want);
        check_write(html_addr_str, cases[i].in, cases[i].address);
    }
}

static void urls(void)
{
    static const struct {
        const char *in;
        bool ok;
        const char *why;
    } cases[] = {
        {"/", true, "our first page"},
        {"/deltakere/1?a=b#c", true, "a path of ours"},
        {"/a//b", true, "only the beginning decides"},
        {"//evil.example", false, "another server"},
        {"/\\evil.example", false, "browsers read \\ as /"},
        {"/a\\b", false, "a backslash anywhere"},
        {"/\t/evil.example", false, "browsers drop tabs"},
        {"\n/a", false, "and line breaks"},
        {"/a b", false, "a space ends it in some places"},
        {"/a\x7f", false, "a control character"},
        {"", false, "nothing"},
        {"a/b", false, "a relative path depends on the page"},
        {"#a", false, "the templates write these themselves"},
        {"https://nav.no", true, "another site"},
        {"HTTPS://nav.no/Å", true, "schemes have no case, paths may be Norwegian"},
        {"http://nav.no:80/?q", true, "without TLS too: it is only a link"},
        {"https://", false, "no host"},
        {"https:///a", false, "no host"},
        {"https://?a", false, "no host"},
        {"https://:80/", false, "no host"},
        {"https:nav.no", false, "no slashes"},
        {"https://nav.no@evil.example/", false, "a host that looks like another"},
        {"https://nav.no/@a", true, "an @ after the host is one of the path"},
        {"mailto:a@b.no", true, "a mail"},
        {"mailto:", false, "to nobody"},
        {"tel:+4712345678", true, "a call"},
        {"javascript:alert(1)", false, "code"},
        {"JavaScript:alert(1)", false, "code"},
        {" javascript:alert(1)", false, "code after a space"},
        {"java\nscript:alert(1)", false, "code with a line break that browsers drop"},
        {"data:text/html,a", false, "a page of its own"},
        {"vbscript:a", false, "code"},
        {"ftp://a/", false, "not one of the four"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t n = strlen(cases[i].in);
        char *exact = test_exact(cases[i].in, n);
        struct url u = url_make((struct str){exact, n});
        if (!str_is(u.s, cases[i].ok ? cases[i].in : "#"))
            printf("# %s: %s\n", cases[i].in, cases[i].why);
        CHECK(str_is(u.s, cases[i].ok ? cases[i].in : "#"));
        free(exact);
    }
    CHECK_STR(url_make((struct str){NULL, 0}).s, "#");
    CHECK_STR(url_make((struct str){"/a\0b", 4}).s, "#");
    struct buf o = {0};
    html_url(&o, url_make(STR("/a?b=1&c='\"<>")));
    CHECK_STR(buf_view(&o), "/a?b=1&amp;c=&#39;&quot;&lt;&gt;");
    buf_free(&o);
}

/* Each type goes to the function that is meant for it. */
static void types(void)
{
    struct buf buf = {0}, *o = &buf;
    char name[4] = "a<";
    html_put(o, name);
    html_put(o, (const char *)name);
    html_put(o, STR("&"));
    html_put(o, (struct html){STR("<b>")});
    html_put(o, -1);
    html_put(o, 2u);
    html_put(o, (size_t)3);
    html_put(o, (int64_t)-4);
    html_put(o, (uint64_t)5);
    html_put_attr(o, name);
    html_put_attr(o, -6LL);
    CHECK_STR(buf_view(o), "a&lt;a&lt;&amp;<b>-123-45a&lt;-6");
    buf_clear(o);
    html_put_uri(o, name);
    html_put_uri(o, STR("/"));
    html_put_uri(o, (size_t)1);
    html_put_uri(o, -1L);
    html_put_addr(o, "a@b");
    html_put_addr(o, STR("?"));
    html_put_url(o, url_make(STR("/&")));
    CHECK_STR(buf_view(o), "a%3C%2F1-1a@b%3F/&amp;");
    buf_free(o);
}

int main(void)
{
    escapes();
    numbers();
    pieces();
    urls();
    types();
    return test_end();
}
