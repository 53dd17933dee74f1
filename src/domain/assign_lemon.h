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
/* Largest sum of weights, a left once, right j at most capacity[j] times. right_of[i] is -1 for none; u and v are the prices
 * (assign_certificate). False when the solver failed or there was no memory; outputs are then undefined. */
bool assign_lemon(int n_left, int n_right, const int *capacity, const struct assign_lemon_arc *arcs, size_t n_arcs, int *right_of,
                  int64_t *u, int64_t *v);
#ifdef __cplusplus
}
#endif
