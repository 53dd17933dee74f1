#include "http/http.h"
#include "tests/test.h"

#define LIT(s) {"" s, sizeof(s) - 1} /* STR for tables */

static struct arena *a;

/* The pairs as k=v|k=v, or the error's name. */
static struct str show(enum err e, struct pair *const *pairs, const size_t *count)
{
    const struct pair *p = *pairs;
    size_t n = *count;
    struct str s = STR("");
    if (e)
        return str_c(err_name(e));
    for (size_t i = 0; i < n; i++)
        s = arena_fmt(a, "%.*s%s%.*s=%.*s", STR_FMT(s), i ? "|" : "", STR_FMT(p[i].k), STR_FMT(p[i].v));
    return s;
}

static struct str exact(const char *p, size_t n, char **heap)
{
    *heap = test_exact(p, n);
    return (struct str){*heap, n};
}

struct text_case {
    struct str in;
    const char *want, *why;
};

static const struct text_case forms[] = {
    {LIT(""), "", "an empty form"},
    {LIT("a=1&b=2"), "a=1|b=2", "two fields"},
    {LIT("a=1&a=2"), "a=1|a=2", "the same name twice is kept in order"},
    {LIT("a"), "a=", "a name alone"},
    {LIT("=v"), "=v", "a value alone"},
    {LIT("&&a=1&"), "a=1", "empty pieces are nothing"},
    {LIT("a=b=c"), "a=b=c", "only the first = divides"},
    {LIT("navn=%C3%98deg%C3%A5rd+Berg"), "navn=Ødegård Berg", "percent and plus"},
    {LIT("a=%2B%26%3D"), "a=+&=", "coded marks are text"},
    {LIT("a=%0D%0Ab"), "a=\r\nb", "lines of a text area"},
    {LIT("a=%"), "invalid", "half a code at the end"},
    {LIT("a=%4"), "invalid", "half a code at the end"},
    {LIT("a=%4g"), "invalid", "not hex"},
    {LIT("a=%00"), "invalid", "a coded NUL"},
    {LIT("a=\0b"), "invalid", "a bare NUL"},
    {LIT("a=%C3"), "invalid", "half a letter"},
    {LIT("a=%ED%A0%80"), "invalid", "a surrogate"},
    {LIT("%FF=1"), "invalid", "names too"},
};

static const struct text_case paths[] = {
    {LIT("/"), "/", "the front page"},
    {LIT("/a/b"), "/a/b", "plain"},
    {LIT("/a/"), "/a/", "a slash at the end is the route's business"},
    {LIT("/s%C3%B8k"), "/søk", "coded letters"},
    {LIT("/søk"), "/søk", "bare letters, which curl sends"},
    {LIT("/a+b"), "/a+b", "a plus is a plus in a path"},
    {LIT("/..."), "/...", "three dots are a name"},
    {LIT(""), "invalid", "nothing"},
    {LIT("a"), "invalid", "no slash first"},
    {LIT("//"), "invalid", "an empty piece"},
    {LIT("//host"), "invalid", "another host to a browser"},
    {LIT("/a//b"), "invalid", "an empty piece"},
    {LIT("/a/../b"), "invalid", "upwards"},
    {LIT("/a/.."), "invalid", "upwards at the end"},
    {LIT("/./a"), "invalid", "here"},
    {LIT("/%2e%2e/a"), "invalid", "upwards, coded"},
    {LIT("/a%2Fb"), "invalid", "a coded slash is two addresses for one page"},
    {LIT("/a%00"), "invalid", "NUL"},
    {LIT("/a%0a"), "invalid", "a line end"},
    {LIT("/a%zz"), "invalid", "not hex"},
    {LIT("/%ff"), "invalid", "not UTF-8"},
};

static const struct text_case cookies[] = {
    {LIT(""), "", "none"},
    {LIT("a=1"), "a=1", "one"},
    {LIT("a=1; b=2;c=3"), "a=1|b=2|c=3", "with and without a space"},
    {LIT("a=1; ; b"), "a=1", "pieces without = are passed over"},
    {LIT("a=b=c"), "a=b=c", "only the first = divides"},
    {LIT("=1; a=2"), "a=2", "no name"},
    {LIT("a=\xff; b=2"), "b=2", "somebody else's odd cookie does no harm"},
    {LIT("a b=1; c=2"), "c=2", "nor an odd name"},
    {LIT("a=1\x01; c=2"), "c=2", "nor a control character"},
    {LIT("a=%41"), "a=%41", "cookies are not percent-coded"},
};

static void check_text(const struct text_case *c, size_t n, int what)
{
    for (size_t i = 0; i < n; i++) {
        char *heap;
        struct str in = exact(c[i].in.p, c[i].in.n, &heap), got = STR("");
        struct pair *p = NULL;
        size_t k = 0;
        if (what == 0)
            got = show(http_parse_form(a, in, &p, &k), &p, &k);
        else if (what == 1)
            got = show(http_parse_cookies(a, in, &p, &k), &p, &k);
        else {
            enum err e = http_parse_path(a, in, &got);
            got = e ? str_c(err_name(e)) : got;
        }
        if (!str_is(got, c[i].want))
            printf("# %s\n", c[i].why);
        CHECK_STR(got, c[i].want);
        free(heap);
    }
}

#define PART "--X\r\nContent-Disposition: form-data; "
#define END "\r\n--X--\r\n"
static const struct text_case multiparts[] = {
    {LIT("--X--\r\n"), "", "an empty form"},
    {LIT(PART "name=\"a\"\r\n\r\n1" END), "a=1", "one field"},
    {LIT(PART "name=a\r\n\r\n1" END), "a=1", "a name without quotes"},
    {LIT(PART "name=\"a\"\r\n\r\n" END), "a=", "an empty field"},
    {LIT(PART "name=\"a\"\r\n\r\n1\r\n" PART "name=\"b\"\r\n\r\n2" END), "a=1|b=2", "two fields"},
    {LIT(PART "name=\"a\"\r\n\r\n--X\r\n-\r\n--" END), "a=--X\r\n-\r\n--", "dashes that are not the delimiter"},
    {LIT(PART "name=\"f\"; filename=\"b.txt\"\r\nContent-Type: text/plain\r\n\r\n\0\xff" END), "file f b.txt 2", "any bytes in a file"},
    {LIT(PART "name=\"f\"; filename=\"C:\\Mine\\b.txt\"\r\n\r\nx" END), "file f b.txt 1", "only the name of a path"},
    {LIT(PART "name=\"f\"; filename=\"/etc/passwd\"\r\n\r\nx" END), "file f passwd 1", "only the name of a path"},
    {LIT(PART "name=\"f\"; filename=\"\"\r\n\r\n" END), "file f  0", "a file field left empty"},
    {LIT(PART "name=\"f\"; filename=\"a%22b.txt\"\r\n\r\nx" END), "file f a\"b.txt 1", "a quote as browsers code it"},
    {LIT("--X\r\ncontent-disposition:FORM-DATA;NAME=\"a\"\r\n\r\n1" END), "a=1", "any case, no spaces"},
    {LIT("--X  \r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1" END), "a=1", "spaces behind a delimiter"},
    {LIT(PART "name=\"a\"\r\n\r\n1\r\n--X--epilogue"), "a=1", "what stands behind the end is nothing"},
    {LIT(""), "invalid", "nothing at all"},
    {LIT("--X"), "invalid", "cut behind the delimiter"},
    {LIT("--Y--\r\n"), "invalid", "another delimiter"},
    {LIT(PART "name=\"a\"\r\n\r\n1"), "invalid", "no end"},
    {LIT(PART "name=\"a\"\r\n1" END), "invalid", "no empty line"},
    {LIT(PART "name=\"a\r\n\r\n1" END), "invalid", "an open quote"},
    {LIT(PART "nam=\"a\"\r\n\r\n1" END), "invalid", "no name"},
    {LIT(PART "name=\"a\"; name=\"b\"\r\n\r\n1" END), "invalid", "two names"},
    {LIT(PART "name=\"a\"\r\n\r\n\xff" END), "invalid", "a field that is not UTF-8"},
    {LIT(PART "name=\"a\"\r\n\r\n\0" END), "invalid", "a field with NUL"},
    {LIT(PART "name=\"\xff\"\r\n\r\n1" END), "invalid", "a name that is not UTF-8"},
    {LIT(PART "name=\"a\nb\"\r\n\r\n1" END), "invalid", "a bare line end in a name"},
    {LIT("--X\r\n\r\n1" END), "invalid", "no headers"},
    {LIT("--X\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1" END), "invalid", "not form-data"},
    {LIT(PART "name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==" END), "invalid", "a second way to say the same"},
    {LIT("--XY\r\n" PART "name=\"a\"\r\n\r\n1" END), "invalid", "a longer delimiter first"},
};

static void check_multipart(void)
{
    for (size_t i = 0; i < COUNT(multiparts); i++) {
        char *heap;
        struct str in = exact(multiparts[i].in.p, multiparts[i].in.n, &heap);
        struct pair *p = NULL;
        struct upload *f = NULL;
        size_t n = 0, n_f = 0;
        struct str got = show(http_parse_multipart(a, in, STR("X"), &p, &n, &f, &n_f), &p, &n);
        if (n_f)
            got = arena_fmt(a, "file %.*s %.*s %zu", STR_FMT(f[0].name), STR_FMT(f[0].filename), f[0].data.n);
        if (!str_is(got, multiparts[i].want))
            printf("# %s\n", multiparts[i].why);
        CHECK_STR(got, multiparts[i].want);
        free(heap);
    }
    struct pair *p;
    struct upload *f;
    size_t n, n_f;
    CHECK_ERR(http_parse_multipart(a, STR("----\r\n"), STR(""), &p, &n, &f, &n_f), ERR_INVALID);
    CHECK_ERR(http_parse_multipart(a, STR("--a\n--\r\n"), STR("a\n"), &p, &n, &f, &n_f), ERR_INVALID);
}

static void check_limits(void)
{
    struct buf b = {0};
    struct pair *p;
    size_t n;
    for (int i = 0; i < HTTP_FIELDS_MAX; i++)
        buf_c(&b, "a=1&");
    CHECK_ERR(http_parse_form(a, buf_view(&b), &p, &n), OK);
    CHECK_INT(n, HTTP_FIELDS_MAX);
    buf_c(&b, "a=1");
    CHECK_ERR(http_parse_form(a, buf_view(&b), &p, &n), ERR_LIMIT);
    buf_clear(&b);
    for (int i = 0; i < 10000; i++)
        buf_c(&b, PART "name=\"a\"\r\n\r\n1\r\n");
    buf_c(&b, "--X--\r\n");
    struct upload *f;
    size_t n_f;
    CHECK_ERR(http_parse_multipart(a, buf_view(&b), STR("X"), &p, &n, &f, &n_f), ERR_LIMIT);
    buf_clear(&b);
    buf_byte(&b, '/');
    for (int i = 1; i < HTTP_PATH_MAX; i++)
        buf_byte(&b, 'a');
    struct str path;
    CHECK_ERR(http_parse_path(a, buf_view(&b), &path), OK);
    buf_byte(&b, 'a');
    CHECK_ERR(http_parse_path(a, buf_view(&b), &path), ERR_LIMIT);
    buf_free(&b);
}

static void check_fake(void)
{
    struct req r;
    CHECK_ERR(http_fake(a, "POST", "/a/b?x=1&x=2&y=%C3%B8", "s=tok; t=2", "name=Kari&name=Ola", &r), OK);
    CHECK(r.method == POST && !r.head && r.status == 200);
    CHECK_STR(r.path, "/a/b");
    CHECK_STR(r.target, "/a/b?x=1&x=2&y=%C3%B8");
    CHECK_STR(req_query(&r, "x"), "1");
    CHECK_STR(req_query(&r, "y"), "ø");
    CHECK_STR(req_query(&r, "z"), "");
    CHECK_STR(req_field(&r, "name"), "Kari");
    CHECK_STR(req_cookie(&r, "t"), "2");
    CHECK_STR(req_header(&r, "COOKIE"), "s=tok; t=2");
    CHECK(req_file(&r, "name") == NULL);
    CHECK_ERR(http_fake(a, "HEAD", "/", NULL, NULL, &r), OK);
    CHECK(r.method == GET && r.head);
    CHECK_ERR(http_fake(a, "PUT", "/", NULL, NULL, &r), ERR_INVALID);
    CHECK_ERR(http_fake(a, "GET", "/a b", NULL, NULL, &r), ERR_INVALID);
    CHECK_ERR(http_fake(a, "GET", "/a#b", NULL, NULL, &r), ERR_INVALID);
    CHECK_ERR(http_fake(a, "GET", "http://evil/", NULL, NULL, &r), ERR_INVALID);
}

static void check_answer(void)
{
    static const char *const targets[][2] = {
        {"/a?b=1#c", "/a?b=1#c"}, {"/søk", "/s%C3%B8k"}, {"//evil.no", "/"}, {"/\\evil.no", "/"}, {"https://evil.no/", "/"},
        {"", "/"}, {"/a\r\nSet-Cookie: x", "/a%0D%0ASet-Cookie:%20x"},
    };
    struct req r;
    for (size_t i = 0; i < COUNT(targets); i++) {
        CHECK_ERR(http_fake(a, "GET", "/", NULL, NULL, &r), OK);
        res_redirect(&r, str_c(targets[i][0]));
        CHECK_INT(r.status, 303);
        CHECK_STR(r.out[0].k, "Location");
        CHECK_STR(r.out[0].v, targets[i][1]);
    }
    CHECK_ERR(http_fake(a, "GET", "/", NULL, NULL, &r), OK);
    res_cookie(&r, "s", STR("abc"), 60, true);
    res_cookie(&r, "t", STR(""), 0, false);
    res_cookie(&r, "u", STR("1"), -1, false);
    CHECK_STR(r.out[0].v, "s=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
    CHECK_STR(r.out[1].v, "t=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    CHECK_STR(r.out[2].v, "u=1; Path=/; HttpOnly; SameSite=Lax");
}

int main(void)
{
    a = arena_new(64 << 20);
    check_text(forms, COUNT(forms), 0);
    check_text(cookies, COUNT(cookies), 1);
    check_text(paths, COUNT(paths), 2);
    check_multipart();
    check_limits();
    check_fake();
    check_answer();
    arena_free(a);
    return test_end();
}
