/* results.h: what the programme achieved, from the records (handbook, "Resultat"; product L3, L4, section 4).
 *
 * The trap to avoid is a share without its denominator: "70 %" of whom? So every share stands beside its numerator and each
 * denominator: of all admitted, of those whose time is over, and of those who completed on time.
 *
 * Outsiders see no count from 1 to 4, none that can be worked out from the others (a part and its rest, a total and its parts), and
 * no group of fewer than five persons. */
#pragma once
#include "base/buf.h"
#include "domain/outcome.h"

enum { RESULTS_SMALL = 5 };
struct result_trainee {
    int64_t cohort;          /* id */
    struct str cohort_name;
    enum sex sex;
    struct str field;        /* the name to group by; "" not known */
    int admitted_on;
    int due_on;              /* planned end as if there were no leave; 0: not known. See of_due */
    int completed_on;        /* 0: not completed */
    bool on_time;            /* progress_on_time */
    bool on_leave;           /* now */
    bool ended;              /* ended early */
    bool internship;         /* has or had one */
    enum job_class job;      /* the best field-relevant job; JOB_NONE: none */
    int job_on;              /* when it was offered */
    bool education;          /* went on to education */
};
struct result_count {
    int n;
    bool hidden;
};
struct result_share {
    const char *code;         /* "completed_on_time" */
    const char *name;         /* msgid */
    struct result_count numerator;
    struct result_count of_admitted;                     /* denominator of `numerator` */
    struct result_count part_of_due, of_due;             /* whose time is over by the first plan (leave not counted), or who finished */
    struct result_count part_of_completed, of_completed; /* who completed on time */
};
enum { RESULT_COMPLETED, RESULT_RELEVANT_JOB, RESULT_SELF_SUPPORTED, RESULT_INTERNSHIP, RESULT_LEAVE, RESULT_EDUCATION, RESULT_SHARES };
struct result_group {
    struct str name;      /* a person's own words (cohort, field), or "" when msgid is set */
    const char *msgid;    /* a fixed name (sex), or NULL */
    int64_t id;           /* the cohort's id or the sex */
    struct result_count admitted, women, men;
    struct result_count completed_on_time, completed;
    struct result_count offers_among_completed; /* field-relevant jobs among those who completed on time */
    struct result_count on_leave, ended, education;
    struct result_count jobs[JOB_CLASS_N];      /* field-relevant, by class; [JOB_NONE] is all of them together */
    struct result_count internships, internship_jobs;
    struct result_share shares[RESULT_SHARES];
    int median_days_to_job; /* from admission to the offer; -1: none, or hidden */
};
struct results {
    int today;
    bool outsider;
    struct result_group all;
    struct result_group *cohorts, *fields, *sexes;
    size_t cohorts_n, fields_n, sexes_n;
};
/* Groups come in the order of cohort id, of field name (by bytes), of enum sex. Names are not copied: they live as long as `t`. */
struct results results_of(struct arena *a, const struct result_trainee *t, size_t n, int today, bool outsider);
/* The object that `report results --json` prints; a hidden count is null. */
void results_json(struct buf *out, const struct results *r);
/* -1 when the denominator is 0 or anything is hidden, else per ten thousand. */
int results_share(struct result_count numerator, struct result_count denominator);
