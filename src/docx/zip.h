/* zip.h: files put together in a ZIP, in memory (libzip). */
#pragma once
#include "base/buf.h"

struct zip_part {
    const char *name; /* UTF-8 path inside; '/' between folders */
    struct buf b;     /* stays the caller's, and must stay until the end of the call */
};
/* Every file has the first day that a zip can say, so that the same parts give the same bytes. ERR_LIMIT: `out` is full. */
enum err zip_pack(const struct zip_part *parts, size_t n, struct buf *out) MUST_CHECK;
