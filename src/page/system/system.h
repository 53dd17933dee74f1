/* system.h: what machines ask. */
#pragma once
#include "page/page.h"

page_fn healthz_page, readyz_page;

struct ready {
    bool leaving;      /* the program has been told to stop */
    bool reads;        /* the database can be read */
    int64_t waiting;   /* changes that wait for the writer */
    int64_t busy_ms;   /* how long it has been at the present ones */
};
/* Why a proxy should send its requests elsewhere; NULL: it need not. */
const char *not_ready(const struct ready *r);
