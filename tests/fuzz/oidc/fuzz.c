/* What a provider sends. The first byte says what the rest is: d description, a answer with a token, c claims (put into a token whose signature
 * is not looked at), t a token and, behind a line break, a key set.
 * Properties: nothing is read past its end; what is refused leaves the output alone; what is taken fulfils what the headers promise; and no
 * token gets past its signature, for nobody here has the key. */
#include "oidc/discovery.h"
#include "oidc/idtoken.h"
#include "oidc/json.h"
#include "oidc/token.h"
#include "oidc/url.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void description(struct arena *a, struct str text)
{
    struct oidc_meta m = {.token = STR("untouched")};
    const char *why = NULL;
    if (oidc_discovery(a, text, STR("https://op.example"), &m, &why) != OK) {
        must(why && str_is(m.token, "untouched"));
        return;
    }
    must(str_is(m.issuer, "https://op.example") && oidc_url_ok(m.authorization) && oidc_url_ok(m.token) && oidc_url_ok(m.jwks));
    must(str_starts(m.authorization, STR("https://")) && !oidc_url_local(m.token) && (!m.end_session.n || oidc_url_ok(m.end_session)));
    struct str origin = oidc_url_origin(m.authorization);
    must(origin.n > 8 && str_starts(m.authorization, origin) && str_find(origin, ' ') < 0 && str_find(origin, ';') < 0);
}

static void answer(struct arena *a, struct str text)
{
    struct str id = STR("untouched");
    const char *why = NULL;
    if (oidc_token_answer(a, text, &id, &why) == OK)
        must(id.n > 0 && id.n <= OIDC_TOKEN_MAX);
    else
        must(why && str_is(id, "untouched"));
}

static struct oidc_want want(unsigned skip)
{
    return (struct oidc_want){.issuer = STR("https://op.example"), .client_id = STR("c"), .nonce = STR("n"), .acr_values = STR("high"),
                              .pid_claim = STR("pid"), .now = 1800000000000, .skip = skip};
}

static void claims(struct arena *a, struct str text)
{
    struct oidc_want w = want(SKIP_SIGNATURE);
    struct oidc_claims c = {.sub = STR("untouched")};
    const char *why = NULL;
    struct str parts[2] = {STR("eyJhbGciOiJSUzI1NiJ9"), oidc_base64(a, (struct bytes){(const uint8_t *)text.p, text.n})};
    struct str token = arena_fmt(a, "%.*s.", STR_FMT(arena_join(a, parts, 2, STR("."))));
    if (oidc_idtoken(a, token, STR(""), &w, &c, &why) == OK)
        must(c.sub.n > 0 && c.sub.n <= OIDC_SUB_MAX && c.pid.n == 11 && str_is(c.acr, "high"));
    else
        must(why && str_is(c.sub, "untouched"));
    struct str sid = STR("untouched");
    if (oidc_logout_token(a, token, STR(""), &w, &sid, &why) == OK)
        must(sid.n > 0 && sid.n <= OIDC_SUB_MAX && !str_is(sid, "untouched"));
    else
        must(str_is(sid, "untouched"));
}

static void token(struct arena *a, struct str text)
{
    struct oidc_want w = want(0);
    struct oidc_claims c;
    const char *why = NULL;
    struct str first = str_cut(&text, '\n');
    must(oidc_idtoken(a, first, text, &w, &c, &why) != OK && why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)8 << 20);
    struct str text = size ? (struct str){(const char *)data + 1, size - 1} : STR("");
    switch (size ? data[0] : 0) {
    case 'd':
        description(a, text);
        break;
    case 'a':
        answer(a, text);
        break;
    case 'c':
        claims(a, text);
        break;
    case 't':
        token(a, text);
        break;
    default:
        break;
    }
    return 0;
}
