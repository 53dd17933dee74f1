/* user.c: the administrator's pages about accounts. */
#include "page/user/user.h"
#include "gen/user.html.h"
#include "gen/users.html.h"
#include "service/invitation.h"

const struct form_choice user_role_choices[] = {{"administrator", N_("Administrator")}, {"project_leader", N_("Prosjektleder")},
                                                {"adviser", N_("Programrådgiver")},     {"nav_contact", N_("NAV-kontakt")},
                                                {"trainee", N_("Trainee")},             {"mentor", N_("Mentor")},
                                                {"supervisor", N_("Fadder")},           {NULL, NULL}};
const struct form_choice user_staff_choices[] = {{"administrator", N_("Administrator")}, {"project_leader", N_("Prosjektleder")},
                                                 {"adviser", N_("Programrådgiver")},     {"nav_contact", N_("NAV-kontakt")},
                                                 {NULL, NULL}};
const struct form_choice user_state_choices[] = {{"open", N_("Åpne kontoer")}, {"closed", N_("Stengte kontoer")},
                                                 {"roleless", N_("Uten rolle")}, {"all", N_("Alle")}, {NULL, NULL}};

static const struct {
    const char *kind, *text;
} events[] = {
    {"user.role_added", N_("Fikk en rolle")},      {"user.role_ended", N_("En rolle ble avsluttet")}, {"user.closed", N_("Kontoen ble stengt")},
    {"user.token_made", N_("Fikk en nøkkel for programmer")},
    {"user.reopened", N_("Kontoen ble åpnet igjen")}, {"user.sessions_ended", N_("Ble logget ut overalt")},
    {"user.factor_off", N_("Engangskodene ble slått av")},
    {"user.password_sent", N_("Fikk lenke til nytt passord")},
};
const char *user_event(struct str kind)
{
    for (size_t i = 0; i < COUNT(events); i++)
        if (str_is(kind, events[i].kind))
            return events[i].text;
    return N_("Endret");
}

struct str user_roles_text(const struct view *v, unsigned roles)
{
    struct str parts[ROLE_N];
    size_t n = 0;
    for (enum role r = ROLE_ADMINISTRATOR; r < ROLE_N; r++)
        if (roles & ROLE_BIT(r))
            parts[n++] = str_c(T(role_label(r)));
    return arena_join(v->a, parts, n, STR(", "));
}

static struct str query_escape(struct page *p, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    char *out = arena_alloc(p->c.a, s.n * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char b = (unsigned char)s.p[i];
        if ((b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z')) {
            out[n++] = (char)b;
        } else {
            out[n++] = '%';
            out[n++] = hex[b >> 4];
            out[n++] = hex[b & 15];
        }
    }
    return (struct str){out, n};
}

static int choice_of(const struct form_choice *c, struct str value)
{
    for (int i = 0; c[i].value; i++)
        if (str_is(value, c[i].value))
            return i;
    return -1;
}

/* GET /users */
enum err users_page(struct page *p)
{
    struct str q = req_query(p->r, "q"), role = req_query(p->r, "role"), state = req_query(p->r, "state");
    int s = choice_of(user_state_choices, state);
    struct user_filter f = {.search = q, .role = role_of(role), .state = s < 0 ? USER_OPEN : (enum user_state)s,
                            .after_id = page_query_int(p, "after", 0)};
    struct user_list l;
    struct link_row *links;
    size_t n_links;
    if (q.n > 200)
        f.search.n = 0;
    TRY(user_list(&p->c, &f, &l));
    TRY(user_invited(&p->c, &links, &n_links));
    const struct pair given[] = {{STR("q"), f.search}, {STR("role"), role}, {STR("state"), str_c(user_state_choices[f.state].value)}};
    struct form form = form_new(given, COUNT(given));
    struct str more = STR("");
    if (l.more)
        more = arena_fmt(p->c.a, "/users?q=%.*s&role=%s&state=%s&after=%lld", STR_FMT(query_escape(p, f.search)), role_code(f.role),
                         user_state_choices[f.state].value, (long long)l.last_id);
    bool first = !f.after_id && !f.search.n && f.role == ROLE_NONE && f.state == USER_OPEN;
    html_users(p->o, &p->v, &l, &form, links, first ? n_links : 0, more);
    return OK;
}

/* refused: msgid of what a rule objects to, or NULL. */
static enum err show(struct page *p, int64_t id, const struct form *f, const char *refused)
{
    struct user x;
    TRY(user_open(&p->c, id, &x));
    html_user(p->o, &p->v, &x, f, refused);
    return OK;
}

/* GET /users/:id */
enum err user_page_get(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_new(NULL, 0);
    return show(p, id, &f, NULL);
}

/* GET /users/invite */
enum err user_invite_page(struct page *p)
{
    struct link_row *links;
    size_t n;
    TRY(user_invited(&p->c, &links, &n));
    struct form f = form_new(NULL, 0);
    html_user_invite(p->o, &p->v, &f);
    return OK;
}

/* POST /users/invite */
enum err user_invite_post(struct page *p)
{
    struct form f = form_of(p->r);
    struct str name = form_line(&f, "name", 1, 120), email = form_email(&f, "email", true);
    int role = form_choice(&f, "role", true, user_staff_choices);
    if (form_ok(&f)) {
        TRY(invitation_staff(&p->c, email, name, role_of(str_c(user_staff_choices[role].value))));
        return page_go(p, "user-invited", "/users");
    }
    html_user_invite(p->o, &p->v, &f);
    return page_invalid(p);
}

/* POST /users/invitations/:id/withdraw */
enum err user_uninvite_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(user_uninvite(&p->c, id));
    return page_go(p, "user-uninvited", "/users");
}

/* POST /users/:id/roles */
enum err user_role_add_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    struct form f = form_of(p->r);
    int role = form_choice(&f, "role", true, user_staff_choices);
    enum err e = form_ok(&f) ? user_role_add(&p->c, id, role_of(str_c(user_staff_choices[role].value))) : ERR_INVALID;
    if (e == OK || e == ERR_STATE) /* it has the role already: as wished */
        return page_go(p, "saved", "/users/%lld", (long long)id);
    if (e != ERR_INVALID)
        return e;
    TRY(show(p, id, &f, NULL));
    return page_invalid(p);
}

static enum err objection(struct page *p, int64_t id, const char *refused)
{
    struct form f = form_new(NULL, 0);
    TRY(show(p, id, &f, refused));
    return page_invalid(p);
}

/* POST /users/:id/roles/:role/end */
enum err user_role_end_post(struct page *p)
{
    int64_t id, role;
    struct say why = {0};
    TRY(page_id(p, "id", &id));
    TRY(page_id(p, "role", &role));
    enum err e = user_role_end(&p->c, id, role, &why);
    if (e == ERR_STATE && why.msgid)
        return objection(p, id, why.msgid);
    if (e && e != ERR_CONFLICT) /* over already: as wished */
        return e;
    return page_go(p, "saved", "/users/%lld", (long long)id);
}

/* GET /users/:id/close */
enum err user_close_page(struct page *p)
{
    int64_t id;
    struct user x;
    TRY(page_id(p, "id", &id));
    TRY(user_open(&p->c, id, &x));
    struct form f = form_new(NULL, 0);
    html_user_close(p->o, &p->v, &x.row, &f, false);
    return OK;
}

/* POST /users/:id/close */
enum err user_close_post(struct page *p)
{
    int64_t id;
    struct user x;
    struct say why = {0};
    TRY(page_id(p, "id", &id));
    TRY(user_open(&p->c, id, &x));
    struct form f = form_of(p->r);
    struct str reason = form_text(&f, "reason", 3, 500);
    enum err e = form_ok(&f) ? user_close(&p->c, id, page_version(p), reason, &why) : ERR_INVALID;
    if (e == OK)
        return page_go(p, "user-closed", "/users/%lld", (long long)id);
    if (e == ERR_STATE)
        form_fail(&f, "", why.msgid);
    else if (e != ERR_INVALID && e != ERR_CONFLICT)
        return e;
    html_user_close(p->o, &p->v, &x.row, &f, e == ERR_CONFLICT);
    return e == ERR_CONFLICT ? page_conflict(p) : page_invalid(p);
}

/* POST /users/:id/open */
enum err user_reopen_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    enum err e = user_reopen(&p->c, id, page_version(p));
    if (e && e != ERR_CONFLICT)
        return e;
    return page_go(p, e ? NULL : "user-opened", "/users/%lld", (long long)id);
}

/* POST /users/:id/sessions/end */
enum err user_sessions_end_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    TRY(user_end_sessions(&p->c, id));
    return page_go(p, "sessions-ended", "/users/%lld", (long long)id);
}

/* POST /users/:id/password */
enum err user_password_post(struct page *p)
{
    int64_t id;
    TRY(page_id(p, "id", &id));
    enum err e = user_send_password(&p->c, id);
    if (e == ERR_STATE)
        return objection(p, id, N_("Kontoen er stengt eller har ingen rolle. Da hjelper ikke et nytt passord."));
    TRY(e);
    return page_go(p, "password-sent", "/users/%lld", (long long)id);
}
