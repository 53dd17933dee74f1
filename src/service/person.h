/* person.h: everything that is kept about one person, for the person (GDPR art. 15 and 20), and the file of it. */
#pragma once
#include "base/buf.h"
#include "model/person.h"
#include "service/ctx.h"

enum person_is { PERSON_PARTICIPANT, PERSON_MENTOR, PERSON_ACCOUNT };
struct person_ref {
    enum person_is is;
    int64_t id;
};
struct person {
    struct person_ref ref;
    struct person_facts_row facts;
    struct person_ids ids;
    bool own;           /* the actor's own data */
    bool keeps_account; /* the account is used for something else and is not part of this */
};
/* The actor as a person: participant, mentor, or only an account. */
struct person_ref person_me(const struct ctx *c);
/* Loads one if the actor may do that: ACT_DATA_OWN of oneself, ACT_PERSON_ERASE of others. The installation itself (account 0) may all. */
enum err person_load(struct ctx *c, struct person_ref ref, enum act act, struct person *out) MUST_CHECK;

struct person_rows { /* of one table of the register */
    enum register_id table;
    const struct str **rows; /* cells in the order of the register's columns */
    size_t n;
};
struct person_data {
    struct person who;
    struct person_rows tables[REG_N];
};
enum { PERSON_ROWS_MAX = 20000 }; /* of one table; more is ERR_LIMIT */
/* Everything, in c->a. Names of others in what staff or the pair wrote are told as their role. ACT_DATA_OWN, or the installation itself. */
enum err person_data(struct ctx *c, struct person_ref ref, struct person_data *out) MUST_CHECK;
/* The same for programs: {"format": 1, "tables": {"participant": [{"first_name": "..."}]}}. Times are milliseconds or days since 1970, as the
 * register says. */
void person_json(const struct person_data *d, struct buf *out);

/* data.json, the readable page, and each own document as PDF and text, in one ZIP. `page` is moved from. ERR_LIMIT: more than 256 MB. */
enum { PERSON_FILE_MAX = 256 << 20 };
enum err person_file(struct ctx *c, const struct person_data *d, struct buf *page, struct buf *zip) MUST_CHECK;
enum err person_has_password(struct ctx *c, bool *has) MUST_CHECK;
/* Is it the actor's password? Slow. Always right for an account without one. Guessing in a session left open is slowed like a login. */
struct person_password {
    bool right;
    int64_t wait_ms; /* so long nothing is looked at */
};
enum err person_password(struct ctx *c, struct str password, struct person_password *out) MUST_CHECK;
enum err person_password_note(struct ctx *c, const struct person_password *p) MUST_CHECK; /* counts a failure, forgets them after a right one */
