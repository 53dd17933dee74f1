/* rights.h: a person's rights: the own data, consent, asking; for staff: answering and erasing. */
#pragma once
#include "page/page.h"
#include "service/erase.h"
#include "service/rights.h"

page_fn my_data_page, my_data_download_post, my_data_download_prep, my_data_consent_post, my_data_ask_page, my_data_ask_post;
page_fn rights_page, rights_one_page, rights_answer_post, privacy_settings_page, privacy_settings_post;
page_fn participant_erase_page, participant_erase_post, mentor_erase_page, mentor_erase_post, user_erase_page, user_erase_post;

struct my_data {
    const struct person_data *d;
    const struct consent_state *consents;
    size_t n_consents;
    const struct rights_request_row *asked;
    size_t n_asked;
    bool has_password, has_log;
};
struct consents_view { /* who has said yes, on the staff's page */
    struct consent_yes of[CONSENT_N];
    enum consent what; /* this one from `before` on, 0: from the newest */
    int64_t before;
};
/* The person's page, "" when the reader has none. */
struct str consent_person_path(const struct view *v, const struct consent_yes_row *r);
enum { MY_DATA_ROWS = 30 }; /* of one table on the page; the file has all */
/* What a cell says to people, "" when it says nothing. */
struct str my_data_value(const struct view *v, const struct register_column *col, struct str cell);
bool my_data_row_says(const struct view *v, const struct register_table *t, const struct str *row);
/* The ZIP with the readable page in c->lang; for the page and the command line. */
enum err my_data_zip(struct ctx *c, struct person_ref ref, struct buf *zip) MUST_CHECK;

extern const struct form_choice request_choices[];
