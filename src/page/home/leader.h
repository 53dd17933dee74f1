/* leader.h: the project leader's start page: what is put where. */
#pragma once
#include "page/home/home.h"
#include "page/parts/parts.h"
#include "service/overview.h"

enum { LEADER_LINES = 8, LEADER_COHORTS = 6, LEADER_MEMBERS = 30, LEADER_DAYS = 12 };
struct leader_line { /* one thing that waits for the leader */
    enum severity severity;
    int since_on;
    const char *icon;
    struct str title, text;
    struct url href;
    const char *action; /* translated */
};
struct leader_day { /* one thing in the calendar */
    int64_t at; /* for sorting */
    int on;
    struct str title, text;
};
struct leader_cohort {
    const struct cohort_card *card;
    struct cohort_member *members;
    size_t n_members;
};
struct leader_view {
    const struct overview *o;
    struct leader_line *lines; /* the most pressing first */
    size_t n_lines;
    struct leader_day *days;
    size_t n_days;
    struct leader_cohort *cohorts; /* with trainees in them, or that are being filled */
    size_t n_cohorts;
};
/* The stages that have a link in the row, in order; ends with INTAKE_STAGE_N. */
extern const enum intake_stage leader_stages[];
struct str leader_count(const struct view *v, int64_t n); /* 12, or «1 000+» */
struct leader_line *leader_lines(struct page *p, const struct overview *o, size_t *n);
struct leader_day *leader_days(struct page *p, const struct overview *o, size_t *n);
