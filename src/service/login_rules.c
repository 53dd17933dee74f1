#include "service/login_rules.h"
#include "base/num.h"
#include "model/setting.h"

static int minutes_of(struct str value, int otherwise)
{
    int64_t n;
    return num_i64(value, 1, LOGIN_IDLE_MOST_MIN, &n) ? (int)n : otherwise;
}

enum err login_rules_of(struct ctx *c, int64_t organisation_id, struct login_rules *out)
{
    struct str factor, link, staff, others;
    TRY(setting_get(c->db, c->a, organisation_id, "login.factor_staff", &factor));
    TRY(setting_get(c->db, c->a, organisation_id, "login.link_trainee", &link));
    TRY(setting_get(c->db, c->a, organisation_id, "login.idle_staff", &staff));
    TRY(setting_get(c->db, c->a, organisation_id, "login.idle_others", &others));
    *out = (struct login_rules){.factor_staff = str_is(factor, "1"), .link_trainee = str_is(link, "1"),
                                .idle_staff = minutes_of(staff, LOGIN_IDLE_STAFF_MIN), .idle_others = minutes_of(others, LOGIN_IDLE_OTHERS_MIN)};
    return OK;
}

enum err login_rules_look(struct ctx *c, struct login_rules *out)
{
    TRY(may(c, ACT_ACCOUNT_ADMIN, rel_org(c, c->actor->organisation_id)));
    return login_rules_of(c, c->actor->organisation_id, out);
}

static enum err put(struct ctx *c, const char *key, struct str value)
{
    return setting_put(c->db, &(struct setting_row){.organisation_id = c->actor->organisation_id, .key = str_c(key), .value = value,
                                                    .changed_at = c->now, .changed_by = c->actor->account_id});
}

enum err login_rules_save(struct ctx *c, const struct login_rules *r)
{
    TRY(may(c, ACT_ACCOUNT_ADMIN, rel_org(c, c->actor->organisation_id)));
    if (r->idle_staff < 5 || r->idle_others < 5 || r->idle_staff > LOGIN_IDLE_MOST_MIN || r->idle_others > LOGIN_IDLE_MOST_MIN)
        return ERR_INVALID;
    TRY(put(c, "login.factor_staff", r->factor_staff ? STR("1") : STR("0")));
    TRY(put(c, "login.link_trainee", r->link_trainee ? STR("1") : STR("0")));
    TRY(put(c, "login.idle_staff", arena_fmt(c->a, "%d", r->idle_staff)));
    TRY(put(c, "login.idle_others", arena_fmt(c->a, "%d", r->idle_others)));
    news_of(c, 0, NEWS_ACCESS);
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .kind = "organisation.login_rules",
                                       .outcome = r->factor_staff ? "factor_staff" : ""});
}

static bool staff(const struct session_row *s)
{
    return (ROLES_STAFF & ROLE_BIT(role_of(s->role))) != 0;
}

int64_t login_idle_ms(const struct session_row *s)
{
    int minutes = staff(s) ? minutes_of(s->idle_staff, LOGIN_IDLE_STAFF_MIN) : minutes_of(s->idle_others, LOGIN_IDLE_OTHERS_MIN);
    if (s->shared && minutes > LOGIN_IDLE_SHARED_MIN)
        minutes = LOGIN_IDLE_SHARED_MIN;
    return (int64_t)minutes * 60000;
}

bool login_factor_due(const struct session_row *s)
{
    return staff(s) && str_is(s->factor_staff, "1") && !s->factor_at;
}

bool login_alive(const struct session_row *s, int64_t now)
{
    return s->id && s->seen_at + login_idle_ms(s) + LOGIN_TOUCH_MS >= now && s->seen_at <= now + LOGIN_AHEAD_MS;
}
