/* document.h: living documents: making, finding, opening, sharing (H1, H2). Comments: service/comment.h. History: service/document_history.h. */
#pragma once
#include "domain/document.h"
#include "domain/rich.h"
#include "model/document.h"
#include "service/ctx.h"

struct document {
    struct document_row row;
    enum document_kind kind;
    enum document_right right; /* what the actor may with the words; DOCUMENT_WRITE for the owner. Archived: at most DOCUMENT_COMMENT */
    bool own;
    bool minutes_of; /* minutes of a meeting: meeting_id names it */
    bool renames;    /* the actor may give it another title */
    bool history;    /* the actor may see earlier states */
    struct str owner_name;
};
/* One document, if the actor may see it: else ERR_NOT_FOUND, as for one that is not there. Notes the look. ACT_DOCUMENT_SEE. */
enum err document_open(struct ctx *c, int64_t id, struct document *out) MUST_CHECK;
/* The actor has it open now: what is new counts from here. */
enum err document_visited(struct ctx *c, int64_t id) MUST_CHECK;
/* What the actor may with it, DOCUMENT_NONE when nothing: asked by the live hub when somebody connects and again when access changed.
 * Notes the look. */
enum err document_right_of(struct ctx *c, int64_t id, enum document_right *right) MUST_CHECK;

/* The actor's own ones that were deleted in the last 30 days: what document_undelete() takes back. */
enum { DOCUMENT_KEPT_DAYS = 30 };
enum err document_deleted(struct ctx *c, struct document **rows, size_t *n) MUST_CHECK;

/* Own ones and those shared with the actor, which the actor may still see; newest change first. query: "" or words to find in title and
 * text; at most 200. */
enum err document_list_of(struct ctx *c, struct str query, struct document **rows, size_t *n) MUST_CHECK;

struct document_make {
    enum document_kind kind;
    struct str title;       /* "": named after its kind, minutes after the meeting's theme */
    int64_t template_id;    /* 0: the built-in one of the kind; -1: empty */
    int64_t participant_id; /* 0: for the actor; else for this trainee, who owns it, and the actor may write */
    int64_t meeting_id;     /* of minutes */
    struct str ad_employer, ad_url, ad_text; /* of a job-ad analysis */
    int ad_deadline_on;
};
/* Makes it with what its kind begins with: a CV from the application's answers about background (as far as the actor may read them), minutes
 * with the meeting's theme and shared with the mentor. ERR_LIMIT: too many, or a text that is too long; ERR_STATE with *why (no meeting, minutes
 * are there already: *id names them; the trainee cannot log in). ERR_NOT_FOUND: no such template, trainee or meeting. */
enum err document_new(struct ctx *c, const struct document_make *make, int64_t *id, struct say *why) MUST_CHECK;
/* The templates that a new one can begin with: built-in (id 0) and the organisation's, in the order to show. */
struct document_choice {
    enum document_kind kind;
    int64_t template_id;
    struct str title, about; /* in the actor's language; of an organisation's own: about the kind */
};
enum err document_choices(struct ctx *c, struct document_choice **rows, size_t *n) MUST_CHECK;

/* Owner only (minutes: also the pair's other, for the title). ERR_CONFLICT when version is another. */
enum err document_rename(struct ctx *c, int64_t id, int64_t version, struct str title) MUST_CHECK;
enum err document_archive(struct ctx *c, int64_t id, int64_t version, bool archived) MUST_CHECK;
enum err document_delete(struct ctx *c, int64_t id, int64_t version) MUST_CHECK; /* can be taken back within 30 days by: */
enum err document_undelete(struct ctx *c, int64_t id) MUST_CHECK;

/* The owner's circle: who it can be shared with, and what each may now. For others than the owner only those it is shared with. */
struct document_person {
    int64_t account_id;
    enum role role;
    enum document_right right;
    int64_t visited_at;
    struct str name;
    bool was; /* shared once, but no longer in the circle: sees nothing; role is ROLE_NONE */
};
enum err document_circle(struct ctx *c, int64_t id, struct document_person **rows, size_t *n) MUST_CHECK;
/* Owner only. ERR_INVALID: not of the circle. Mails the person the first time ("somebody shared a document with you", no title). */
enum err document_share(struct ctx *c, int64_t id, int64_t account_id, enum document_right right) MUST_CHECK;
/* Anybody may leave what is shared with them. */
enum err document_leave(struct ctx *c, int64_t id) MUST_CHECK;

/* What stands in it now, as a tree. For who may see it. */
enum err document_read(struct ctx *c, int64_t id, struct rich **out) MUST_CHECK;
/* The job-ad analysis' advertisement. */
enum err document_ad(struct ctx *c, int64_t id, struct document_ad_row *out) MUST_CHECK;
/* For who may write. version 0: the first time. ERR_LIMIT: too long. */
enum err document_ad_save(struct ctx *c, const struct document_ad_row *ad) MUST_CHECK;

/* Templates of the organisation. ACT_DOCUMENT_TEMPLATE. id 0 makes a new one. One whose title is that of a built-in one of the same kind takes its
 * place. ERR_INVALID: no title, no such kind or language. ERR_LIMIT: too long. */
enum err document_templates(struct ctx *c, struct document_template_row **rows, size_t *n) MUST_CHECK;
enum err document_template_open(struct ctx *c, int64_t id, struct document_template_row *out) MUST_CHECK;
enum err document_template_save(struct ctx *c, const struct document_template_row *t, int64_t *id) MUST_CHECK;
enum err document_template_end(struct ctx *c, int64_t id, int64_t version) MUST_CHECK;

/* A file: PDF, DOCX or plain text. Suggestions are shown as if none were accepted, comments are left out. */
enum document_format { DOCUMENT_PDF, DOCUMENT_DOCX, DOCUMENT_TXT };
struct document_file {
    struct str name; /* "cv-amal-haddad.pdf": ASCII */
    const char *type;
    struct buf bytes; /* buf_free */
};
enum err document_export(struct ctx *c, int64_t id, enum document_format format, struct document_file *out) MUST_CHECK;
