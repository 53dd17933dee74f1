/* document.h: the screens of living documents: list, the document itself with its comments, sharing, history, files, the advertisement,
 * templates. Every page can be read, and every form sent, without JavaScript; the editor (web/editor) takes over #document. */
#pragma once
#include "page/parts/parts.h"
#include "page/page.h"
#include "service/comment.h"
#include "service/document.h"
#include "service/document_history.h"
#include "service/rights.h"

page_fn documents_page, document_new_page, document_new_post, document_page, document_title_post, document_archive_post, document_delete_post,
    document_undelete_post, document_leave_post, document_share_page, document_share_post, document_file_page, document_print_page,
    document_ad_page, document_ad_post;
page_fn comments_page, comment_post, comment_reply_post, comment_resolve_post, comment_reopen_post, comment_delete_post;
page_fn document_history_page, document_version_post, document_then_page, document_compare_page, document_restore_post;
page_fn document_templates_page, document_template_new_page, document_template_new_post, document_template_page, document_template_post,
    document_template_end_post;

/* ---- words (words.c) */
const char *document_icon(enum document_kind k); /* of web/icons.txt */
const char *document_may_word(enum document_right r); /* msgid: "kan lese" */
const char *document_you_may(enum document_right r);  /* msgid: "du kan lese" */
/* Has somebody else changed the words since the reader last had it open? */
bool document_news(const struct view *v, const struct document_row *d);
/* "Ingrid Solbakken skrev sist i dag kl. 10.40" */
struct str document_last_text(const struct view *v, const struct document_row *d);
struct str document_path(const struct view *v, int64_t id); /* "/documents/7" */
/* The documents among those the actor may see that hang on a meeting (one or none), or on a participant. */
enum err document_of_the_meeting(struct page *p, int64_t meeting_id, int64_t *id) MUST_CHECK;
enum err documents_of(struct page *p, int64_t participant_id, struct document **rows, size_t *n) MUST_CHECK;

/* Those of a participant that are not put away. */
size_t document_count(const struct document *rows, size_t n, int64_t participant_id);

/* ---- the list */
struct documents_view {
    struct str query;
    struct document *own, *shared, *away; /* away: archived ones, own or not */
    size_t n_own, n_shared, n_away;
    struct document *gone; /* deleted in the last days: can be taken back */
    size_t n_gone;
    int64_t deleted; /* just now; 0 */
};

/* ---- a new one */
struct document_new_view {
    struct form f;
    const struct form_choice *choices, *whom; /* whom: NULL when it can only be for the actor */
    const struct document_choice *rows;       /* of `choices`, for their explanations */
    size_t n;
    int64_t meeting_id; /* of minutes, else 0 */
};

/* ---- the document */
struct comments_view {
    struct document d;
    struct comment_thread *rows;
    size_t n, n_open;
    const struct form *f; /* one that was wrong; NULL */
    int64_t at;           /* the thread it answers; 0: a new one */
    bool alone;           /* the comments are a page of their own */
};
struct document_view {
    struct document d;
    const struct rich *text;
    const struct document_person *people; /* the owner's circle */
    size_t n_people, n_shared;            /* shared: how many of them see it */
    struct document_ad_row ad;
    enum cv_consent cv;
    struct comments_view comments;
    struct form title;
    const char *conflict; /* msgid: why what was asked for was not done; NULL */
};
/* The page of a document; `f` a form on it that was wrong (its thread in `at`), or NULL; conflict: a msgid or NULL. */
enum err document_show(struct page *p, int64_t id, const struct form *comment, int64_t at, const struct form *title, const char *conflict) MUST_CHECK;
/* The form of one thread: the one that was wrong, or an empty one. thread 0: the form for a new comment. */
const struct form *comment_form(const struct view *v, const struct comments_view *x, int64_t thread);

struct share_view {
    struct document d;
    struct document_person *people;
    size_t n;
    struct form f;
};
const char *share_field(const struct view *v, int64_t account_id); /* "right-7" */
const struct form_choice *share_choices(void);

struct ad_view {
    struct document d;
    struct form f;
    const struct document_ad_row *now; /* what stands there now when somebody else was faster; NULL */
    int64_t version;
};

/* ---- history */
struct history_view {
    struct document d;
    struct document_sitting *rows;
    size_t n;
    struct document_version_row *versions;
    size_t n_versions;
    const struct form_choice *points; /* for comparing: now, the versions, the sittings */
    struct form f, compare;
    int64_t before; /* only sittings before this log row; 0: the newest */
    bool older;     /* there are more */
};
struct then_view {
    struct document d;
    const struct rich *text;
    struct document_point point;
    struct str what; /* "Versjonen «Første utkast»", "Slik teksten var 3. april" */
    struct str code; /* of the point, for addresses */
};
struct compare_view {
    struct document d;
    struct document_change change;
    struct str from, to; /* what was compared, in words */
};
/* "now", "v3" or a log row: how a point stands in an address. */
struct str point_code(const struct view *v, struct document_point p);
bool point_of(struct str code, struct document_point *out);
/* The point from which a sitting began: just before its first log row. What is still in the journal began after the last one. */
struct str sitting_from(const struct view *v, const struct history_view *x, size_t i);
/* "kl. 10.05 til kl. 10.40" */
struct str sitting_time(const struct view *v, const struct document_sitting *s);

/* ---- templates */
struct template_view {
    int64_t id; /* 0: a new one */
    struct form f;
    const struct rich *preview;
    const struct document_template_row *now; /* what stands there now when somebody else was faster; NULL */
    int64_t version;
    bool ended;
};
const struct form_choice *template_kinds(const struct view *v), *template_langs(void);
const char *template_lang_name(struct str code); /* in its own script */
