/* Property: whatever the bytes,
 *  - escaped text holds none of < > " ', and & only as one of our five, and unescaping gives the bytes back;
 *  - a percent-encoded piece holds only unreserved characters and %XX (and @ + in an address), and decoding gives the bytes back;
 *  - url_make gives the bytes unchanged or "#", never anything whose scheme is not one of ours, and never one that begins with //. */
#include "http/html.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void check_escaped(struct str in, struct str out)
{
    static const struct {
        const char *as;
        char c;
    } five[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    size_t k = 0;
    for (size_t i = 0; i < out.n; k++) {
        must(k < in.n);
        char c = out.p[i];
        size_t n = 1;
        must(c != '<' && c != '>' && c != '"' && c != '\'');
        for (size_t f = 0; c == '&' && f < COUNT(five); f++)
            if (str_starts((struct str){out.p + i, out.n - i}, str_c(five[f].as))) {
                n = strlen(five[f].as);
                c = five[f].c;
                break;
            }
        must(out.p[i] != '&' || n > 1);
        must(c == in.p[k]);
        i += n;
    }
    must(k == in.n);
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void check_piece(struct str in, struct str out, const char *also)
{
    size_t k = 0;
    for (size_t i = 0; i < out.n; k++) {
        must(k < in.n);
        char c = out.p[i];
        if (c == '%') {
            must(out.n - i >= 3 && hex(out.p[i + 1]) >= 0 && hex(out.p[i + 2]) >= 0);
            c = (char)(hex(out.p[i + 1]) * 16 + hex(out.p[i + 2]));
            i += 3;
        } else {
            must((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr(also, c)));
            i++;
        }
        must(c == in.p[k]);
    }
    must(k == in.n);
}

static void check_url(struct str in, struct str out)
{
    must(str_is(out, "#") || str_eq(in, out));
    for (size_t i = 0; i < out.n; i++)
        must((unsigned char)out.p[i] > ' ' && out.p[i] != '\\' && out.p[i] != 127);
    must(out.n > 0 && !str_starts(out, STR("//")));
    ptrdiff_t colon = str_find(out, ':');
    if (out.p[0] == '/' || out.p[0] == '#')
        return;
    must(colon > 0);
    struct str scheme = {out.p, (size_t)colon};
    must(str_eq_nocase(scheme, STR("https")) || str_eq_nocase(scheme, STR("http")) || str_eq_nocase(scheme, STR("mailto")) ||
         str_eq_nocase(scheme, STR("tel")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str in = {(const char *)data, size};
    struct buf o = {0};
    html_esc_str(&o, in);
    check_escaped(in, buf_view(&o));
    buf_clear(&o);
    html_uri_str(&o, in);
    check_piece(in, buf_view(&o), "-._~");
    buf_clear(&o);
    html_addr_str(&o, in);
    check_piece(in, buf_view(&o), "-._~@+");
    check_url(in, url_make(in).s);
    buf_clear(&o);
    html_url(&o, url_make(in));
    check_escaped(url_make(in).s, buf_view(&o));
    must(!o.bad);
    buf_free(&o);
    return 0;
}
