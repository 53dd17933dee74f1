/* qr.h: a text as the path of a QR code (libqrencode), for an inline SVG: it needs neither a file nor a script. */
#pragma once
#include "base/arena.h"

struct qr {
    int side;        /* modules on a side, with the quiet zone of four all round */
    struct str path; /* for <path d> */
};
/* ERR_LIMIT: too long for one. */
enum err qr_make(struct arena *a, struct str text, struct qr *out) MUST_CHECK;
