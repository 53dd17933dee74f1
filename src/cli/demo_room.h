/* demo_room.h: what the files of the demo share: who acts, when, and the shape of the tables of people.
 *
 * Everything goes through the services, done by who would have done it, at the time it would have been done, so that the records,
 * events and mails are those of real work. */
#pragma once
#include "cli/demo.h"
#include "domain/criteria.h"
#include "domain/intake.h"
#include "domain/match.h"
#include "domain/outcome.h"
#include "service/ctx.h"

enum { DEMO_ADVISERS = 3, DEMO_NAVS = 2, DEMO_COHORTS = 6, DEMO_MENTORS_MAX = 40 };
enum demo_cohort { COHORT_NONE, COHORT_ONE, COHORT_TWO, COHORT_THREE, COHORT_NEXT, COHORT_LATER }; /* places in demo.cohort */

struct demo {
    struct arena *a;
    struct db *db;
    int64_t now;
    int today;
    struct str base_url;
    int64_t org;
    struct str password[ROLE_N], hash[ROLE_N];
    struct actor admin, leader, adviser[DEMO_ADVISERS], nav[DEMO_NAVS];
    struct actor mentor[DEMO_MENTORS_MAX]; /* by place in demo_mentors; account_id 0: cannot log in */
    size_t n_mentors;
    int64_t cohort[DEMO_COHORTS];
    int cohort_on[DEMO_COHORTS];
    int serial; /* of the next participant */
    const char *failed; /* the innermost step that went wrong */
};
/* TRY that remembers where. */
#define DO(expr)                                                                                   \
    do {                                                                                           \
        enum err do_e = (expr);                                                                    \
        if (do_e) {                                                                                \
            if (!d->failed)                                                                        \
                d->failed = #expr;                                                                 \
            return do_e;                                                                           \
        }                                                                                          \
    } while (0)

/* The actor at work on that day (a weekday: Saturday and Sunday become Friday), never later than now. */
struct ctx demo_as(struct demo *d, const struct actor *who, int on, int hour, int minute);
int demo_workday(int on);
/* "amal.darwish@fjordby.example" */
struct str demo_email(struct demo *d, const char *first, const char *last);
/* An account in a role, with the role's password. */
enum err demo_account(struct demo *d, enum role role, const char *first, const char *last, const char *lang, int on, struct actor *out) MUST_CHECK;

/* ---- a person of the list */
struct demo_person {
    const char *first, *last;
    enum sex sex;
    int born;
    const char *lang, *languages;
    int settled, started, ended; /* months ago; ended negative: planned so many months from now; -99: not known */
    int track;
    enum education_level level;
    const char *field, *field_text, *occupation, *country;
    enum recognition recognition;
    enum cefr oral, written;
    int experience; /* years, -1 not known */
    int adviser, nav; /* from 1; 0: none */
    enum address_block protection;
    enum intake_stage stage, from; /* where the person is; for waiting, another way and so on: where before */
    int ago;                       /* days since */
    int verdict[2];                /* wants field-relevant work within a year; motivated (enum verdict) */
    const char *note;              /* about the last */
    const char *recommendation;
    const char *reason;            /* of the last decision */
    const char *gap[2];            /* requirement, what is missing */
};
/* An application with what followed from it. */
struct demo_story {
    const char *answer[14];   /* by question number; NULL: not answered */
    const char *question[2];  /* prepared for the interview */
    const char *said[2];      /* and what was answered */
    int score[3];
    const char *score_note[3];
    const char *summary, *feedback, *offer_reason, *accept_note;
};
enum err demo_add(struct demo *d, const struct demo_person *p, int listed_on, int64_t *id) MUST_CHECK;
/* Brings a person from the list to p->stage, so that it was reached p->ago days ago. `trainee` (may be NULL) is who can log in, when the
 * person has come so far. */
enum err demo_intake(struct demo *d, const struct demo_person *p, const struct demo_story *s, enum demo_cohort cohort, struct actor *trainee) MUST_CHECK;

/* ---- a mentor of the register */
struct demo_mentor {
    const char *first, *last;
    enum sex sex;
    int born;
    const char *languages, *field, *specialisation, *occupation, *job_title, *employer, *sector;
    int years, seniority, network, capacity;
    const char *motivation, *wish_sex, *wish_text;
    bool login; /* can log in */
    int paused; /* days from now, 0 not */
};
extern const struct demo_mentor demo_mentors[];
extern const size_t demo_mentors_n;
enum err demo_mentors_add(struct demo *d) MUST_CHECK;

/* ---- a trainee */
struct demo_job {
    enum outcome_kind kind;
    int offered, from; /* days after the first meeting */
    const char *employer, *occupation, *title;
    int percent, practice;
    enum permanence permanent;
    enum outcome_subsidy subsidy;
    enum outcome_found found;
    const char *note;
};
struct demo_trainee {
    struct demo_person p;
    struct demo_story s;
    enum demo_cohort cohort;
    size_t mentor; /* place in demo_mentors */
    enum match_status match; /* how far; MATCH_STATUS_N: no match yet */
    int match_ago; /* days since that, for those still on the way */
    const char *wish_sex, *wish_text, *goals, *expectations, *motivation;
    const char *comment[2]; /* trainee and mentor, in confidence */
    int first; /* days from the cohort's start to the first meeting */
    int held, gap; /* meetings held, and days between them */
    const char *own[12]; /* what the trainee takes along, meeting by meeting; NULL: a common sentence */
    bool no_minutes; /* of the last one */
    int next; /* days from now to a planned meeting, 0 none */
    int next_theme;
    const char *open_task; /* of the trainee */
    int open_due; /* days from now, negative: overdue */
    const char *leader_task; /* the leader's own, about this trainee */
    int leader_due;
    bool midway, final;
    const char *midway_text[2], *final_text[2], *contact_after;
    int leave_from, leave_until; /* parental: days after the first meeting; days from now */
    struct { const char *business; int from, days, percent; } internship;
    struct demo_job job;
    bool completed;
    int skill[3]; /* self-assessment at start, midway, end: about this; 0 not filled in */
};
enum err demo_trainee(struct demo *d, const struct demo_trainee *t) MUST_CHECK;
/* Match, agreement, meetings, outcome of somebody admitted. */
enum err demo_pair(struct demo *d, const struct demo_trainee *t, const struct actor *who) MUST_CHECK;
enum err demo_outcome(struct demo *d, const struct demo_trainee *t, int64_t trainee_id, int first_on) MUST_CHECK;

/* What the printed trainee has written: after the pairs. */
enum err demo_documents(struct demo *d) MUST_CHECK;

struct demo_candidate {
    struct demo_person p;
    struct demo_story s;
};
extern const struct demo_candidate demo_candidates[]; /* on their way */
extern const size_t demo_candidates_n;
extern const struct demo_person demo_listed[];
extern const size_t demo_listed_n;

/* What was talked about in a meeting of this theme: common words, with the person's field put in. */
struct demo_minutes {
    const char *talked, *learned, *next, *task;
};
extern const struct demo_minutes demo_minutes_of[12][3];
