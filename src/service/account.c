#include "service/account.h"

enum err account_use_lang(struct ctx *c, enum lang lang)
{
    TRY(may(c, ACT_ACCOUNT_SELF, REL_SELF));
    return account_set_lang(c->db, c->actor->account_id, str_c(lang_info[lang].code));
}
