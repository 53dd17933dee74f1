/* leave.h: jobs end early when the program stops: between two pieces of their work they ask. */
#pragma once
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

static inline bool job_leaves(const atomic_bool *leave) /* NULL: never */
{
    return leave && atomic_load(leave);
}
