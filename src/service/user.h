/* user.h: what administrators do with other people's accounts and with the organisation's name (product A2, A5). All of it is
 * ACT_ACCOUNT_ADMIN in the actor's own organisation, and leaves an event "user.*". Nobody can take the last administrator away, nor close
 * the own account. */
#pragma once
#include "model/log.h"
#include "model/user.h"
#include "service/ctx.h"

enum { USER_LIST = 50, USER_SCAN = 5000 };
enum user_state { USER_OPEN, USER_CLOSED, USER_WITHOUT_ROLE, USER_ALL, USER_STATE_N };
struct user_filter {
    struct str search;    /* as typed: beginnings of words of name or e-mail */
    enum role role;       /* ROLE_NONE: all */
    enum user_state state;
    int64_t after_id;     /* 0: from the beginning */
};
struct user_list {
    struct user_row *rows;
    size_t n;
    bool more; /* after rows[n - 1], or, when nothing was found among the first USER_SCAN, after last_id */
    int64_t last_id;
};
enum err user_list(struct ctx *c, const struct user_filter *f, struct user_list *out) MUST_CHECK;

struct user {
    struct user_row row;
    struct role_row *roles; /* ended ones too */
    size_t n_roles;
    struct session_row *sessions;
    size_t n_sessions;
    struct event_row *events; /* newest first */
    size_t n_events;
    unsigned can_add; /* ROLE_BIT()s of staff that the account does not have */
    bool self;
    bool factor;      /* has one-time codes */
};
enum err user_open(struct ctx *c, int64_t id, struct user *out) MUST_CHECK;
/* A staff role. ERR_INVALID for another; ERR_STATE when it is held already or the account is closed. */
enum err user_role_add(struct ctx *c, int64_t id, enum role role) MUST_CHECK;
/* ERR_STATE with *why: the last administrator. ERR_CONFLICT: it is over already. */
enum err user_role_end(struct ctx *c, int64_t id, int64_t role_id, struct say *why) MUST_CHECK;
/* Closes: no login, sessions end. `reason` must say something: ERR_INVALID. ERR_STATE with *why: the own account, or one that has roles in
 * another organisation. ERR_CONFLICT: another version. */
enum err user_close(struct ctx *c, int64_t id, int64_t version, struct str reason, struct say *why) MUST_CHECK;
enum err user_reopen(struct ctx *c, int64_t id, int64_t version) MUST_CHECK;
enum err user_end_sessions(struct ctx *c, int64_t id) MUST_CHECK;
/* Mails the person a link to a new password. ERR_STATE: the account is closed or has no role. */
enum err user_send_password(struct ctx *c, int64_t id) MUST_CHECK;

enum err user_invited(struct ctx *c, struct link_row **rows, size_t *n) MUST_CHECK;
enum err user_uninvite(struct ctx *c, int64_t link_id) MUST_CHECK;

/* ERR_CONFLICT: it is called something else than `was` by now. */
enum err user_rename_organisation(struct ctx *c, struct str was, struct str name) MUST_CHECK;
enum err user_organisation(struct ctx *c, struct organisation_row *out) MUST_CHECK;

struct user_overview {
    struct user_counts counts;
    int64_t administrators, mails_failed, mails_waiting, oldest_mail_at, last_import_at;
    size_t invited;
};
enum err user_overview(struct ctx *c, struct user_overview *out) MUST_CHECK;
/* Looks the database through; slow. *n 0: nothing wrong. */
/* ERR_LIMIT: more than a page should wait for; the command line looks through any size. */
enum err user_check_database(struct ctx *c, struct str **faults, size_t *n) MUST_CHECK;
