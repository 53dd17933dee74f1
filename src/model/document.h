/* document.h: tables document, document_share, document_visit, document_ad, document_comment, document_version, document_template,
 * document_text, document_digest. What is written in a document: model/live.h. */
#pragma once
#include "db/db.h"

struct document_row {
    int64_t id, organisation_id, owner_account, participant_id, meeting_id, created_by, created_at, changed_by, changed_at, archived_at,
        deleted_at, version;
    struct str kind, title;
    /* when read */
    struct str owner, changed_by_name; /* names */
    int64_t adviser_id, nav_contact_id; /* of the owner as a participant: accounts, 0 none */
    int address_protection;             /* of the owner as a participant */
    bool paired;         /* the one who asks is the mentor in a running mentorship with the owner */
    int may;             /* what is shared with the one who asks, enum document_right; 0 for the owner */
    int64_t visited_at;  /* when the one who asks had it open last; 0 never */
    int64_t n_shares, n_open_comments, n_new_comments; /* new: of others, since visited_at */
};
enum err document_insert(struct db *db, const struct document_row *d, int64_t *id) MUST_CHECK;
/* As `account_id` sees it, deleted ones too: deleted_at says so. Whether that account may: service/document.h. */
enum err document_get(struct db *db, struct arena *a, int64_t id, int64_t account_id, struct document_row *out) MUST_CHECK;
/* title, kind, archived_at, deleted_at. ERR_CONFLICT when version is another. */
enum err document_update(struct db *db, const struct document_row *d) MUST_CHECK;
enum { DOCUMENT_WORDS = 3 };
/* Own and shared, not deleted, newest change first. words: folded, without % and _, each somewhere in title or text; "" for none. */
enum err document_list(struct db *db, struct arena *a, int64_t account_id, const struct str words[DOCUMENT_WORDS], int64_t limit,
                       struct document_row **rows, size_t *n) MUST_CHECK;
/* The owner's deleted ones, newest first: to take one back. */
enum err document_list_deleted(struct db *db, struct arena *a, int64_t account_id, struct document_row **rows, size_t *n) MUST_CHECK;
/* Those after an id, deleted ones too, with id, organisation and owner only: for work over all of them. */
enum err document_after(struct db *db, struct arena *a, int64_t after_id, int64_t limit, struct document_row **rows, size_t *n) MUST_CHECK;
enum err document_of_meeting(struct db *db, struct arena *a, int64_t meeting_id, struct document_row *out) MUST_CHECK;
enum err document_count_own(struct db *db, struct arena *a, int64_t account_id, int64_t *n) MUST_CHECK;
/* Deleted before: they go with all that hangs on them, their edits too. */
enum err document_sweep(struct db *db, struct arena *a, int64_t before, int64_t limit, int64_t *gone) MUST_CHECK;
enum err document_visit(struct db *db, int64_t document_id, int64_t account_id, int64_t at) MUST_CHECK;

struct document_share_row {
    int64_t document_id, account_id, given_by, given_at, visited_at;
    int may;
    struct str name, email, lang;
};
enum err document_share_list(struct db *db, struct arena *a, int64_t document_id, struct document_share_row **rows, size_t *n) MUST_CHECK;
/* may 0 ends it. given_by and given_at stay those of the first time. */
enum err document_share_put(struct db *db, const struct document_share_row *s) MUST_CHECK;

/* Who can be in a participant's circle: the running mentors, the leaders of the organisation, adviser and NAV contact; each account once, in the
 * first of these roles. participant_id 0: the leaders only. Not `but_account`, nobody whose account is closed or role is over. */
struct document_circle_row {
    int64_t account_id;
    struct str role, name, email, lang;
};
enum err document_circle_of(struct db *db, struct arena *a, int64_t organisation_id, int64_t participant_id, int64_t but_account, int64_t now,
                            int today, struct document_circle_row **rows, size_t *n) MUST_CHECK;

struct document_ad_row {
    int64_t document_id, version;
    int deadline_on;
    struct str employer, url, text;
};
enum err document_ad_get(struct db *db, struct arena *a, int64_t document_id, struct document_ad_row *out) MUST_CHECK; /* zeros when none */
enum err document_ad_put(struct db *db, const struct document_ad_row *ad) MUST_CHECK; /* ERR_CONFLICT as ever */

struct document_comment_row {
    int64_t id, document_id, parent_id, by_account, at, resolved_at, resolved_by, deleted_at;
    struct str mark, quote, text, who, resolver;
};
enum err document_comment_insert(struct db *db, const struct document_comment_row *c, int64_t *id) MUST_CHECK;
enum err document_comment_get(struct db *db, struct arena *a, int64_t id, struct document_comment_row *out) MUST_CHECK;
enum err document_comment_list(struct db *db, struct arena *a, int64_t document_id, struct document_comment_row **rows, size_t *n) MUST_CHECK;
enum err document_comment_resolve(struct db *db, int64_t id, int64_t by_account, int64_t at) MUST_CHECK; /* at 0: open again */
enum err document_comment_delete(struct db *db, int64_t id, int64_t at) MUST_CHECK; /* empties text and quote */

struct document_version_row {
    int64_t id, document_id, by_account, at;
    struct str name, who;
    struct bytes state; /* not in lists */
};
enum err document_version_insert(struct db *db, const struct document_version_row *v, int64_t *id) MUST_CHECK;
enum err document_version_list(struct db *db, struct arena *a, int64_t document_id, struct document_version_row **rows, size_t *n) MUST_CHECK;
enum err document_version_get(struct db *db, struct arena *a, int64_t id, struct document_version_row *out) MUST_CHECK;

struct document_template_row {
    int64_t id, organisation_id, changed_by, changed_at, ended_at, version;
    struct str kind, lang, title, text;
};
enum err document_template_insert(struct db *db, const struct document_template_row *t, int64_t *id) MUST_CHECK;
enum err document_template_list(struct db *db, struct arena *a, int64_t organisation_id, struct document_template_row **rows, size_t *n) MUST_CHECK;
enum err document_template_get(struct db *db, struct arena *a, int64_t id, struct document_template_row *out) MUST_CHECK;
enum err document_template_update(struct db *db, const struct document_template_row *t) MUST_CHECK; /* ERR_CONFLICT as ever */

/* Documents whose words were changed since `since` and after their text was made, but not in the last `quiet_ms`; oldest change first. Those whose
 * updates could not be read then are tried again only after their next change. */
enum err document_stale_text(struct db *db, struct arena *a, int64_t since, int64_t now, int64_t quiet_ms, int64_t limit, struct document_row **rows,
                             size_t *n) MUST_CHECK;
/* made_at 0 leaves a text that is there as it is but for `folded`: a new title. */
enum err document_text_put(struct db *db, int64_t document_id, struct str text, struct str folded, int64_t words, int64_t made_at) MUST_CHECK;
struct document_text_row {
    int64_t document_id, words, made_at;
    struct str text, folded;
};
enum err document_text_get(struct db *db, struct arena *a, int64_t document_id, struct document_text_row *out) MUST_CHECK; /* zeros when none */

/* Comments of the last weeks that somebody has neither seen nor been told of, up to before_at: a row for each person and document, in the order
 * of persons; only persons who were not told anything since quiet_since. Whether the person may see the document still, the caller asks. */
struct document_untold_row {
    int64_t account_id, document_id, organisation_id, n, last_at;
    struct str email, name, lang;
};
enum { DOCUMENT_UNTOLD_DAYS = 14 };
enum err document_untold(struct db *db, struct arena *a, int64_t before_at, int64_t quiet_since, int64_t limit, struct document_untold_row **rows,
                         size_t *n) MUST_CHECK;
enum err document_told(struct db *db, int64_t account_id, int64_t at) MUST_CHECK;
