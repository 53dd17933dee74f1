/* relation.h: how an actor stands to a person: the one place where relations to a participant are found. */
#pragma once
#include "model/account.h"
#include "model/participant.h"
#include "model/relation.h"
#include "service/ctx.h"

/* Names an account for a strictly protected person, from today on. */
enum err relation_name(struct ctx *c, const struct participant_row *p, int64_t account_id, struct str reason) MUST_CHECK;
/* Adviser and NAV contact of the person are others than before, or the address is strictly protected from now on (then the actor is named):
 * writes the history (who, from when to when, by whom) and tells the hub. */
enum err relation_follow(struct ctx *c, const struct participant_row *before, const struct participant_row *now) MUST_CHECK;

struct person_facts { /* of the participant, as the row at hand has them */
    int64_t organisation_id, participant_id, adviser_id, nav_contact_id;
    int address_protection; /* enum address_block */
};
/* For whom the actor is named today, and whose data the actor's organisation may see (for adviser and NAV contact). Whoever makes an actor
 * from a session or a token calls it. Without it rel_org() knows the own organisation only, and nobody is named. */
enum err relation_load(struct db *db, struct arena *a, int today, struct actor *actor) MUST_CHECK;
/* REL_ORG, REL_COOP, REL_ADVISER, REL_NAV, REL_SELF, and of a strictly protected person REL_HIDDEN and REL_NAMED. Relations by mentorship,
 * match, internship or document are the caller's to add. From here on a refusal in this request is one about this person (ctx.h: about). */
unsigned rel_person(struct ctx *c, const struct person_facts *f);
/* May the actor know of this person at all? For lists; whom it may not know of is left out. */
bool rel_known(const struct ctx *c, int64_t participant_id, int address_protection);
/* The project leaders of the person's organisation who may know of the person, to be told of something: of a strictly protected one those who are named today,
 * for a mail alone would tell the others that somebody is there. p->id 0: nobody in particular, all of them. */
enum err relation_leaders(struct ctx *c, const struct participant_row *p, struct account_row **rows, size_t *n) MUST_CHECK;
static inline struct viewer viewer_of(const struct ctx *c)
{
    return (struct viewer){c->actor->account_id, c->today};
}
