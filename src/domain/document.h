/* document.h: living documents: kinds, rights, what they begin with. Pure. */
#pragma once
#include "base/base.h"

enum document_right { DOCUMENT_NONE, DOCUMENT_READ, DOCUMENT_COMMENT, DOCUMENT_WRITE, DOCUMENT_RIGHT_N };
const char *document_right_label(enum document_right r); /* msgid: "Lese", "Kommentere", "Skrive" */
const char *document_right_code(enum document_right r);  /* "read", for forms and events; "" for none */
enum document_right document_right_of_code(struct str code); /* DOCUMENT_NONE for an unknown one */
/* As relations of domain/access.h: writing implies commenting implies reading. */
unsigned document_right_rel(enum document_right r);

enum document_kind { DOCUMENT_CV, DOCUMENT_LETTER, DOCUMENT_APPLICATION, DOCUMENT_MINUTES, DOCUMENT_AD, DOCUMENT_FREE, DOCUMENT_KIND_N };
const char *document_kind_code(enum document_kind k);   /* "cv", as stored */
const char *document_kind_label(enum document_kind k);  /* msgid */
const char *document_kind_about(enum document_kind k);  /* msgid: one sentence for the choice */
enum document_kind document_kind_of(struct str code);   /* DOCUMENT_FREE for an unknown one */
bool document_kind_is(struct str code, enum document_kind *out); /* false for an unknown one */
/* What a new one of this kind begins with, as markup of domain/rich.h, a msgid: translated into the owner's language of writing. "" for a
 * free one. "{navn}" and the like are places that are filled in when the document is made (domain/document_fill.h). */
const char *document_kind_template(enum document_kind k);

enum { DOCUMENT_TITLE_MAX = 120, COMMENT_MAX = 4000, COMMENT_QUOTE_MAX = 300, DOCUMENT_MARK_MAX = 40, VERSION_NAME_MAX = 80,
       DOCUMENTS_MAX = 500 /* of one owner */, AD_MAX = 30000, TEMPLATE_MAX = 20000 };
/* A mark's id: 1 to 40 of a-z, 0-9 and "-". */
bool document_mark_ok(struct str mark);
