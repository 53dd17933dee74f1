/* edge.h: parts of the edge (page/app.c) that look at a request only. */
#pragma once
#include "http/http.h"

/* What makes two sendings the same: the address and every field and file of it, the form's own token among them. "" when too large. */
struct str edge_once_key(const struct req *r);
struct str edge_location(const struct req *r); /* of a redirect; "" for none */
void edge_other_method(struct req *r);         /* the path is there, but not for this method. Others than these two never come so far */
bool edge_has_scope(struct str scopes, const char *scope); /* in "a,b" */
void edge_blank(struct req *r);                /* the answer anew, but for its status */
void edge_bare(struct req *r); /* 503 with a page that needs no memory: when there is none */
/* What a browser may do with the answer. form_to: an address besides ours that its forms may lead to; framed_by: who may frame it; "": nobody. */
void edge_security(struct req *r, struct str form_to, struct str framed_by);
/* The first number in the address, where its route has a ":name"; 0 for none. */
int64_t edge_number(const struct req *r, const char *route);
