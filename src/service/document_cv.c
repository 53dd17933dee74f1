#include "service/document_cv.h"
#include "domain/application.h"
#include "domain/language.h"
#include "domain/protection.h"
#include "model/application.h"
#include "service/participant.h"

/* Questions of the application (domain/workbook_forms.c), by their number. */
enum { ASK_GOOD_AT = 4, ASK_STUDIED = 8, ASK_SPECIAL = 9, ASK_JOBS = 10 };

void document_about_add(struct document_about *out, const char *place, struct str text)
{
    if (out->n < DOCUMENT_FACTS)
        out->fact[out->n++] = (struct document_fact){place, text};
}

static struct str lines(struct ctx *c, struct str first, struct str second)
{
    struct str parts[2] = {first, second};
    return !first.n ? second : !second.n ? first : arena_join(c->a, parts, 2, STR("\n"));
}

static struct str capital(struct ctx *c, const char *word)
{
    struct str s = arena_str(c->a, str_c(word));
    char *p = (char *)(uintptr_t)s.p;
    if (s.n && p[0] >= 'a' && p[0] <= 'z')
        p[0] = (char)(p[0] - 'a' + 'A');
    return s;
}

/* "- Norsk: B2 muntlig, B1 skriftlig", then the others by name; how well is for the person to say. */
static struct str languages(struct ctx *c, const struct participant_row *p, enum lang lang)
{
    size_t n;
    const struct language *all = language_all(&n);
    uint64_t set = language_set_parse(c->a, p->languages, NULL), norwegian = language_bit("nb");
    struct str out = STR("");
    if (p->norwegian_oral > CEFR_UNKNOWN && p->norwegian_oral < CEFR_N && p->norwegian_written > CEFR_UNKNOWN && p->norwegian_written < CEFR_N) {
        struct str levels[2] = {str_c(text_get(lang, cefr_names[p->norwegian_oral].name)), str_c(text_get(lang, cefr_names[p->norwegian_written].name))};
        out = text_fmt(c->a, text_get(lang, N_("- Norsk: {1} muntlig, {2} skriftlig")), levels, 2);
        set &= ~norwegian;
    }
    for (size_t i = 0; i < n; i++)
        if (set & (uint64_t)1 << i)
            out = lines(c, out, arena_fmt(c->a, "- %.*s", STR_FMT(capital(c, text_get(lang, all[i].name)))));
    return out;
}

static struct str contact(struct ctx *c, const struct participant_row *p)
{
    struct str parts[2] = {p->phone, p->email};
    return !p->phone.n ? p->email : !p->email.n ? p->phone : arena_join(c->a, parts, 2, STR(" · "));
}

/* Answers as the actor may read them: the own ones, others' when sent. */
static enum err answers(struct ctx *c, const struct participant_row *p, bool own, struct str answer[APPLICATION_NUMBERS])
{
    struct application_row app;
    struct application_answer_row *rows;
    size_t n;
    enum err e = application_of(c->db, c->a, p->id, &app);
    if (e)
        return e == ERR_NOT_FOUND ? OK : e;
    if (!own && (app.status != APPLICATION_SENT || may(c, ACT_APPLICATION_SEE, participant_rel(c, p))))
        return OK;
    TRY(application_answers(c->db, c->a, app.id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].question > 0 && rows[i].question < APPLICATION_NUMBERS)
            answer[rows[i].question] = rows[i].text;
    if (!own)
        saw(c, p->organisation_id, p->id, "application");
    return OK;
}

enum err document_about_person(struct ctx *c, const struct participant_row *p, enum lang lang, struct document_about *out)
{
    struct str answer[APPLICATION_NUMBERS] = {{0}};
    bool own = c->actor->account_id && c->actor->account_id == p->account_id;
    unsigned rel = participant_rel(c, p);
    bool sees = own || may(c, ACT_PARTICIPANT_SEE, rel) == OK;
    bool reaches = sees && (own || protection_shows(p->address_protection, PROTECTED_CONTACT, c->actor->role, rel));
    TRY(answers(c, p, own, answer));
    if (sees && !own)
        saw(c, p->organisation_id, p->id, "profile");
    document_about_add(out, "navn", participant_name(c->a, p));
    document_about_add(out, "kontakt", reaches ? contact(c, p) : STR(""));
    document_about_add(out, "styrker", lines(c, answer[ASK_GOOD_AT], answer[ASK_SPECIAL]));
    document_about_add(out, "erfaring", answer[ASK_JOBS]);
    document_about_add(out, "utdanning", answer[ASK_STUDIED]);
    document_about_add(out, "språk", sees ? languages(c, p, lang) : STR(""));
    document_about_add(out, "kurs", STR(""));
    return OK;
}
