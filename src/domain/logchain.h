/* logchain.h: what a line of the log is, and the chain that shows when one was changed, taken out, added or moved. Pure.
 *
 * hash of a line = BLAKE2b-256(hash of the line before ‖ the line), as 64 hex digits; before the first line stand 64 zeros. The line is
 * its fields in the order of struct log_line, each as four bytes length (big end first) and its bytes; numbers in decimal. Who can write
 * the database can make a whole new chain: against that the newest hash is kept outside (`springbrett log head`). */
#pragma once
#include "base/buf.h"

enum { LOG_HASH_CHARS = 64 };

/* What was done. Stored as these words. */
#define LOG_LOOK "look"       /* saw a kind of data */
#define LOG_CHANGE "change"   /* an event: what = its kind, event_id = its row */
#define LOG_REFUSED "refused" /* asked for what the actor may not, or what is not there: both look alike */
#define LOG_MANY "many"       /* outcome of a refusal: it stands for all that came in its minute (service/log.h) */
#define LOG_LOGIN "login"     /* what = how; outcome: "" came in, "failed", "ended" */
#define LOG_EXPORT "export"
#define LOG_ERASE "erase"     /* from here on the events of this person may be gone or without reason */
#define LOG_STOP "stop"       /* saw too many on one day */

struct log_line {
    int64_t organisation_id, seq, at, account_id, from_organisation_id;
    struct str role;
    int64_t participant_id;
    struct str act, what;
    int64_t subject_id;
    struct str outcome;
    int64_t event_id;
    struct str reason_hash, request;
    struct str hash; /* not a part of the bytes */
};

struct logchain { /* one chain, so far; zero it but for organisation_id, then logchain_free */
    int64_t organisation_id, seq;
    char hash[LOG_HASH_CHARS + 1];
    struct buf scratch;
};
void logchain_start(struct logchain *c, int64_t organisation_id);
/* As logchain_start, behind a line that is gone. False: `hash` is none. seq 0: from the first line on. */
bool logchain_start_after(struct logchain *c, int64_t organisation_id, int64_t seq, struct str hash) MUST_CHECK;
void logchain_free(struct logchain *c);
static inline struct str logchain_head(const struct logchain *c) /* the hash so far; of c */
{
    return (struct str){c->hash, LOG_HASH_CHARS};
}

/* The bytes of a line as they are hashed. */
void logchain_bytes(struct buf *out, const struct log_line *l);
/* Appends: gives the line its place (organisation, seq) and hash (64 digits into `hash`, l->hash points there). */
enum err logchain_append(struct logchain *c, struct log_line *l, char hash[LOG_HASH_CHARS + 1]) MUST_CHECK;

enum logchain_fault {
    CHAIN_OK,
    CHAIN_MISSING, /* the line that should come here is not there */
    CHAIN_CHANGED, /* this line is not the one that was written, or what stood before it is not */
    CHAIN_FAILED,  /* no memory */
};
/* Does l come next? After a fault the chain stands where it was. */
enum logchain_fault logchain_next(struct logchain *c, const struct log_line *l);
/* "" for no reason: commitment to the words, which only who has the salt can check. */
enum err logchain_reason(struct str salt, struct str reason, char out[LOG_HASH_CHARS + 1]) MUST_CHECK;
