/* cohort.h: the pages under /cohorts, and small words about cohorts and trainees that the leader's other pages use too. */
#pragma once
#include "page/page.h"
#include "page/parts/parts.h"
#include "service/cohort.h"

page_fn cohorts_page, cohort_page, cohort_new_page, cohort_new_post, cohort_edit_page, cohort_edit_post, cohort_close_page,
    cohort_close_post, cohort_reopen_post;

/* "Amal Haddad" */
struct str person_name(const struct view *v, struct str first, struct str last);
/* «3 fullført, 2 i fagrelevant jobb, 1 i permisjon»; "" when there is nothing to tell. */
struct str cohort_results(const struct view *v, const struct cohort_card *card);
/* The name of the phase with the color of its tag. */
const char *cohort_phase_color(enum cohort_phase phase);
struct phase *cohort_phases(const struct view *v, const struct cohort_card *card); /* COHORT_PHASE_N of them */
/* The field by its name, or as it was written; "" when not known. */
struct str field_words(const struct view *v, struct str code, struct str text);
/* How it goes for a trainee in one tag. */
struct standing_word {
    const char *color, *text; /* text: msgid */
};
struct standing_word standing_word(const struct standing *s);
struct str meetings_text(const struct view *v, const struct standing *s); /* «4 av 12 møter holdt» */
struct str when_short(const struct view *v, int64_t at); /* «4. des. kl. 15.30», «i morgen kl. 15.30» */
struct str attention_title(const struct view *v, const struct standing *s); /* «Zahra Ahmadi: ingen møter på lenge» */
/* Where to do something about it. */
struct url attention_url(const struct view *v, int64_t trainee_id);
const char *attention_icon(enum attention_kind kind);
struct str cohort_lead(const struct view *v, const struct cohort_card *card);
bool cohort_unmatched(const struct cohort_view *x); /* somebody in it has no mentor yet */
size_t cohort_attention_count(const struct cohort_view *x);
const char *cohort_event(struct str kind); /* msgid */
