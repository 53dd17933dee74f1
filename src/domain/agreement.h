/* agreement.h: the mentoring agreement (handbook, "Matchingmøte"; product F3): made from a template, signed by both in the system,
 * never on the day of the matching meeting, for twelve months from the first mentoring meeting. */
#pragma once
#include "domain/leave.h"

enum { AGREEMENT_MONTHS = 12, AGREEMENT_TEXT_MAX = 64 * 1024, AGREEMENT_HASH_CHARS = 64 };
enum agreement_party { PARTY_TRAINEE, PARTY_MENTOR, PARTY_N }; /* agreement_signature.side is one more */
struct agreement_signature {
    int64_t at;      /* 0: not signed */
    struct str hash; /* of the text that was signed */
};
struct agreement_facts {
    int64_t matching_held_at; /* 0: the matching meeting has not been held */
    bool yes[PARTY_N];        /* asked separately after the pause, and said yes */
    bool ended;               /* the match is over */
    struct str hash;          /* of the text as it now stands */
    struct agreement_signature signatures[PARTY_N];
    int64_t now;
};
/* May `who` sign the text with shown_hash now? OK, or ERR_STATE (ERR_CONFLICT when the text is another than the one shown) and *why
 * in words that fit behind the button. */
enum err agreement_may_sign(const struct agreement_facts *f, enum agreement_party who, struct str shown_hash, struct say *why) MUST_CHECK;
/* A signature stands only for the very text that was signed; changing the text voids it. */
bool agreement_signed(const struct agreement_facts *f, enum agreement_party who);
bool agreement_complete(const struct agreement_facts *f);
/* The first date on which it may be signed: the day after the matching meeting (Oslo); 0 when that has not been held. */
int agreement_earliest_on(int64_t matching_held_at);

struct agreement_period {
    int from_on, planned_end_on; /* 0 until the first mentoring meeting is held */
    int end_on;                  /* planned end moved by leave */
    int leave_days;
};
struct agreement_period agreement_period(int first_meeting_on, int months, const struct leave *l, size_t n, int today);

/* Templates. {trainee} and so on are put in; every placeholder known is listed in agreement_placeholders. */
struct agreement_placeholder {
    const char *name;  /* "trainee" */
    const char *about; /* msgid: for who edits the template */
};
extern const struct agreement_placeholder agreement_placeholders[];
extern const size_t agreement_placeholders_n;
struct agreement_value {
    const char *name;
    struct str value; /* put in as it is: braces in it are not read again */
};
/* OK; ERR_INVALID with *bad the placeholder that is unknown (or the text from a brace that is not closed); ERR_LIMIT over
 * AGREEMENT_TEXT_MAX. A placeholder with no value given becomes a line to fill in: "__________". */
enum err agreement_text(struct arena *a, struct str template, const struct agreement_value *v, size_t n, struct str *out, struct str *bad) MUST_CHECK;
enum err agreement_template_check(struct str template, struct str *bad) MUST_CHECK;

struct agreement_section {
    const char *heading;       /* msgid */
    const char *paragraphs[8]; /* msgids, NULL after the last */
};
extern const struct agreement_section agreement_default[];
extern const size_t agreement_default_n;
