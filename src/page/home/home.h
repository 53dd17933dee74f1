/* home.h: the start page: "what should I do now?", by role. Each role's page stands in a file of its own in this folder. */
#pragma once
#include "page/page.h"

page_fn home_page;
page_fn home_leader, home_adviser, home_nav, home_trainee, home_mentor, home_supervisor, home_administrator;

struct user_counts;
/* One of the counts; "17+" when not all accounts were looked at. */
struct str user_number(const struct view *v, const struct user_counts *c, int64_t n);
