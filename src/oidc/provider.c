#include "oidc/provider.h"
#include "base/buf.h"
#include "base/secret.h"
#include "base/tm.h"
#include "oidc/client_assertion.h"
#include "oidc/fetch.h"
#include "oidc/token.h"
#include "oidc/url.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { FRESH_MS = 3600 * 1000, STALE_MS = 24 * 3600 * 1000, FAILED_MS = 5000, REFETCH_EVERY_MS = 60 * 1000, REFETCH_BURST = 3 };

struct kept { /* a text of the provider */
    char *text;
    size_t n;
    int64_t at;        /* when it was fetched; all times on the clock that cannot be set */
    int64_t failed_at; /* the last vain try since; 0 none */
};
struct provider {
    struct oidc_conf conf;
    struct kept meta, keys;
    int64_t refetch_at; /* keys were asked for anew: counts on in steps of REFETCH_EVERY_MS */
};
struct oidc {
    struct arena *a;
    pthread_mutex_t lock; /* over the kept texts, never while something is fetched */
    struct provider *p;
    size_t n;
};

static struct oidc_conf copy(struct arena *a, const struct oidc_conf *c)
{
    struct oidc_conf d = *c;
    struct str *s = (struct str *)(void *)&d;
    _Static_assert(sizeof d % sizeof *s == 0, "texts only");
    for (size_t i = 0; i < sizeof d / sizeof *s; i++)
        s[i] = arena_str(a, s[i]);
    if (!d.scope.n)
        d.scope = STR("openid");
    if (!d.label.n)
        d.label = d.name;
    return d;
}

enum err oidc_open(const struct oidc_conf *conf, size_t n, struct oidc **out)
{
    struct oidc *o = calloc(1, sizeof *o);
    if (!o || n > OIDC_PROVIDERS_MAX) {
        free(o);
        return o ? ERR_LIMIT : ERR_INTERNAL;
    }
    o->a = arena_new(1 << 20);
    o->n = n;
    o->p = ARENA_ARRAY(o->a, struct provider, n + 1);
    for (size_t i = 0; i < n; i++)
        o->p[i].conf = copy(o->a, &conf[i]);
    pthread_mutex_init(&o->lock, NULL);
    *out = o;
    return OK;
}

void oidc_close(struct oidc *o)
{
    if (!o)
        return;
    for (size_t i = 0; i < o->n; i++) {
        free(o->p[i].meta.text);
        free(o->p[i].keys.text);
    }
    pthread_mutex_destroy(&o->lock);
    arena_free(o->a);
    free(o);
}

size_t oidc_count(const struct oidc *o)
{
    return o ? o->n : 0;
}

const struct oidc_conf *oidc_conf(const struct oidc *o, size_t i)
{
    return &o->p[i].conf;
}

enum err oidc_find(const struct oidc *o, struct str name, size_t *i)
{
    for (size_t k = 0; k < oidc_count(o); k++)
        if (str_eq(o->p[k].conf.name, name)) {
            *i = k;
            return OK;
        }
    return ERR_NOT_FOUND;
}

/* ---- what is kept */

static void unlock(pthread_mutex_t **lock)
{
    pthread_mutex_unlock(*lock);
}

static bool get_kept(struct oidc *o, const struct kept *k, int64_t within_ms, struct arena *a, struct str *text)
{
    pthread_mutex_lock(&o->lock);
    CLEANUP(unlock) pthread_mutex_t *held = &o->lock;
    (void)held;
    if (!k->text || tm_mono_ms() - k->at >= within_ms)
        return false;
    *text = arena_str(a, (struct str){k->text, k->n});
    return true;
}

static void put_kept(struct oidc *o, struct kept *k, struct str text)
{
    char *own = malloc(text.n + 1);
    if (!own)
        return;
    memcpy(own, text.p, text.n);
    pthread_mutex_lock(&o->lock);
    free(k->text);
    *k = (struct kept){.text = own, .n = text.n, .at = tm_mono_ms()};
    pthread_mutex_unlock(&o->lock);
}

/* Is there no use in trying again right now? Notes a failure when one is given. */
static bool failing(struct oidc *o, struct kept *k, bool failed_now)
{
    pthread_mutex_lock(&o->lock);
    if (failed_now)
        k->failed_at = tm_mono_ms();
    bool is = k->failed_at && tm_mono_ms() - k->failed_at < FAILED_MS;
    pthread_mutex_unlock(&o->lock);
    return is;
}

/* Keys that are not known may be asked for thrice at once, and then once a minute. */
static bool may_refetch(struct oidc *o, struct provider *p)
{
    pthread_mutex_lock(&o->lock);
    int64_t now = tm_mono_ms();
    if (p->refetch_at < now - REFETCH_BURST * REFETCH_EVERY_MS)
        p->refetch_at = now - REFETCH_BURST * REFETCH_EVERY_MS;
    bool yes = p->refetch_at + REFETCH_EVERY_MS <= now;
    if (yes)
        p->refetch_at += REFETCH_EVERY_MS;
    pthread_mutex_unlock(&o->lock);
    return yes;
}

static enum err fetch_meta(struct oidc *o, struct provider *p, struct arena *a, struct oidc_meta *out, const char **why)
{
    struct str parts[2] = {p->conf.issuer, STR("/.well-known/openid-configuration")}, text;
    if (str_ends(p->conf.issuer, STR("/")))
        parts[1] = STR(".well-known/openid-configuration");
    struct oidc_request q = {.url = arena_join(a, parts, 2, STR("")), .max = OIDC_DISCOVERY_MAX};
    enum err e = oidc_fetch(a, &q, &text, why);
    if (!e)
        e = oidc_discovery(a, text, p->conf.issuer, out, why);
    if (e)
        (void)failing(o, &p->meta, true);
    else
        put_kept(o, &p->meta, text);
    return e;
}

enum err oidc_meta(struct oidc *o, size_t i, struct arena *a, struct oidc_meta *out, const char **why)
{
    struct provider *p = &o->p[i];
    struct str text;
    if (get_kept(o, &p->meta, FRESH_MS, a, &text))
        return oidc_discovery(a, text, p->conf.issuer, out, why);
    *why = "failed_lately";
    enum err e = failing(o, &p->meta, false) ? ERR_BUSY : fetch_meta(o, p, a, out, why);
    const char *ignored;
    if (e == ERR_BUSY && get_kept(o, &p->meta, STALE_MS, a, &text))
        return oidc_discovery(a, text, p->conf.issuer, out, &ignored);
    return e;
}

enum err oidc_meta_known(struct oidc *o, size_t i, struct arena *a, struct oidc_meta *out)
{
    struct str text;
    const char *why;
    if (!get_kept(o, &o->p[i].meta, STALE_MS, a, &text))
        return ERR_NOT_FOUND;
    return oidc_discovery(a, text, o->p[i].conf.issuer, out, &why);
}

static enum err keys_of(struct oidc *o, struct provider *p, struct arena *a, const struct oidc_meta *m, bool anew, struct str *jwks, const char **why)
{
    if (!anew && get_kept(o, &p->keys, FRESH_MS, a, jwks))
        return OK;
    struct oidc_request q = {.url = m->jwks, .max = OIDC_JWKS_MAX};
    *why = "failed_lately";
    enum err e = failing(o, &p->keys, false) ? ERR_BUSY : oidc_fetch(a, &q, jwks, why);
    if (!e) {
        put_kept(o, &p->keys, *jwks);
        return OK;
    }
    if (e == ERR_BUSY)
        (void)failing(o, &p->keys, true);
    return e == ERR_BUSY && get_kept(o, &p->keys, STALE_MS, a, jwks) ? OK : e;
}

/* ---- requests */

enum { FILE_MAX = 32 << 10 };
static enum err read_file(struct arena *a, struct str path, struct str *out)
{
    FILE *f = fopen(arena_cstr(a, path), "re");
    if (!f)
        return ERR_NOT_FOUND;
    char *text = arena_alloc(a, FILE_MAX);
    size_t n = fread(text, 1, FILE_MAX, f);
    fclose(f);
    *out = str_trim((struct str){text, n});
    return out->n && n < FILE_MAX ? OK : ERR_NOT_FOUND;
}

static struct str encoded(struct arena *a, struct str s)
{
    CLEANUP(buf_free) struct buf b = {.max = FILE_MAX};
    oidc_url_encode(&b, s);
    return arena_str(a, buf_view(&b));
}

static enum err prove(const struct oidc_conf *c, struct arena *a, int64_t now, struct oidc_ask *ask, struct oidc_request *q)
{
    struct str text;
    if (c->client_key_file.n) {
        TRY(read_file(a, c->client_key_file, &text));
        return oidc_client_assertion(a, text, c->client_key_id, c->client_id, c->issuer, secret_token(a), now, &ask->assertion);
    }
    if (c->client_secret_file.n) {
        TRY(read_file(a, c->client_secret_file, &text));
        q->user = encoded(a, c->client_id); /* RFC 6749, 2.3.1 */
        q->password = encoded(a, text);
    }
    return OK;
}

/* Checks with the keys that are remembered, and once more with new ones when the key is not among them. */
static enum err with_keys(struct oidc *o, size_t i, struct arena *a, const struct oidc_meta *m, enum oidc_kind kind, struct str token,
                          const struct oidc_want *w, struct oidc_claims *claims, struct str *sid, const char **why)
{
    struct provider *p = &o->p[i];
    struct str jwks;
    enum err e = keys_of(o, p, a, m, false, &jwks, why);
    for (int turn = 0; !e; turn++) {
        e = kind == OIDC_ID_TOKEN ? oidc_idtoken(a, token, jwks, w, claims, why) : oidc_logout_token(a, token, jwks, w, sid, why);
        if (!e || turn || strcmp(*why, "kid") != 0 || !may_refetch(o, p))
            break;
        e = keys_of(o, p, a, m, true, &jwks, why);
    }
    return e;
}

enum err oidc_redeem(struct oidc *o, size_t i, struct arena *a, int64_t now, const struct oidc_code *code, struct oidc_claims *claims,
                     struct str *id_token, const char **why)
{
    const struct oidc_conf *c = &o->p[i].conf;
    struct oidc_meta m;
    TRY(oidc_meta(o, i, a, &m, why));
    struct oidc_request q = {.url = m.token, .post = true, .max = OIDC_ANSWER_MAX};
    struct oidc_ask ask = {.client_id = c->client_id, .code = code->code, .verifier = code->verifier, .redirect_uri = code->redirect_uri};
    *why = "client_key";
    if (prove(c, a, now, &ask, &q) != OK)
        return ERR_INVALID;
    q.form = oidc_token_form(a, &ask);
    struct str answer, token;
    TRY(oidc_fetch(a, &q, &answer, why));
    TRY(oidc_token_answer(a, answer, &token, why));
    struct oidc_want w = {.issuer = c->issuer, .client_id = c->client_id, .nonce = code->nonce, .acr_values = c->acr_values,
                          .pid_claim = c->pid_claim, .now = now};
    TRY(with_keys(o, i, a, &m, OIDC_ID_TOKEN, token, &w, claims, NULL, why));
    *id_token = token;
    return OK;
}

enum err oidc_said_logout(struct oidc *o, size_t i, struct arena *a, int64_t now, struct str token, struct str *sid, const char **why)
{
    const struct oidc_conf *c = &o->p[i].conf;
    struct oidc_meta m;
    TRY(oidc_meta(o, i, a, &m, why));
    struct oidc_want w = {.issuer = c->issuer, .client_id = c->client_id, .now = now};
    return with_keys(o, i, a, &m, OIDC_LOGOUT_TOKEN, token, &w, NULL, sid, why);
}
