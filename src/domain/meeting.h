/* meeting.h: what can happen to a meeting (product G4). */
#pragma once
#include "domain/levels.h"

enum meeting_stage { /* numbered as the database keeps them */
    MEETING_PLANNED,
    MEETING_HELD,
    MEETING_CANCELLED,
    MEETING_MOVED, /* only shown: planned, and moved since; see meeting_shown */
    MEETING_STAGE_N
};
enum meeting_act { MEETING_MOVE, MEETING_HOLD, MEETING_CANCEL, MEETING_UNDO, MEETING_ACT_N };
extern const struct level_name meeting_stage_names[MEETING_STAGE_N];
extern const struct level_name meeting_act_names[MEETING_ACT_N]; /* the button */
/* What people read: a planned meeting that has been moved (sequence > 0) is "moved". */
enum meeting_stage meeting_shown(enum meeting_stage stage, int sequence);
/* `at`: when it is planned. ERR_STATE with *why: a meeting cannot be marked as held before it begins; a held one with minutes stays
 * held; a cancelled one may be planned again by moving it. MEETING_UNDO takes back "held" or "cancelled". */
enum err meeting_next(enum meeting_stage stage, enum meeting_act act, int64_t at, bool has_minutes, int64_t now, enum meeting_stage *next,
                      struct say *why) MUST_CHECK;
