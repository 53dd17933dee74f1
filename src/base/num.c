#include "base/num.h"

bool num_i64(struct str s, int64_t min, int64_t max, int64_t *out)
{
    bool minus = s.n > 0 && s.p[0] == '-';
    if (s.n == (size_t)minus)
        return false;
    int64_t v = 0;
    for (size_t i = minus; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        int digit = s.p[i] - '0';
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, digit, &v)) /* counted downwards: holds INT64_MIN */
            return false;
    }
    if (minus && v == 0)
        return false;
    if (!minus && __builtin_sub_overflow((int64_t)0, v, &v))
        return false;
    if (v < min || v > max)
        return false;
    *out = v;
    return true;
}

bool num_hex64(struct str s, uint64_t *out)
{
    if (s.n < 1 || s.n > 16)
        return false;
    uint64_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        unsigned digit;
        if (c >= '0' && c <= '9')
            digit = (unsigned)(c - '0');
        else if (c >= 'a' && c <= 'f')
            digit = (unsigned)(c - 'a') + 10;
        else if (c >= 'A' && c <= 'F')
            digit = (unsigned)(c - 'A') + 10;
        else
            return false;
        v = v << 4 | digit;
    }
    *out = v;
    return true;
}
