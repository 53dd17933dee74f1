/* participant.h: tables participant, participant_word and import_run. Participants are never deleted here. */
#pragma once
#include "db/db.h"
#include "domain/criteria.h"
#include "domain/intake.h"

struct participant_row {
    int64_t id, organisation_id;
    struct str reference, first_name, last_name, sort_name, sex, email, phone, lang, languages;
    int birth_year, settled_on, programme_start_on, programme_end_on, track, education_level;
    struct str field, field_text, occupation, education_country;
    int recognition, norwegian_oral, norwegian_written, experience_years; /* experience_years -1: not known */
    struct str municipality;
    int64_t adviser_id, nav_contact_id; /* accounts, 0 for none */
    struct str adviser_text;
    int address_protection; /* enum address_block */
    int64_t account_id;     /* 0: cannot log in */
    int stage;              /* enum intake_stage */
    int64_t stage_at;
    int criteria_sort, criteria_due_on;
    int64_t created_at, updated_at, version;
    struct str adviser; /* the account's name, else adviser_text; when read */
};
/* "Amal Haddad" */
struct str participant_name(struct arena *a, const struct participant_row *p);
/* What sort_name holds. */
struct str participant_sort_name(struct arena *a, struct str first, struct str last);

/* Fills sort_name and the words for searching; stage, criteria_*, experience_years and lang as given. ERR_CONFLICT: that reference exists
 * in the organisation. */
enum err participant_insert(struct db *db, struct arena *a, const struct participant_row *p, int64_t *id) MUST_CHECK;
/* Those ids in their order, into rows[n], some at a time. ERR_NOT_FOUND when one is not there. */
enum err participant_some(struct db *db, struct arena *a, const int64_t *ids, size_t n, struct participant_row *rows) MUST_CHECK;
enum err participant_get(struct db *db, struct arena *a, int64_t id, struct participant_row *out) MUST_CHECK;
enum err participant_by_reference(struct db *db, struct arena *a, int64_t organisation_id, struct str reference,
                                  struct participant_row *out) MUST_CHECK;
enum err participant_by_account(struct db *db, struct arena *a, int64_t account_id, struct participant_row *out) MUST_CHECK;
/* The facts about the person, reference, adviser, NAV contact and criteria_*; not stage, account. Row p->version must be the one there:
 * else ERR_CONFLICT. */
enum err participant_update(struct db *db, struct arena *a, const struct participant_row *p) MUST_CHECK;
/* From one stage to another; ERR_CONFLICT when the stage is another by now. */
enum err participant_set_stage(struct db *db, int64_t id, int from, int to, int64_t now) MUST_CHECK;
enum err participant_set_account(struct db *db, int64_t id, int64_t account_id) MUST_CHECK;
enum err participant_set_criteria(struct db *db, int64_t id, int sort, int due_on) MUST_CHECK;
/* How far the person has come before: for intake_next(). */
enum err participant_past(struct db *db, struct arena *a, int64_t id, struct intake_past *past) MUST_CHECK;

/* ---- lists */
enum participant_sort { SORT_NAME, SORT_CRITERIA, SORT_SETTLED, SORT_N }; /* A to Å; best first; latest settled first */
enum { PARTICIPANT_PAGE = 50, PARTICIPANT_SCAN = 5000, PARTICIPANT_FOUND_MAX = 1000, PARTICIPANT_COUNT_MAX = 1000 };
struct participant_key { /* where a page ends; id 0: the beginning */
    struct str name;     /* for SORT_NAME */
    int64_t key, id;     /* key for the other two */
};
struct participant_filter {
    int64_t organisation_id;
    int64_t adviser_id, nav_contact_id; /* only theirs; 0: all */
    bool others;                        /* ... also in organisations that let this one see their data today; with one of the two only */
    int today;
    int64_t viewer;                     /* account that looks: whom it may not know of is left out (model/relation.h); needs today */
    int stage, track;                   /* stage -1 and track 0: all */
    bool screening;                     /* only those that wait for a decision: listed and recommended; stage is -1, sort SORT_CRITERIA */
    struct str words[2];                /* folded beginnings of words to search for, the longer first; "" for none */
    enum participant_sort sort;
    struct participant_key after;
};
/* One page. At most PARTICIPANT_SCAN rows are looked at, and of a search the first PARTICIPANT_FOUND_MAX, so that it costs the same
 * whatever the size of the table. *next: where the next page begins after, its id 0 when there is none. */
enum err participant_list(struct db *db, struct arena *a, const struct participant_filter *f, struct participant_row **rows, size_t *n,
                          struct participant_key *next) MUST_CHECK;
/* How many, up to PARTICIPANT_COUNT_MAX of an organisation; *exact false: at least so many. */
enum err participant_count(struct db *db, struct arena *a, const struct participant_filter *f, int64_t *n, bool *exact) MUST_CHECK;
/* How many of an adviser's or NAV contact's own stand at each stage, as far as the first PARTICIPANT_SCAN go. */
enum err participant_stages(struct db *db, struct arena *a, const struct participant_filter *f, int64_t of[INTAKE_STAGE_N]) MUST_CHECK;
/* Those after an id, for work over all of them. */
enum err participant_after(struct db *db, struct arena *a, int64_t organisation_id, int64_t after_id, int64_t limit,
                           struct participant_row **rows, size_t *n) MUST_CHECK;
/* Those whose criteria_sort has to be looked at again on this day. */
enum err participant_due(struct db *db, struct arena *a, int64_t organisation_id, int today, int64_t limit,
                         struct participant_row **rows, size_t *n) MUST_CHECK;

struct import_run_row {
    int64_t organisation_id, by_account, at;
    struct str kind;
    int rows, created, updated, unchanged;
};
enum err import_run_insert(struct db *db, const struct import_run_row *r, int64_t *id) MUST_CHECK;
enum err import_run_get(struct db *db, struct arena *a, int64_t id, struct import_run_row *out) MUST_CHECK;

struct import_draft_row {
    int64_t id, organisation_id, account_id, at;
    struct str filename, text, mapping;
};
enum err import_draft_insert(struct db *db, const struct import_draft_row *d, int64_t *id) MUST_CHECK;
/* Only the account's own. */
enum err import_draft_get(struct db *db, struct arena *a, int64_t id, int64_t account_id, struct import_draft_row *out) MUST_CHECK;
enum err import_draft_map(struct db *db, int64_t id, int64_t account_id, struct str mapping) MUST_CHECK;
enum err import_draft_delete(struct db *db, int64_t id, int64_t account_id) MUST_CHECK;
enum err import_draft_sweep(struct db *db, int64_t before) MUST_CHECK;
