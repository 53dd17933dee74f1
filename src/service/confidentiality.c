#include "service/confidentiality.h"

enum err confidentiality_open(struct ctx *c, struct confidentiality *out)
{
    struct confidentiality x = {0};
    TRY(may(c, ACT_CONFIDENTIALITY_SIGN, c->actor->account_id ? REL_SELF : 0));
    enum err e = confidentiality_last(c->db, c->a, c->actor->account_id, &x.last);
    if (e && e != ERR_NOT_FOUND)
        return e;
    x.current = x.last.text_version >= CONFIDENTIALITY_VERSION;
    *out = x;
    return OK;
}

enum err confidentiality_sign(struct ctx *c, int version)
{
    struct confidentiality x;
    TRY(confidentiality_open(c, &x));
    if (version != CONFIDENTIALITY_VERSION)
        return ERR_CONFLICT;
    if (x.current)
        return OK;
    TRY(confidentiality_insert(c->db, &(struct confidentiality_row){.account_id = c->actor->account_id, .text_version = version,
                                                                   .lang = str_c(lang_info[c->lang].code), .at = c->now}));
    news_of(c, 0, NEWS_ACCESS);
    bool mentor = c->actor->mentor_id != 0;
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .subject_id = mentor ? c->actor->mentor_id : c->actor->account_id,
                                       .kind = mentor ? "mentor.promised" : "confidentiality.signed"});
}
