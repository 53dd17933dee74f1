/* route.h: matching a path against a pattern such as "/cohorts/:id/matching". Pure. */
#pragma once
#include "http/http.h"

/* Fills var[] (up to 4). A piece is never empty and has no slash. */
bool route_match(const char *pattern, struct str path, struct pair var[4]);
