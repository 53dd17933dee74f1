#include "pdf/pdf.h"

#include "base/num.h"
#include "base/tm.h"
#include "pdf/flow.h"

#include <cairo-pdf.h>
#include <stdlib.h>

static cairo_status_t take(void *to, const unsigned char *data, unsigned int n)
{
    struct buf *b = to;
    buf_add(b, data, n);
    return b->bad ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void describe(struct arena *a, cairo_surface_t *s, const struct paper *paper)
{
    struct str when = tm_iso_at(a, paper->now);
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, arena_cstr(a, paper_text(a, paper->title)));
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, arena_cstr(a, paper_text(a, paper->author)));
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR, "Springbrett");
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, when.n ? arena_cstr(a, when) : "1970-01-01T00:00:00Z");
}

/* Where `what` stands last, or -1. */
static ptrdiff_t find_last(struct str s, struct str what)
{
    for (size_t i = s.n >= what.n ? s.n - what.n + 1 : 0; i-- > 0;)
        if (memcmp(s.p + i, what.p, what.n) == 0)
            return (ptrdiff_t)i;
    return -1;
}

/* Cairo cannot say the language, and that readers show the title in place of the file's name. The catalog is the last object of the
 * file, so it can grow when the place of the table behind it is corrected. A file of another form is left as it is. */
static void say_language(struct arena *a, struct str file, enum lang lang, struct buf *out)
{
    ptrdiff_t catalog = find_last(file, STR("/Type /Catalog")), table = find_last(file, STR("\nendobj\nxref\n")),
              start = find_last(file, STR("\nstartxref\n"));
    int64_t at = 0;
    if (catalog < 0 || table < catalog || start < table) {
        buf_str(out, file);
        return;
    }
    struct str tail = {file.p + start + 11, file.n - (size_t)start - 11}, digits = str_cut(&tail, '\n');
    struct str more = arena_fmt(a, "\n   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>", lang_info[lang].code);
    struct str between = {file.p + catalog + 14, (size_t)(table - catalog) - 14};
    if (!num_i64(digits, 0, INT32_MAX, &at) || at != table + 8 || find_last(between, STR("endobj")) >= 0) {
        buf_str(out, file);
        return;
    }
    buf_add(out, file.p, (size_t)catalog + 14);
    buf_str(out, more);
    buf_add(out, file.p + catalog + 14, (size_t)(start - catalog) - 14 + 11);
    buf_i64(out, at + (int64_t)more.n);
    buf_byte(out, '\n');
    buf_str(out, tail);
}

static enum err print(struct press *p, const struct pages *pages, struct buf *out)
{
    CLEANUP(buf_free) struct buf file = {.max = 64 << 20};
    cairo_surface_t *s = cairo_pdf_surface_create_for_stream(take, &file, PAPER_W, PAPER_H);
    cairo_pdf_surface_restrict_to_version(s, CAIRO_PDF_VERSION_1_5);
    describe(p->a, s, p->paper);
    cairo_t *cr = cairo_create(s);
    enum err e = pages_paint(p, pages, cr);
    cairo_destroy(cr);
    cairo_surface_finish(s);
    if (!e && cairo_surface_status(s))
        e = file.bad ? ERR_LIMIT : ERR_INTERNAL;
    cairo_surface_destroy(s);
    if (!e)
        say_language(p->a, buf_view(&file), p->paper->lang, out);
    return e ? e : out->bad ? ERR_LIMIT : OK;
}

enum err pdf_write(const struct rich *doc, const struct paper *paper, struct buf *out)
{
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)1 << 30);
    struct press p;
    struct flow f = {0};
    struct pages pages = {0};
    press_open(&p, a, paper);
    flow_document(&p, &f, doc);
    if (!p.bad)
        pages_break(&p, &f, &pages);
    enum err e = p.bad;
    if (!e)
        e = print(&p, &pages, out);
    press_close(&p);
    return e;
}
