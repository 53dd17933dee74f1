/* minutes.c: the trainee's minutes: three short fields. */
#include "gen/minutes.html.h"
#include "page/meeting/meeting.h"

static enum err open_form(struct page *p, struct minutes_form *x)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(meeting_open(&p->c, id, &x->m, &x->pair));
    return may(&p->c, ACT_MINUTES_WRITE, mentoring_rel(&p->c, &x->pair));
}

/* GET /meetings/:id/minutes */
enum err minutes_page(struct page *p)
{
    struct minutes_form x = {0};
    struct minutes_row r = {0};
    TRY(open_form(p, &x));
    if (x.m.has_minutes)
        TRY(minutes_open(&p->c, x.m.id, &r));
    const struct pair given[] = {{STR("talked"), r.talked}, {STR("learned"), r.learned}, {STR("next"), r.next}};
    x.f = form_new(given, COUNT(given));
    x.version = r.version;
    html_minutes(p->o, &p->v, &x);
    return OK;
}

/* POST /meetings/:id/minutes */
enum err minutes_post(struct page *p)
{
    struct minutes_form x = {.f = form_of(p->r), .version = page_version(p)};
    struct say why;
    TRY(open_form(p, &x));
    struct minutes_row now, r = {.meeting_id = x.m.id, .version = x.version, .talked = form_text(&x.f, "talked", 1, MINUTES_MAX),
                                 .learned = form_text(&x.f, "learned", 0, MINUTES_MAX), .next = form_text(&x.f, "next", 0, MINUTES_MAX)};
    if (form_ok(&x.f)) {
        enum err e = minutes_write(&p->c, &r, &why);
        if (!e)
            return page_go(p, "minutes-saved", "/meetings/%lld", (long long)x.m.id);
        if (e == ERR_CONFLICT) {
            TRY(minutes_open(&p->c, x.m.id, &now));
            x.now = &now;
            x.version = now.version;
            html_minutes(p->o, &p->v, &x);
            return page_conflict(p);
        }
        if (e != ERR_STATE)
            return e;
        form_fail(&x.f, "talked", why.msgid);
    }
    html_minutes(p->o, &p->v, &x);
    return page_invalid(p);
}
