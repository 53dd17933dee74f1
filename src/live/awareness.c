#include "live/awareness.h"
#include "live/lib0.h"

#include <jansson.h>
#include <stdlib.h>

enum { FORGET_MS = 300000 };
#define CLOCK_MAX ((uint64_t)1 << 32)

struct entry {
    uint64_t client, clock;
    struct str state; /* "null": gone */
};

void awareness_done(struct awareness *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->v[i].state);
    free(t->v);
    *t = (struct awareness){0};
}

static void put(struct buf *out, uint64_t client, uint64_t clock, struct str state)
{
    lib0_put_uint(out, client);
    lib0_put_uint(out, clock);
    lib0_put_str(out, state);
}

static struct presence *find(const struct awareness *t, uint64_t client)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].client == client)
            return &t->v[i];
    return NULL;
}

static bool is_null(struct str s)
{
    return str_is(s, "null");
}

/* ---- reading a message */

static enum err read_entries(struct bytes message, struct entry *v, size_t *n)
{
    struct lib0_in in = {message.p, message.p + message.n};
    uint64_t count;
    if (!lib0_uint(&in, &count))
        return ERR_INVALID;
    if (count > AWARENESS_ENTRIES_MAX)
        return ERR_LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (!lib0_uint(&in, &v[i].client) || !lib0_uint(&in, &v[i].clock) || !lib0_text(&in, &v[i].state) || v[i].clock > CLOCK_MAX)
            return ERR_INVALID;
        if (v[i].state.n > AWARENESS_STATE_MAX)
            return ERR_LIMIT;
    }
    *n = (size_t)count;
    return in.p == in.end ? OK : ERR_INVALID;
}

/* The state with the sender's real name where it names one; malloc. ERR_INVALID when it is no JSON. */
static enum err honest(struct str state, struct str name, char **out, size_t *n)
{
    json_error_t why;
    json_t *j = json_loadb(state.p, state.n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &why);
    if (!j)
        return ERR_INVALID;
    json_t *user = json_is_object(j) ? json_object_get(j, "user") : NULL;
    if (json_is_object(user))
        json_object_set_new(user, "name", json_stringn(name.p ? name.p : "", name.n));
    char *text = json_is_object(user) ? json_dumps(j, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    json_decref(j);
    if (!text) {
        text = malloc(state.n + 1);
        if (!text)
            return ERR_INTERNAL;
        memcpy(text, state.p, state.n);
        text[state.n] = '\0';
    }
    *out = text;
    *n = strlen(text);
    return OK;
}

/* ---- taking it */

static bool may_speak(const struct presence *p, const struct speaker *who)
{
    return !p || p->by == who->connection || p->account == who->account;
}

/* It says something that is not known yet, and that the sender may say. */
static bool is_news(const struct presence *p, const struct entry *e, const struct speaker *who)
{
    if (!p)
        return !is_null(e->state) && e->clock > 0; /* the clock of an unknown one counts as 0 */
    if (!may_speak(p, who))
        return false;
    return e->clock > p->clock || (e->clock == p->clock && is_null(e->state) && p->state && p->by == who->connection);
}

static enum err check(const struct awareness *t, const struct entry *v, size_t n, const struct speaker *who)
{
    size_t fresh = 0, own = 0;
    for (size_t i = 0; i < t->n; i++)
        own += t->v[i].account == who->account;
    for (size_t i = 0; i < n; i++) {
        const struct presence *p = find(t, v[i].client);
        if (!is_news(p, &v[i], who))
            continue;
        fresh += p == NULL;
        if (!is_null(v[i].state)) {
            char *text;
            size_t len;
            TRY(honest(v[i].state, who->name, &text, &len));
            free(text);
        }
    }
    return t->n + fresh > AWARENESS_TABLE_MAX || own + fresh > AWARENESS_ACCOUNT_MAX ? ERR_LIMIT : OK;
}

static struct presence *add(struct awareness *t, uint64_t client)
{
    if (t->n == t->cap) {
        size_t cap = t->cap ? 2 * t->cap : 4;
        struct presence *v = realloc(t->v, cap * sizeof *v);
        if (!v)
            return NULL;
        t->v = v;
        t->cap = cap;
    }
    t->v[t->n] = (struct presence){.client = client};
    return &t->v[t->n++];
}

/* Takes text. */
static void put_in(struct presence *p, uint64_t clock, char *text, size_t n, int64_t now)
{
    free(p->state);
    p->state = text;
    p->n_state = n;
    p->clock = clock;
    p->at = now;
}

/* Those of other servers are told by these. */
static void change(struct awareness *t, struct presence *p)
{
    p->untold = !(p->by & AWARENESS_SERVER);
    t->untold |= p->untold;
}

static enum err set(struct awareness *t, struct presence *p, const struct entry *e, const struct speaker *who, int64_t now)
{
    char *text = NULL;
    size_t n = 0;
    if (!is_null(e->state))
        TRY(honest(e->state, who->name, &text, &n));
    put_in(p, e->clock, text, n, now);
    p->account = who->account;
    p->by = who->connection;
    change(t, p);
    return OK;
}

static struct str state_of(const struct presence *p)
{
    return p->state ? (struct str){p->state, p->n_state} : STR("null");
}

/* An entry that is no news: an echo, or somebody who came again. */
static void take_old(struct awareness *t, struct presence *p, const struct entry *e, const struct speaker *who, int64_t now, struct buf *back, size_t *n_back)
{
    if (is_null(e->state) || !may_speak(p, who))
        return;
    if (!p->state) {
        put(back, p->client, p->clock, STR("null"));
        (*n_back)++;
    } else if (e->clock == p->clock && (who->first || p->by == who->connection)) {
        bool moved = p->by != who->connection;
        p->by = who->connection;
        p->at = now;
        if (moved)
            change(t, p);
    }
}

enum err awareness_take(struct awareness *t, struct bytes message, const struct speaker *who, int64_t now, struct buf *relay, size_t *n_relay,
                        struct buf *back, size_t *n_back)
{
    struct entry v[AWARENESS_ENTRIES_MAX];
    size_t n;
    TRY(read_entries(message, v, &n));
    TRY(check(t, v, n, who));
    for (size_t i = 0; i < n; i++) {
        struct presence *p = find(t, v[i].client);
        if (!is_news(p, &v[i], who)) {
            if (p)
                take_old(t, p, &v[i], who, now, back, n_back);
            continue;
        }
        if (!p)
            p = add(t, v[i].client);
        if (!p)
            return ERR_INTERNAL;
        TRY(set(t, p, &v[i], who, now));
        put(relay, p->client, p->clock, state_of(p));
        (*n_relay)++;
    }
    return OK;
}

static void end(struct awareness *t, struct presence *p, int64_t now, struct buf *relay, size_t *n_relay)
{
    put_in(p, p->clock, NULL, 0, now);
    change(t, p);
    put(relay, p->client, p->clock, STR("null"));
    (*n_relay)++;
}

void awareness_leave(struct awareness *t, uint64_t connection, int64_t now, struct buf *relay, size_t *n_relay)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].state && t->v[i].by == connection)
            end(t, &t->v[i], now, relay, n_relay);
}

void awareness_expire(struct awareness *t, int64_t now, struct buf *relay, size_t *n_relay)
{
    size_t keep = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct presence *p = &t->v[i];
        if (p->state && now - p->at > AWARENESS_EXPIRE_MS)
            end(t, p, now, relay, n_relay);
        if (p->state || now - p->at < FORGET_MS)
            t->v[keep++] = *p;
    }
    t->n = keep;
}

/* ---- other servers */

bool awareness_tell(struct awareness *t, size_t max, struct buf *out)
{
    for (size_t i = 0; i < t->n; i++) {
        struct presence *p = &t->v[i];
        if (!p->untold)
            continue;
        struct word_presence w = {p->account, p->client, p->clock, state_of(p)};
        if (w.state.n + WORD_PRESENCE_HEAD > max - out->n) {
            if (out->n)
                return true;
            w.state = STR("null"); /* too large to be told of at all */
        }
        word_add_presence(out, &w);
        p->untold = false;
    }
    t->untold = false;
    return false;
}

void awareness_tell_all(struct awareness *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].state)
            change(t, &t->v[i]);
}

static bool is_json(struct str s)
{
    json_error_t why;
    json_t *j = json_loadb(s.p, s.n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &why);
    json_decref(j);
    return j != NULL;
}

/* Somebody who is known here already. True: something new is said of them. */
static bool hears_news(struct presence *p, const struct word_presence *e, uint64_t server, int64_t now, uint64_t *back)
{
    if (p->state && p->account != e->account)
        return false;
    if (e->clock != p->clock || !p->state)
        return e->clock > p->clock;
    if (!is_null(e->state)) { /* came there with the clock it had here, or is renewed */
        p->by = server;
        p->at = now;
        return false;
    }
    if (!(p->by & AWARENESS_SERVER))
        *back = p->by;
    return p->by == server;
}

enum err awareness_hear(struct awareness *t, const struct word_presence *e, int64_t server, int64_t now, struct buf *relay, size_t *n_relay,
                        uint64_t *back)
{
    uint64_t by = AWARENESS_SERVER | (uint64_t)server;
    struct presence *p = find(t, e->client);
    bool gone = is_null(e->state);
    *back = 0;
    if (e->clock > CLOCK_MAX || e->clock == 0 || !is_json(e->state))
        return ERR_INVALID;
    if (p ? !hears_news(p, e, by, now, back) : gone)
        return OK;
    if (!p && t->n == AWARENESS_TABLE_MAX)
        return ERR_LIMIT;
    char *text = gone ? NULL : malloc(e->state.n + 1);
    if (!p)
        p = text ? add(t, e->client) : NULL;
    if (!p || (!gone && !text)) {
        free(text);
        return ERR_INTERNAL;
    }
    if (text) {
        memcpy(text, e->state.p, e->state.n);
        text[e->state.n] = '\0';
    }
    put_in(p, e->clock, text, gone ? 0 : e->state.n, now);
    p->account = e->account;
    p->by = by;
    p->untold = false;
    put(relay, p->client, p->clock, state_of(p));
    (*n_relay)++;
    return OK;
}

void awareness_all(const struct awareness *t, struct buf *out, size_t *n)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].state) {
            put(out, t->v[i].client, t->v[i].clock, state_of(&t->v[i]));
            (*n)++;
        }
}
