#include "service/invitation.h"
#include "base/secret.h"
#include "base/tm.h"
#include "model/mentor.h"
#include "model/outcome.h"
#include "model/relation.h"
#include "service/letter.h"
#include "service/participant.h"

static const char *const kinds[INVITATION_KIND_N] = {[INVITE_PARTICIPANT] = "invite_participant", [INVITE_MENTOR] = "invite_mentor",
                                                     [INVITE_STAFF] = "invite_staff",
                                                     [INVITE_SUPERVISOR] = "invite_supervisor", [NEW_PASSWORD] = "new_password"};

/* Stores a new link in place of older ones; *token goes into the mail and nowhere else. */
static enum err link_new(struct ctx *c, enum invitation_kind kind, struct link_row l, int64_t lasts_ms, struct str *token)
{
    *token = secret_token(c->a);
    l.token_hash = secret_hash_hex(c->a, *token);
    l.kind = str_c(kinds[kind]);
    l.created_by = c->actor->account_id;
    l.created_at = c->now;
    l.expires_at = c->now + lasts_ms;
    if (l.subject_id)
        TRY(link_void(c->db, l.kind, l.subject_id, c->now));
    return link_insert(c->db, &l);
}

static void say_link(struct letter *l, const char *words, struct str token)
{
    letter_link(l, words, "/link/%.*s?lang=%s", STR_FMT(token), lang_info[l->lang].code);
}

static void say_how_long(struct letter *l)
{
    letter_say1(l, N_("Lenken virker én gang, og til og med {1}. Den er bare til deg. Ikke send den videre."),
                text_date(l->c->a, l->lang, l->c->today + INVITATION_DAYS - 1));
    letter_say(l, N_("Har lenken gått ut? Si fra, så sender vi en ny."));
}

enum err invitation_send(struct ctx *c, int64_t participant_id)
{
    struct participant_row p;
    TRY(participant_open(c, participant_id, ACT_INVITE, &p));
    if (!p.email.n)
        return ERR_INVALID;
    struct letter l = letter_to(c, p.lang, participant_name(c->a, &p));
    letter_say1(&l, N_("{1} inviterer deg til å søke på mentorprogrammet."), c->actor->name);
    letter_say(&l, N_("I programmet får du en mentor som kan faget ditt. Dere møtes omtrent en gang i måneden i ett år."));
    if (p.account_id) {
        letter_link(&l, N_("Du har allerede en konto. Logg inn, så finner du søknaden:"), "/application");
    } else {
        struct str token;
        TRY(link_new(c, INVITE_PARTICIPANT,
                     (struct link_row){.organisation_id = p.organisation_id, .email = p.email, .name = participant_name(c->a, &p),
                                       .lang = str_c(lang_info[l.lang].code), .role = str_c(role_code(ROLE_TRAINEE)), .subject_id = p.id},
                     (int64_t)INVITATION_DAYS * TM_DAY_MS, &token));
        say_link(&l, N_("Åpne lenken og lag et passord. Så kan du begynne på søknaden:"), token);
        say_how_long(&l);
    }
    TRY(letter_send(&l, (struct mail){.organisation_id = p.organisation_id, .kind = "invite", .email = p.email,
                                      .subject = letter_subject(&l, N_("Invitasjon til å søke"), STR(""))}));
    return event_add(c, (struct event){.organisation_id = p.organisation_id, .participant_id = p.id, .subject_id = p.id,
                                       .kind = "invitation.sent"});
}

enum err invitation_mentor(struct ctx *c, int64_t mentor_id)
{
    struct mentor_row m;
    enum err e = mentor_get(c->db, c->a, mentor_id, &m);
    if (e && e != ERR_NOT_FOUND)
        return e;
    TRY(may(c, ACT_MENTOR_EDIT, e ? 0 : rel_org(c, m.organisation_id)));
    TRY(e);
    if (!m.email.n)
        return ERR_INVALID;
    struct str name = arena_fmt(c->a, "%.*s %.*s", STR_FMT(m.first_name), STR_FMT(m.last_name)), token;
    struct letter l = letter_to(c, m.lang, name);
    letter_say1(&l, N_("{1} inviterer deg til å være mentor."), c->actor->name);
    if (m.account_id) {
        letter_link(&l, N_("Du har allerede en konto. Logg inn her:"), "/");
    } else {
        TRY(link_new(c, INVITE_MENTOR,
                     (struct link_row){.organisation_id = m.organisation_id, .email = m.email, .name = name,
                                       .lang = str_c(lang_info[l.lang].code), .role = str_c(role_code(ROLE_MENTOR)), .subject_id = m.id},
                     (int64_t)INVITATION_DAYS * TM_DAY_MS, &token));
        say_link(&l, N_("Åpne lenken og lag et passord. Så ser du hva du kan gjøre nå:"), token);
        say_how_long(&l);
    }
    TRY(letter_send(&l, (struct mail){.organisation_id = m.organisation_id, .kind = "invite", .email = m.email,
                                      .subject = letter_subject(&l, N_("Invitasjon til å være mentor"), STR(""))}));
    return event_add(c, (struct event){.organisation_id = m.organisation_id, .subject_id = m.id, .kind = "invitation.mentor_sent"});
}

static enum err invite_to(struct ctx *c, int64_t organisation_id, struct str email, struct str name, enum role role)
{
    struct str token;
    struct letter l = letter_to(c, str_c(lang_info[c->lang].code), name);
    TRY(link_void_staff(c->db, organisation_id, email, c->now));
    TRY(link_new(c, INVITE_STAFF,
                 (struct link_row){.organisation_id = organisation_id, .email = email, .name = l.name,
                                   .lang = str_c(lang_info[l.lang].code), .role = str_c(role_code(role))},
                 (int64_t)INVITATION_DAYS * TM_DAY_MS, &token));
    letter_say1(&l, N_("{1} inviterer deg til å arbeide i Springbrett."), c->actor->name);
    say_link(&l, N_("Åpne lenken og lag et passord:"), token);
    say_how_long(&l);
    TRY(letter_send(&l, (struct mail){.organisation_id = c->actor->organisation_id, .kind = "invite", .email = email,
                                      .subject = letter_subject(&l, N_("Invitasjon til Springbrett"), STR(""))}));
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .subject_id = organisation_id == c->actor->organisation_id ? 0 : organisation_id,
                                       .kind = "invitation.staff_sent", .outcome = role_code(role)});
}

enum err invitation_staff(struct ctx *c, struct str email, struct str name, enum role role)
{
    TRY(may(c, ACT_ACCOUNT_ADMIN, rel_org(c, c->actor->organisation_id)));
    if (!(ROLES_STAFF & ROLE_BIT(role)) || !email.n)
        return ERR_INVALID;
    return invite_to(c, c->actor->organisation_id, email, name, role);
}

enum err invitation_first_administrator(struct ctx *c, int64_t organisation_id, struct str email, struct str name)
{
    TRY(may(c, ACT_ORGANISATION_ADMIN, rel_org(c, c->actor->organisation_id)));
    return invite_to(c, organisation_id, email, name, ROLE_ADMINISTRATOR);
}

enum err invitation_supervisor(struct ctx *c, int64_t business_id, int64_t internship_id, struct str email, struct str name)
{
    struct str token;
    struct letter l = letter_to(c, str_c(lang_info[c->lang].code), name);
    TRY(link_new(c, INVITE_SUPERVISOR,
                 (struct link_row){.organisation_id = business_id, .email = email, .name = l.name, .lang = str_c(lang_info[l.lang].code),
                                   .role = str_c(role_code(ROLE_SUPERVISOR)), .subject_id = internship_id},
                 (int64_t)INVITATION_DAYS * TM_DAY_MS, &token));
    letter_say1(&l, N_("{1} inviterer deg til å være fadder."), c->actor->name);
    say_link(&l, N_("Åpne lenken og lag et passord:"), token);
    say_how_long(&l);
    return letter_send(&l, (struct mail){.organisation_id = c->actor->organisation_id, .kind = "invite", .email = email,
                                         .subject = letter_subject(&l, N_("Invitasjon til å være fadder"), STR(""))});
}

enum err invitation_password(struct ctx *c, struct str email)
{
    struct str parts[2] = {STR("password"), email};
    struct throttle_row t;
    TRY(throttle_get(c->db, c->a, arena_fmt(c->a, "w:%.*s", STR_FMT(secret_hash_hex(c->a, arena_join(c->a, parts, 2, STR("|"))))), &t));
    if (t.until_at > c->now)
        return OK;
    t.failures = 1;
    t.seen_at = c->now;
    t.until_at = c->now + PASSWORD_ASK_EVERY_MS;
    TRY(throttle_put(c->db, &t));
    struct account_row acc;
    enum err e = account_by_email(c->db, c->a, email, &acc);
    if (e == ERR_NOT_FOUND || (!e && acc.disabled_at))
        return OK;
    TRY(e);
    struct role_row *roles;
    size_t n;
    TRY(role_of_account(c->db, c->a, acc.id, c->now, &roles, &n));
    if (n == 0)
        return OK;
    struct str token;
    struct letter l = letter_to(c, acc.lang, acc.name);
    TRY(link_new(c, NEW_PASSWORD,
                 (struct link_row){.organisation_id = roles[0].organisation_id, .email = acc.email, .name = acc.name,
                                   .lang = str_c(lang_info[l.lang].code), .subject_id = acc.id},
                 (int64_t)PASSWORD_LINK_MINUTES * 60000, &token));
    letter_say(&l, N_("Noen har bedt om et nytt passord til kontoen din. Var det deg?"));
    say_link(&l, N_("Åpne lenken og lag et nytt passord:"), token);
    letter_say(&l, N_("Lenken virker én gang, og i to timer."));
    letter_say(&l, N_("Var det ikke deg? Da trenger du ikke gjøre noe. Det gamle passordet virker fortsatt."));
    return letter_send(&l, (struct mail){.organisation_id = roles[0].organisation_id, .kind = "password", .email = acc.email,
                                         .subject = letter_subject(&l, N_("Nytt passord"), STR(""))});
}

enum err invitation_look(struct ctx *c, struct str token, struct invitation *out)
{
    struct invitation v = {0};
    if (token.n != SECRET_TOKEN_CHARS)
        return ERR_NOT_FOUND;
    TRY(link_find(c->db, c->a, secret_hash_hex(c->a, token), &v.link));
    while (v.kind < INVITATION_KIND_N && !str_is(v.link.kind, kinds[v.kind]))
        v.kind++;
    if (v.kind == INVITATION_KIND_N)
        return ERR_NOT_FOUND;
    v.state = v.link.used_at ? INVITATION_USED : v.link.expires_at <= c->now ? INVITATION_OLD : INVITATION_OPEN;
    struct organisation_row o;
    TRY(organisation_get(c->db, c->a, v.link.organisation_id, &o));
    v.organisation = o.name;
    struct account_row acc;
    enum err e = v.link.created_by ? account_get(c->db, c->a, v.link.created_by, &acc) : ERR_NOT_FOUND;
    if (!e)
        v.inviter = acc.name;
    else if (e != ERR_NOT_FOUND)
        return e;
    e = account_by_email(c->db, c->a, v.link.email, &acc);
    if (!e)
        v.account_id = acc.id;
    else if (e != ERR_NOT_FOUND)
        return e;
    *out = v;
    return OK;
}

/* From the day of the invitation; who accepts a second one for the same internship has the relation already. */
static enum err supervise(struct ctx *c, const struct invitation *v, int64_t account_id)
{
    struct internship_row i;
    struct trainee_row t;
    struct supervised_row *there;
    size_t n;
    int64_t id;
    TRY(internship_get(c->db, c->a, v->link.subject_id, &i));
    TRY(trainee_get(c->db, c->a, i.trainee_id, &t));
    TRY(supervisors_of(c->db, c->a, i.id, &there, &n));
    for (size_t k = 0; k < n; k++)
        if (there[k].account_id == account_id && !there[k].ended_at)
            return OK;
    news_of(c, 0, NEWS_ACCESS);
    return relation_insert(c->db,
                           &(struct relation_row){.organisation_id = t.organisation_id, .participant_id = t.participant_id, .account_id = account_id,
                                                  .kind = STR(RELATION_SUPERVISOR), .subject_id = i.id, .from_on = tm_on_of(v->link.created_at),
                                                  .by_account = v->link.created_by, .at = c->now},
                           &id);
}

/* The participant or mentor of the link gets the account. */
static enum err tie(struct ctx *c, const struct invitation *v, int64_t account_id)
{
    if (v->kind == INVITE_PARTICIPANT) {
        struct participant_row p, other;
        TRY(participant_get(c->db, c->a, v->link.subject_id, &p));
        enum err e = participant_by_account(c->db, c->a, account_id, &other);
        if (e && e != ERR_NOT_FOUND)
            return e;
        if ((p.account_id && p.account_id != account_id) || (!e && other.id != p.id && other.organisation_id == p.organisation_id))
            return ERR_CONFLICT;
        return participant_set_account(c->db, p.id, account_id);
    }
    if (v->kind == INVITE_MENTOR) {
        struct mentor_row m, other;
        TRY(mentor_get(c->db, c->a, v->link.subject_id, &m));
        enum err e = mentor_by_account(c->db, c->a, m.organisation_id, account_id, &other);
        if (e && e != ERR_NOT_FOUND)
            return e;
        if ((m.account_id && m.account_id != account_id) || (!e && other.id != m.id))
            return ERR_CONFLICT;
        return mentor_set_account(c->db, m.id, account_id);
    }
    if (v->kind == INVITE_SUPERVISOR)
        return supervise(c, v, account_id);
    return OK;
}

/* What happened is the new account's own act. */
static enum err log_accepted(struct ctx *c, const struct invitation *v, int64_t account_id, const char *kind)
{
    struct actor me = {.account_id = account_id, .organisation_id = v->link.organisation_id, .role = role_of(v->link.role),
                       .name = v->link.name};
    const struct actor *before = c->actor;
    c->actor = &me;
    enum err e = event_add(c, (struct event){.organisation_id = v->link.organisation_id, .kind = kind, .subject_id = v->link.id,
                                             .participant_id = v->kind == INVITE_PARTICIPANT ? v->link.subject_id : 0});
    c->actor = before;
    return e;
}

enum err invitation_accept(struct ctx *c, const struct invitation *seen, struct str hash, int64_t *account_id)
{
    if (seen->state != INVITATION_OPEN)
        return ERR_STATE;
    const struct link_row *l = &seen->link;
    int64_t id = seen->account_id;
    if (seen->kind == NEW_PASSWORD) {
        id = l->subject_id;
        TRY(link_use(c->db, l->id, c->now));
        TRY(account_set_password(c->db, id, hash));
        TRY(session_end_others(c->db, id, 0));
        news_of(c, 0, NEWS_ACCESS);
        TRY(log_accepted(c, seen, id, "account.password_set"));
        *account_id = id;
        return OK;
    }
    if (!id)
        TRY(account_insert(c->db,
                           &(struct account_row){.email = l->email, .name = l->name, .lang = str_c(lang_info[c->lang].code),
                                                 .password_hash = hash, .created_at = c->now},
                           &id));
    int64_t role_id;
    TRY(role_insert(c->db, &(struct role_row){.account_id = id, .organisation_id = l->organisation_id, .role = l->role, .from_at = c->now},
                    &role_id));
    TRY(tie(c, seen, id));
    TRY(link_use(c->db, l->id, c->now));
    TRY(log_accepted(c, seen, id, "invitation.accepted"));
    *account_id = id;
    return OK;
}
