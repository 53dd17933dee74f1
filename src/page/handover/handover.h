/* handover.h: /participants/:id/handover: who has been responsible, and handing over from adviser to NAV contact. */
#pragma once
#include "page/page.h"
#include "service/handover.h"

page_fn handover_page, handover_post, handover_back_post;
struct str handover_relation_text(const struct view *v, const struct relation_row *r); /* "Programrådgiver til 3. mars" */
