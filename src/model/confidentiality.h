/* confidentiality.h: table confidentiality: who has signed which text, when, and in which language it was read. */
#pragma once
#include "db/db.h"
#include "domain/confidentiality.h"

#define CONFIDENTIALITY_SQL_(n) #n
#define CONFIDENTIALITY_SQL__(n) CONFIDENTIALITY_SQL_(n)
/* SQL: when the account signed the text of now; 0: has not. */
#define CONFIDENTIALITY_SIGNED_AT(account)                                                         \
    "COALESCE((SELECT MAX(k.at) FROM confidentiality k WHERE k.account_id = " account              \
    " AND k.text_version >= " CONFIDENTIALITY_SQL__(CONFIDENTIALITY_VERSION) "), 0)"

struct confidentiality_row {
    int64_t account_id, at;
    int text_version;
    struct str lang;
};
enum err confidentiality_insert(struct db *db, const struct confidentiality_row *r) MUST_CHECK;
/* The last one signed; ERR_NOT_FOUND: none. */
enum err confidentiality_last(struct db *db, struct arena *a, int64_t account_id, struct confidentiality_row *out) MUST_CHECK;
