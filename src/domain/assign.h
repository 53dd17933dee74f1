/* assign.h: who goes with whom when everybody can only be had once: an exact optimum over the whole group.
 *
 * Left sides take one partner at most, right sides `capacity`. The sum of the weights of the chosen arcs is the largest possible. (To
 * get the largest number of pairs first, add to every weight a constant above what all of them can sum up to.) Among all answers of
 * that sum the one is given in which left 0 has the lowest possible right, then left 1, and so on (no partner counts as the
 * highest): the answer depends on the problem alone, not on the order of its arcs or on the solver. Pure. */
#pragma once
#include "base/arena.h"

struct assign_arc {
    int left, right;
    int64_t weight; /* above 0 */
};
struct assign_couple {
    int left, right;
};
struct assign_problem {
    int n_left, n_right;
    const int *capacity;           /* of each right; below 0 counts as 0 */
    const struct assign_arc *arcs; /* the pairs that are possible, in any order, each once */
    size_t n_arcs;
    const struct assign_couple *pins, *forbids; /* must be a pair, arc or not; must not */
    size_t n_pins, n_forbids;
};
struct assign_answer {
    int *right_of; /* for each left its right, or -1 */
    int pairs;     /* with pins */
    int64_t total; /* sum of the weights of all chosen arcs; a pin without an arc weighs nothing */
    int64_t *u, *v; /* the proof: prices of left and right (assign_certificate) */
};
/* Working memory is its own; the answer is in `a`. ERR_INVALID: an index out of range, a weight that is not above 0, an arc twice.
 * ERR_CONFLICT: a left pinned twice, a pin that is forbidden, more pins than capacity. ERR_LIMIT: sums could leave 64 bits. */
enum err assign_solve(struct arena *a, const struct assign_problem *p, struct assign_answer *out) MUST_CHECK;

/* Is `x` an answer to `p`, and the best? Looks at the problem, the pairs and the prices only, not at how they were found: pins held,
 * forbids and capacities kept, no arc worth more than the prices of its ends (u + v >= weight, none below 0), and the
 * prices of all (u once, v for each place) sum up to exactly what the pairs weigh. By duality no other answer can weigh more.
 * *why (may be NULL) says in English what is wrong. */
bool assign_certificate(const struct assign_problem *p, const struct assign_answer *x, const char **why);
