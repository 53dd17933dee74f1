/* ad.c: the advertisement that an analysis is about, kept as it was. */
#include "base/tm.h"
#include "gen/document_ad.html.h"
#include "page/document/document.h"

enum { EMPLOYER_MAX = 120, URL_MAX = 500 };

static enum err load(struct page *p, struct ad_view *x, struct document_ad_row *ad)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(document_open(&p->c, id, &x->d));
    TRY(document_ad(&p->c, id, ad)); /* not of an analysis: not there */
    if (x->d.kind != DOCUMENT_AD)
        return ERR_NOT_FOUND;
    return x->d.right == DOCUMENT_WRITE ? OK : may(&p->c, ACT_DOCUMENT_WRITE, 0);
}

/* GET /documents/:id/ad */
enum err document_ad_page(struct page *p)
{
    struct ad_view x = {0};
    struct document_ad_row ad = {0};
    TRY(load(p, &x, &ad));
    struct tm_ymd day = tm_ymd(ad.deadline_on);
    const struct pair given[] = {{STR("employer"), ad.employer}, {STR("url"), ad.url}, {STR("text"), ad.text},
                                 {STR("deadline_on"), ad.deadline_on ? arena_fmt(p->c.a, "%02d.%02d.%04d", day.day, day.month, day.year) : STR("")}};
    x.f = form_new(given, COUNT(given));
    x.version = ad.version;
    html_document_ad(p->o, &p->v, &x);
    return OK;
}

/* POST /documents/:id/ad */
enum err document_ad_post(struct page *p)
{
    struct ad_view x = {.f = form_of(p->r), .version = page_version(p)};
    struct document_ad_row now = {0};
    TRY(load(p, &x, &now));
    struct document_ad_row ad = {.document_id = x.d.row.id, .version = x.version, .employer = form_line(&x.f, "employer", 0, EMPLOYER_MAX),
                                 .url = form_line(&x.f, "url", 0, URL_MAX), .deadline_on = form_date(&x.f, "deadline_on", false),
                                 .text = form_text(&x.f, "text", 0, AD_MAX)};
    bool web = str_starts(ad.url, STR("https://")) || str_starts(ad.url, STR("http://"));
    if (ad.url.n && (!web || str_is(url_make(ad.url).s, "#")))
        form_fail(&x.f, "url", N_("Skriv hele adressen. Den begynner med https://."));
    if (form_ok(&x.f)) {
        enum err e = document_ad_save(&p->c, &ad);
        if (e == OK)
            return page_go(p, "ad-saved", "/documents/%lld", (long long)x.d.row.id);
        if (e != ERR_CONFLICT)
            return e;
        x.now = &now;
        x.version = now.version;
        html_document_ad(p->o, &p->v, &x);
        return page_conflict(p);
    }
    html_document_ad(p->o, &p->v, &x);
    return page_invalid(p);
}
