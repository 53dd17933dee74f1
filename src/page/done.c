#include "page/done.h"

#define N_(s) s

/* Each area adds its lines. */
static const struct {
    const char *code, *text;
} codes[] = {
    {"saved", N_("Lagret.")},
    {"removed", N_("Fjernet.")},
    {"sent", N_("Sendt.")},
    {"logged-out", N_("Du er logget ut.")},
    {"session-ended", N_("Innloggingen er avsluttet.")},
    {"password-changed", N_("Du har fått nytt passord.")},
};

const char *done_text(struct str code)
{
    for (size_t i = 0; i < COUNT(codes); i++)
        if (str_is(code, codes[i].code))
            return codes[i].text;
    return NULL;
}
