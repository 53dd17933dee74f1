/* document_fill.h: places in a template that are filled in when a document is made from it. "{navn}" in a text is replaced by a line;
 * "{erfaring: a hint}" alone in its paragraph by the paragraphs of a longer answer, or by the hint in italics when there is none. A place
 * that is not known stays as it is. Answers are put in as text, never read as markup. Pure. */
#pragma once
#include "domain/rich.h"

struct document_fact {
    const char *place; /* "navn": the same word in all languages, for it is a name and no text */
    struct str text;   /* lines of text; "" nothing is known */
};
/* Changes the tree. */
void document_fill(struct arena *a, struct rich *doc, const struct document_fact *facts, size_t n);
