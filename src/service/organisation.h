/* organisation.h: what administrators do with other organisations (product A1): make one and invite its first administrator; let one see
 * the data of people who are theirs (cooperation), from a day to a day, and end that at once. */
#pragma once
#include "model/organisation.h"
#include "service/ctx.h"

extern const struct kind_of_organisation {
    const char *code, *label; /* label: msgid */
} organisation_kinds[];       /* ends with code NULL */
const char *organisation_kind_label(struct str code); /* msgid */

/* ACT_ORGANISATION_ADMIN: the own one, those made here, and all others but other people's businesses. */
enum err organisations_seen(struct ctx *c, struct organisation_line **rows, size_t *n) MUST_CHECK;
enum err organisation_seen(struct ctx *c, int64_t id, struct organisation_line *out) MUST_CHECK;
/* ERR_INVALID: no such kind. ERR_CONFLICT: one of that name is there. Event "organisation.made". */
enum err organisation_make(struct ctx *c, struct str name, struct str kind, int64_t *id) MUST_CHECK;
/* May the actor's organisation name the first administrator there? It made it, and it has none. */
bool organisation_lacks_administrator(const struct ctx *c, const struct organisation_line *o);
/* By mail. ERR_STATE: see above. */
enum err organisation_invite(struct ctx *c, int64_t id, struct str email, struct str name) MUST_CHECK;

struct cooperation {
    struct cooperation_row row;
    bool ours;  /* it is our data that the other sees, and ours to end */
    enum { COOPERATION_NEXT, COOPERATION_NOW, COOPERATION_OVER } state;
};
/* ACT_COOPERATION_SET: both ways, the newest first. */
enum err cooperations(struct ctx *c, struct cooperation **rows, size_t *n) MUST_CHECK;
enum err cooperation_open(struct ctx *c, int64_t id, struct cooperation *out) MUST_CHECK;
/* Those that can be chosen as partner: no business, not the own. */
enum err cooperation_partners(struct ctx *c, struct organisation_line **rows, size_t *n) MUST_CHECK;
enum cooperation_fault { COOPERATION_OK, COOPERATION_PARTNER, COOPERATION_DAYS, COOPERATION_THERE, COOPERATION_MANY };
/* ERR_INVALID with *fault: no such partner; the last day is before the first or past; there is one with this partner already; the partner
 * has ACTOR_COOP_MAX. Event "cooperation.begun" with the purpose. */
enum err cooperation_begin(struct ctx *c, const struct cooperation_row *k, int64_t *id, enum cooperation_fault *fault) MUST_CHECK;
/* At once: the next request of theirs finds nobody any more. ERR_CONFLICT: over already. Event "cooperation.ended". */
enum err cooperation_stop(struct ctx *c, int64_t id) MUST_CHECK;
