/* mail_show.h: a mail's text in lines, with the links in it. */
#pragma once
#include "page/view.h"

struct mail_text {
    struct str text;
    struct str path; /* of ours, when the line is a link; else "" */
};
static inline enum lang mail_lang(struct str code)
{
    enum lang lang;
    return lang_of(code, &lang) ? lang : LANG_NB;
}
