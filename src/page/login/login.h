/* login.h: pages for logging in and out, and the own account. */
#pragma once
#include "page/page.h"

page_fn login_page, login_post, login_prep, logout_post;
page_fn account_page, session_end_post, session_end_others_post, role_post, lang_post;
