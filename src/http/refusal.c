/* refusal.c: the few pages that stand before any program: plain words, no style, nothing of the request but its number. */
#include "http/server.h"

#define PAGE(title, text)                                                                                              \
    STR("<!doctype html>\n<html lang=\"nb\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "                    \
        "content=\"width=device-width\"><title>" title "</title></head>\n<body><h1>" title "</h1><p>" text "</p>")

struct str refusal_bare(int status)
{
    switch (status) {
    case 405:
        return PAGE("Det går ikke", "Denne siden kan ikke brukes slik.");
    case 413:
        return PAGE("For stort", "Du sendte mer enn vi kan ta imot. Prøv igjen med en mindre fil eller kortere tekst.");
    case 414:
        return PAGE("For lang adresse", "Adressen er for lang. Gå til forsiden og prøv derfra.");
    case 415:
        return PAGE("Kan ikke leses", "Innholdet har et format vi ikke kan lese.");
    case 431:
        return PAGE("For mye på en gang",
                    "Nettleseren sendte for mye informasjon. Slett informasjonskapslene for denne siden og prøv igjen.");
    case 500:
        return PAGE("Noe gikk galt", "Det er vår feil. Prøv igjen om litt.");
    case 503:
        return PAGE("Prøv igjen om litt", "Det er for mye å gjøre hos oss akkurat nå. Ingenting er endret. Gå tilbake og prøv igjen.");
    case 505:
        return PAGE("Kan ikke leses", "Bruk en nyere nettleser.");
    default:
        return PAGE("Kan ikke leses", "Vi forstod ikke det nettleseren sendte. Gå til forsiden og prøv igjen.");
    }
}

void refusal_page(struct buf *o, int status, struct str id)
{
    buf_clear(o);
    buf_str(o, refusal_bare(status));
    buf_fmt(o, "<p>Oppgi dette nummeret når du melder fra: %.*s</p></body></html>\n", STR_FMT(id));
}
