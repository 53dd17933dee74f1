/* room_state.h: the updates of an open document, kept so that adding is cheap and answering is quick. For room.c only.
 *
 * New updates gather in a tail. A full tail becomes a part; parts are merged so that each is at least twice as large as the next: every
 * byte is merged a logarithmic number of times, and nobody ever waits for all of the document to be merged because of one edit. */
#pragma once
#include "live/room.h"

void state_done(struct room *r);
/* Copies. */
void state_add(struct room *r, struct bytes update);
/* What somebody who knows `sv` lacks. */
enum err state_diff(struct room *r, const struct ranges *sv, struct buf *out) MUST_CHECK;
