/* parts.h: the parts of a DOCX that are the same for every document, and what a document's writing needs to know of them. For docx/. */
#pragma once
#include "base/buf.h"
#include "docx/docx.h"

void part_types(struct buf *b);
void part_rels(struct buf *b);
void part_core(struct arena *a, const struct docx_about *about, struct buf *b);
void part_settings(const struct docx_about *about, struct buf *b);
void part_styles(const struct docx_about *about, struct buf *b);
/* word/document.xml, and what it refers to: word/numbering.xml, word/_rels/document.xml.rels. */
enum err part_document(struct arena *a, const struct rich *doc, const struct docx_about *about, struct buf *doc_out, struct buf *numbering,
                       struct buf *rels) MUST_CHECK;
/* Text of paper_text() into XML. */
void xml_text(struct buf *b, struct str s);
