#include "page/live/live.h"
#include "live/hub.h"
#include "live/ws.h"
#include "page/app.h"
#include "service/document.h"
#include "service/live.h"

struct entry {
    struct hub *hub;
    struct hub_guest guest;
};

static void give(void *arg, int fd, struct bytes early)
{
    struct entry *e = arg;
    e->guest.fd = fd;
    e->guest.early = early;
    hub_take(e->hub, &e->guest);
}

static bool has_word(struct str list, struct str word)
{
    while (list.n)
        if (str_eq_nocase(str_trim(str_cut(&list, ',')), word))
            return true;
    return false;
}

/* A request that is no handshake. */
static enum err no_handshake(struct page *p, int status)
{
    p->r->status = status;
    p->r->type = "text/plain; charset=utf-8";
    if (status == 426) {
        res_header(p->r, "Upgrade", STR("websocket"));
        res_header(p->r, "Sec-WebSocket-Version", STR("13"));
    }
    buf_c(p->o, "websocket\n");
    return OK;
}

/* What the visitor may, or the code that says why not. */
static enum err admit(struct page *p, int64_t *id, enum document_right *right, int *refuse)
{
    *refuse = 0;
    p->refused = false; /* it may run again */
    if (p->c.actor->role == ROLE_NONE) {
        *refuse = WS_NOT_LOGGED_IN;
        return OK;
    }
    enum err e = page_id(p, "id", id);
    if (!e)
        e = document_right_of(&p->c, *id, right);
    if (e == ERR_NOT_FOUND || e == ERR_DENIED || (!e && *right == DOCUMENT_NONE)) {
        *refuse = WS_NOT_THERE;
        p->refused = true;
        e = OK;
    }
    return e;
}

/* GET /ws/documents/:id. Whoever may not come in is let in and told so: a refused handshake would be tried again for ever. */
enum err live_page(struct page *p)
{
    struct req *r = p->r;
    struct str accept;
    struct entry *e = ARENA_NEW(r->a, struct entry);
    struct live *live = p->app ? app_live(p->app) : NULL;
    if (!str_eq_nocase(req_header(r, "upgrade"), STR("websocket")) || !has_word(req_header(r, "connection"), STR("upgrade")))
        return no_handshake(p, 426);
    if (r->old || !str_is(req_header(r, "sec-websocket-version"), "13"))
        return no_handshake(p, 426);
    if (r->head || ws_accept(r->a, req_header(r, "sec-websocket-key"), &accept))
        return no_handshake(p, 400);
    if (!app_origin_ours(p))
        return no_handshake(p, 403); /* another site's script in this browser, with its cookie */
    if (!live)
        return no_handshake(p, 503);
    e->guest.asked_at = r->now;
    TRY(admit(p, &e->guest.document, &e->guest.right, &e->guest.refuse));
    e->hub = live_hub(live);
    e->guest.who.account_id = p->c.actor->account_id;
    app_key(p, e->guest.who.key, &e->guest.who.program);
    e->guest.name = p->c.actor->name;
    e->guest.news = str_is(req_query(r, "news"), "1");
    r->status = 101;
    res_header(r, "Upgrade", STR("websocket"));
    res_header(r, "Sec-WebSocket-Accept", accept);
    r->upgrade = give;
    r->upgrade_arg = e;
    return OK;
}
