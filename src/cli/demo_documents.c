/* demo_documents.c: what the printed trainee has written, with whom, and what was said about it. */
#include "base/tm.h"
#include "cli/demo_room.h"
#include "live/prose.h"
#include "model/account.h"
#include "model/live.h"
#include "model/meeting.h"
#include "model/mentorship.h"
#include "model/participant.h"
#include "model/trainee.h"
#include "service/comment.h"
#include "service/document_history.h"
#include "service/document_parts.h"

struct paper { /* one document on its way through the weeks */
    struct demo *d;
    const struct actor *owner, *mentor;
    int64_t id, version_id;
};
struct marked { /* words that a comment is about */
    const char *words, *id;
};

/* ---- writing, as the editor would */

/* Gives the first occurrence of the words a comment's mark. */
static bool mark(struct arena *a, struct rich *node, const struct marked *m)
{
    struct str words = str_c(m->words);
    for (struct rich *r = node->first; r; r = r->next) {
        if (r->kind != RICH_RUN) {
            if (mark(a, r, m))
                return true;
            continue;
        }
        const char *at = r->text.n ? memmem(r->text.p, r->text.n, words.p, words.n) : NULL;
        if (!at)
            continue;
        struct rich *middle = ARENA_NEW(a, struct rich), *end = ARENA_NEW(a, struct rich);
        *middle = *end = *r;
        size_t before = (size_t)(at - r->text.p);
        middle->text = (struct str){at, words.n};
        middle->comment = str_c(m->id);
        end->text = (struct str){at + words.n, r->text.n - before - words.n};
        r->text.n = before;
        end->next = r->next;
        middle->next = end->text.n ? end : r->next;
        if (node->last == r)
            node->last = end->text.n ? end : middle;
        r->next = middle;
        if (!before) { /* nothing stands in front of it */
            *r = *middle;
            if (node->last == middle)
                node->last = r;
        }
        return true;
    }
    return false;
}

static enum err write(struct paper *p, const struct actor *who, int days_ago, int hour, const char *markup, const struct marked *marks, size_t n_marks)
{
    struct demo *d = p->d;
    struct ctx c = demo_as(d, who, d->today - days_ago, hour, 10);
    struct rich *tree = rich_from_markup(d->a, str_c(markup));
    struct bytes *updates;
    struct live_log_row *last;
    struct buf edit = {.max = DOCUMENT_BYTES};
    size_t n, n_last;
    for (size_t i = 0; i < n_marks; i++)
        if (!mark(d->a, tree, &marks[i]))
            return ERR_INTERNAL;
    CLEANUP(arena_freep) struct arena *own = arena_new(DOCUMENT_ARENA);
    DO(document_updates(&c, own, p->id, &updates, &n));
    DO(live_log_list(d->db, d->a, p->id, 0, 1, &last, &n_last));
    uint64_t client = DOCUMENT_CLIENT + 1 + (uint64_t)(n_last ? last[0].seq : 0);
    enum err e = n ? prose_replace(own, updates, n, tree, client, &edit) : prose_write(tree, client, &edit);
    if (!e)
        e = edit.bad ? ERR_LIMIT : document_edit(&c, p->id, (struct bytes){(const uint8_t *)edit.p, edit.n});
    buf_free(&edit);
    DO(e);
    DO(document_read(&c, p->id, &tree));
    struct document doc;
    DO(document_open(&c, p->id, &doc));
    DO(document_index(d->db, d->a, p->id, doc.row.title, tree, doc.row.changed_at));
    return document_visited(&c, p->id);
}

static enum err begin(struct paper *p, const struct actor *who, int days_ago, const struct document_make *make)
{
    struct demo *d = p->d;
    struct ctx c = demo_as(d, who, d->today - days_ago, 17, 30);
    struct say why = {0};
    DO(document_new(&c, make, &p->id, &why));
    return OK;
}

static enum err share(struct paper *p, int days_ago, const struct actor *with, enum document_right right)
{
    struct demo *d = p->d;
    struct ctx c = demo_as(d, p->owner, d->today - days_ago, 18, 5);
    DO(document_share(&c, p->id, with->account_id, right));
    return OK;
}

static enum err comment(struct paper *p, const struct actor *who, int days_ago, int hour, const char *id, const char *quote, const char *text, int64_t *thread)
{
    struct demo *d = p->d;
    struct ctx c = demo_as(d, who, d->today - days_ago, hour, 25);
    DO(comment_add(&c, p->id, str_c(id), str_c(quote), str_c(text), thread));
    return document_visited(&c, p->id);
}

static enum err reply(struct paper *p, const struct actor *who, int days_ago, int hour, int64_t thread, const char *text)
{
    struct demo *d = p->d;
    struct ctx c = demo_as(d, who, d->today - days_ago, hour, 40);
    DO(comment_reply(&c, p->id, thread, str_c(text)));
    return document_visited(&c, p->id);
}

/* ---- the CV */

#define CV_HEAD "# Layla Mansour\n\n412 00 019 · layla.mansour@fjordby.example\n\n"
#define CV_EDUCATION                                                                               \
    "## Utdanning\n\n| 2007–2012 | **Master i arkitektur**, universitetet i Aleppo, Syria. Fordypning i boligplanlegging. Godkjent av HK-dir som " \
    "likestilt med norsk mastergrad. |\n\n"
#define CV_REST                                                                                    \
    "## Språk\n\n- Norsk: B2 muntlig, B1 skriftlig\n- Arabisk: morsmål\n- Engelsk: C1\n\n"         \
    "## Kurs og programmer\n\n- Byggteknisk forskrift for arkitekter, 20 timer\n- Revit, ArchiCAD, Rhino og AutoCAD\n\n" \
    "## Referanser\n\nReferanser oppgis på forespørsel."

static const char cv_draft[] = CV_HEAD
    "## Nøkkelkvalifikasjoner\n\nJeg er arkitekt. Jeg er rolig og hører etter. Jeg liker boliger.\n\n"
    "## Arbeidserfaring\n\n| 2015–2019 | Prosjektarkitekt, Kontor Dar, Aleppo |\n| 2012–2015 | Arkitekt, Studio Qasr, Aleppo |\n\n" CV_EDUCATION
        CV_REST;
static const char cv_mentor[] = CV_HEAD
    "## Nøkkelkvalifikasjoner\n\nArkitekt med sju års erfaring fra boliger og skoler, de tre siste som prosjektarkitekt. Vant til å lede tegnearbeid fra "
    "skisse til byggeplass.\n\n"
    "## Arbeidserfaring\n\n| 2015–2019 | **Prosjektarkitekt**, Kontor Dar, Aleppo. Ansvar for to skoler og 60 boliger. |\n| 2012–2015 | **Arkitekt**, "
    "Studio Qasr, Aleppo |\n\n" CV_EDUCATION CV_REST;
static const char cv_now[] = CV_HEAD
    "## Nøkkelkvalifikasjoner\n\nArkitekt med sju års erfaring fra boliger og skoler, de tre siste som prosjektarkitekt med ansvar for tegnearbeidet fra "
    "skisse til byggeplass. Særlig god på dagslys, tette boligområder og medvirkning fra beboere. Kjenner byggteknisk forskrift fra kurs og fra "
    "arbeid med mentor på et norsk kontor.\n\n"
    "## Arbeidserfaring\n\n"
    "| 2015–2019 | **Prosjektarkitekt**, Kontor Dar (18 ansatte), Aleppo. Ansvar for to skoler og 60 boliger. Ledet fire tegnere og fulgte byggene til de "
    "ble tatt i bruk. |\n"
    "| 2012–2015 | **Arkitekt**, Studio Qasr, Aleppo. Fasader, modeller og dagslysberegning for boliger. |\n"
    "| 2023–nå | **Frivillig**, nabolagshuset i Fjordby. Tegner om første etasje sammen med dem som bruker huset. |\n\n" CV_EDUCATION CV_REST;

static enum err cv(struct paper *p)
{
    static const struct marked first[] = {{"Prosjektarkitekt", "cv-rolle"}, {"Jeg liker boliger", "cv-hvem"}};
    static const struct marked now[] = {{"Prosjektarkitekt", "cv-rolle"}, {"Ansvar for to skoler", "cv-tall"}, {"Frivillig", "cv-orden"}};
    struct demo *d = p->d;
    int64_t role, who, numbers, order;
    DO(begin(p, p->owner, 26, &(struct document_make){.kind = DOCUMENT_CV, .title = STR("CV, arkitekt")}));
    DO(write(p, p->owner, 25, 19, cv_draft, NULL, 0));
    struct ctx c = demo_as(d, p->owner, d->today - 25, 19, 50);
    DO(document_version_add(&c, p->id, STR("Første utkast"), &p->version_id));
    DO(share(p, 25, p->mentor, DOCUMENT_WRITE));
    DO(share(p, 25, &d->leader, DOCUMENT_COMMENT));
    DO(write(p, p->mentor, 21, 11, cv_draft, first, COUNT(first)));
    DO(comment(p, p->mentor, 21, 11, "cv-hvem", "Jeg liker boliger", "Si heller hva du kan, med tall. Hvor mange år? Hvor store prosjekter?", &who));
    DO(comment(p, p->mentor, 21, 12, "cv-rolle", "Prosjektarkitekt", "Vet en norsk leser hva en prosjektarkitekt gjør hos dere? Skriv hva du hadde ansvar for.", &role));
    DO(reply(p, p->owner, 20, 18, role, "Jeg ledet tegnerne og var på byggeplassen to dager i uka. Er det det samme her?"));
    DO(reply(p, p->mentor, 20, 20, role, "Ja, omtrent. Skriv det akkurat slik."));
    DO(write(p, p->mentor, 14, 13, cv_mentor, first, 1));
    c = demo_as(d, p->mentor, d->today - 14, 13, 30);
    DO(comment_resolve(&c, p->id, who, true));
    DO(write(p, p->owner, 6, 18, cv_now, now, COUNT(now)));
    DO(comment(p, &d->leader, 3, 10, "cv-tall", "Ansvar for to skoler", "Fint at du har med tall. Kan du si hvor mange elever skolene var for?", &numbers));
    DO(reply(p, p->owner, 2, 19, numbers, "480 og 220. Jeg legger det inn."));
    return comment(p, p->mentor, 1, 12, "cv-orden", "Frivillig", "Den nyeste øverst: Flytt denne linjen opp.", &order);
}

/* ---- the letter, the analysis, minutes, a list */

static const char letter_now[] =
    "Layla Mansour\n412 00 019 · layla.mansour@fjordby.example\n\nHavn og Hage arkitekter\nVed Jorunn Myhre\n\n"
    "## Søknad på stilling som arkitekt, boliger\n\n"
    "På fagkvelden i arkitektforeningen viste jeg deg mappen min, og du ba meg søke. Jeg er arkitekt med sju års erfaring fra boliger og skoler, og jeg vil "
    "gjerne tegne boliger der naboer blir kjent.\n\n"
    "Dere skriver at dere trenger en som kan følge et prosjekt fra skisse til bygg. Det gjorde jeg for to skoler og 60 boliger. For den største skolen "
    "ledet jeg fire tegnere, og elevene var med på å tegne gården.\n\n"
    "Dere arbeider med tette boligområder nær sjøen. Jeg kan mye om dagslys og skygge i tett bebyggelse, og jeg har regnet på det for 300 leiligheter.\n\n"
    "Jeg kan begynne når dere ønsker, og jeg viser gjerne fram mappen en gang til.\n\nMed vennlig hilsen\n\nLayla Mansour";

static enum err letter(struct paper *p)
{
    static const struct marked marks[] = {{"du ba meg søke", "brev-du"}};
    struct demo *d = p->d;
    int64_t id;
    DO(begin(p, p->owner, 12, &(struct document_make){.kind = DOCUMENT_LETTER, .title = STR("Søknadsbrev, Havn og Hage arkitekter")}));
    DO(write(p, p->owner, 11, 20, letter_now, marks, 1));
    DO(share(p, 11, p->mentor, DOCUMENT_COMMENT));
    return comment(p, p->mentor, 9, 12, "brev-du", "du ba meg søke", "Bra åpning! Ring henne gjerne før du sender.", &id);
}

static const char ad_text[] =
    "Arkitekt, boliger\n\nHavn og Hage arkitekter er 24 ansatte som tegner boliger og byrom langs fjorden. Vi er opptatt av at folk skal møtes der de bor.\n\n"
    "Du skal tegne boliger fra skisse til byggesak, samarbeide med ingeniører og kommunen, og følge opp på byggeplass.\n\n"
    "Vi ønsker mastergrad i arkitektur, minst tre års erfaring, Revit og gode norskkunnskaper. Erfaring med dagslysberegning er en fordel.\n\n"
    "Vi tilbyr faste kollegaer, kurs, fleksibel arbeidstid og et kontor med utsikt til båtene.";
static const char ad_now[] =
    "## Havn og Hage arkitekter\n\n"
    "|= Det står i annonsen |= Mine ferdigheter |\n"
    "| **Virksomheten:** 24 ansatte. Boliger og byrom. Folk skal møtes der de bor. | Skolen der elevene tegnet gården. Nabolagshuset her i Fjordby. |\n"
    "| **Oppgavene:** Fra skisse til byggesak. Kommunen. Byggeplass. | To skoler og 60 boliger, på byggeplass to dager i uka. Byggesak i Norge kan jeg bare fra kurs. |\n"
    "| **Kvalifikasjonene:** Master, tre år, Revit, norsk. Dagslys er en fordel. | Master er godkjent. Sju år. Revit. Norsk B2 muntlig. Dagslys er det jeg kan best. |\n"
    "| **Hva de tilbyr:** Kurs, fleksibel tid, kollegaer. | Kurs i byggesak er viktigst for meg. Spør: Hvem lærer jeg av? |\n\n"
    "### Skal jeg søke?\n\nJa. Det eneste jeg mangler, er norsk byggesak, og det kan jeg lære. Ring Jorunn først.";

static enum err analysis(struct paper *p)
{
    struct demo *d = p->d;
    DO(begin(p, p->owner, 13,
             &(struct document_make){.kind = DOCUMENT_AD, .ad_employer = STR("Havn og Hage arkitekter"), .ad_text = str_c(ad_text),
                                     .ad_url = STR("https://stillinger.example/havn-og-hage"), .ad_deadline_on = d->today + 9}));
    DO(share(p, 13, p->mentor, DOCUMENT_WRITE));
    DO(write(p, p->owner, 13, 19, ad_now, NULL, 0));
    return write(p, p->mentor, 12, 9, ad_now, NULL, 0);
}

static const char minutes_now[] =
    "## Jobbsøknad\n\n### Hva snakket vi om?\n\nSøknaden til Havn og Hage. Vi leste den høyt og strøk alt som ikke handlet om dem.\n\n"
    "### Hva lærte jeg?\n\nEn søknad er et svar. Først må jeg forstå spørsmålet i annonsen.\n\n"
    "### Hva gjør vi til neste gang?\n\n- Jeg ringer kontoret og sender søknaden.\n- Sigrid leser CV-en en gang til.";

/* Of the newest meeting held. */
static enum err minutes(struct paper *p)
{
    struct demo *d = p->d;
    struct trainee_row t;
    struct mentorship_row pair;
    struct meeting_row *rows;
    size_t n;
    DO(trainee_of_participant(d->db, d->a, p->owner->participant_id, &t));
    DO(mentorship_of_trainee(d->db, d->a, t.id, &pair));
    DO(meeting_of_mentorship(d->db, d->a, pair.id, &rows, &n));
    while (n && rows[n - 1].status != MEETING_HELD)
        n--;
    if (!n)
        return ERR_INTERNAL;
    int ago = d->today - rows[n - 1].held_on;
    DO(begin(p, p->owner, ago, &(struct document_make){.kind = DOCUMENT_MINUTES, .meeting_id = rows[n - 1].id}));
    return write(p, p->owner, ago, 20, minutes_now, NULL, 0);
}

static enum err list(struct paper *p)
{
    struct demo *d = p->d;
    DO(begin(p, p->owner, 18, &(struct document_make){.kind = DOCUMENT_FREE, .title = STR("Kontorer jeg vil besøke")}));
    return write(p, p->owner, 17, 21,
                 "1. Havn og Hage arkitekter: boliger ved sjøen. Møtte Jorunn på fagkvelden.\n2. Kommunen, plan og bygg: byggesak fra innsiden.\n"
                 "3. Lian og Tveit: mentorens kontor. Spør om å være med en dag.\n\n"
                 "**Slik presenterer jeg meg:** Jeg er arkitekt. Jeg har tegnet skoler og boliger i sju år, og nå vil jeg tegne her.",
                 NULL, 0);
}

static enum err find_owner(struct demo *d, struct actor *out)
{
    struct account_row acc;
    struct role_row *roles;
    struct participant_row person;
    size_t n;
    DO(account_by_email(d->db, d->a, demo_email(d, "Layla", "Mansour"), &acc));
    DO(role_of_account(d->db, d->a, acc.id, d->now, &roles, &n));
    DO(participant_by_account(d->db, d->a, acc.id, &person));
    *out = (struct actor){.account_id = acc.id, .organisation_id = d->org, .account_role_id = n ? roles[0].id : 0, .role = ROLE_TRAINEE,
                          .participant_id = person.id, .name = acc.name};
    return OK;
}

static const struct actor *find_mentor(const struct demo *d)
{
    for (size_t i = 0; i < d->n_mentors; i++)
        if (str_is(d->mentor[i].name, "Sigrid Tveit"))
            return &d->mentor[i];
    return NULL;
}

enum err demo_documents(struct demo *d)
{
    static enum err (*const all[])(struct paper *p) = {list, cv, analysis, letter, minutes};
    struct actor owner;
    DO(find_owner(d, &owner));
    struct paper p = {.d = d, .owner = &owner, .mentor = find_mentor(d)};
    if (!p.mentor)
        return ERR_INTERNAL;
    for (size_t i = 0; i < COUNT(all); i++)
        DO(all[i](&p));
    return OK;
}
