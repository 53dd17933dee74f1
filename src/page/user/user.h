/* user.h: accounts of others, settings, and what the administrator's start page shows. */
#pragma once
#include "page/page.h"
#include "service/user.h"

extern const struct form_choice user_role_choices[], user_staff_choices[], user_state_choices[];
const char *user_event(struct str kind); /* msgid */
struct str user_roles_text(const struct view *v, unsigned roles); /* "Administrator, Prosjektleder" */

page_fn users_page, user_page_get, user_invite_page, user_invite_post, user_uninvite_post;
page_fn user_role_add_post, user_role_end_post, user_close_page, user_close_post, user_reopen_post, user_sessions_end_post, user_password_post;
page_fn settings_page, settings_post, settings_check_page;
