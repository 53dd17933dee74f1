/* link.h: what a link in a mail opens, and the way to a new password. */
#pragma once
#include "page/page.h"

page_fn link_page, link_prep, link_post;
page_fn password_page, password_post;
