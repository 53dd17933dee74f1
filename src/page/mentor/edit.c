/* edit.c: a mentor's facts are written, by the leader or by the mentor. */
#include "domain/language.h"
#include "gen/mentor.html.h"
#include "gen/mentor_form.html.h"
#include "gen/my_mentor.html.h"
#include "page/mentor/mentor.h"

/* GET /mentors/new */
enum err mentor_new_page(struct page *p)
{
    struct mentor_choices c;
    struct mentor_row m = {.capacity = 1, .lang = STR("nb")};
    TRY(mentor_choices(p, false, &c));
    c.languages = language_bit("nb");
    struct form f = mentor_form_of(p, &m);
    html_mentor_form(p->o, &p->v, &f, &c, NULL, 0, false, NULL, 0);
    return OK;
}

/* POST /mentors */
enum err mentor_new_post(struct page *p)
{
    struct mentor_choices c;
    struct mentor_row m = {0};
    int64_t id = 0;
    bool taken = false;
    TRY(mentor_choices(p, false, &c));
    struct form f = form_of(p->r);
    mentor_form_read(p, &f, &c, false, &m);
    enum err e = form_ok(&f) ? mentor_add(&p->c, &m, &id, &taken) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "mentor-added", "/mentors/%lld", (long long)id);
    if (e == ERR_CONFLICT && taken)
        form_fail(&f, "email", N_("Det finnes allerede en mentor med denne adressen."));
    else if (e != ERR_INVALID || !f.n_err)
        return e;
    html_mentor_form(p->o, &p->v, &f, &c, NULL, 0, false, NULL, 0);
    return page_invalid(p);
}

static enum err show(struct page *p, const struct mentor_row *m, bool own)
{
    struct mentor_choices c;
    TRY(mentor_choices(p, own, &c));
    c.languages = language_set_parse(p->c.a, m->languages, NULL);
    struct form f = mentor_form_of(p, m);
    html_mentor_form(p->o, &p->v, &f, &c, m, m->version, own, NULL, 0);
    return OK;
}

static enum err save(struct page *p, const struct mentor_row *there, bool own, const char *back)
{
    struct mentor_choices c;
    struct mentor_row m = *there;
    bool taken = false;
    TRY(mentor_choices(p, own, &c));
    struct form f = form_of(p->r);
    mentor_form_read(p, &f, &c, own, &m);
    m.version = page_version(p);
    enum err e = form_ok(&f) ? mentor_change(&p->c, &m, &taken) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "saved", "%s", back);
    if (e == ERR_CONFLICT && !taken) {
        struct mentor_difference d[MENTOR_FIELDS];
        size_t n = mentor_differ(p, &c, own, there, &m, d);
        html_mentor_form(p->o, &p->v, &f, &c, there, there->version, own, d, n);
        return page_conflict(p);
    }
    if (e == ERR_CONFLICT)
        form_fail(&f, "email", N_("Det finnes allerede en mentor med denne adressen."));
    else if (e != ERR_INVALID || !f.n_err)
        return e;
    html_mentor_form(p->o, &p->v, &f, &c, there, m.version, own, NULL, 0);
    return page_invalid(p);
}

/* GET /mentors/:id/edit */
enum err mentor_edit_page(struct page *p)
{
    int64_t id;
    struct mentor_row m;
    TRY(page_id(p, "id", &id));
    TRY(mentor_see(&p->c, id, &m));
    return show(p, &m, false);
}

/* POST /mentors/:id/edit */
enum err mentor_edit_post(struct page *p)
{
    int64_t id;
    struct mentor_row m;
    TRY(page_id(p, "id", &id));
    TRY(mentor_see(&p->c, id, &m));
    return save(p, &m, false, arena_fmt(p->c.a, "/mentors/%lld", (long long)id).p);
}

/* GET /mentor */
enum err my_mentor_page(struct page *p)
{
    struct mentor_row m;
    TRY(mentor_mine(&p->c, &m));
    html_my_mentor(p->o, &p->v, &m);
    return OK;
}

/* GET /mentor/edit */
enum err my_mentor_edit_page(struct page *p)
{
    struct mentor_row m;
    TRY(mentor_mine(&p->c, &m));
    return show(p, &m, true);
}

/* POST /mentor/edit */
enum err my_mentor_edit_post(struct page *p)
{
    struct mentor_row m;
    TRY(mentor_mine(&p->c, &m));
    return save(p, &m, true, "/mentor");
}

/* GET /mentor/pause */
enum err my_mentor_pause_page(struct page *p)
{
    struct mentor_row m;
    TRY(mentor_mine(&p->c, &m));
    struct form f = form_new(NULL, 0);
    html_mentor_pause(p->o, &p->v, &m, &f, m.version, false, true);
    return OK;
}
