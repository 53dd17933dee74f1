#include "domain/consent.h"

#define N_(s) s

const struct consent_info consent_info[CONSENT_N] = {
#define X(code, version, who, title, text, label) {#code, version, who, title, text, label},
    CONSENTS(X)
#undef X
};

bool consent_of(struct str code, enum consent *out)
{
    for (size_t i = 0; i < CONSENT_N; i++)
        if (str_is(code, consent_info[i].code)) {
            *out = (enum consent)i;
            return true;
        }
    return false;
}
