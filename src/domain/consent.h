/* consent.h: what a person is asked leave for, because no duty of the municipality covers it. A text that changes gets a new version, and is asked
 * for anew. Pure. */
#pragma once
#include "base/base.h"

/* X(code, version, who is asked: 1 trainee, 2 mentor; what, what it means; what, for staff) */
#define CONSENTS(X)                                                                                \
    X(cv_business, 2, 1, N_("Dele CV-en min med virksomheter"),                                    \
      N_("Prosjektlederen kan vise CV-en din til virksomheter som kan ha praksis eller jobb til deg. Spør prosjektlederen hvem som har fått den."), \
      N_("Vise CV-en til virksomheter"))                                                           \
    X(contact_after, 1, 3, N_("Kontakte meg når programmet er slutt"),                             \
      N_("Vi kan spørre deg hvordan det går, inntil to år etter at programmet er slutt."), N_("Ta kontakt etter programmet")) \
    X(research, 1, 3, N_("Bruke opplysningene mine i forskning"),                                  \
      N_("Forskere kan få opplysninger om deg uten navn og kontaktopplysninger."), N_("Bruk i forskning"))
enum consent {
#define X(code, ...) CONSENT_##code,
    CONSENTS(X)
#undef X
    CONSENT_N
};
enum { CONSENT_TRAINEE = 1, CONSENT_MENTOR = 2 };
struct consent_info {
    const char *code;
    int version;
    unsigned who;
    const char *title, *text, *label; /* msgids; label: what staff read */
};
extern const struct consent_info consent_info[CONSENT_N];
bool consent_of(struct str code, enum consent *out);
