/* results.h: /results and its downloads. */
#pragma once
#include "page/page.h"

page_fn results_page, results_csv_page, results_json_page;
