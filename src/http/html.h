/* html.h: what compiled templates call (tools/tmplc). Pages do not call these directly.
 *
 * struct html is markup made by our own code, struct url a URL whose scheme was checked: distinct types, so forgetting to escape is a
 * compile error. `git grep 'struct html'` is the audit. */
#pragma once
#include "base/buf.h"

struct html {
    struct str s;
};
struct url {
    struct str s;
};
/* A path of ours ("/...", not "//host"), https://, http:// (both with a host and without a user name in front of it), mailto: or tel:;
 * anything else becomes "#", and so does what holds a space, a control character or a backslash: browsers read those as they like.
 * The bytes stay the caller's. */
struct url url_make(struct str s);

void html_lit(struct buf *o, const char *p, size_t n);
void html_esc_str(struct buf *o, struct str s); /* & < > " ' */
void html_esc_c(struct buf *o, const char *s);
void html_esc_i64(struct buf *o, long long v);
void html_esc_u64(struct buf *o, unsigned long long v);
void html_raw(struct buf *o, struct html h);
void html_uri_str(struct buf *o, struct str s); /* one percent-encoded piece */
void html_uri_c(struct buf *o, const char *s);
void html_uri_i64(struct buf *o, long long v);
void html_uri_u64(struct buf *o, unsigned long long v);
void html_addr_str(struct buf *o, struct str s); /* the same, but @ and + stay */
void html_addr_c(struct buf *o, const char *s);
void html_url(struct buf *o, struct url u);

#define HTML_TEXTS_AND_NUMBERS                                                                     \
    struct str: html_esc_str, char *: html_esc_c, const char *: html_esc_c, int: html_esc_i64,     \
        long: html_esc_i64, long long: html_esc_i64, unsigned: html_esc_u64,                       \
        unsigned long: html_esc_u64, unsigned long long: html_esc_u64
/* {{ x }} in text */
#define html_put(o, x) _Generic((x), struct html: html_raw, HTML_TEXTS_AND_NUMBERS)((o), (x))
/* {{ x }} in quotes, and where there are no tags (<title>, <textarea>): no markup here */
#define html_put_attr(o, x) _Generic((x), HTML_TEXTS_AND_NUMBERS)((o), (x))
/* {{ x }} after the beginning of a URL: one percent-encoded piece */
#define html_put_uri(o, x)                                                                         \
    _Generic((x), struct str: html_uri_str, char *: html_uri_c, const char *: html_uri_c,          \
             int: html_uri_i64, long: html_uri_i64, long long: html_uri_i64,                       \
             unsigned: html_uri_u64, unsigned long: html_uri_u64,                                  \
             unsigned long long: html_uri_u64)((o), (x))
/* {{ x }} after mailto: or tel: */
#define html_put_addr(o, x)                                                                        \
    _Generic((x), struct str: html_addr_str, char *: html_addr_c, const char *: html_addr_c)((o), (x))
/* {{ x }} as the start of a URL attribute: only a checked URL will do */
#define html_put_url(o, x) _Generic((x), struct url: html_url)((o), (x))
