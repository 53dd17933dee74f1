#include "service/mailbox.h"

enum err mailbox_list(struct ctx *c, int64_t before, struct outbox_row **rows, size_t *n, int64_t *next)
{
    int64_t org = c->actor->organisation_id;
    TRY(may(c, ACT_MAIL_SEE, rel_org(c, org)));
    TRY(outbox_list(c->db, c->a, org, before, MAILBOX_PAGE + 1, rows, n));
    *next = 0;
    if (*n > MAILBOX_PAGE) {
        *n = MAILBOX_PAGE;
        *next = (*rows)[MAILBOX_PAGE - 1].id;
    }
    return OK;
}

enum err mailbox_get(struct ctx *c, int64_t id, struct outbox_row *out)
{
    TRY(may(c, ACT_MAIL_SEE, rel_org(c, c->actor->organisation_id)));
    TRY(outbox_get(c->db, c->a, id, c->actor->organisation_id, out));
    return out->subject.n ? OK : ERR_NOT_FOUND; /* its text goes when it is sent */
}

enum err mailbox_state(struct ctx *c, struct outbox_counts *counts, struct outbox_row **rows, size_t *n)
{
    TRY(may(c, ACT_MAIL_QUEUE_SEE, rel_org(c, c->actor->organisation_id)));
    TRY(outbox_count(c->db, c->a, c->actor->organisation_id, counts));
    return outbox_troubled(c->db, c->a, c->actor->organisation_id, MAILBOX_PAGE, rows, n);
}

enum err mailbox_again(struct ctx *c, int64_t id)
{
    TRY(may(c, ACT_MAIL_QUEUE_SEE, rel_org(c, c->actor->organisation_id)));
    TRY(outbox_again(c->db, id, c->actor->organisation_id, c->now));
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .subject_id = id, .kind = "mail.tried_again"});
}

struct word {
    const char *code, *say;
};

const char *mailbox_trouble(struct str error)
{
    static const struct word words[] = {
        {"sender_or_receiver", N_("E-posttjeneren sa nei til avsenderen eller mottakeren. Sjekk adressen.")},
        {"content", N_("E-posttjeneren sa nei til innholdet.")},
        {"connect", N_("Vi får ikke kontakt med e-posttjeneren.")},
        {"timeout", N_("E-posttjeneren svarte ikke i tide.")},
        {"broken_off", N_("Forbindelsen til e-posttjeneren ble brutt.")},
        {"greeting", N_("E-posttjeneren tar ikke imot e-post nå.")},
        {"tls", N_("Vi får ikke sikker forbindelse med e-posttjeneren. Sjekk oppsettet.")},
        {"login", N_("E-posttjeneren godtar ikke brukernavnet eller passordet. Sjekk oppsettet.")},
        {"message", N_("Adressen eller teksten kan ikke sendes.")},
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_ends(error, str_c(words[i].code)))
            return words[i].say;
    return N_("Sendingen gikk ikke.");
}

const char *mailbox_kind(struct str kind)
{
    static const struct word words[] = {
        {"invite", N_("Invitasjon")}, {"password", N_("Nytt passord")},      {"application", N_("Søknad")}, {"interview", N_("Intervju")},
        {"offer", N_("Tilbud om plass")}, {"match", N_("Matching")},          {"agreement", N_("Avtale")},   {"meeting", N_("Møte")},
        {"reminder", N_("Påminnelse")},
    };
    struct str first = kind, area = str_cut(&first, '.');
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(area, words[i].code))
            return words[i].say;
    return N_("E-post");
}
