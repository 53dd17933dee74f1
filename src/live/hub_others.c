/* hub_others.c: documents that are open on other servers too.
 *
 * A room's edits are told of when they are stored, if its `peers` are known by then (hub_store.c). A server that opens a document says so before it
 * loads it; who hears that adds it to the peers, waits until the batch under way is stored, and tells the newcomer to look: so it does not matter
 * which of the two was first. What could not be heard for a while is looked up: the room is stale. */
#include "live/hub_loop.h"
#include "base/log.h"

#include <stdlib.h>

enum { PEERS_MAX = 256, REFRESH_A_TURN = 20, PRESENCE_BYTES = 7000 };

/* ---- opening */

void hub_pend(struct hub_loop *l, struct newcomer *n)
{
    const struct hub_store *s = &l->hub->conf.store;
    bool asked = false;
    for (struct newcomer *p = l->pending; p && !asked; p = p->next)
        asked = p->g.document == n->g.document;
    n->next = l->pending;
    l->pending = n;
    if (!asked)
        s->open(s->user, n->g.document, false);
}

/* Those who waited for this document, in the order they came in reverse: none knows. */
static struct newcomer *take_pending(struct hub_loop *l, int64_t document)
{
    struct newcomer *out = NULL;
    for (struct newcomer **at = &l->pending; *at;) {
        struct newcomer *n = *at;
        if (n->g.document != document) {
            at = &n->next;
            continue;
        }
        *at = n->next;
        n->next = out;
        out = n;
    }
    return out;
}

static void on_opened(struct hub_loop *l, int64_t document, enum err result)
{
    const struct hub_store *s = &l->hub->conf.store;
    struct room *r = hub_room(l, document);
    if (r && r->opening) {
        r->opening = false;
        if (result)
            hub_make_stale(l, r, ASK_AGAIN_MS);
        else if (hub_fetch(l, r) && !r->stale)
            hub_drop_all(r, WS_TRY_LATER);
    }
    for (struct newcomer *n = take_pending(l, document), *next; n; n = next) {
        next = n->next;
        hub_admit(l, n, result);
    }
    if (!result && !hub_room(l, document))
        s->idle(s->user, document); /* it is open nowhere here */
}

/* ---- who else has it */

static bool has_peer(const struct room *r, int64_t server)
{
    for (size_t i = 0; i < r->n_peers; i++)
        if (r->peers[i] == server)
            return true;
    return false;
}

static void add_peer(struct hub_loop *l, struct room *r, int64_t server)
{
    if (has_peer(r, server) || r->n_peers == PEERS_MAX)
        return;
    int64_t *v = realloc(r->peers, (r->n_peers + 1) * sizeof *v);
    if (!v)
        abort(); /* it would not hear of edits */
    r->peers = v;
    v[r->n_peers++] = server;
    awareness_tell_all(&r->who);
    hub_present_soon(l, r);
}

static void drop_peer(struct hub_loop *l, struct room *r, int64_t server)
{
    for (size_t i = 0; i < r->n_peers; i++)
        if (r->peers[i] == server)
            r->peers[i--] = r->peers[--r->n_peers];
    room_server_gone(r, server, l->now);
}

void hub_peers_set(struct hub_loop *l, struct room *r, const int64_t *servers, size_t n)
{
    r->n_peers = 0;
    for (size_t i = 0; i < n; i++)
        add_peer(l, r, servers[i]);
}

/* ---- what may have been missed */

void hub_make_stale(struct hub_loop *l, struct room *r, int64_t in_ms)
{
    int64_t at = l->mono + in_ms;
    r->stale = true;
    if (!l->refresh || at < l->refresh_at)
        l->refresh_at = at;
    l->refresh = true;
}

static void on_missed(struct hub_loop *l)
{
    for (struct room *r = l->rooms; r; r = r->list_next) {
        hub_make_stale(l, r, 0);
        room_tell(r, ROOM_COMMENTS, 0);
    }
}

/* True: it is worth going on with the next. */
static bool refresh_one(struct hub_loop *l, struct room *r)
{
    const struct hub_store *s = &l->hub->conf.store;
    r->stale = false;
    if (l->hub->conf.server) {
        r->opening = true;
        s->open(s->user, r->document, true);
        return true;
    }
    enum err e = hub_fetch(l, r);
    if (e && e != ERR_BUSY)
        hub_drop_all(r, WS_TRY_LATER);
    return e == OK;
}

static void refresh(struct hub_loop *l)
{
    int n = 0;
    l->refresh = false;
    for (struct room *r = l->rooms; r; r = r->list_next) {
        if (!r->stale || r->opening)
            continue;
        if (n++ == REFRESH_A_TURN) {
            hub_make_stale(l, r, 0);
            return;
        }
        if (!refresh_one(l, r)) {
            l->refresh_at = l->mono + ASK_AGAIN_MS; /* the others can wait too */
            l->refresh = true;
            return;
        }
    }
}

/* ---- telling */

static void tell_soon(struct hub_loop *l, struct room *r)
{
    if (r->tell)
        return;
    r->tell = true;
    r->tell_next = l->telling;
    l->telling = r;
}

/* Edits of a batch under way were not told of, if it began before: so only behind it. */
static void tell(struct hub_loop *l)
{
    const struct hub_store *s = &l->hub->conf.store;
    struct room *r = l->telling;
    l->telling = NULL;
    while (r) {
        struct room *next = r->tell_next;
        r->tell = false;
        s->tell(s->user, r->document);
        r = next;
    }
}

void hub_present_soon(struct hub_loop *l, const struct room *r)
{
    if (r->n_peers && r->who.untold && !l->present_at)
        l->present_at = l->mono + PRESENCE_MS;
}

static void present(struct hub_loop *l)
{
    const struct hub_store *s = &l->hub->conf.store;
    l->present_at = 0;
    for (struct room *r = l->rooms; r; r = r->list_next) {
        if (!r->n_peers || !r->who.untold)
            continue;
        struct buf entries = {.max = 2 * PRESENCE_BYTES};
        if (awareness_tell(&r->who, PRESENCE_BYTES, &entries))
            l->present_at = l->mono + PRESENCE_MS;
        if (!entries.bad && entries.n)
            s->present(s->user, r->document, buf_view(&entries));
        buf_free(&entries);
    }
}

void hub_others_turn(struct hub_loop *l)
{
    if (l->refresh && l->mono >= l->refresh_at)
        refresh(l);
    if (l->telling && !l->in_flight)
        tell(l);
    if (l->present_at && l->mono >= l->present_at)
        present(l);
}

/* ---- hearing */

static void on_edit(struct hub_loop *l, struct room *r, struct bytes update)
{
    if (room_load(r, &update, 1)) {
        log_error("live", "what another server stored cannot be read", LOG_I("document", r->document));
        hub_make_stale(l, r, 0);
    }
}

static void on_room(struct hub_loop *l, struct room *r, const struct hub_said *s)
{
    if (s->what & HUB_OPEN_THERE) {
        add_peer(l, r, s->server);
        awareness_tell_all(&r->who); /* it may have begun anew */
        hub_present_soon(l, r);
        tell_soon(l, r);
    }
    if (s->what & HUB_UNTOLD)
        hub_make_stale(l, r, ASK_AGAIN_MS);
    if (s->what & HUB_CLOSED_THERE)
        drop_peer(l, r, s->server);
    if (s->what & HUB_EDIT)
        on_edit(l, r, s->data);
    if (s->what & HUB_PRESENCE)
        room_hear(r, (struct str){(const char *)s->data.p, s->data.n}, s->server, l->now);
}

void hub_on_others(struct hub_loop *l, const struct hub_said *s)
{
    struct room *r = s->document ? hub_room(l, s->document) : NULL;
    if (s->what & HUB_OPENED)
        on_opened(l, s->document, s->result);
    else if (s->what & HUB_MISSED)
        on_missed(l);
    else if (s->what & HUB_GONE_THERE)
        for (r = l->rooms; r; r = r->list_next)
            drop_peer(l, r, s->server);
    else if (r)
        on_room(l, r, s);
}
