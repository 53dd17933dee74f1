/* Stands in for the program's view.h when templates are tested alone. */
#pragma once
#include "base/buf.h"

enum lang { LANG_NB, LANG_EN };
struct arena;
struct view {
    struct arena *a;
    enum lang lang;
};
const char *text_get(enum lang lang, const char *msgid);
#define T(msg) text_get(v->lang, (msg))
