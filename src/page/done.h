/* done.h: what the top of a page says after something was done: "?done=CODE". Only these codes; nothing from the URL is shown. */
#pragma once
/* msgid, or NULL for an unknown code. */
#include "base/base.h"
const char *done_text(struct str code);
