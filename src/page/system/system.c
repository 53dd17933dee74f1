#include "page/system/system.h"
#include "db/writer.h"
#include "model/setting.h"
#include "page/app.h"

enum { STUCK_MS = 10000 };

static enum err plain(struct page *p, const char *text)
{
    p->r->type = "text/plain; charset=utf-8";
    buf_fmt(p->o, "%s\n", text);
    return OK;
}

static enum err can_read(struct page *p)
{
    bool demo;
    return setting_demo(p->c.db, p->c.a, &demo); /* any row will do */
}

/* GET /healthz: 200 "ok" when this process can read its database. */
enum err healthz_page(struct page *p)
{
    TRY(can_read(p));
    return plain(p, "ok");
}

const char *not_ready(const struct ready *r)
{
    if (r->leaving)
        return "stopping";
    if (!r->reads)
        return "the database cannot be read";
    if (r->waiting > WRITER_WAITING_MAX / 2)
        return "too many changes wait";
    if (r->busy_ms > STUCK_MS)
        return "a change takes too long";
    return NULL;
}

/* GET /readyz: 200 "ok" when requests may be sent here, else 503 and why not. */
enum err readyz_page(struct page *p)
{
    struct ready r = {.reads = can_read(p) == OK};
    if (p->app) {
        struct writer_stats w = writer_stats(app_writer(p->app));
        r.leaving = app_leaving(p->app);
        r.waiting = w.waiting;
        r.busy_ms = w.busy_ms;
    }
    const char *why = not_ready(&r);
    TRY(plain(p, why ? why : "ok"));
    if (!why)
        return OK;
    p->r->status = 503;
    return ERR_STATE; /* with the page it has written */
}
