/* organisation.h: the administrator's pages about other organisations: /organisations and /cooperations. */
#pragma once
#include "page/page.h"
#include "service/organisation.h"

page_fn organisations_page, organisation_new_page, organisation_new_post, organisation_page, organisation_administrator_post;
page_fn cooperations_page, cooperation_new_page, cooperation_new_post, cooperation_page, cooperation_end_post;

/* For the templates. */
const char *cooperation_state_color(const struct cooperation *k);
const char *cooperation_state_text(const struct cooperation *k); /* msgid */
struct str cooperation_days(const struct view *v, const struct cooperation *k);
