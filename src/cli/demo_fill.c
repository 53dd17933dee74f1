/* demo_fill.c: the order of things: municipality, staff, mentors, cohorts, people. */
#include "base/secret.h"
#include "base/tm.h"
#include "base/utf8.h"
#include "cli/demo_cohorts.h"
#include "model/organisation.h"
#include "model/outbox.h"
#include "model/participant.h"
#include "model/relation.h"
#include "model/setting.h"
#include "service/cohort.h"
#include "service/confidentiality.h"
#include "service/invitation.h"
#include "service/relation.h"
#include "service/supervision.h"

int demo_workday(int on)
{
    int wd = tm_weekday(on);
    return wd > 5 ? on - (wd - 5) : on;
}

struct ctx demo_as(struct demo *d, const struct actor *who, int on, int hour, int minute)
{
    int64_t at = tm_at(demo_workday(on), hour, minute);
    if (at > d->now)
        at = d->now;
    struct actor *now = ARENA_NEW(d->a, struct actor);
    *now = *who;
    if (relation_load(d->db, d->a, tm_on_of(at), now) != OK)
        now->n_named = 0;
    return (struct ctx){.a = d->a, .db = d->db, .actor = now, .now = at, .today = tm_on_of(at), .lang = LANG_NB, .demo = true,
                        .base_url = d->base_url, .request = STR("")};
}

/* Letters that e-mail addresses do without. */
static struct str plain(struct demo *d, const char *name)
{
    struct str f = utf8_fold(d->a, str_c(name));
    char *out = arena_alloc(d->a, f.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++)
        if ((f.p[i] >= 'a' && f.p[i] <= 'z') || f.p[i] == '-')
            out[n++] = f.p[i];
        else if (f.p[i] == ' ')
            out[n++] = '-';
        else if ((unsigned char)f.p[i] == 0xc3 && i + 1 < f.n) { /* æ ø å */
            unsigned char b = (unsigned char)f.p[++i];
            out[n++] = b == 0xb8 ? 'o' : 'a';
        }
    return (struct str){out, n};
}

struct str demo_email(struct demo *d, const char *first, const char *last)
{
    return arena_fmt(d->a, "%.*s.%.*s@fjordby.example", STR_FMT(plain(d, first)), STR_FMT(plain(d, last)));
}

enum err demo_account(struct demo *d, enum role role, const char *first, const char *last, const char *lang, int on, struct actor *out)
{
    int64_t at = tm_at(demo_workday(on), 9, 0);
    struct account_row acc = {.email = demo_email(d, first, last), .name = arena_fmt(d->a, "%s %s", first, last), .lang = str_c(lang),
                              .password_hash = d->hash[role], .created_at = at};
    struct actor a = {.organisation_id = d->org, .role = role, .name = acc.name};
    DO(account_insert(d->db, &acc, &a.account_id));
    struct role_row r = {.account_id = a.account_id, .organisation_id = d->org, .role = str_c(role_code(role)), .from_at = at};
    DO(role_insert(d->db, &r, &a.account_role_id));
    *out = a;
    return OK;
}

/* Easy to read aloud and to type, and another one in each installation: three words of 64 and four digits, about 31 bits, in an
 * installation that holds no real person and slows guessing down. */
static struct str password(struct arena *a)
{
    static const char *const words[64] = {
        "fjord", "bjerk", "lykt",  "skog",  "tinde", "bekk",  "havre", "ulv",   "kveld", "stein", "foss",  "glass", "hest",  "regn",  "snarvei", "vind",
        "brygge", "elv",  "furu",  "gran",  "hage",  "is",    "jord",  "kaffe", "lampe", "morgen", "nese", "ost",   "penn",  "ring",  "sol",   "tog",
        "ugle",  "vann",  "bok",   "dag",   "eple",  "fugl",  "gul",   "hatt",  "isbre", "jakt",  "kart",  "lue",   "maane", "nord",  "orm",   "pil",
        "rev",   "sekk",  "trapp", "ute",   "varde", "bro",   "due",   "ekorn", "fisk",  "gitar", "hval",  "kano",  "ljos",  "mose",  "nett",  "perle"};
    unsigned char r[8];
    secret_random(r, sizeof r);
    unsigned number = (unsigned)(r[3] << 8 | r[4]) % 9000 + 1000;
    return arena_fmt(a, "%s-%s-%s-%u", words[r[0] % 64], words[r[1] % 64], words[r[2] % 64], number);
}

static enum err staff(struct demo *d)
{
    static const char *const advisers[DEMO_ADVISERS][2] = {{"Marit", "Lunde"}, {"Jonas", "Vik"}, {"Sunniva", "Aas"}};
    static const char *const navs[DEMO_NAVS][2] = {{"Hege", "Strand"}, {"Petter", "Moen"}};
    int on = d->today - 900;
    DO(demo_account(d, ROLE_ADMINISTRATOR, "Torbjørn", "Eide", "nb", on, &d->admin));
    DO(demo_account(d, ROLE_PROJECT_LEADER, "Kari", "Nordli", "nb", on, &d->leader));
    for (int i = 0; i < DEMO_ADVISERS; i++)
        DO(demo_account(d, ROLE_ADVISER, advisers[i][0], advisers[i][1], i == 1 ? "nn" : "nb", on + 10, &d->adviser[i]));
    for (int i = 0; i < DEMO_NAVS; i++)
        DO(demo_account(d, ROLE_NAV_CONTACT, navs[i][0], navs[i][1], "nb", on + 10, &d->nav[i]));
    return OK;
}

static enum err cohorts(struct demo *d)
{
    static const int start[DEMO_COHORTS] = {0, -625, -440, -186, 20, 130}; /* days from now */
    for (int i = COHORT_ONE; i <= COHORT_LATER; i++) {
        d->cohort_on[i] = demo_workday(d->today + start[i]);
        struct tm_ymd y = tm_ymd(d->cohort_on[i]);
        int made = (start[i] < -190 ? d->cohort_on[i] : d->today - 200) - 160;
        struct ctx c = demo_as(d, &d->leader, start[i] > 0 ? d->today - 90 : made, 10, 0);
        struct cohort_row row = {.name = arena_fmt(d->a, "%d. pulje (%s %d)", i, y.month < 7 ? "vår" : "høst", y.year),
                                 .start_on = d->cohort_on[i], .seats = i == COHORT_NEXT ? 6 : 5};
        DO(cohort_add(&c, &row, &d->cohort[i]));
    }
    return OK;
}

/* What is older than two weeks has been sent, as in real work; the newest can be read. Two had an address that does not work. */
static enum err mails(struct demo *d)
{
    struct outbox_row *rows;
    size_t n, failed = 0;
    int64_t before = 0;
    do {
        DO(outbox_list(d->db, d->a, d->org, before, 200, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            int64_t age = d->now - rows[i].created_at;
            before = rows[i].id;
            if (age > (int64_t)10 * TM_DAY_MS && failed < 2 && str_is(rows[i].kind, "invite")) {
                failed++;
                DO(outbox_set_failed(d->db, rows[i].id, rows[i].created_at + 60000, STR("550 5.1.1")));
            } else if (age > (int64_t)14 * TM_DAY_MS) {
                DO(outbox_set_sent(d->db, rows[i].id, rows[i].created_at + 20000));
            }
        }
    } while (n == 200);
    return OK;
}

/* An administrator's day: somebody invited who has not answered yet; the newest list from the case system. */
static enum err office(struct demo *d)
{
    struct ctx c = demo_as(d, &d->admin, d->today - 4, 9, 30);
    DO(invitation_staff(&c, STR("ellen.berg@fjordby.example"), STR("Ellen Berg"), ROLE_ADVISER));
    c = demo_as(d, &d->admin, d->today - 12, 8, 50);
    struct import_run_row run = {.organisation_id = d->org, .by_account = d->admin.account_id, .at = c.now, .kind = STR("participants"),
                                 .rows = 25, .created = 4, .updated = 6, .unchanged = 15};
    int64_t id;
    DO(import_run_insert(d->db, &run, &id));
    struct setting_row s = {.organisation_id = d->org, .key = STR("demo"), .value = STR("1"), .changed_at = d->now};
    DO(setting_put(d->db, &s));
    return OK;
}

static enum err people(struct demo *d)
{
    const struct demo_trainee *const handbook[3] = {demo_cohort_one, demo_cohort_two, demo_cohort_three};
    for (size_t i = 0; i < 15; i++)
        DO(demo_trainee(d, &handbook[i / 5][i % 5]));
    for (size_t i = 0; i < DEMO_NEXT_N; i++)
        DO(demo_trainee(d, &demo_cohort_next[i]));
    for (size_t i = 0; i < demo_candidates_n; i++)
        DO(demo_intake(d, &demo_candidates[i].p, &demo_candidates[i].s, COHORT_LATER, NULL));
    for (size_t i = 0; i < demo_listed_n; i++)
        DO(demo_intake(d, &demo_listed[i], NULL, COHORT_NONE, NULL));
    return OK;
}

/* The newest internship that a supervisor may still see. */
static enum err supervised(struct demo *d, struct internship_row *out, struct trainee_row *whose)
{
    struct trainee_row *t;
    size_t n;
    *out = (struct internship_row){0};
    DO(trainee_all(d->db, d->a, d->org, &t, &n));
    for (size_t i = 0; i < n; i++) {
        struct internship_row *rows;
        size_t k;
        DO(internship_of_trainee(d->db, d->a, t[i].id, &rows, &k));
        for (size_t j = 0; j < k; j++)
            if (rows[j].until_on > out->until_on && !t[i].address_protection) {
                *out = rows[j];
                *whose = t[i];
            }
    }
    return out->until_on + SUPERVISION_DAYS_AFTER > d->today ? OK : ERR_STATE;
}

/* A business with somebody who follows a trainee there. */
static enum err business(struct demo *d)
{
    struct internship_row i;
    struct trainee_row t = {0};
    struct actor who;
    int64_t municipality = d->org, id;
    DO(supervised(d, &i, &t));
    struct organisation_row o = {.name = i.business, .kind = STR("business"), .created_at = tm_at(i.from_on, 9, 0)};
    DO(organisation_insert(d->db, &o, &d->org));
    DO(organisation_set_maker(d->db, d->org, municipality));
    DO(demo_account(d, ROLE_SUPERVISOR, "Frida", "Myhre", "nb", i.from_on, &who));
    d->org = municipality;
    struct relation_row r = {.organisation_id = municipality, .participant_id = t.participant_id, .account_id = who.account_id,
                             .kind = STR(RELATION_SUPERVISOR), .subject_id = i.id, .from_on = i.from_on, .by_account = d->leader.account_id,
                             .at = o.created_at};
    DO(relation_insert(d->db, &r, &id));
    struct ctx c = demo_as(d, &who, i.from_on, 11, 0);
    return confidentiality_sign(&c, CONFIDENTIALITY_VERSION);
}

static enum err fill(struct demo *d)
{
    struct organisation_row o;
    enum err e = organisation_first(d->db, d->a, &o);
    if (e != ERR_NOT_FOUND)
        return e ? e : ERR_STATE;
    o = (struct organisation_row){.name = STR("Fjordby kommune"), .kind = STR("municipality"), .municipality = STR("5001"),
                                  .created_at = tm_at(d->today - 900, 8, 0)};
    DO(organisation_insert(d->db, &o, &d->org));
    DO(staff(d));
    DO(demo_mentors_add(d));
    DO(cohorts(d));
    DO(people(d));
    DO(business(d));
    DO(demo_documents(d));
    DO(mails(d));
    return office(d);
}

/* The printed trainee is in the third cohort, and the printed mentor is her mentor. */
static struct str printed(struct demo *d, enum role role)
{
    switch (role) {
    case ROLE_PROJECT_LEADER:
        return demo_email(d, "Kari", "Nordli");
    case ROLE_ADVISER:
        return demo_email(d, "Marit", "Lunde");
    case ROLE_NAV_CONTACT:
        return demo_email(d, "Hege", "Strand");
    case ROLE_TRAINEE:
        return demo_email(d, "Layla", "Mansour");
    case ROLE_MENTOR:
        return demo_email(d, "Sigrid", "Tveit");
    case ROLE_SUPERVISOR:
        return demo_email(d, "Frida", "Myhre");
    case ROLE_NONE:
    case ROLE_ADMINISTRATOR:
    case ROLE_N:
        break;
    }
    return demo_email(d, "Torbjørn", "Eide");
}

enum err demo_fill(struct arena *a, struct db *db, int64_t now, struct str base_url, struct demo_login out[DEMO_LOGINS],
                   const char **failed)
{
    static const enum role order[DEMO_LOGINS] = {ROLE_PROJECT_LEADER, ROLE_ADVISER, ROLE_NAV_CONTACT, ROLE_TRAINEE, ROLE_MENTOR,
                                                 ROLE_SUPERVISOR, ROLE_ADMINISTRATOR};
    struct demo *d = ARENA_NEW(a, struct demo);
    *d = (struct demo){.a = a, .db = db, .now = now, .today = tm_on_of(now), .base_url = base_url};
    enum err e = OK;
    for (enum role r = ROLE_ADMINISTRATOR; r < ROLE_N && !e; r++) {
        d->password[r] = password(a);
        e = secret_password_hash(a, d->password[r], &d->hash[r]);
    }
    if (!e)
        e = fill(d);
    if (failed)
        *failed = d->failed;
    for (size_t i = 0; i < DEMO_LOGINS && !e; i++)
        out[i] = (struct demo_login){order[i], printed(d, order[i]), d->password[order[i]]};
    return e;
}
