/* meeting.h: mentoring meetings (G4): planned, moved, held, cancelled, minuted. Each change of time or place reaches the other by mail
 * with a calendar file; the mail says only that there is a meeting and when. */
#pragma once
#include "model/meeting.h"
#include "model/mentorship.h"
#include "service/ctx.h"

enum { MEETING_MINUTES_MIN = 15, MEETING_MINUTES_MAX = 480, MEETING_PLACE_MAX = 200 };
struct meeting_plan {
    int theme; /* 0 free */
    int64_t at;
    int minutes;
    struct str place; /* of a digital one: link or number */
    bool digital;
};
/* The meetings of a pair in order of time. ACT_MEETING_SEE. */
enum err meeting_list(struct ctx *c, const struct mentorship_row *pair, struct meeting_row **rows, size_t *n) MUST_CHECK;
/* One meeting with its pair, for who may see it. Notes the look. */
enum err meeting_open(struct ctx *c, int64_t id, struct meeting_row *m, struct mentorship_row *pair) MUST_CHECK;
/* ERR_STATE with *why when the pair is not running. A time that is over is allowed: it is told afterwards, and nobody is mailed. */
enum err meeting_add(struct ctx *c, int64_t mentorship_id, const struct meeting_plan *plan, int64_t *id, struct say *why) MUST_CHECK;
/* New time, length, place or theme. ERR_CONFLICT when version is not the one there; ERR_STATE with *why. */
enum err meeting_move(struct ctx *c, int64_t id, int64_t version, const struct meeting_plan *plan, struct say *why) MUST_CHECK;
/* Held, cancelled, or one of these taken back. The first one held starts the pair's twelve months. */
enum err meeting_do(struct ctx *c, int64_t id, int64_t version, enum meeting_act act, struct say *why) MUST_CHECK;
/* Cancels what is still planned: the pair ends. ACT_MENTORSHIP_END. */
enum err meeting_cancel_planned(struct ctx *c, const struct mentorship_row *pair) MUST_CHECK;

/* Minutes, for the pair only. ERR_NOT_FOUND: none, or not for the actor. */
enum err minutes_open(struct ctx *c, int64_t meeting_id, struct minutes_row *out) MUST_CHECK;
/* version 0: the first ones. A planned meeting whose time has begun counts as held then. ERR_STATE with *why; ERR_CONFLICT when others have
 * been written meanwhile. */
enum err minutes_write(struct ctx *c, const struct minutes_row *r, struct say *why) MUST_CHECK;
