/* docx.h: a document as Office Open XML (ECMA-376, transitional), as Word and LibreOffice read it: real headings, lists and tables by
 * style, language set, right to left where the text is. The container is made by libzip. */
#pragma once
#include "domain/on_paper.h"
#include "text/text.h"

struct docx_about {
    enum lang lang;
    struct str title, author;
    int64_t now; /* ms UTC, for the file's properties */
    enum paper_form form;
    struct str dated; /* of a letter: place and date, "" none */
};
/* Appends the file to `out`. What stands on top is as in the PDF of the same form. ERR_LIMIT: nested deeper than twice RICH_DEPTH_MAX, or too
 * large for `out`. The same input gives the same bytes. */
enum err docx_write(const struct rich *doc, const struct docx_about *about, struct buf *out) MUST_CHECK;
