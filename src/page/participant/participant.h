/* participant.h: the list of participants, a person's page and its forms, and the import in the browser. */
#pragma once
#include "domain/criteria.h"
#include "page/page.h"

page_fn participant_list_page, participant_page, participant_new_page, participant_create, participant_edit_page, participant_save;
/* The decision form, here and in screening. OK when it is decided; ERR_INVALID with errors in the form. */
enum err person_decide(struct page *p, int64_t id, struct form *f) MUST_CHECK;
page_fn participant_judge, participant_recommend, participant_gap_add, participant_gap_close, participant_decide;
page_fn import_page, import_upload, import_look_prep, import_look_page, import_columns_post, import_use, import_drop, import_done_page;

/* The criteria as letters for check_dots, and in words. */
const char *criteria_letters(const struct view *v, const struct criteria_overview *o);
struct str criteria_words(const struct view *v, const struct criteria_overview *o);
/* Under the name: field or reference. */
struct participant_row;
struct str participant_sub(const struct view *v, const struct participant_row *p);
/* 'm', 'n' or 'u', as check_item takes them. */
char criterion_letter(enum criterion_state s);
/* The color of the tag of a stage. */
const char *stage_color(int stage);
