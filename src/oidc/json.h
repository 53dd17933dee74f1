/* json.h: JSON and base64url from a provider, read strictly. Pure. */
#pragma once
#include "base/arena.h"
#include <jansson.h>

void oidc_json_free(json_t **j); /* for CLEANUP */
/* An object; a name that comes twice, a NUL, or bytes behind the end are refused: two readers must not see two things. */
enum err oidc_json(struct str text, json_t **out) MUST_CHECK;
/* The same, but the last of two equal names counts: only to show in tests that the rule above is needed. */
enum err oidc_json_loose(struct str text, json_t **out) MUST_CHECK;
/* A member's text; empty when it is absent or no string. Lives as long as the object. */
struct str oidc_json_str(const json_t *object, const char *name);
/* A whole time in seconds, also when it is written with a fraction. False: absent, no number, or far outside of this age. */
bool oidc_json_time(const json_t *object, const char *name, int64_t *seconds);
/* Is there this word in a string, or in an array of strings? */
bool oidc_json_has(const json_t *value, struct str word);
/* Unpadded base64url, in its one canonical spelling. */
bool oidc_unbase64(struct arena *a, struct str s, struct bytes *out);
struct str oidc_base64(struct arena *a, struct bytes b);
