/* design.h: a page with every part of page/parts on it, to look at and to test. Only in the demo. */
#pragma once
#include "page/page.h"

enum err design_page(struct page *p);
