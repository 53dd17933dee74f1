/* list.h: what the template of the list of participants needs. */
#pragma once
#include "model/account.h"
#include "page/view.h"
#include "service/screening.h"

struct list_view {
    struct participant_filter filter;
    struct str search, base; /* as typed; the address with the filters, ending in & or ? */
    bool first, filtered;
    const struct account_row *advisers;
    size_t n_advisers;
};
struct url list_link(const struct view *v, const struct list_view *l, enum participant_sort sort, int64_t after);
const char *list_sort_code(const struct list_view *l);
struct str list_count(const struct view *v, const struct screening_list *s);
