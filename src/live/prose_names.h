/* prose_names.h: the names of nodes and marks in the editor's schema; only for src/live/prose*.c. */
#pragma once
#include "domain/rich.h"

struct prose_node {
    const char *name;
    enum rich_kind kind;
    bool header; /* of a cell */
};
extern const struct prose_node prose_nodes[];
extern const size_t prose_nodes_n;
extern const struct prose_mark {
    const char *name;
    enum rich_mark mark;
} prose_marks[];
extern const size_t prose_marks_n;
extern const char *const prose_aligns[3]; /* by enum rich_align */
bool prose_href_ok(struct str href);
