/* nav.h: the main menu of each role. */
#pragma once
#include "page/view.h"

/* Fills v->nav by v->actor->role and marks the item whose path the page is at or under. */
void nav_fill(struct view *v);
