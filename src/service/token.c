#include "service/token.h"
#include "base/secret.h"

static const struct {
    enum token_scope scope;
    const char *code;
} scopes_all[] = {{TOKEN_DOCUMENTS, "documents"}, {TOKEN_API, "api"}, {TOKEN_CALENDAR, "calendar"}};

bool token_scopes(struct str text, unsigned *scopes)
{
    unsigned got = 0;
    while (text.n) {
        struct str word = str_trim(str_cut(&text, ','));
        unsigned bit = 0;
        for (size_t i = 0; i < COUNT(scopes_all); i++)
            if (str_is(word, scopes_all[i].code))
                bit = scopes_all[i].scope;
        if (!bit)
            return false;
        got |= bit;
    }
    *scopes = got;
    return got != 0;
}

struct str token_scopes_text(struct arena *a, unsigned scopes)
{
    struct str parts[COUNT(scopes_all)];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(scopes_all); i++)
        if (scopes & scopes_all[i].scope)
            parts[n++] = str_c(scopes_all[i].code);
    return arena_join(a, parts, n, STR(","));
}

static enum err find(struct ctx *c, struct str email, struct account_row *acc)
{
    TRY(may(c, ACT_ACCOUNT_ADMIN, rel_org(c, c->actor->organisation_id)));
    return account_by_email(c->db, c->a, email, acc);
}

static enum err note(struct ctx *c, int64_t account_id, const char *kind, const char *outcome)
{
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .subject_id = account_id, .kind = kind, .outcome = outcome});
}

enum err token_make(struct ctx *c, struct str email, enum role role, unsigned scopes, struct str *token)
{
    struct account_row acc;
    struct role_row *roles;
    size_t n, k = 0;
    int64_t id;
    TRY(find(c, email, &acc));
    if (!scopes)
        return ERR_INVALID;
    TRY(role_of_account(c->db, c->a, acc.id, c->now, &roles, &n));
    while (k < n && (roles[k].organisation_id != c->actor->organisation_id || (role != ROLE_NONE && role_of(roles[k].role) != role)))
        k++;
    if (acc.disabled_at || k == n)
        return ERR_STATE;
    struct str made = secret_token(c->a);
    struct token_row t = {.token_hash = secret_hash_hex(c->a, made), .account_id = acc.id, .account_role_id = roles[k].id,
                          .scopes = token_scopes_text(c->a, scopes), .created_at = c->now};
    TRY(token_insert(c->db, &t, &id));
    TRY(note(c, acc.id, "user.token_made", role_code(role_of(roles[k].role))));
    *token = made;
    return OK;
}

enum err token_list(struct ctx *c, struct str email, struct token_row **rows, size_t *n)
{
    struct account_row acc;
    TRY(find(c, email, &acc));
    return token_of_account(c->db, c->a, acc.id, rows, n);
}

enum err token_take_back(struct ctx *c, int64_t id)
{
    TRY(may(c, ACT_ACCOUNT_ADMIN, rel_org(c, c->actor->organisation_id)));
    enum err e = token_end(c->db, id, c->now);
    if (e)
        return e == ERR_CONFLICT ? ERR_NOT_FOUND : e;
    news_of(c, 0, NEWS_ACCESS);
    return note(c, id, "token.taken_back", "");
}
