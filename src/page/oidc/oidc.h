/* oidc.h: pages for logging in at a provider: there and back, tying it to the account, and logging out there. */
#pragma once
#include "page/page.h"
#include "service/oidc.h"

page_fn oidc_go_prep, oidc_go_post, oidc_tie_post, oidc_link_post;
page_fn oidc_back_prep, oidc_back_page;
page_fn oidc_front_logout_page, oidc_back_logout_prep, oidc_back_logout_post;
page_fn oidc_own_page, oidc_forget_post;
/* After the session here has ended: sends the browser on to log out at the provider. */
enum err oidc_leave_page(struct page *p, const struct oidc_leave *leave) MUST_CHECK;

struct oidc_stop { /* a way that ended: what happened, what to do; {1} is the provider */
    const char *title, *say[4]; /* msgids */
};
