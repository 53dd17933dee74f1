/* log.h: who has seen my data (/my-log), and the administrator's log (/log). */
#pragma once
#include "page/page.h"
#include "service/log.h"

page_fn my_log_page, log_page, log_post, log_limits_post;

extern const struct form_choice log_acts[];
/* "Kari Nordmann", "En trainee", "Springbrett": who did it. */
struct str log_who(const struct view *v, const struct log_visitor *w);
struct str log_as(const struct view *v, const struct log_visitor *w); /* "Prosjektleder, Prøveby kommune" */
struct str log_deed_text(const struct view *v, const struct log_deed *d); /* "Søknaden (3 ganger)" */
struct str log_signs(const struct view *v, unsigned signs);
struct log_form { /* what stands below the table */
    const struct form *search, *limits;
    const struct form_choice *actors;
    struct unusual_limits adviser, leader, mentor; /* as they hold now */
};
