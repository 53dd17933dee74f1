/* token.h: keys for programs: made, listed and taken back by who keeps the installation. A key has the rights of its account in one role, for what
 * its scopes name. */
#pragma once
#include "model/token.h"
#include "service/ctx.h"

enum token_scope { TOKEN_DOCUMENTS = 1, TOKEN_API = 2, TOKEN_CALENDAR = 4 };
/* "documents,api" as bits; false: none, or one that is not known. */
bool token_scopes(struct str text, unsigned *scopes);
/* The same as it is stored: each once, in the order of the enum. */
struct str token_scopes_text(struct arena *a, unsigned scopes);

/* ACT_ACCOUNT_ADMIN, like the rest. The token is told once. role ROLE_NONE: the first open role of the account. ERR_NOT_FOUND: no such account;
 * ERR_STATE: it is closed, or has no such role now. */
enum err token_make(struct ctx *c, struct str email, enum role role, unsigned scopes, struct str *token) MUST_CHECK;
enum err token_list(struct ctx *c, struct str email, struct token_row **rows, size_t *n) MUST_CHECK;
enum err token_take_back(struct ctx *c, int64_t id) MUST_CHECK; /* ERR_NOT_FOUND: no such open one */
