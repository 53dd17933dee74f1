/* system.h: what machines ask. */
#pragma once
#include "page/page.h"

page_fn healthz_page, metrics_page;
