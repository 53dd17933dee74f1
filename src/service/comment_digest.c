/* comment_digest.c: who is told by mail that there are comments (service/comment.h). */
#include "model/account.h"
#include "model/mentor.h"
#include "service/comment.h"
#include "service/document_parts.h"
#include "service/letter.h"
#include "service/relation.h"

enum { TOLD_AT_ONCE = 500 };

/* Would this account, in any of its roles, see the document now? */
static enum err sees(struct ctx *c, int64_t account_id, int64_t document_id, bool *can)
{
    struct document_row d;
    struct role_row *roles;
    size_t n;
    *can = false;
    TRY(document_get(c->db, c->a, document_id, account_id, &d));
    TRY(role_of_account(c->db, c->a, account_id, c->now, &roles, &n));
    for (size_t i = 0; i < n && !*can; i++) {
        struct actor who = {.account_id = account_id, .organisation_id = roles[i].organisation_id, .role = role_of(roles[i].role)};
        struct mentor_row m;
        enum err e = who.role == ROLE_MENTOR ? mentor_by_account(c->db, c->a, who.organisation_id, account_id, &m) : ERR_NOT_FOUND;
        if (e && e != ERR_NOT_FOUND)
            return e;
        if (!e) {
            who.mentor_id = m.id;
            who.unbound = !m.confidentiality_at;
        }
        TRY(relation_load(c->db, c->a, c->today, &who));
        struct ctx theirs = *c;
        theirs.actor = &who;
        *can = may(&theirs, ACT_DOCUMENT_SEE, document_rel(&theirs, &d)) == OK;
    }
    return OK;
}

static enum err tell(struct ctx *c, const struct document_untold_row *to, int64_t n)
{
    struct letter l = letter_to(c, to->lang, to->name);
    struct say how_many = say_n(N_PLURAL("Det er kommet {1} ny kommentar i dokumentene du arbeider med.", "Det er kommet {1} nye kommentarer i dokumentene du arbeider med."), n);
    if (l.n < LETTER_PARTS)
        l.part[l.n++] = text_say(c->a, l.lang, &how_many);
    letter_link(&l, N_("Logg inn og les dem:"), "/documents");
    return letter_send(&l, (struct mail){.organisation_id = to->organisation_id, .kind = "document.comments", .email = to->email,
                                         .subject = letter_subject(&l, N_("Nye kommentarer"), STR(""))});
}

enum err comment_digest(struct ctx *c, int64_t *sent)
{
    struct document_untold_row *rows;
    size_t n;
    int64_t before = c->now - COMMENT_WAIT_MS, mails = 0;
    TRY(document_untold(c->db, c->a, before, c->now - COMMENT_QUIET_MS, TOLD_AT_ONCE, &rows, &n));
    for (size_t i = 0, next; i < n; i = next) {
        int64_t seen = 0;
        for (next = i; next < n && rows[next].account_id == rows[i].account_id; next++) {
            bool can;
            TRY(sees(c, rows[i].account_id, rows[next].document_id, &can));
            seen += can ? rows[next].n : 0;
        }
        if (n == TOLD_AT_ONCE && next == n && i)
            break; /* this person may have more: in the next round */
        if (seen) {
            TRY(tell(c, &rows[i], seen));
            mails++;
        }
        TRY(document_told(c->db, rows[i].account_id, before));
    }
    *sent = mails;
    return OK;
}
