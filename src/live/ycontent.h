/* ycontent.h: reading what stands in a piece (lib0's encoding), for the files that read an integrated document. The bytes were checked;
 * what does not fit all the same sets `bad`, and nothing outside of them is read. */
#pragma once
#include "live/lib0.h"
#include "live/update.h"

struct content_in {
    struct lib0_in in;
    bool bad;
};
static inline struct content_in content_open(struct bytes b)
{
    return (struct content_in){{b.p, b.p + b.n}, false};
}
uint64_t content_uint(struct content_in *c);  /* 0 when bad */
struct str content_str(struct content_in *c); /* varString or varBytes; empty when bad */
void content_skip_any(struct content_in *c);
/* One value of lib0's `any` as JSON: undefined and NaN become null, members that are undefined are left out (as JSON.stringify does);
 * a bigint becomes a string of its digits, bytes a string in base64. */
void content_any_json(struct content_in *c, struct buf *out);
/* Is the next value undefined? */
bool content_is_undefined(const struct content_in *c);

void json_put_str(struct buf *b, struct str s); /* with its quotes */
void json_put_base64(struct buf *b, struct bytes v);
