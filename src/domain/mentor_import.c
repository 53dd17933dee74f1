#include "domain/mentor_import.h"
#include "base/num.h"
#include "base/utf8.h"
#include "domain/field.h"
#include "domain/matching.h"

enum { MOTIVATION_MAX = 2000, CAPACITY_MAX = 10 };
const struct mentor_column_name mentor_columns[MENTOR_COLUMNS] = {
    [MENTOR_FIRST_NAME] = {"Fornavn", true, IMPORT_FIRST_NAME, N_("Fornavn og eventuelt mellomnavn."), {"First name"}},
    [MENTOR_LAST_NAME] = {"Etternavn", true, IMPORT_LAST_NAME, N_("Etternavn."), {"Last name", "Surname"}},
    [MENTOR_EMAIL] = {"E-post", true, IMPORT_EMAIL, N_("Samme adresse betyr samme mentor."), {"E-postadresse", "Mail", "E-mail"}},
    [MENTOR_PHONE] = {"Telefon", false, IMPORT_PHONE, N_("Telefonnummer."), {"Mobil", "Telefonnummer", "Tlf", "Phone"}},
    [MENTOR_SEX] = {"Kjønn", false, IMPORT_SEX, N_("K, M eller annet."), {"Sex", "Gender"}},
    [MENTOR_BIRTH_YEAR] = {"Fødselsår", false, IMPORT_BIRTH_YEAR, N_("Fire siffer. Skriv aldri fødselsnummer."), {"Født", "Birth year"}},
    [MENTOR_LANGUAGE] = {"Språk", false, IMPORT_LANGUAGE, N_("Språk mentoren snakker, med komma mellom."), {"Språkkunnskaper", "Languages"}},
    [MENTOR_FIELD] = {"Fagfelt", false, IMPORT_FIELD, N_("Faget mentoren arbeider i."), {"Fag", "Fagområde", "Field"}},
    [MENTOR_SPECIALISATION] = {"Spesialfelt", false, IMPORT_IGNORED, N_("Med egne ord."), {"Spesialisering", "Specialisation"}},
    [MENTOR_OCCUPATION] = {"Yrke", false, IMPORT_IGNORED, N_("Yrket, eller koden i STYRK-08."), {"Profesjon", "Occupation"}},
    [MENTOR_JOB_TITLE] = {"Stilling", false, IMPORT_IGNORED, N_("Tittelen i jobben."), {"Stillingstittel", "Tittel", "Job title"}},
    [MENTOR_EMPLOYER] = {"Arbeidsgiver", false, IMPORT_IGNORED, N_("Navnet på virksomheten."), {"Virksomhet", "Arbeidssted", "Bedrift", "Employer"}},
    [MENTOR_SECTOR] = {"Sektor", false, IMPORT_IGNORED, N_("Offentlig, privat eller frivillig."), {"Sector"}},
    [MENTOR_EXPERIENCE] = {"År i faget", false, IMPORT_EXPERIENCE, N_("Antall år i faget."), {"Erfaring", "Erfaring år", "Yrkeserfaring år", "Yrkeserfaring"}},
    [MENTOR_SENIORITY] = {"Nivå", false, IMPORT_IGNORED, N_("Nyutdannet, erfaren, senior eller leder."), {"Senioritet", "Seniority"}},
    [MENTOR_NETWORK] = {"Nettverk", false, IMPORT_IGNORED, N_("0 til 3: hvor mange i faget mentoren kan sette en trainee i kontakt med."), {"Network"}},
    [MENTOR_MUNICIPALITY] = {"Kommunenummer", false, IMPORT_IGNORED, N_("Fire siffer."), {"Kommunenr", "Knr"}},
    [MENTOR_CAPACITY] = {"Kapasitet", false, IMPORT_IGNORED, N_("Trainees samtidig, 0 til 10."), {"Antall trainees", "Capacity"}},
    [MENTOR_MOTIVATION] = {"Motivasjon", false, IMPORT_IGNORED, N_("Hvorfor mentor, med egne ord."), {"Motivation"}},
};

static const struct import_word sector_words[] = {
    {"Offentlig", MATCHING_PUBLIC}, {"Stat", MATCHING_PUBLIC}, {"Statlig", MATCHING_PUBLIC}, {"Kommune", MATCHING_PUBLIC}, {"Kommunal", MATCHING_PUBLIC},
    {"Privat", MATCHING_PRIVATE}, {"Frivillig", MATCHING_VOLUNTARY}, {"Ideell", MATCHING_VOLUNTARY}, {NULL, 0}};
static const struct import_word seniority_words[] = {
    {"Ny", MATCHING_NEW}, {"Nyutdannet", MATCHING_NEW}, {"Nyansatt", MATCHING_NEW}, {"Erfaren", MATCHING_EXPERIENCED}, {"Senior", MATCHING_SENIOR},
    {"Spesialist", MATCHING_SENIOR}, {"Leder", MATCHING_LEADER}, {"Sjef", MATCHING_LEADER}, {NULL, 0}};

enum mentor_column mentor_column_of(struct arena *a, struct str header)
{
    for (int c = 0; c < MENTOR_COLUMNS; c++) {
        if (import_same(a, header, mentor_columns[c].name))
            return (enum mentor_column)c;
        for (size_t i = 0; i < COUNT(mentor_columns[c].other) && mentor_columns[c].other[i]; i++)
            if (import_same(a, header, mentor_columns[c].other[i]))
                return (enum mentor_column)c;
    }
    return MENTOR_IGNORED;
}

static enum err refuse(struct say *why, struct say text)
{
    *why = text;
    return ERR_INVALID;
}

/* "theirs=ours" */
static enum err map_one(struct arena *a, const struct str *headers, size_t n, struct str pair, int at[MENTOR_COLUMNS], struct say *why)
{
    struct str ours = pair, theirs = str_trim(str_cut(&ours, '='));
    ours = str_trim(ours);
    enum mentor_column c = mentor_column_of(a, ours);
    if (c == MENTOR_IGNORED)
        return refuse(why, say1(N_("Vi har ingen kolonne som heter «{1}»."), SAY_S(ours)));
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(str_trim(headers[i]), theirs)) {
            at[c] = (int)i;
            return OK;
        }
    return refuse(why, say1(N_("Filen har ingen kolonne som heter «{1}»."), SAY_S(theirs)));
}

enum err mentor_map_headers(struct arena *a, const struct str *headers, size_t n, const struct str *map, size_t map_n, int at[MENTOR_COLUMNS],
                            struct say *why)
{
    int got[MENTOR_COLUMNS];
    if (n > IMPORT_MAX_COLUMNS) {
        *why = say2(N_("Filen har {1} kolonner. Vi kan lese {2}."), SAY_I((int64_t)n), SAY_I(IMPORT_MAX_COLUMNS));
        return ERR_LIMIT;
    }
    for (int c = 0; c < MENTOR_COLUMNS; c++)
        got[c] = -1;
    for (size_t i = 0; i < map_n; i++)
        TRY(map_one(a, headers, n, map[i], got, why));
    bool mapped[MENTOR_COLUMNS];
    for (int c = 0; c < MENTOR_COLUMNS; c++)
        mapped[c] = got[c] >= 0;
    for (size_t i = 0; i < n; i++) {
        enum mentor_column c = mentor_column_of(a, headers[i]);
        if (c == MENTOR_IGNORED || mapped[c])
            continue;
        if (got[c] >= 0)
            return refuse(why, say2(N_("Kolonnene «{1}» og «{2}» betyr det samme. Ta bort den ene."), SAY_S(headers[got[c]]), SAY_S(headers[i])));
        got[c] = (int)i;
    }
    for (int c = 0; c < MENTOR_COLUMNS; c++)
        if (mentor_columns[c].required && got[c] < 0)
            return refuse(why, say1(N_("Kolonnen «{1}» mangler."), SAY_S(str_c(mentor_columns[c].name))));
    memcpy(at, got, sizeof got);
    return OK;
}

void mentor_cells_clear(struct mentor_cells *m)
{
    *m = (struct mentor_cells){.network = -1, .capacity = -1};
    import_row_clear(&m->person);
}

static enum err read_text(struct arena *a, struct str cell, size_t max, struct str *out, struct say *why)
{
    struct str clean;
    if (utf8_clean(a, cell, max > IMPORT_TEXT_MAX, &clean) != OK)
        return refuse(why, say(N_("Teksten har tegn vi ikke kan lese.")));
    if (clean.n > max)
        return refuse(why, say1(N_("Teksten er for lang. Den kan være på {1} tegn."), SAY_I((int64_t)max)));
    *out = clean;
    return OK;
}

static enum err read_number(struct str cell, int64_t max, int *out, struct say *why)
{
    int64_t v;
    if (!num_i64(cell, 0, max, &v))
        return refuse(why, say2(N_("«{1}» må være et tall fra 0 til {2}."), SAY_S(cell), SAY_I(max)));
    *out = (int)v;
    return OK;
}

/* One of our words, or of the names and codes in the register. */
static enum err read_word(struct arena *a, struct str cell, const struct import_word *words, const struct matching_name *names, size_t n, int *out,
                          struct say *why)
{
    for (; words->word; words++)
        if (import_same(a, cell, words->word)) {
            *out = words->value;
            return OK;
        }
    for (size_t i = 1; i < n; i++)
        if (import_same(a, cell, names[i].name) || import_same(a, cell, names[i].code)) {
            *out = (int)i;
            return OK;
        }
    return refuse(why, say1(N_("Vi forstår ikke «{1}». Se listen over ord som kan brukes."), SAY_S(cell)));
}

static enum err read_occupation(struct arena *a, struct str cell, int *out, struct say *why)
{
    int code = occupation_find_by_text(a, cell);
    if (!code)
        return refuse(why, say1(N_("Vi kjenner ikke yrket «{1}». Skriv det på en annen måte, eller la cellen stå tom."), SAY_S(cell)));
    *out = code;
    return OK;
}

enum err mentor_cell(struct arena *a, enum mentor_column c, struct str cell, int today, struct mentor_cells *m, struct say *why)
{
    if (c >= MENTOR_COLUMNS)
        return OK;
    if (mentor_columns[c].as != IMPORT_IGNORED)
        return import_cell(a, mentor_columns[c].as, cell, today, &m->person, why);
    struct str text;
    TRY(read_text(a, cell, c == MENTOR_MOTIVATION ? MOTIVATION_MAX : IMPORT_TEXT_MAX, &text, why));
    if (!text.n)
        return OK;
    if (c == MENTOR_OCCUPATION)
        return read_occupation(a, text, &m->occupation, why);
    if (c == MENTOR_SECTOR)
        return read_word(a, text, sector_words, matching_sector_names, MATCHING_SECTOR_N, &m->sector, why);
    if (c == MENTOR_SENIORITY)
        return read_word(a, text, seniority_words, matching_seniority_names, MATCHING_SENIORITY_N, &m->seniority, why);
    if (c == MENTOR_NETWORK)
        return read_number(text, 3, &m->network, why);
    if (c == MENTOR_CAPACITY)
        return read_number(text, CAPACITY_MAX, &m->capacity, why);
    if (c == MENTOR_MUNICIPALITY)
        return import_place(a, text, &m->municipality, why);
    *(c == MENTOR_SPECIALISATION ? &m->specialisation
      : c == MENTOR_JOB_TITLE    ? &m->job_title
      : c == MENTOR_EMPLOYER     ? &m->employer
                                 : &m->motivation) = text;
    return OK;
}

enum err mentor_cells_check(const struct mentor_cells *m, enum mentor_column *bad, struct say *why)
{
    const struct {
        enum mentor_column c;
        struct str s;
    } must[] = {{MENTOR_FIRST_NAME, m->person.first_name}, {MENTOR_LAST_NAME, m->person.last_name}, {MENTOR_EMAIL, m->person.email}};
    for (size_t i = 0; i < COUNT(must); i++)
        if (!must[i].s.n) {
            *bad = must[i].c;
            return refuse(why, say1(N_("«{1}» må fylles ut."), SAY_S(str_c(mentor_columns[must[i].c].name))));
        }
    return OK;
}
