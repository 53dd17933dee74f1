/* about.h: what everybody may read about the service: personal data and accessibility. */
#pragma once
#include "page/page.h"

page_fn privacy_page, accessibility_page;
