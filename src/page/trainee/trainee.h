/* trainee.h: the list of trainees, one trainee's way, what the leader registers there, and the skill self-assessment. */
#pragma once
#include "page/cohort/cohort.h"
#include "page/document/document.h"
#include "page/parts/parts.h"
#include "page/task/task.h"
#include "service/trainee.h"
#include "service/way.h"

page_fn trainees_page, trainee_page;
page_fn evaluation_page, evaluation_post, leave_page, leave_post, leave_change_post, complete_page, complete_post, end_page, end_post;
page_fn self_page, self_moment_page, self_post;

/* Where on the way, for candidate and trainee: six phases from the application to the end. */
enum { WAY_PHASES = 6 };
void way_phases(const struct view *v, const struct way *w, struct phase out[WAY_PHASES]);
/* Of a trainee: cohort, matching, agreement, the two halves, the end. */
void trainee_phases(const struct view *v, const struct standing *s, struct phase out[WAY_PHASES]);
struct str trainee_name(const struct view *v, const struct standing_row *r);
/* Where a thing that needs attention is dealt with: "" when there is nothing to open, only somebody to call. */
struct str attention_link(const struct view *v, const struct standing *s, enum attention_kind kind);
const char *attention_word(enum attention_kind kind); /* msgid: of the button */

struct trainees_view {
    struct standing *rows;
    size_t n;
    struct str next; /* the address of the next page; "" for none */
    const struct form_choice *cohorts; /* NULL: no choice (adviser, NAV contact) */
    const struct form_choice *statuses;
    struct form f;
    bool filtered;
};
struct trainee_view {
    struct trainee_record o;
    struct phase phases[WAY_PHASES];
    struct document *documents; /* of the trainee, shared with the reader */
    size_t n_documents;
};
enum trainee_form_kind { FORM_MIDWAY, FORM_FINAL, FORM_LEAVE, FORM_COMPLETE, FORM_END };
struct trainee_form {
    enum trainee_form_kind kind;
    struct form f, back; /* back: of a leave that has not ended */
    struct trainee_record o;
    int64_t version;
    bool conflict; /* somebody else was faster: what stands there now is in o */
};
const char *trainee_form_title(const struct view *v, enum trainee_form_kind kind);
const char *trainee_form_path(enum trainee_form_kind kind); /* after /trainees/ID/ */
/* One of the two forms about a leave that has not ended: the one that was sent, or a new one. */
const struct form *leave_form(const struct view *v, const struct trainee_form *x, const char *prefix);
struct str trainee_lead(const struct view *v, const struct standing *s); /* under the name */
/* When the next meeting is, for who may see meetings (ACT_MEETING_SEE); for others that it is planned. "": it is not. */
struct str trainee_next_meeting(const struct view *v, const struct standing *s);
const struct form_choice *trainee_go_on(void), *trainee_leaves(void), *trainee_ends(void);
struct self_view {
    struct standing s;
    struct self_answers answers;
    enum self_moment moment; /* the one to fill in; SELF_NEVER on the overview */
    struct form f;
};
const char *self_moment_word(enum self_moment m); /* msgid */
const char *self_moment_code(enum self_moment m); /* "start", in the address */
bool self_any(const struct self_answers *a);
/* "3,5" of 350; "–" of -1. */
struct str self_mean_text(const struct view *v, int hundredths);
