/* cookie.h: the names of the cookies, for the edge and for cookie.c, which does what app.h promises about them. With the __Host- prefix when
 * the request came by TLS: no other host and no path can plant them. */
#pragma once
#include "http/http.h"

const char *cookie_name(const struct req *r, const char *plain, const char *secure);
#define SESSION_COOKIE(r) cookie_name((r), "sb", "__Host-sb")
#define VISITOR_COOKIE(r) cookie_name((r), "sb_v", "__Host-sb_v")
#define DEVICE_COOKIE(r) cookie_name((r), "sb_d", "__Host-sb_d")
#define SHARED_COOKIE(r) cookie_name((r), "sb_s", "__Host-sb_s") /* "1": the last login here was on a shared computer */
/* On a shared computer somebody left without logging out: the browser is told to clear what it keeps. For answers to visitors. */
void cookie_left_behind(struct req *r);
