#include "domain/confidentiality.h"

#define N_(s) s

#define FIRST_LINES                                                                                \
    N_("Det du får vite om traineen, holder du for deg selv. Det gjelder også at personen er med i programmet."), \
        N_("Du spør traineen før du nevner navnet for en arbeidsgiver eller andre i nettverket ditt."), \
        N_("Du tar ikke bilder og deler ikke dokumenter uten at traineen har sagt ja."),           \
        N_("Noen har familie eller en fortid som krever ekstra vern. Spør aldri om mer enn traineen vil fortelle.")
#define LAST_LINE N_("Er du bekymret for liv eller helse, ring 113 eller 112. Er du i tvil om noe annet, spør prosjektlederen.")

static const char *const first[] = {FIRST_LINES, N_("Løftet varer også etter at dere er ferdige som mentor og trainee."), LAST_LINE};
static const char *const second[] = {FIRST_LINES, N_("Løftet varer også etter at du ikke lenger følger traineen."), LAST_LINE};

const char *const *confidentiality_text(int version, size_t *n)
{
    *n = version == 1 ? COUNT(first) : version == 2 ? COUNT(second) : 0;
    return version == 1 ? first : version == 2 ? second : NULL;
}
