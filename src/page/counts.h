/* counts.h: what was answered, for the monitoring: by route and class of status, how long it took, what was tried again. Safe from any
 * thread. As many series as there are routes, whatever strangers ask for. Nothing about persons. */
#pragma once
#include "base/buf.h"
#include "http/http.h"

struct counts;
struct route;
struct counts *counts_new(void); /* ends the program when there is no memory */
void counts_free(struct counts *c); /* NULL is fine */

/* One request has come to the handler; counts_done takes it off again. */
void counts_begun(struct counts *c);
/* One request is over: counts it and writes its line into the log. `rt`: NULL for one that is no route's (a built-in file, an unknown
 * path, what the server refused). */
void counts_done(struct counts *c, const struct req *r, const struct route *rt, bool asset, const struct http_done *d);
/* A page or a form was begun again, for the database was busy. */
void counts_again(struct counts *c);
/* Prometheus text. */
void counts_write(struct counts *c, struct buf *o);
