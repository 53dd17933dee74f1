#include "page/mail/mail.h"
#include "gen/demo_mail.html.h"
#include "gen/mail_queue.html.h"
#include "http/route.h"
#include "service/mailbox.h"

/* GET /demo/mail */
enum err demo_mail_page(struct page *p)
{
    struct outbox_row *rows;
    size_t n;
    int64_t next, before = page_query_int(p, "before", 0);
    TRY(mailbox_list(&p->c, before > 0 ? before : 0, &rows, &n, &next));
    html_demo_mail(p->o, &p->v, rows, n, next);
    return OK;
}

/* The path of an address that stands alone on its line, whatever server it names: a demo is served from anywhere, and its mails hold only
 * addresses of ours. */
static struct str path_of(struct str line)
{
    struct str rest = line;
    if (str_find(line, ' ') >= 0 || (!str_starts(line, STR("http://")) && !str_starts(line, STR("https://"))))
        return STR("");
    (void)str_cut(&rest, '/');
    (void)str_cut(&rest, '/');
    ptrdiff_t at = str_find(rest, '/');
    return at < 0 ? STR("/") : (struct str){rest.p + at, rest.n - (size_t)at};
}

/* Is there a page at that path for the reader's role? A mail is read here by others than it was sent to. */
static bool leads_somewhere(const struct page *p, struct str path)
{
    struct pair var[4];
    struct str rest = path, plain = str_cut(&rest, '?');
    for (const struct route *rt = routes; rt->path; rt++)
        if (rt->method == GET && route_match(rt->path, plain, var))
            return rt->auth == AUTH_ANYONE || (rt->roles & ROLE_BIT(p->c.actor->role));
    return false;
}

/* The lines of a text; addresses become links. */
static struct mail_text *lines_of(struct page *p, struct str body, size_t *n)
{
    size_t max = 1;
    for (size_t i = 0; i < body.n; i++)
        max += body.p[i] == '\n';
    struct mail_text *out = ARENA_ARRAY(p->c.a, struct mail_text, max);
    struct str rest = body;
    for (*n = 0; rest.n; (*n)++) {
        struct str line = str_cut(&rest, '\n');
        struct str path = path_of(line);
        out[*n] = (struct mail_text){line, leads_somewhere(p, path) ? path : STR("")};
    }
    return out;
}

/* GET /demo/mail/:id */
enum err demo_mail_one_page(struct page *p)
{
    int64_t id;
    struct outbox_row m;
    size_t n;
    TRY(page_id(p, "id", &id));
    TRY(mailbox_get(&p->c, id, &m));
    struct mail_text *lines = lines_of(p, m.body, &n);
    html_demo_mail_one(p->o, &p->v, &m, lines, n);
    return OK;
}

/* GET /demo/mail/:id/calendar */
enum err demo_mail_calendar_page(struct page *p)
{
    int64_t id;
    struct outbox_row m;
    TRY(page_id(p, "id", &id));
    TRY(mailbox_get(&p->c, id, &m));
    if (!m.calendar.n)
        return ERR_NOT_FOUND;
    page_download(p, "text/calendar; charset=utf-8", "invitasjon.ics");
    buf_str(p->o, m.calendar);
    return OK;
}

/* GET /mail */
enum err mail_queue_page(struct page *p)
{
    struct outbox_counts counts;
    struct outbox_row *rows;
    size_t n;
    TRY(mailbox_state(&p->c, &counts, &rows, &n));
    html_mail_queue(p->o, &p->v, &counts, rows, n);
    return OK;
}

/* POST /mail/:id/again */
enum err mail_again_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    enum err e = mailbox_again(&p->c, id);
    if (e == ERR_CONFLICT) /* sent or tried again already: the list says how it stands */
        return page_go(p, NULL, "/mail");
    TRY(e);
    return page_go(p, "mail-again", "/mail");
}
