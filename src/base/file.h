/* file.h: whole files. */
#pragma once
#include "base/arena.h"

/* These bytes under this name, whole or not at all: written beside it as NAME.part, on disk before it has its name. `only_mine`: nobody
 * else may read it. ERR_FULL; the name before stays as it was. */
enum err file_write(const char *name, struct str bytes, bool only_mine) MUST_CHECK;
/* ERR_NOT_FOUND: no such file; ERR_LIMIT: more than `max` bytes; ERR_DENIED: it cannot be read. */
enum err file_read(struct arena *a, const char *name, size_t max, struct str *out) MUST_CHECK;
/* The names in the file's folder are on disk. */
enum err file_sync_folder(const char *name) MUST_CHECK;
