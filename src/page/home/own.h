/* own.h: what the start pages of trainee and mentor need for their templates. */
#pragma once
#include "page/meeting/meeting.h"
#include "page/trainee/trainee.h"
#include "service/way.h"

struct own_link {
    const char *icon;
    struct str href;    /* "" : nowhere to go */
    const char *button; /* msgid, "" without one */
};
struct own_link own_link(const struct view *v, const struct way *w, enum step_kind kind);
struct own_link mentor_link(const struct view *v, const struct mentor_way *w, enum mentor_step_kind kind);
/* Why, and until when. */
struct str home_why(const struct view *v, const struct say *why, int due_on);
