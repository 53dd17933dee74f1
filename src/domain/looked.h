/* looked.h: what the log's codes mean in plain words. Pure. Texts are msgids. */
#pragma once
#include "base/base.h"

/* "profile" of saw(), or the kind of an event ("application.sent": by what stands before the point), or of a refusal the address
 * ("/participants/:id"). What the table does not know is "other data". */
const char *looked_words(struct str what);
/* Does the table know it? For the test that every saw() in the program is in it. */
bool looked_known(struct str what);
/* A list or overview shows little of many; everything else is a person's data opened. */
bool looked_list(struct str what);
/* "saw", "changed", ... of a line's act (domain/logchain.h), for a table; "" for one it does not know. */
const char *looked_act(struct str act);
