/* login.h: pages for logging in and out, and the own account. */
#pragma once
#include "page/page.h"

struct login_keep { /* a form that came when the login had ended, on its way through the login page */
    struct str to;    /* its address; "": there is none */
    struct pair *field;
    size_t n;
};
/* Answers it: the login page with the form in it, so that nothing typed is lost. ERR_LIMIT when it is too large for that. */
enum err login_ended(struct page *p) MUST_CHECK;

page_fn login_page, login_post, login_prep, logout_post;
page_fn account_page, session_end_post, session_end_others_post, role_post, lang_post;
