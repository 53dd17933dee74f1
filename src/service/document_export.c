/* document_export.c: a document as a file (service/document.h). */
#include "base/utf8.h"
#include "docx/docx.h"
#include "model/account.h"
#include "pdf/pdf.h"
#include "service/document_parts.h"

/* Letters of the Arabic script: U+0600-06FF, 0750-077F, 08A0-08FF and the presentation forms. */
static bool is_arabic(uint32_t cp)
{
    return (cp >= 0x600 && cp <= 0x6ff) || (cp >= 0x750 && cp <= 0x77f) || (cp >= 0x8a0 && cp <= 0x8ff) || (cp >= 0xfb50 && cp <= 0xfdff) ||
           (cp >= 0xfe70 && cp <= 0xfeff);
}

/* The owner's language, unless the text is clearly written in another script. */
static enum lang lang_of_text(struct str text, enum lang owner)
{
    size_t arabic = 0, latin = 0;
    for (uint32_t cp; (cp = utf8_next(&text)) != 0;) {
        arabic += is_arabic(cp);
        latin += (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || (cp >= 0xc0 && cp <= 0x24f);
    }
    if (arabic > latin)
        return LANG_AR;
    return owner == LANG_AR && latin ? LANG_NB : owner;
}

/* Small letters, digits and single hyphens. */
static struct str slug(struct arena *a, struct str s, size_t max)
{
    struct str folded = utf8_fold(a, s);
    char *out = arena_alloc(a, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n && n < max; i++) {
        char c = folded.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[n++] = c;
        else if (n && out[n - 1] != '-')
            out[n++] = '-';
    }
    while (n && out[n - 1] == '-')
        n--;
    return (struct str){out, n};
}

static struct str file_name(struct arena *a, const struct document *d, const char *ending)
{
    struct str what = slug(a, d->row.title, 50), who = slug(a, d->row.owner, 40);
    if (!what.n)
        what = arena_fmt(a, "%s-%lld", document_kind_code(d->kind), (long long)d->row.id);
    return arena_fmt(a, "%.*s%s%.*s.%s", STR_FMT(what), who.n ? "-" : "", STR_FMT(who), ending);
}

static enum paper_form form_of(enum document_kind k)
{
    return k == DOCUMENT_CV ? PAPER_CV : k == DOCUMENT_LETTER || k == DOCUMENT_APPLICATION ? PAPER_LETTER : PAPER_PLAIN;
}

struct outside {
    const char *ending, *type;
};
static const struct outside outsides[] = {
    [DOCUMENT_PDF] = {"pdf", "application/pdf"},
    [DOCUMENT_DOCX] = {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    [DOCUMENT_TXT] = {"txt", "text/plain; charset=utf-8"},
};

static enum err write_file(struct ctx *c, const struct document *d, const struct rich *tree, enum document_format format, struct buf *out)
{
    struct account_row owner;
    struct buf plain = {.max = DOCUMENT_BYTES};
    enum lang lang = LANG_NB;
    TRY(account_get(c->db, c->a, d->row.owner_account, &owner));
    (void)lang_of(owner.lang, &lang);
    rich_plain(tree, &plain);
    lang = lang_of_text(buf_view(&plain), lang);
    if (format == DOCUMENT_TXT) {
        *out = plain;
        return plain.bad ? ERR_LIMIT : OK;
    }
    buf_free(&plain);
    if (format == DOCUMENT_DOCX)
        return docx_write(tree, &(struct docx_about){.form = form_of(d->kind), .lang = lang, .title = d->row.title, .author = owner.name,
                                                     .now = c->now, .dated = text_date(c->a, lang, c->today)}, out);
    struct paper paper = {.form = form_of(d->kind), .lang = lang, .title = d->row.title, .author = owner.name, .now = c->now,
                          .dated = text_date(c->a, lang, c->today), .page_of = str_c(text_get(lang, N_("Side {1} av {2}")))};
    return pdf_write(tree, &paper, out);
}

enum err document_export(struct ctx *c, int64_t id, enum document_format format, struct document_file *out)
{
    struct document d;
    struct rich *tree;
    if (format >= COUNT(outsides))
        return ERR_INVALID;
    TRY(document_load(c, id, ACT_DOCUMENT_SEE, &d));
    TRY(document_read(c, id, &tree));
    struct document_file file = {.name = file_name(c->a, &d, outsides[format].ending), .type = outsides[format].type, .bytes.max = DOCUMENT_BYTES};
    enum err e = write_file(c, &d, rich_view(c->a, tree, RICH_ORIGINAL), format, &file.bytes);
    if (!e && file.bytes.bad)
        e = ERR_LIMIT;
    if (e) {
        buf_free(&file.bytes);
        return e;
    }
    *out = file;
    return OK;
}
