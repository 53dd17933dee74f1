/* my_data.c: the own data: what is kept, consent, the file, asking for something. */
#include "base/num.h"
#include "base/tm.h"
#include "gen/my_data.html.h"
#include "page/rights/rights.h"

static bool page_exists(const char *path)
{
    for (const struct route *r = routes; r->path; r++)
        if (!strcmp(r->path, path))
            return true;
    return false;
}

struct str my_data_value(const struct view *v, const struct register_column *col, struct str cell)
{
    int64_t n = 0;
    bool number = num_i64(cell, INT64_MIN, INT64_MAX, &n);
    switch (col->shown) {
    case SHOWN_TEXT: case SHOWN_CODE: case SHOWN_TRAINEE: case SHOWN_MENTOR: case SHOWN_MATCHPLACE: case SHOWN_PAIRPLACE: case SHOWN_REASON:
        return cell;
    case SHOWN_NUMBER: case SHOWN_TRAINEENUM: case SHOWN_MENTORNUM:
        return number && n > 0 ? cell : STR("");
    case SHOWN_DAY:
        return number && n > 0 && n < 100000 ? DATE((int)n) : STR("");
    case SHOWN_AT:
        return number && n > 0 ? TF("{1} {2}", DATE(tm_on_of(n)), TIME(n)) : STR("");
    case SHOWN_WHO:
        return !cell.n ? STR("") : S(str_is(cell, "self") ? T("Deg") : T("En annen"));
    case SHOWN_KEY: case SHOWN_INNER: case SHOWN_BYTES:
        break;
    }
    return STR("");
}

bool my_data_row_says(const struct view *v, const struct register_table *t, const struct str *row)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->columns[i].label && my_data_value(v, &t->columns[i], row[i]).n)
            return true;
    return false;
}

/* The look of the page is made on a worker: a person may have a long history. */
static enum err show(struct page *p, const struct form *f)
{
    struct person_data *d = ARENA_NEW(p->c.a, struct person_data);
    struct consent_state *consents;
    struct rights_request_row *asked;
    struct my_data x = {.d = d, .has_log = (p->c.actor->role == ROLE_TRAINEE || p->c.actor->role == ROLE_MENTOR) && page_exists("/my-log")};
    TRY(person_data(&p->c, person_me(&p->c), d));
    TRY(consent_states(&p->c, &consents, &x.n_consents));
    TRY(request_mine(&p->c, &asked, &x.n_asked));
    TRY(person_has_password(&p->c, &x.has_password));
    x.consents = consents;
    x.asked = asked;
    html_my_data(p->o, &p->v, &x, f);
    return OK;
}

/* GET /my-data */
enum err my_data_page(struct page *p)
{
    struct form f = form_new(NULL, 0);
    return show(p, &f);
}

/* ---- the file */

enum err my_data_zip(struct ctx *c, struct person_ref ref, struct buf *zip)
{
    struct person_data *d = ARENA_NEW(c->a, struct person_data);
    CLEANUP(buf_free) struct buf page = {.max = PERSON_FILE_MAX};
    struct view v = {.a = c->a, .lang = c->lang, .actor = c->actor, .now = c->now, .today = c->today};
    struct privacy_settings s;
    TRY(person_data(c, ref, d));
    TRY(privacy_settings_get(c, &s));
    html_my_data_file(&page, &v, d, s.months);
    return person_file(c, d, &page, zip);
}

struct file {
    struct person_password password;
    struct str zip;
};

/* Before POST /my-data/download: the password, and the file. */
enum err my_data_download_prep(struct page *p)
{
    struct file *f = ARENA_NEW(p->c.a, struct file);
    CLEANUP(buf_free) struct buf zip = {0};
    TRY(person_password(&p->c, req_field(p->r, "password"), &f->password));
    p->prep = f;
    if (!f->password.right)
        return OK;
    TRY(my_data_zip(&p->c, person_me(&p->c), &zip));
    f->zip = arena_str(p->c.a, buf_view(&zip));
    return OK;
}

/* POST /my-data/download */
enum err my_data_download_post(struct page *p)
{
    const struct file *file = p->prep;
    struct form f = form_of(p->r);
    TRY(person_password_note(&p->c, &file->password));
    if (!file->password.right) {
        form_fail(&f, "password", file->password.wait_ms ? N_("Du har prøvd mange ganger. Vent litt før du prøver igjen.") : N_("Passordet er ikke riktig."));
        TRY(show(p, &f));
        p->r->status = file->password.wait_ms ? 429 : 422;
        return OK; /* not an error to the edge: the counted failure is kept */
    }
    TRY(event_add(&p->c, (struct event){.organisation_id = p->c.actor->organisation_id, .participant_id = p->c.actor->participant_id,
                                        .subject_id = person_me(&p->c).id, .kind = "data.exported", .outcome = "own"}));
    page_download(p, "application/zip", "mine-opplysninger.zip");
    buf_str(p->o, file->zip);
    return OK;
}

/* ---- consent */

/* POST /my-data/consent */
enum err my_data_consent_post(struct page *p)
{
    enum consent what;
    if (!consent_of(req_field(p->r, "what"), &what))
        return ERR_NOT_FOUND;
    bool give = str_is(req_field(p->r, "give"), "1");
    TRY(consent_set(&p->c, what, give));
    return page_go(p, give ? "consent-given" : "consent-withdrawn", "/my-data#samtykke");
}

/* ---- asking */

const struct form_choice request_choices[] = {
    {"correction", N_("Rette noe som er feil")},
    {"erasure", N_("Slette opplysningene mine")},
    {"restriction", N_("Ikke bruke opplysningene før noe er avklart")},
    {0},
};

/* GET /my-data/ask */
enum err my_data_ask_page(struct page *p)
{
    const struct pair kind[] = {{STR("kind"), req_query(p->r, "kind")}};
    struct form f = form_new(kind, COUNT(kind));
    TRY(may(&p->c, ACT_DATA_OWN, REL_SELF));
    html_my_data_ask(p->o, &p->v, &f);
    return OK;
}

/* POST /my-data/ask */
enum err my_data_ask_post(struct page *p)
{
    struct form f = form_of(p->r);
    int kind = form_choice(&f, "kind", true, request_choices);
    struct str text = form_text(&f, "text", 1, REQUEST_TEXT_MAX);
    int64_t id;
    enum err e = form_ok(&f) ? request_send(&p->c, (enum request_kind)kind, text, &id) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "request-sent", "/my-data#spurt");
    if (e == ERR_LIMIT)
        form_fail(&f, "text", N_("Du har flere spørsmål som venter på svar. Vent til du har fått svar på dem."));
    else if (e != ERR_INVALID)
        return e;
    html_my_data_ask(p->o, &p->v, &f);
    return page_invalid(p);
}
