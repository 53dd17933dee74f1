/* num.h: numbers from outside. The whole string must be the number; no sign tricks, no white space. */
#pragma once
#include "base/base.h"

bool num_i64(struct str s, int64_t min, int64_t max, int64_t *out);
bool num_hex64(struct str s, uint64_t *out); /* 1 to 16 hex digits */
