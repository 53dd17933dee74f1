#include "oidc/json.h"
#include <sodium.h>

void oidc_json_free(json_t **j)
{
    json_decref(*j);
    *j = NULL;
}

static enum err load(struct str text, size_t flags, json_t **out)
{
    json_error_t at;
    json_t *j = text.n ? json_loadb(text.p, text.n, flags, &at) : NULL;
    if (!json_is_object(j)) {
        json_decref(j);
        return ERR_INVALID;
    }
    *out = j;
    return OK;
}

enum err oidc_json(struct str text, json_t **out)
{
    return load(text, JSON_REJECT_DUPLICATES, out);
}

enum err oidc_json_loose(struct str text, json_t **out)
{
    return load(text, 0, out);
}

struct str oidc_json_str(const json_t *object, const char *name)
{
    const json_t *v = json_object_get(object, name);
    return json_is_string(v) ? (struct str){json_string_value(v), json_string_length(v)} : STR("");
}

bool oidc_json_time(const json_t *object, const char *name, int64_t *seconds)
{
    static const double latest = 253402300800.0; /* the year 10000 */
    const json_t *v = json_object_get(object, name);
    double d = json_is_number(v) ? json_number_value(v) : -1;
    if (!(d >= 0 && d < latest))
        return false;
    *seconds = (int64_t)d;
    return true;
}

bool oidc_json_has(const json_t *value, struct str word)
{
    if (json_is_string(value))
        return str_eq((struct str){json_string_value(value), json_string_length(value)}, word);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *one = json_array_get(value, i);
        if (json_is_string(one) && str_eq((struct str){json_string_value(one), json_string_length(one)}, word))
            return true;
    }
    return false;
}

bool oidc_unbase64(struct arena *a, struct str s, struct bytes *out)
{
    size_t n = 0;
    unsigned char *to = arena_alloc(a, s.n + 1);
    const char *end = NULL;
    if (sodium_base642bin(to, s.n + 1, s.n ? s.p : "", s.n, NULL, &n, &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        (s.n && end != s.p + s.n))
        return false;
    *out = (struct bytes){to, n};
    return true;
}

struct str oidc_base64(struct arena *a, struct bytes b)
{
    size_t max = sodium_base64_encoded_len(b.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *to = arena_alloc(a, max);
    sodium_bin2base64(to, max, b.n ? b.p : (const uint8_t *)"", b.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_c(to);
}
