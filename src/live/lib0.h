/* lib0.h: the primitives of lib0's encoding, which Yjs writes its updates in: read within bounds, written in the shortest form.
 *
 * Pure. A reader is a pair of pointers; every function below either moves it behind what it read or answers false, and then the
 * reader is spent: where it stands is not defined, but never behind `end`. */
#pragma once
#include "base/buf.h"

#define LIB0_UINT_MAX ((uint64_t)9007199254740991) /* 2^53 - 1: what a peer in JavaScript can count */
enum { LIB0_DEPTH_MAX = 256 };                     /* nesting of any and JSON that is followed at all */

struct lib0_in {
    const uint8_t *p, *end;
};
static inline size_t lib0_left(const struct lib0_in *in)
{
    return (size_t)(in->end - in->p);
}

bool lib0_uint_long(struct lib0_in *in, uint64_t *out);
/* varUint. Padded forms up to ten bytes are read, values above LIB0_UINT_MAX are not. */
static inline bool lib0_uint(struct lib0_in *in, uint64_t *out)
{
    if (in->p < in->end && *in->p < 0x80) {
        *out = *in->p++;
        return true;
    }
    return lib0_uint_long(in, out);
}
/* varInt. `negative` tells -0 from 0; the magnitude is at most LIB0_UINT_MAX. */
bool lib0_int(struct lib0_in *in, bool *negative, uint64_t *magnitude);
/* varBytes, and varString without a look at what the bytes are. */
static inline bool lib0_bytes(struct lib0_in *in, struct bytes *out)
{
    uint64_t n;
    if (!lib0_uint(in, &n) || n > lib0_left(in))
        return false;
    *out = (struct bytes){in->p, (size_t)n};
    in->p += n;
    return true;
}
/* varString; false too when it is not UTF-8. */
bool lib0_text(struct lib0_in *in, struct str *out);

/* UTF-16 code units of valid UTF-8: what clocks count. Of other bytes: some number not above their count. */
uint64_t lib0_units(struct bytes text);
/* Where unit `units` (at most lib0_units) begins. True when it is the second half of a surrogate pair: then `*at` is the begin of the
 * four bytes of that pair. */
bool lib0_unit_at(struct bytes text, uint64_t units, size_t *at);

/* ---- any: a tagged value */

enum lib0_tag {
    LIB0_BYTES = 116,
    LIB0_ARRAY,
    LIB0_OBJECT,
    LIB0_STRING,
    LIB0_TRUE,
    LIB0_FALSE,
    LIB0_BIGINT,
    LIB0_FLOAT64,
    LIB0_FLOAT32,
    LIB0_INTEGER,
    LIB0_NULL,
    LIB0_UNDEFINED,
};
/* Steps over one value nested at most `depth` deep (1: no array or object inside an array or object). */
bool lib0_skip_any(struct lib0_in *in, size_t depth);
/* The same, and false unless all text is UTF-8 and no object has the key __proto__. */
bool lib0_check_any(struct lib0_in *in, size_t depth);
/* Is this text JSON as JSON.parse takes it, nested at most `depth` deep, without a key __proto__? Builds nothing. */
bool lib0_json_valid(struct str text, size_t depth);
/* Names that would change an object's behaviour instead of its content. */
static inline bool lib0_is_proto(struct str key)
{
    return key.n == 9 && memcmp(key.p, "__proto__", 9) == 0;
}

/* ---- writing */

void lib0_put_uint(struct buf *b, uint64_t v); /* v <= LIB0_UINT_MAX */
void lib0_put_int(struct buf *b, bool negative, uint64_t magnitude);
void lib0_put_bytes(struct buf *b, struct bytes s);
void lib0_put_str(struct buf *b, struct str s);
/* A number as any, tagged as lib0 chooses: integer to 2^31 - 1, float32 where it keeps the value, else float64. */
void lib0_put_number(struct buf *b, double v);
