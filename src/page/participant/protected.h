/* protected.h: /participants/:id/protection. */
#pragma once
#include "base/num.h"
#include "page/page.h"
#include "service/protection.h"

enum err protection_page(struct page *p) MUST_CHECK;
enum err protection_post(struct page *p) MUST_CHECK;
enum err protection_end_post(struct page *p) MUST_CHECK;
