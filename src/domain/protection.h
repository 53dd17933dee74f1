/* protection.h: what may be shown of a person with a protected address. Pure. Whether the person may be known at all is decided before,
 * by domain/access (REL_HIDDEN). Everything that tells where somebody is counts as an address. */
#pragma once
#include "domain/access.h"

enum protected_kind {
    PROTECTED_PLACE,        /* where a meeting or an interview is held */
    PROTECTED_EMPLOYER,     /* employer, school, the business of an internship, and words about them */
    PROTECTED_MUNICIPALITY, /* where the person lives */
    PROTECTED_CONTACT,      /* e-mail and phone */
    PROTECTED_KIND_N
};
/* On a page, to who is logged in? degree: enum address_block. Nobody needs it but the person, the leader and the own adviser; the place of a
 * meeting also the mentor who shall come there. */
bool protection_shows(int degree, enum protected_kind kind, enum role role, unsigned relations);
/* In what leaves the page: mails, calendar files, exports, statistics, reasons of a proposal? When it may not, the time of a meeting does not leave
 * either, and no calendar file is sent: who knows when somebody is where they go every week knows where to wait. */
bool protection_leaves(int degree);
