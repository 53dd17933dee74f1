/* assign_lemon.h: the one door to LEMON (C++): a transport problem. For assign.c only. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
struct assign_lemon_arc {
    int left, right;
    int64_t weight;
};
struct assign_lemon_problem {
    int n_left, n_right;
    const int *capacity; /* of each right, 0 or more */
    const struct assign_lemon_arc *arcs; /* sorted by left */
    size_t n_arcs;
};
struct assign_lemon_answer { /* the caller's arrays */
    int *right_of;  /* of each left, -1 none */
    int64_t *u, *v; /* prices of left and right (assign_certificate) */
};
/* Largest sum of weights: a left once, a right as often as its capacity. False when the solver failed or there was no memory; the
 * arrays are then undefined. */
bool assign_lemon(const struct assign_lemon_problem *p, const struct assign_lemon_answer *out);
#ifdef __cplusplus
}
#endif
