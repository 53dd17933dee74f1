#include "domain/register.h"

#define N_(s) s

static const struct {
    const char *text, *source;
} bases[BASIS_N] = {
    [BASIS_PROGRAMME] = {N_("Kommunens oppgaver etter integreringsloven (§§ 41 til 43) og personvernforordningen artikkel 6 nr. 1 e."),
                         "integreringsloven §§ 41, 42, 43; GDPR art. 6 (1) e, art. 9 (2) g"},
    [BASIS_DECISION] = {N_("Integreringsloven § 41 og arkivlova: det som er bestemt, skal kunne vises fram."), "integreringsloven § 41; arkivlova (2026)"},
    [BASIS_AGREEMENT] = {N_("Avtalen om å være mentor, personvernforordningen artikkel 6 nr. 1 b."), "GDPR art. 6 (1) b"},
    [BASIS_SECURITY] = {N_("Plikten til å sikre opplysningene, personvernforordningen artikkel 32."), "GDPR art. 32; forvaltningsloven § 13 c"},
    [BASIS_SECRECY] = {N_("Taushetsplikten i forvaltningsloven § 13."), "forvaltningsloven § 13 (new act: § 2 third paragraph)"},
    [BASIS_RIGHTS] = {N_("Plikten til å kunne vise hva vi har gjort, personvernforordningen artikkel 5 nr. 2 og 7 nr. 1."), "GDPR art. 5 (2), 7 (1)"},
    [BASIS_CONSENT] = {N_("Samtykket ditt. Du kan trekke det når du vil."), "GDPR art. 6 (1) a"},
};
const char *basis_text(enum basis b)
{
    return bases[b].text;
}
const char *basis_source(enum basis b)
{
    return bases[b].source;
}

const char *retention_text(enum retention r)
{
    static const char *const texts[] = {
        [KEPT_PROGRAMME] = N_("Til to år etter at programmet er slutt."),
        [KEPT_MENTOR] = N_("Til to år etter at du sluttet som mentor."),
        [KEPT_ACCOUNT] = N_("Så lenge du har konto. Kontoen til en ansatt slettes fem år etter at den ble stengt, for så lenge står navnet i loggen."),
        [KEPT_MAIL] = N_("I nitti dager."),
        [KEPT_LOG] = N_("I fem år."),
        [KEPT_PROOF] = N_("Så lenge du har konto, og i fem år til som bevis."),
        [KEPT_HOUR] = N_("I inntil to timer."),
    };
    return texts[r];
}

const struct register_kind register_kinds[DATA_N] = {
#define X(code, what, purpose, basis, class, retention, seen_by, stays) {#code, what, purpose, basis, class, retention, seen_by, stays},
    REGISTER_KINDS(X)
#undef X
};

bool shown_given(enum shown s)
{
    return s != SHOWN_INNER && s != SHOWN_BYTES && s != SHOWN_KEY;
}

#define COLUMN(t, c, k, s, f, label) {#c, DATA_##k, SHOWN_##s, FATE_##f, label},
#define X(t, ...) static const struct register_column columns_##t[] = {REGISTER_##t(COLUMN, t)};
REGISTER_TABLES(X)
#undef X

const struct register_table register_tables[REG_N] = {
#define X(t, k, r, title) {#t, DATA_##k, ROWS_##r, title, columns_##t, COUNT(columns_##t)},
    REGISTER_TABLES(X)
#undef X
};

const struct register_free register_free[] = {
#define X(t, why) {#t, why},
    REGISTER_NOT_PERSONAL(X)
#undef X
};
const size_t register_free_n = COUNT(register_free);
