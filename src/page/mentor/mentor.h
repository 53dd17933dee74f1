/* mentor.h: the register of mentors, a mentor's page for the leader, and the mentor's own profile. */
#pragma once
#include "page/page.h"
#include "page/parts/parts.h"
#include "service/mentor.h"

page_fn mentors_page, mentor_page, mentor_new_page, mentor_new_post, mentor_edit_page, mentor_edit_post, mentor_pause_page, mentor_pause_post,
    mentor_end_page, mentor_end_post, mentor_return_post, mentor_invite_post;
page_fn my_mentor_page, my_mentor_edit_page, my_mentor_edit_post, my_mentor_pause_page, my_mentor_pause_post;

enum { MENTOR_FIELDS = 28 };
struct mentor_choices {
    const struct form_choice *sex, *wish_sex, *field, *sector, *seniority, *network, *lang, *recommenders;
    uint64_t languages; /* ticked */
};
enum err mentor_choices(struct page *p, bool own, struct mentor_choices *out) MUST_CHECK;
/* The row as a form shows it, and back. own: only what mentors change themselves. */
struct form mentor_form_of(struct page *p, const struct mentor_row *m);
void mentor_form_read(struct page *p, struct form *f, struct mentor_choices *c, bool own, struct mentor_row *m);
struct mentor_difference {
    const char *label; /* msgid */
    struct str there, typed;
};
size_t mentor_differ(struct page *p, const struct mentor_choices *c, bool own, const struct mentor_row *there, const struct mentor_row *typed,
                     struct mentor_difference out[MENTOR_FIELDS]);

/* ---- words */
struct str mentor_full_name(const struct view *v, const struct mentor_row *m);
struct str mentor_work(const struct view *v, const struct mentor_row *m); /* «Farmasøyt, Sykehusapoteket» */
struct str mentor_fields(const struct view *v, const struct mentor_row *m); /* field and specialisation */
struct str language_names(const struct view *v, struct str codes);
struct mentor_word {
    const char *color;
    struct str text;
};
struct mentor_word mentor_word(const struct view *v, const struct mentor_row *m); /* «1 ledig plass», «Pause til 3. april» */
const char *mentor_event(struct str kind); /* msgid */
bool mentor_paused(const struct view *v, const struct mentor_row *m);
const char *network_name(int network); /* msgid */
struct str mentor_wishes(const struct view *v, const struct mentor_row *m);
bool language_common(const char *code); /* shown without asking for more */
