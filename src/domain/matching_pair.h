/* matching_pair.h: one trainee and one mentor, as matching.c scores them and matching_propose.c does so many times. */
#pragma once
#include "domain/matching.h"

enum { MATCHING_WORDS = 8 };
struct matching_word {
    uint64_t key;    /* its first letters, folded */
    struct str text; /* as written */
};
/* What is looked up once for each person. */
struct matching_ready {
    int field, work; /* field, and the field of the occupation; 0 unknown */
    struct matching_word words[MATCHING_WORDS];
    int n_words;
    uint64_t mask; /* a bit for each key: no common bit, no common word */
    uint64_t home; /* languages other than Norwegian and English */
    bool english;
};
struct matching_ready matching_ready(struct arena *a, int field, int occupation, struct str specialisation, uint64_t languages);
/* 0..3 for two pairs of (field, field of the occupation). */
int matching_fields_distance(int field_a, int work_a, int field_b, int work_b);
/* Points, and with r the reasons. `distance` is matching_fields_distance of the two. */
struct matching_side {
    const struct matching_trainee *t;
    const struct matching_mentor *m;
    const struct matching_ready *rt, *rm;
    int distance;
};
int matching_points(const struct matching_side *s, const struct matching_weights *w, struct matching_reason *r, size_t *n);
