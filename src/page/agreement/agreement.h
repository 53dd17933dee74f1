/* agreement.h: reading, changing and signing the mentoring agreement; its template. */
#pragma once
#include "page/page.h"
#include "service/agreement.h"

page_fn agreement_page, agreement_own_page, agreement_edit_page, agreement_edit_post, agreement_sign_post;
page_fn agreement_template_page, agreement_template_post;

/* One line group of an agreement's text: "## " starts a heading, a blank line ends a paragraph. */
struct agreement_piece {
    bool heading;
    struct str text;
};
size_t agreement_pieces(struct arena *a, struct str text, struct agreement_piece **out);
