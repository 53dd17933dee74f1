/* screening.h: one person after the other for the leader, and the settings of the criteria. */
#pragma once
#include "page/page.h"

page_fn screening_page, screening_one_page, screening_one_post, criteria_page, criteria_save;
