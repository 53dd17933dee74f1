/* criteria.h: the intake criteria as rules that one can set (handbook, "Målgruppe og inntakskriterier", "Screening").
 *
 * Nothing here rejects anybody. Each criterion is met, not met or unknown, with the reason in words; together they make an
 * overview and a sorting order. A person decides. Recognition of the education is an element in a whole and never a must, and so are
 * the months in the introduction programme: the settings refuse to make them one. */
#pragma once
#include "domain/levels.h"

enum criterion {
    CRITERION_REFUGEE,     /* refugee who brings higher education */
    CRITERION_PROGRAMME,   /* in the introduction programme, or out of it and at most `threshold` years in Norway */
    CRITERION_ONE_YEAR,    /* about `threshold` months from field-relevant work, and wants it */
    CRITERION_NORWEGIAN,   /* communicates well: at least `threshold` (enum cefr) orally, or judged by a person */
    CRITERION_EDUCATION,   /* at least `threshold` (enum education_level) */
    CRITERION_RECOGNITION, /* the education is recognised */
    CRITERION_MOTIVATED,
    CRITERION_MONTHS,      /* at least `threshold` months in the introduction programme */
    CRITERION_N
};
enum criterion_state { CRITERION_UNKNOWN, CRITERION_NOT_MET, CRITERION_MET };
enum criterion_weight { WEIGHT_OFF, WEIGHT_GUIDELINE, WEIGHT_PREFERRED, WEIGHT_MUST, WEIGHT_N };

/* What a person has judged by hand goes before what dates and levels say, and some criteria nobody else can judge. The leader's word
 * goes before the adviser's. Numbered as the database keeps them. */
enum verdict { VERDICT_NONE, VERDICT_MET, VERDICT_NOT_MET, VERDICT_UNKNOWN, VERDICT_N };
struct criteria_hand {
    enum verdict adviser, leader;
};

struct criteria_facts {
    int settled_on, programme_start_on, programme_end_on; /* 0: not known */
    int track;                                            /* 1-3, 0: not known */
    enum education_level level;
    enum recognition recognition;
    enum cefr oral, written;
    struct criteria_hand hand[CRITERION_N];
    int today;
};
struct criterion_setting {
    enum criterion_weight weight;
    int threshold; /* see enum criterion; 0 where it has none */
};
struct criteria_settings {
    struct criterion_setting of[CRITERION_N];
};
struct criterion_result {
    enum criterion criterion;
    enum criterion_state state;
    enum criterion_weight weight;
    struct say reason;
};
struct criteria_overview {
    struct criterion_result results[CRITERION_N]; /* those that are not off, in the order above */
    size_t n;
    int must, must_met, must_unknown;
    int wish, wish_met; /* preferred and guidelines */
    int sort_key;       /* higher first: fewer musts not met, then fewer unknown, then more wishes met */
};

struct criteria_settings criteria_defaults(void);
/* OK, or ERR_INVALID with which one and why. */
enum err criteria_check(const struct criteria_settings *s, enum criterion *bad, struct say *why) MUST_CHECK;
struct criteria_overview criteria_look(const struct criteria_settings *s, const struct criteria_facts *f);
/* The first day after today on which time alone may change what criteria_look() says; 0 when there is none. */
int criteria_next_on(const struct criteria_settings *s, const struct criteria_facts *f);
struct say criteria_summary(const struct criteria_overview *o); /* «5 av 6 krav er oppfylt. 1 er ukjent.» */

struct criterion_name {
    const char *code;  /* stored */
    const char *name;  /* msgid: short, for a column */
    const char *about; /* msgid: what it means, for the settings page */
    const char *ask;   /* msgid: the question to the person who judges it by hand */
    const char *threshold_label; /* msgid, or NULL when there is no threshold */
    int threshold_min, threshold_max;
};
extern const struct criterion_name criterion_names[CRITERION_N];
extern const struct level_name criterion_state_names[3];
extern const struct level_name criterion_weight_names[WEIGHT_N];
extern const struct level_name verdict_names[VERDICT_N];
