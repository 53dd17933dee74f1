#include "service/login_code.h"
#include "base/secret.h"
#include "domain/intake.h"
#include "service/participant.h"
#include "service/slow.h"

enum err login_code_make(struct arena *a, struct login_code_new *out)
{
    struct str code = secret_readable(a, LOGIN_CODE_CHARS);
    struct login_code_new made = {.shown = secret_groups(a, code, '-'), .begins = {code.p, LOGIN_CODE_BEGINS}};
    TRY(secret_password_hash(a, (struct str){code.p + LOGIN_CODE_BEGINS, LOGIN_CODE_CHARS - LOGIN_CODE_BEGINS}, &made.hash));
    *out = made;
    return OK;
}

static bool on_the_way(int stage)
{
    return stage >= INTAKE_INVITED && stage <= INTAKE_WAITING;
}

enum err login_code_look(struct ctx *c, int64_t participant_id, struct login_code_person *out)
{
    struct login_code_person x = {0};
    struct account_row acc = {0};
    TRY(participant_open(c, participant_id, ACT_LOGIN_CODE, &x.p));
    x.email = x.p.email;
    x.may = on_the_way(x.p.stage);
    if (x.p.account_id) {
        TRY(account_get(c->db, c->a, x.p.account_id, &acc));
        TRY(login_code_of_account(c->db, c->a, x.p.account_id, 10, &x.codes, &x.n_codes));
        x.email = acc.email;
        x.may = !acc.disabled_at;
    }
    x.address = arena_fmt(c->a, "%.*s/login", STR_FMT(c->base_url));
    x.own_mail = x.email.n && !mail_nowhere(x.email);
    saw(c, x.p.organisation_id, x.p.id, "profile");
    *out = x;
    return OK;
}

/* Somebody without an address gets a name to log in with that looks like one. */
static enum err account_for(struct ctx *c, const struct participant_row *p, int64_t *id)
{
    struct account_row other, acc = {.email = p->email, .name = participant_name(c->a, p), .lang = p->lang, .created_at = c->now};
    int64_t role_id;
    for (int i = 0; !p->email.n && i < 20; i++) {
        uint32_t n;
        secret_random(&n, sizeof n);
        acc.email = arena_fmt(c->a, "%06u@%s", n % 1000000, MAIL_NOWHERE);
        enum err e = account_by_email(c->db, c->a, acc.email, &other);
        if (e == ERR_NOT_FOUND)
            break;
        TRY(e);
    }
    enum err e = account_by_email(c->db, c->a, acc.email, &other);
    if (e != ERR_NOT_FOUND)
        return e ? e : ERR_CONFLICT;
    TRY(account_insert(c->db, &acc, id));
    TRY(role_insert(c->db,
                    &(struct role_row){.account_id = *id, .organisation_id = p->organisation_id, .role = str_c(role_code(ROLE_TRAINEE)),
                                       .from_at = c->now},
                    &role_id));
    return participant_set_account(c->db, p->id, *id);
}

enum err login_code_give(struct ctx *c, int64_t participant_id, const struct login_code_new *code)
{
    struct login_code_person x;
    TRY(login_code_look(c, participant_id, &x));
    if (!x.may)
        return ERR_STATE;
    int64_t account_id = x.p.account_id, id;
    if (!account_id)
        TRY(account_for(c, &x.p, &account_id));
    TRY(login_code_void(c->db, account_id, c->now));
    struct login_code_row row = {.account_id = account_id, .begins = code->begins, .code_hash = code->hash, .by_account = c->actor->account_id,
                                 .created_at = c->now, .expires_at = c->now + LOGIN_CODE_DAYS * (int64_t)86400000};
    TRY(login_code_insert(c->db, &row, &id));
    TRY(event_add(c, (struct event){.organisation_id = x.p.organisation_id, .participant_id = x.p.id, .subject_id = id, .kind = "login.code_made"}));
    return login_tell(c, account_id, N_("En kode til kontoen din"),
                      N_("En ansatt har laget en kode som kan brukes til å logge inn på kontoen din. Du får koden av den ansatte."));
}

static void slow_of(struct ctx *c, struct str network, struct slow *s)
{
    slow_add(c, s, THROTTLE_NETWORK, "n:", network, STR(""));
}

enum err login_code_check(struct ctx *c, struct str typed, struct str network, struct login_code_checked *out)
{
    struct login_code_checked got = {0};
    struct login_code_row row = {0};
    struct slow s = {0};
    struct str code = secret_typed(c->a, typed);
    slow_of(c, network, &s);
    TRY(slow_wait(c, &s, &got.wait_ms));
    if (got.wait_ms > 0) {
        *out = got;
        return OK;
    }
    if (code.n == LOGIN_CODE_CHARS) {
        enum err e = login_code_find(c->db, c->a, (struct str){code.p, LOGIN_CODE_BEGINS}, c->now, &row);
        if (e && e != ERR_NOT_FOUND)
            return e;
        code = (struct str){code.p + LOGIN_CODE_BEGINS, LOGIN_CODE_CHARS - LOGIN_CODE_BEGINS};
    }
    got.id = row.id;
    got.right = secret_password_ok(row.code_hash, code) && row.id != 0;
    got.account_id = row.account_id;
    *out = got;
    return OK;
}

enum err login_code_failed(struct ctx *c, const struct login_code_checked *seen, struct str network)
{
    struct slow s = {0};
    slow_of(c, network, &s);
    if (seen->id)
        TRY(login_code_tried(c->db, seen->id, LOGIN_CODE_TRIES, c->now));
    return slow_count(c, &s, NULL);
}

enum err login_code_take(struct ctx *c, const struct login_code_checked *seen)
{
    if (!seen->right)
        return ERR_DENIED;
    TRY(login_code_use(c->db, seen->id, c->now));
    TRY(login_event(c, seen->account_id, "login.code_used", ""));
    return login_tell(c, seen->account_id, N_("Koden til kontoen din er brukt"), N_("Noen har logget inn på kontoen din med koden fra en ansatt."));
}

enum err login_code_own(struct ctx *c, struct login_code_row **rows, size_t *n)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    return login_code_of_account(c->db, c->a, c->actor->account_id, 5, rows, n);
}
