/* agreement.h: tables agreement_template, agreement and agreement_signature. */
#pragma once
#include "db/db.h"

struct agreement_template_row {
    int64_t id, organisation_id, by_account, at;
    struct str lang, text;
};
enum err agreement_template_insert(struct db *db, const struct agreement_template_row *t) MUST_CHECK;
/* The newest; ERR_NOT_FOUND when the organisation has none of its own. */
enum err agreement_template_newest(struct db *db, struct arena *a, int64_t organisation_id, struct str lang,
                                   struct agreement_template_row *out) MUST_CHECK;

struct agreement_row {
    int64_t id, match_id, created_at, updated_at, version;
    struct str text, text_hash;
};
enum err agreement_insert(struct db *db, const struct agreement_row *g, int64_t *id) MUST_CHECK;
enum err agreement_get(struct db *db, struct arena *a, int64_t id, struct agreement_row *out) MUST_CHECK;
enum err agreement_of_match(struct db *db, struct arena *a, int64_t match_id, struct agreement_row *out) MUST_CHECK;
/* The id of a participant's newest. */
enum err agreement_newest_of_participant(struct db *db, struct arena *a, int64_t participant_id, int64_t *id) MUST_CHECK;
/* text, text_hash, updated_at. ERR_CONFLICT when version is not g->version. */
enum err agreement_update(struct db *db, const struct agreement_row *g) MUST_CHECK;

struct signature_row {
    int64_t id, agreement_id, account_id, at, void_at;
    int side; /* 1 trainee, 2 mentor */
    struct str name, text_hash;
};
enum err signature_insert(struct db *db, const struct signature_row *s) MUST_CHECK;
/* Those that stand, oldest first. */
enum err signature_of_agreement(struct db *db, struct arena *a, int64_t agreement_id, struct signature_row **rows, size_t *n) MUST_CHECK;
enum err signature_void(struct db *db, int64_t agreement_id, int64_t now) MUST_CHECK;
