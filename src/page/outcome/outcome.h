/* outcome.h: pages under /trainees/:id/outcome and /trainees/:id/internships, and the trainee's own /outcome. */
#pragma once
#include "page/page.h"

page_fn outcome_page, outcome_own_page;
page_fn outcome_new_page, outcome_add_post, outcome_edit_page, outcome_edit_post, outcome_end_post;
page_fn internship_new_page, internship_add_post, internship_edit_page, internship_edit_post, internship_end_post;
