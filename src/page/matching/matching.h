/* matching.h: proposals, a pair's way to yes or no, the trainee's preparation. */
#pragma once
#include "page/page.h"
#include "service/matching.h"

page_fn matching_page, matching_wish_post, matching_clear_post, matching_choose_post;
page_fn match_page, match_meeting_post, match_held_post, match_ask_post, match_answer_post, match_take_back_post;
page_fn match_own_page, preparation_page, preparation_post;

/* For templates. */
struct str match_trainee_name(const struct view *v, const struct match_row *m);
struct str match_mentor_name(const struct view *v, const struct match_row *m);
struct str need_name(const struct view *v, const struct match_need *n);
struct str mentor_name(const struct view *v, const struct mentor_row *m);
struct str reason_text(const struct view *v, const struct matching_reason *r);
struct str say_text(const struct view *v, struct say s);
/* "/matching" and what comes behind it, for the same choice of trainees and mentors as on this board. */
struct url matching_at(const struct view *v, const struct matching_board *b, const char *behind);
const struct match_wish_row *wish_between(const struct matching_board *b, int64_t trainee_id, int64_t mentor_id, enum match_wish_kind kind);
