/* handbook.h: the handbook's chapter "Resultat" entered person by person through the program's own services, with invented names.
 *
 * Three cohorts of five, eleven women and four men. Of the ten in the first two, seven completed on time; five of those were offered
 * field-relevant work, the other two and the one who stopped found that they need education first; two went on parental leave. The third is
 * halfway, two of its five have field-relevant work. Seven jobs: three full positions without subsidy, three with wage subsidy, one half
 * position with half practice. All four with an internship got field-relevant work. */
#pragma once
#include "model/cohort.h"
#include "model/match.h"
#include "model/mentor.h"
#include "model/mentorship.h"
#include "model/participant.h"
#include "page_test.h"
#include "service/evaluation.h"
#include "service/mentoring.h"
#include "service/outcome.h"

enum { HANDBOOK_TRAINEES = 15, HANDBOOK_COHORTS = 3 };
enum handbook_end { RUNS, DONE, AWAY, STOPPED };
struct handbook {
    int64_t cohort[HANDBOOK_COHORTS + 1], trainee[HANDBOOK_TRAINEES], participant[HANDBOOK_TRAINEES];
    int today;
};
static const struct handbook_person {
    int cohort;
    const char *first, *last, *sex, *field;
    enum handbook_end end;
    enum job_class job; /* field-relevant; JOB_NONE: none */
    int days;           /* from admission to the offer */
    bool internship, education;
} handbook_people[HANDBOOK_TRAINEES] = {
    {1, "Amal", "Haddad", "female", "0916", DONE, JOB_FULL, 300, true, false},
    {1, "Selam", "Tesfaye", "female", "0916", DONE, JOB_FULL_SUBSIDY, 330, false, false},
    {1, "Reza", "Ahmadi", "male", "0613", DONE, JOB_FULL, 360, false, false},
    {1, "Olena", "Kovalenko", "female", "0731", DONE, JOB_NONE, 0, false, true},
    {1, "Hodan", "Warsame", "female", "0311", AWAY, JOB_NONE, 0, false, false},
    {2, "Nour", "Saleh", "female", "0916", DONE, JOB_FULL_SUBSIDY, 280, true, false},
    {2, "Mariam", "Yusuf", "female", "0311", DONE, JOB_PART_PRACTICE, 350, false, false},
    {2, "Dawit", "Gebre", "male", "0613", DONE, JOB_NONE, 0, false, true},
    {2, "Layla", "Karimi", "female", "0731", AWAY, JOB_NONE, 0, false, false},
    {2, "Iryna", "Bondar", "female", "0916", STOPPED, JOB_NONE, 0, false, true},
    {3, "Rania", "Khalil", "female", "0311", RUNS, JOB_FULL, 150, true, false},
    {3, "Yonas", "Haile", "male", "0613", RUNS, JOB_FULL_SUBSIDY, 170, true, false},
    {3, "Farida", "Noori", "female", "0916", RUNS, JOB_NONE, 0, false, false},
    {3, "Kateryna", "Melnyk", "female", "0731", RUNS, JOB_NONE, 0, false, false},
    {3, "Samir", "Nasser", "male", "0613", RUNS, JOB_NONE, 0, false, false},
};

/* The project leader's context on a day. */
static inline struct ctx handbook_ctx(struct pt *t, struct actor *actor, int on)
{
    *actor = (struct actor){.account_id = t->who[ROLE_PROJECT_LEADER].account_id, .organisation_id = t->organisation_id,
                            .role = ROLE_PROJECT_LEADER};
    return (struct ctx){.a = t->a, .db = t->db, .actor = actor, .now = tm_at(on, 12, 0), .today = on, .lang = LANG_NB};
}

static inline void handbook_pair(struct pt *t, struct handbook *h, int i, int start)
{
    const struct handbook_person *p = &handbook_people[i];
    int64_t mentor, match, mentorship;
    struct mentor_row m = {.organisation_id = t->organisation_id, .first_name = STR("Ingrid"), .last_name = str_c(p->last),
                           .lang = STR("nb"), .field = str_c(p->field), .capacity = 1, .created_at = tm_at(start, 9, 0)};
    PT_MUST(mentor_insert(t->db, &m, &mentor));
    struct match_row x = {.organisation_id = t->organisation_id, .trainee_id = h->trainee[i], .mentor_id = mentor, .points = 80,
                          .reasons = STR(""), .status = MATCH_RUNNING, .at = tm_at(start, 9, 0)};
    PT_MUST(match_insert(t->db, &x, &match));
    struct mentorship_row s = {.organisation_id = t->organisation_id, .match_id = match, .trainee_id = h->trainee[i], .mentor_id = mentor,
                               .started_at = tm_at(start, 9, 0)};
    PT_MUST(mentorship_insert(t->db, &s, &mentorship));
    PT_MUST(mentorship_get(t->db, t->a, mentorship, &s));
    s.first_meeting_on = start;
    PT_MUST(mentorship_update(t->db, &s));
}

static inline void handbook_finish(struct pt *t, struct handbook *h, int i, int start)
{
    struct actor actor;
    struct say why = {0};
    struct trainee_row row;
    int end = tm_add_months(start, 12) - 3;
    PT_MUST(trainee_get(t->db, t->a, h->trainee[i], &row));
    struct ctx c = handbook_ctx(t, &actor, end);
    if (handbook_people[i].end == DONE)
        PT_MUST(mentoring_complete(&c, row.id, row.version, end, STR(""), &why));
    if (handbook_people[i].end == STOPPED)
        PT_MUST(mentoring_end(&c, row.id, row.version, end, STR("Vil ta utdanning først."), true, &why));
    if (handbook_people[i].end == AWAY) {
        c = handbook_ctx(t, &actor, start + 200);
        struct leave_row l = {.kind = LEAVE_PARENTAL, .from_on = start + 200, .until_on = h->today + 60};
        PT_MUST(leave_add(&c, row.id, &l, &why));
    }
}

static inline void handbook_outcomes(struct pt *t, struct handbook *h, int i, int admitted)
{
    const struct handbook_person *p = &handbook_people[i];
    struct actor actor;
    struct outcome_fault fault = {0};
    struct ctx c = handbook_ctx(t, &actor, h->today);
    if (p->job) {
        struct outcome_row o = {.kind = OUTCOME_JOB, .offered_on = admitted + p->days, .from_on = admitted + p->days + 14,
                                .employer = STR("Nordby sykehus"), .job_title = STR("Fagkonsulent"), .percent = 100, .permanent = PERMANENT,
                                .field_relevant = RELEVANT_YES, .found_by = FOUND_MENTOR};
        if (p->job == JOB_FULL_SUBSIDY)
            o.subsidy = SUBSIDY_WAGE;
        if (p->job == JOB_PART_PRACTICE)
            o.percent = o.practice_percent = 50;
        PT_MUST(outcome_save(&c, h->trainee[i], &o, &fault));
    }
    if (p->education) {
        struct outcome_row o = {.kind = OUTCOME_EDUCATION, .from_on = h->today - 20, .job_title = STR("Kompletterende utdanning")};
        PT_MUST(outcome_save(&c, h->trainee[i], &o, &fault));
    }
    if (p->internship) {
        struct internship_row n = {.business = STR("Nordby apotek"), .from_on = admitted + 90, .until_on = admitted + 140, .percent = 100,
                                   .field_relevant = RELEVANT_YES};
        PT_MUST(internship_save(&c, h->trainee[i], &n, &fault));
    }
}

/* The clock of `t` is set to the day the chapter was written: some weeks after the second cohort's end, with the third halfway. */
static inline struct handbook handbook_enter(struct pt *t)
{
    struct handbook h = {.today = tm_on(2020, 9, 1)};
    const int starts[] = {0, tm_on(2018, 10, 1), tm_on(2019, 7, 1), tm_on(2020, 3, 1)};
    const char *const names[] = {"", "1. pulje", "2. pulje", "3. pulje"};
    pt_clock(t, tm_at(h.today, 12, 0));
    for (int k = 1; k <= HANDBOOK_COHORTS; k++) {
        struct cohort_row c = {.organisation_id = t->organisation_id, .name = str_c(names[k]), .start_on = starts[k], .seats = 5,
                               .created_at = tm_at(starts[k], 9, 0)};
        PT_MUST(cohort_insert(t->db, &c, &h.cohort[k]));
    }
    for (int i = 0; i < HANDBOOK_TRAINEES; i++) {
        const struct handbook_person *p = &handbook_people[i];
        int start = starts[p->cohort];
        struct participant_row person = {.organisation_id = t->organisation_id, .reference = arena_fmt(t->a, "H-%02d", i + 1),
                                         .first_name = str_c(p->first), .last_name = str_c(p->last), .sex = str_c(p->sex), .lang = STR("nb"),
                                         .field = str_c(p->field), .track = 3, .stage = INTAKE_ADMITTED, .experience_years = 5,
                                         .adviser_id = t->who[ROLE_ADVISER].account_id, .nav_contact_id = t->who[ROLE_NAV_CONTACT].account_id,
                                         .created_at = tm_at(start - 60, 9, 0)};
        PT_MUST(participant_insert(t->db, t->a, &person, &h.participant[i]));
        struct trainee_row row = {.organisation_id = t->organisation_id, .participant_id = h.participant[i], .cohort_id = h.cohort[p->cohort],
                                  .admitted_at = tm_at(start, 9, 0)};
        PT_MUST(trainee_insert(t->db, &row, &h.trainee[i]));
        handbook_pair(t, &h, i, start);
        handbook_finish(t, &h, i, start);
        handbook_outcomes(t, &h, i, start);
    }
    return h;
}
