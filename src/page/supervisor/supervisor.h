/* supervisor.h: the supervisor's own pages (/ and /internships/:id), and the leader's about supervisors of an internship. */
#pragma once
#include "page/page.h"
#include "service/supervision.h"

page_fn supervised_page, supervisor_page, supervisor_post, supervisor_end_post;
struct str supervised_name(const struct view *v, const struct supervised_row *r);
struct str supervised_days(const struct view *v, const struct supervised_row *r);
struct str supervised_until(const struct view *v, const struct supervised_row *r); /* how long it is seen */
