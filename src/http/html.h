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
/* A path of ours ("/..."), https://, http://, mailto: or tel:; anything else becomes "#". */
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
void html_url(struct buf *o, struct url u);

/* {{ x }} in text and in quoted attributes */
#define html_put(o, x)                                                                             \
    _Generic((x), struct str: html_esc_str, struct html: html_raw, char *: html_esc_c,             \
             const char *: html_esc_c, int: html_esc_i64, long: html_esc_i64,                      \
             long long: html_esc_i64, unsigned: html_esc_u64, unsigned long: html_esc_u64,         \
             unsigned long long: html_esc_u64)((o), (x))
/* {{ x }} after the first byte of a URL attribute: one percent-encoded piece */
#define html_put_uri(o, x)                                                                         \
    _Generic((x), struct str: html_uri_str, char *: html_uri_c, const char *: html_uri_c,          \
             int: html_uri_i64, long: html_uri_i64, long long: html_uri_i64)((o), (x))
/* {{ x }} as the start of a URL attribute: only a checked URL will do */
#define html_put_url(o, x) _Generic((x), struct url: html_url)((o), (x))
