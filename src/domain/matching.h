/* matching.h: which mentor for which trainee, and why. Proposals only: a person decides.
 *
 * Every pair gets 0 to 1000 points. The professional field comes first: being one step nearer in the field is worth more than
 * everything else together (matching_weights_check refuses weights that break this). Then come occupation and specialisation,
 * experience, seniority and network in the field, place, languages, and the wishes of both. Sex, age and having moved to Norway
 * count only where somebody stated a wish, only as points, and never exclude anybody.
 *
 * The optimum is over the whole group, in this order: as many trainees as possible with a mentor inside the limit of the field,
 * as many as possible with any allowed mentor, then the fewest steps away from the field in sum, then the most other points.
 * Among equally good answers the trainee with the lowest id gets the mentor with the lowest id, and so on upwards, so the same
 * people give the same answer whatever order they come in.
 *
 * Pure. Results live in the arena given; texts in them point into the input or the program. */
#pragma once
#include "base/arena.h"

struct say;

enum matching_seniority { /* as stored in the register of mentors */
    MATCHING_SENIORITY_UNKNOWN,
    MATCHING_NEW,
    MATCHING_EXPERIENCED,
    MATCHING_SENIOR,
    MATCHING_LEADER,
    MATCHING_SENIORITY_N
};
enum matching_sector { MATCHING_SECTOR_UNKNOWN, MATCHING_PUBLIC, MATCHING_PRIVATE, MATCHING_VOLUNTARY, MATCHING_SECTOR_N };
enum matching_age { MATCHING_AGE_ANY, MATCHING_YOUNGER, MATCHING_SAME_AGE, MATCHING_OLDER, MATCHING_AGE_N }; /* than the one who wishes */
enum matching_background { MATCHING_BACKGROUND_UNKNOWN, MATCHING_MOVED_HERE, MATCHING_GREW_UP_HERE, MATCHING_BACKGROUND_N };
struct matching_name {
    const char *code; /* as stored: "public", "older"; "" for 0 */
    const char *name; /* msgid */
};
extern const struct matching_name matching_seniority_names[MATCHING_SENIORITY_N];
extern const struct matching_name matching_sector_names[MATCHING_SECTOR_N];
extern const struct matching_name matching_age_names[MATCHING_AGE_N];
extern const struct matching_name matching_background_names[MATCHING_BACKGROUND_N];
int matching_name_find(const struct matching_name *names, size_t n, struct str code); /* 0 when none fits */

/* What somebody wished for in the other one. Everything 0 is no wish. A person's wishes share that person's weight, so many
 * wishes do not count for more than one. */
struct matching_wishes {
    int sex;                             /* enum sex (domain/levels.h) */
    enum matching_age age;               /* "same" is five years up or down */
    int age_from, age_to;                /* years of age, another way to say it; 0 open */
    uint64_t languages;                  /* any of these (domain/language.h) */
    enum matching_sector sector;         /* of the mentor's work; only a trainee's wish */
    enum matching_background background; /* of the mentor; only a trainee's wish */
    bool same_place;                     /* the same municipality */
};
struct matching_trainee {
    int64_t id;
    int field;                 /* ISCED-F (domain/field.h); 0 unknown */
    int occupation;            /* STYRK-08; 0 unknown */
    struct str specialisation; /* own words */
    int experience_years;      /* in the profession; -1 unknown */
    int municipality;          /* 5001; 0 unknown, or not to be used (protected address): then place does not count or show */
    uint64_t languages;
    int sex;        /* enum sex; looked at only for a mentor's wish */
    int birth_year; /* 0 unknown; looked at only for a wish */
    struct matching_wishes wishes;
};
struct matching_mentor {
    int64_t id;
    int field, occupation;
    struct str specialisation;
    int experience_years; /* in the field; -1 unknown */
    enum matching_seniority seniority;
    int network; /* 0 none or unknown .. 3 */
    enum matching_sector sector;
    int municipality;
    uint64_t languages;
    int sex, birth_year;
    enum matching_background background;
    int capacity; /* trainees the mentor can take now; 0 and less: none. Pins use it too */
    struct matching_wishes wishes;
};

/* A whole country at once is matched by county, as people can meet: a trainee and a mentor of other counties are no pair then. Who has no
 * known place can be a pair with anybody. */
enum matching_reach { MATCHING_ANYWHERE, MATCHING_COUNTY };
/* Most points for each thing. */
struct matching_weights {
    int field[4]; /* by distance 0..3 */
    int occupation, specialisation, experience, seniority, network, place, language, trainee_wishes, mentor_wishes;
    /* Pairs farther apart than this are not proposed: 0..3, usually 2. With 3 a mentor of another field may be proposed, but only
     * where nobody in the field is left, and the pair is marked (`outside`). */
    int max_distance;
    enum matching_reach reach; /* where mentors are looked for */
    int today_year; /* for ages; 0: wishes about an age in years count as unknown */
};
struct matching_weights matching_defaults(void);
/* ERR_INVALID with *why set: none negative, each step of the field worth more than all the rest together, sum at most 1000. */
enum err matching_weights_check(const struct matching_weights *w, struct say *why) MUST_CHECK;

enum matching_code {
    MATCHING_FIELD_SAME,      /* a: field */
    MATCHING_FIELD_WORK,      /* a: the mentor's occupation, which lies in the trainee's field; b: field */
    MATCHING_FIELD_NEAR,      /* a, b: fields of trainee and mentor; distance 1 */
    MATCHING_FIELD_RELATED,   /* a, b; distance 2 */
    MATCHING_FIELD_OTHER,     /* a, b; against; distance 3 */
    MATCHING_FIELD_UNKNOWN,   /* against: one of the two fields is not known */
    MATCHING_OCCUPATION_SAME, /* a: occupation */
    MATCHING_OCCUPATION_NEAR, /* a: the mentor's occupation */
    MATCHING_SPECIALISATION,  /* text: the word they share */
    MATCHING_EXPERIENCE,      /* a: years */
    MATCHING_EXPERIENCE_LESS, /* a: years, b: the trainee's; against */
    MATCHING_SENIORITY,       /* a: enum matching_seniority */
    MATCHING_NETWORK_WIDE,    /* 3 */
    MATCHING_NETWORK_GOOD,    /* 2 */
    MATCHING_NETWORK_SOME,    /* 1 */
    MATCHING_NETWORK_NONE,    /* against */
    MATCHING_PLACE_SAME,
    MATCHING_PLACE_NEAR,  /* the same county */
    MATCHING_PLACE_OTHER, /* against */
    MATCHING_LANGUAGE,    /* a: index in language_all(), other than Norwegian and English */
    MATCHING_LANGUAGE_ENGLISH,
    /* Wishes: a: enum matching_wish, b: its value, who: trainee or mentor. */
    MATCHING_WISH_MET,
    MATCHING_WISH_NOT_MET, /* against */
    MATCHING_WISH_UNKNOWN, /* against: it is not known */
    MATCHING_CODE_N
};
enum matching_wish {
    MATCHING_WISH_SEX,
    MATCHING_WISH_AGE,
    MATCHING_WISH_AGE_SPAN,
    MATCHING_WISH_LANGUAGE, /* b: index of one language */
    MATCHING_WISH_SECTOR,
    MATCHING_WISH_BACKGROUND,
    MATCHING_WISH_PLACE,
    MATCHING_WISH_N
};
struct matching_reason {
    enum matching_code code;
    int points, of; /* got, and the most there was to get */
    int a, b;       /* see enum matching_code */
    bool by_mentor; /* whose wish */
    struct str text;
};
bool matching_against(enum matching_code code); /* speaks against the pair */
/* The reason in words: «Samme fag: {1}», «{1} års erfaring i faget», «Ønske om kvinnelig mentor er oppfylt». For the leader: it
 * may tell one side's wish. */
struct say matching_say(const struct matching_reason *r);
/* Stored form "field_same:760/760:0916;experience:25/25:14", and back; reading skips what it does not know. */
struct str matching_reasons_write(struct arena *a, const struct matching_reason *r, size_t n);
size_t matching_reasons_read(struct arena *a, struct str stored, struct matching_reason **out);

enum { MATCHING_REASONS_MAX = 24, MATCHING_ALTERNATIVES = 3, MATCHING_PEOPLE_MAX = 20000, MATCHING_PAIRS_MAX = 8 << 20 };
/* `a` is working memory in the two below. */
int matching_distance(const struct matching_trainee *t, const struct matching_mentor *m); /* 0..3, see field_distance */
int matching_score(struct arena *a, const struct matching_trainee *t, const struct matching_mentor *m, const struct matching_weights *w);
/* The same with its reasons, field first, then as above; their points sum up to the score. r has room for MATCHING_REASONS_MAX. */
int matching_explain(struct arena *a, const struct matching_trainee *t, const struct matching_mentor *m, const struct matching_weights *w,
                     struct matching_reason *r, size_t *n);

struct matching_couple { /* a pin ("these two") or a forbid ("never these two") */
    int64_t trainee_id, mentor_id;
};
struct matching_pair {
    size_t trainee, mentor; /* places in the input */
    int points, distance;
    bool pinned;
    bool outside; /* nothing in common in the field: only because there was nobody better, or pinned */
    bool taken;   /* in an alternative: the mentor's places go to others in this proposal */
    const struct matching_reason *reasons;
    size_t n_reasons;
};
enum matching_lack {
    MATCHING_LACK_FIELD,    /* the register has nobody within the limit of the field */
    MATCHING_LACK_CAPACITY, /* there are some, but their places went to others or they have none */
    MATCHING_LACK_ALLOWED,  /* there are some with places left, but all are forbidden for this trainee */
    MATCHING_LACK_UNKNOWN,  /* the trainee's own field is not known: find that out first */
    MATCHING_LACK_N
};
struct matching_missing { /* what to recruit for a trainee without a mentor */
    enum matching_lack lack;
    int field, occupation; /* wanted */
    enum matching_seniority seniority; /* at least */
    enum matching_sector sector;       /* wished, or unknown: any */
    int municipality;                  /* wanted place, 0 any */
    int in_field;                      /* mentors in the register within the limit, with or without places */
};
/* Sentences for it: why there is no mentor, and whom to look for. */
struct say matching_lack_say(const struct matching_missing *m);
struct say matching_recruit_say(const struct matching_missing *m);

struct matching_proposal {
    struct matching_pair *pairs; /* one for each trainee with a mentor, by trainee id */
    size_t n_pairs;
    size_t *unmatched; /* places in the input, by id */
    struct matching_missing *missing; /* one for each of them */
    size_t n_unmatched;
    /* For the trainee at place i in the input: up to three other mentors, best first. */
    struct matching_pair (*alternatives)[MATCHING_ALTERNATIVES];
    unsigned char *n_alternatives;
    int64_t field_steps, points; /* sums over the pairs */
};
struct matching_task {
    const struct matching_trainee *trainees;
    const struct matching_mentor *mentors;
    size_t n_trainees, n_mentors;
    const struct matching_couple *pins, *forbids;
    size_t n_pins, n_forbids;
    struct matching_weights weights;
};
/* ERR_INVALID: weights or ids wrong (two with the same id, a pin of somebody who is not there; a forbid of such is ignored).
 * ERR_CONFLICT: pins contradict each other, a forbid or the mentor's capacity; *bad (may be NULL) says which.
 * ERR_LIMIT: more than MATCHING_PEOPLE_MAX on one side, or more than MATCHING_PAIRS_MAX possible pairs: look by county. Needs about 100 bytes for
 * each possible pair, so never more than 1 GB. */
enum err matching_propose(struct arena *a, const struct matching_task *task, struct matching_proposal *out,
                          struct matching_couple *bad) MUST_CHECK;
