/* handover.h: the hand-over of a participant from adviser to NAV contact in the middle of the programme: planned for a day, may be taken
 * back before it, and takes effect by itself (job/handover.h). From then on the adviser does not see the person, the NAV contact does. */
#pragma once
#include "model/organisation.h"
#include "model/relation.h"
#include "service/participant.h"

struct handover_view {
    struct participant_row p;
    struct relation_row *relations; /* advisers and NAV contacts, the newest first */
    size_t n_relations;
    const struct handover_row *pending; /* NULL: none */
    const struct handover_row *last;    /* the last that took effect; NULL */
    struct colleague_row *navs;         /* to choose from */
    size_t n_navs;
    bool may_set;
};
/* ACT_HANDOVER_SEE. Notes the look. */
enum err handover_open(struct ctx *c, int64_t participant_id, struct handover_view *out) MUST_CHECK;
enum handover_fault { HANDOVER_OK, HANDOVER_NOBODY, HANDOVER_DAY, HANDOVER_NAV, HANDOVER_PENDING, HANDOVER_LAST };
/* ACT_HANDOVER_SET. Today: at once. ERR_INVALID with *fault: there is no adviser; the day is past; no such NAV contact; one is planned already; of a strictly protected
 * person no leader would know afterwards, and a NAV contact can name nobody. */
enum err handover_plan(struct ctx *c, int64_t participant_id, int64_t nav_contact_id, int on_day, struct str note, enum handover_fault *fault) MUST_CHECK;
/* ERR_CONFLICT: it has taken effect, or is taken back already. */
enum err handover_take_back(struct ctx *c, int64_t participant_id, int64_t id) MUST_CHECK;
/* Those whose day has come, a bounded number; the program itself is the actor. *done: how many. One whose adviser is another by now, whose NAV contact is
 * none any more, or of whom (strictly protected) no leader would know afterwards, is taken back with an event, and who planned it and the adviser are told. */
enum err handover_run(struct ctx *c, int64_t *done) MUST_CHECK;

enum { HANDOVER_NEWS_DAYS = 30 };
/* For the person's own start page: the hand-over of the last weeks. *out.id 0: none. ACT_HANDOVER_SEE about oneself. */
enum err handover_own(struct ctx *c, struct handover_row *out) MUST_CHECK;
