/* login.h: pages for logging in and out, and the own account. */
#pragma once
#include "page/page.h"

/* How a session began, in words: a msgid. */
const char *login_method(struct str method, bool factor);
/* The form for the part of a page with this prefix, empty when another part was sent. */
struct form *factor_form(struct form *room, const struct form *f, const char *prefix);

struct login_keep { /* a form that could not be taken (the login had ended, nothing could be saved), on its way through another page */
    struct str to;    /* its address; "": there is none */
    struct pair *field;
    size_t n;
};
/* The form of a request, without its tokens and passwords. ERR_LIMIT: too large to be carried, or with files. */
enum err login_keep(const struct req *r, struct login_keep *out) MUST_CHECK;
/* Answers it: the login page with the form in it, so that nothing typed is lost. ERR_LIMIT when it is too large for that. */
enum err login_ended(struct page *p) MUST_CHECK;

/* The form that the login page carried. */
struct login_keep login_kept(struct page *p);
/* The last step of every way of logging in, in the change that showed who it is: ends the session this browser had, begins the new one
 * (login_begin), sets its cookies and leads on to `next`, or to the page that asks for a one-time code. `next` is a path of ours
 * (login_next). */
struct login_way {
    struct str method; /* login_from */
    struct str next;
    bool strong, shared;
    const struct login_keep *keep; /* or NULL */
    const char *done;              /* said on the next page, or NULL */
    int64_t *session_id;           /* where to put the new session's id (0: a code is asked for first), or NULL */
};
enum err login_enter(struct page *p, int64_t account_id, const struct login_way *way) MUST_CHECK;
/* Only a path of ours may be gone to after logging in: else "/". */
struct str login_next(struct str next);

/* A session is open: its cookies, and on. */
struct login_opened;
enum err login_on(struct page *p, const struct login_opened *o, struct str next, const struct login_keep *keep, const char *done) MUST_CHECK;

page_fn login_step_page, login_step_post;
page_fn login_link_page, login_link_post, login_link_open_page, login_link_open_post;
page_fn login_code_page, login_code_prep, login_code_post;
page_fn factor_page, factor_start_post, factor_confirm_post, factor_prove_post, factor_recover_post, factor_off_prep, factor_off_post;
page_fn own_password_page, own_password_prep, own_password_post;
page_fn stay_post;
page_fn login_rules_page, login_rules_post, factor_reset_post;
page_fn code_give_page, code_give_prep, code_give_post;
page_fn login_page, login_post, login_prep, logout_post;
page_fn account_page, session_end_post, session_end_others_post, role_post, lang_post;
