/* pdf.h: a document as PDF 1.5 by Pango and Cairo: tagged, its text selectable, fonts embedded, right to left where the text is.
 *
 * Cairo 1.16 cannot mark what is no content (page numbers, lines, repeated header rows): it stands outside of all tags. Suggested text is
 * shown underlined or struck: callers give a rich_view().
 *
 * Slow (tens of milliseconds): on a worker thread. Pango's font maps belong to one thread; each call makes its own. */
#pragma once
#include "domain/on_paper.h"
#include "text/text.h"

struct paper {
    enum paper_form form;
    enum lang lang;       /* language of the document: for the file's tag, which way it runs, and digits */
    struct str title, author; /* for the file's information; and on top where the document has no heading of its own (form.c) */
    int64_t now;          /* creation date */
    struct str dated;     /* as a letter writes it: "Fjordby, 3. mars 2026"; "" none */
    struct str page_of;   /* "Side {1} av {2}" in the document's language; not shown when there is one page only */
};
/* Appends the file to `out`. ERR_LIMIT: more than 200 pages, or nested deeper than twice RICH_DEPTH_MAX. The same input gives the same bytes. */
enum err pdf_write(const struct rich *doc, const struct paper *paper, struct buf *out) MUST_CHECK;
