#include "domain/import.h"
#include "base/num.h"
#include "base/tm.h"
#include "base/utf8.h"
#include "domain/field.h"
#include "domain/language.h"

const struct import_column_name import_columns[IMPORT_COLUMNS] = {
    [IMPORT_REFERENCE] = {"Referanse", true, N_("Nummeret personen har i fagsystemet. Samme nummer betyr samme person."),
                          {"Ref", "Saksnummer", "Saksnr", "Deltakernummer", "Deltakerid", "Id", "Personreferanse"}},
    [IMPORT_FIRST_NAME] = {"Fornavn", true, N_("Fornavn og eventuelt mellomnavn."), {"Fornavn og mellomnavn", "First name"}},
    [IMPORT_LAST_NAME] = {"Etternavn", true, N_("Etternavn."), {"Slektsnavn", "Last name", "Surname"}},
    [IMPORT_SEX] = {"Kjønn", false, N_("K, M eller annet."), {"Sex", "Gender"}},
    [IMPORT_BIRTH_YEAR] = {"Fødselsår", false, N_("Fire siffer. Skriv aldri fødselsnummer."),
                           {"Født", "Født år", "År født", "Fødselsdato", "Birth year"}},
    [IMPORT_EMAIL] = {"E-post", false, N_("E-postadressen til personen."), {"E-postadresse", "Mail", "E-mail", "Mailadresse"}},
    [IMPORT_PHONE] = {"Telefon", false, N_("Telefonnummer."), {"Mobil", "Telefonnummer", "Tlf", "Mobilnummer", "Mobiltelefon", "Tlfnr", "Phone"}},
    [IMPORT_LANGUAGE] = {"Språk", false, N_("Språk personen snakker, med komma mellom."), {"Morsmål", "Språkkunnskaper", "Language", "Languages"}},
    [IMPORT_SETTLED] = {"Bosatt", false, N_("Datoen personen ble bosatt."), {"Bosatt dato", "Bosettingsdato", "Bosatt fra", "Dato bosatt"}},
    [IMPORT_START] = {"Programstart", false, N_("Første dag i introduksjonsprogrammet."),
                      {"Startdato", "Start intro", "Introstart", "Program start", "Start introduksjonsprogram"}},
    [IMPORT_END] = {"Programslutt", false, N_("Siste dag i introduksjonsprogrammet, også når den er planlagt."),
                    {"Sluttdato", "Slutt intro", "Introslutt", "Planlagt slutt", "Slutt introduksjonsprogram"}},
    [IMPORT_TRACK] = {"Spor", false, N_("1, 2 eller 3."), {"Sportilhørighet", "Track"}},
    [IMPORT_LEVEL] = {"Utdanningsnivå", false, N_("Høyeste fullførte utdanning."), {"Utdanning", "Høyeste utdanning", "Nivå", "Education level"}},
    [IMPORT_FIELD] = {"Fagfelt", false, N_("Faget personen har utdanning i."), {"Fag", "Fagområde", "Utdanningsfelt", "Studieretning", "Field"}},
    [IMPORT_COUNTRY] = {"Utdanningsland", false, N_("Landet utdanningen er fra."), {"Land utdanning", "Studieland"}},
    [IMPORT_RECOGNITION] = {"Godkjenning", false, N_("Hvor langt godkjenningen av utdanningen er kommet."),
                            {"NOKUT", "HK-dir", "NOKUT-godkjenning", "Godkjenningsstatus", "Recognition"}},
    [IMPORT_ORAL] = {"Norsk muntlig", false, N_("A1 til C2."), {"Muntlig norsk", "Norsknivå muntlig", "Muntlig", "Norskprøve muntlig"}},
    [IMPORT_WRITTEN] = {"Norsk skriftlig", false, N_("A1 til C2."),
                        {"Skriftlig norsk", "Norsknivå skriftlig", "Skriftlig", "Norskprøve skriftlig"}},
    [IMPORT_EXPERIENCE] = {"Yrkeserfaring år", false, N_("Antall år i yrket."),
                           {"Yrkeserfaring", "År yrkeserfaring", "Antall år yrkeserfaring", "Arbeidserfaring år", "Erfaring år"}},
    [IMPORT_ADVISER] = {"Programrådgiver", false, N_("Navnet på programrådgiveren."), {"Rådgiver", "Kontaktperson", "Saksbehandler", "Veileder"}},
    [IMPORT_ADDRESS_BLOCK] = {"Adressesperre", false, N_("Fortrolig, strengt fortrolig eller nei."),
                              {"Adressebeskyttelse", "Diskresjonskode", "Gradering", "Skjermet adresse"}},
    [IMPORT_MUNICIPALITY] = {"Kommunenummer", false, N_("Kommunen personen bor i. Fire siffer."), {"Kommunenr"}},
};

const struct import_word import_sex_words[] = {
    {"K", SEX_WOMAN}, {"Kv", SEX_WOMAN}, {"Kvinne", SEX_WOMAN}, {"Jente", SEX_WOMAN}, {"F", SEX_WOMAN}, {"Female", SEX_WOMAN}, {"Woman", SEX_WOMAN},
    {"M", SEX_MAN}, {"Mann", SEX_MAN}, {"Gutt", SEX_MAN}, {"Male", SEX_MAN}, {"Man", SEX_MAN},
    {"A", SEX_OTHER}, {"Annet", SEX_OTHER}, {"Annen", SEX_OTHER}, {"Ikke-binær", SEX_OTHER}, {"Other", SEX_OTHER}, {"X", SEX_OTHER}, {NULL, 0},
};

/* The digits are the first digit of NUS2000, Statistics Norway's levels; 9 there means not stated. */
const struct import_word import_level_words[] = {
    {"Ingen", EDU_NONE}, {"Ingen utdanning", EDU_NONE}, {"Barneskole", EDU_NONE}, {"Ungdomsskole", EDU_NONE}, {"Grunnskole", EDU_NONE},
    {"0", EDU_NONE}, {"1", EDU_NONE}, {"2", EDU_NONE},
    {"Videregående skole", EDU_UPPER_SECONDARY}, {"Videregående utdanning", EDU_UPPER_SECONDARY}, {"VGS", EDU_UPPER_SECONDARY},
    {"Yrkesfag", EDU_UPPER_SECONDARY}, {"Fagbrev", EDU_UPPER_SECONDARY}, {"Upper secondary", EDU_UPPER_SECONDARY}, {"3", EDU_UPPER_SECONDARY},
    {"4", EDU_UPPER_SECONDARY}, {"5", EDU_UPPER_SECONDARY},
    {"Noe høyere utdanning", EDU_SOME_HIGHER}, {"Høyere utdanning", EDU_SOME_HIGHER}, {"Påbegynt høyere utdanning", EDU_SOME_HIGHER},
    {"Ufullført høyere utdanning", EDU_SOME_HIGHER}, {"Minst 1 år høyere utdanning", EDU_SOME_HIGHER}, {"Årsstudium", EDU_SOME_HIGHER},
    {"Høyskolekandidat", EDU_SOME_HIGHER}, {"Fagskole", EDU_SOME_HIGHER}, {"Universitet", EDU_SOME_HIGHER}, {"Høyskole", EDU_SOME_HIGHER},
    {"Bachelor", EDU_BACHELOR}, {"BA", EDU_BACHELOR}, {"BSc", EDU_BACHELOR}, {"Cand.mag.", EDU_BACHELOR}, {"Lavere grad", EDU_BACHELOR},
    {"Universitet lavere grad", EDU_BACHELOR}, {"Fullført bachelor", EDU_BACHELOR}, {"6", EDU_BACHELOR},
    {"Master", EDU_MASTER}, {"MA", EDU_MASTER}, {"MSc", EDU_MASTER}, {"Hovedfag", EDU_MASTER}, {"Høyere grad", EDU_MASTER},
    {"Universitet høyere grad", EDU_MASTER}, {"Sivilingeniør", EDU_MASTER}, {"Profesjonsstudium", EDU_MASTER}, {"Embetseksamen", EDU_MASTER},
    {"Fullført master", EDU_MASTER}, {"7", EDU_MASTER},
    {"PhD", EDU_PHD}, {"Ph.d.", EDU_PHD}, {"Doktor", EDU_PHD}, {"Doctorate", EDU_PHD}, {"Forskerutdanning", EDU_PHD}, {"8", EDU_PHD},
    {"9", EDU_UNKNOWN}, {"Uoppgitt", EDU_UNKNOWN}, {NULL, 0},
};

const struct import_word import_recognition_words[] = {
    {"Nei", REC_NOT_ASSESSED}, {"Ikke søkt", REC_NOT_ASSESSED}, {"Ikke vurdert", REC_NOT_ASSESSED},
    {"Ikke nødvendig", REC_NOT_RELEVANT}, {"Ikke aktuelt", REC_NOT_RELEVANT},
    {"Forbereder", REC_PREPARING}, {"Skal søke", REC_PREPARING},
    {"Søkt", REC_APPLIED}, {"Søknad sendt", REC_APPLIED}, {"Til behandling", REC_APPLIED}, {"Under behandling", REC_APPLIED},
    {"Mangler dokumentasjon", REC_MISSING_DOCUMENTS}, {"Mangler dokumenter", REC_MISSING_DOCUMENTS},
    {"Under verifisering", REC_VERIFYING}, {"Verifiseres", REC_VERIFYING},
    {"UVD", REC_UVD_REFERRED}, {"Henvist UVD", REC_UVD_REFERRED}, {"UVD-ordningen", REC_UVD_REFERRED},
    {"UVD intervju", REC_UVD_INTERVIEW}, {"UVD sakkyndig", REC_UVD_EXPERTS},
    {"Henvist kvalifikasjonsvurdering", REC_ASSESSMENT_REFERRED},
    {"Ja", REC_RECOGNISED}, {"Godkjent", REC_RECOGNISED}, {"NOKUT-godkjent", REC_RECOGNISED}, {"Godkjent av NOKUT", REC_RECOGNISED},
    {"HK-dir-godkjent", REC_RECOGNISED}, {"Godkjent av HK-dir", REC_RECOGNISED}, {"Generell godkjenning", REC_RECOGNISED},
    {"Autorisert", REC_RECOGNISED}, {"Delvis", REC_PARTLY}, {"Delvis godkjent", REC_PARTLY},
    {"Avslag", REC_REFUSED}, {"Avslått", REC_REFUSED}, {"Ikke godkjent", REC_REFUSED},
    {"Klage", REC_COMPLAINT}, {"Påklaget", REC_COMPLAINT}, {"Klage til behandling", REC_COMPLAINT},
    {"Kvalifikasjonsvurdering", REC_ASSESSMENT_GIVEN}, {"Kvalifikasjonsvurdering gitt", REC_ASSESSMENT_GIVEN}, {NULL, 0},
};

/* Yes without a degree counts as the strictest one: too much protection can be put right, too little cannot. */
const struct import_word import_block_words[] = {
    {"Nei", BLOCK_NONE}, {"N", BLOCK_NONE}, {"Ingen", BLOCK_NONE}, {"Ugradert", BLOCK_NONE}, {"0", BLOCK_NONE},
    {"Fortrolig", BLOCK_CONFIDENTIAL}, {"Kode 7", BLOCK_CONFIDENTIAL}, {"7", BLOCK_CONFIDENTIAL},
    {"Strengt fortrolig", BLOCK_STRICT}, {"Strengt fortrolig utland", BLOCK_STRICT}, {"Kode 6", BLOCK_STRICT}, {"6", BLOCK_STRICT},
    {"Ja", BLOCK_STRICT}, {"J", BLOCK_STRICT}, {"X", BLOCK_STRICT}, {NULL, 0},
};

const struct import_word import_none_words[] = {
    {"Ukjent", 0}, {"Ikke kjent", 0}, {"Ikke oppgitt", 0}, {"Ikke registrert", 0}, {"Vet ikke", 0}, {"NULL", 0}, {NULL, 0},
};

/* What two spellings are compared by: folded letters and digits only. Empty for what is not UTF-8. */
static struct str key_of(struct arena *a, struct str s)
{
    if (s.n > IMPORT_TEXT_MAX || !utf8_valid(s))
        return STR("");
    struct str folded = utf8_fold(a, s);
    char *out = arena_alloc(a, folded.n + 1);
    size_t n = 0;
    for (struct str rest = folded; rest.n;) {
        const char *from = rest.p;
        uint32_t cp = utf8_next(&rest);
        bool ascii_letter = (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z');
        bool other_letter = cp >= 0xC0 && (cp < 0x2000 || cp >= 0x2C00) && cp != 0xFEFF; /* not spaces, dashes and quotation marks */
        if (ascii_letter || other_letter) {
            memcpy(out + n, from, (size_t)(rest.p - from));
            n += (size_t)(rest.p - from);
        }
    }
    return (struct str){out, n};
}

/* Does a key say the same as one of our words? Those hold no letters but ASCII and æøå, so they are folded on the way: a file has
 * many cells, and each is compared with many words. */
static bool same(struct str key, const char *word)
{
    size_t n = 0;
    for (const char *p = word; *p; p++) {
        char out[2] = {*p, 0};
        if ((unsigned char)*p == 0xC3 && p[1]) {
            unsigned char c = (unsigned char)*++p | 0x20; /* the small letter */
            out[0] = c == 0xB8 ? 'o' : 'a';
            out[1] = c == 0xA6 ? 'e' : 0;
        } else if (*p >= 'A' && *p <= 'Z') {
            out[0] = (char)(*p + 32);
        } else if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9'))) {
            continue;
        }
        for (int k = 0; k < 2 && out[k]; k++)
            if (n >= key.n || key.p[n++] != out[k])
                return false;
    }
    return n == key.n;
}

bool import_same(struct arena *a, struct str text, const char *word)
{
    struct str key = key_of(a, str_trim(text));
    return key.n && same(key, word);
}

enum import_column import_column_of(struct arena *a, struct str header)
{
    struct str key = key_of(a, header);
    if (key.n == 0)
        return IMPORT_IGNORED;
    for (int c = 0; c < IMPORT_COLUMNS; c++) {
        const struct import_column_name *name = &import_columns[c];
        if (same(key, name->name))
            return (enum import_column)c;
        for (size_t k = 0; k < COUNT(name->other) && name->other[k]; k++)
            if (same(key, name->other[k]))
                return (enum import_column)c;
    }
    return IMPORT_IGNORED;
}

static enum err refuse(struct say *why, struct say text)
{
    *why = text;
    return ERR_INVALID;
}

/* One "theirs=ours". */
static enum err map_one(struct arena *a, const struct str *headers, size_t n, struct str pair, struct import_map *m, struct say *why)
{
    struct str rest = pair, theirs = str_cut(&rest, '=');
    if (theirs.n == pair.n)
        return refuse(why, say1(N_("«{1}» mangler likhetstegn. Skriv navnet i filen, likhetstegn og navnet vårt."), SAY_S(pair)));
    enum import_column c = import_column_of(a, rest);
    if (c == IMPORT_IGNORED)
        return refuse(why, say1(N_("Vi har ingen kolonne som heter «{1}»."), SAY_S(rest)));
    struct str key = key_of(a, theirs);
    for (size_t i = 0; i < n; i++)
        if (key.n && str_eq(key, key_of(a, headers[i]))) {
            if (m->at[c] >= 0)
                return refuse(why, say1(N_("To kolonner er satt til å være «{1}»."), SAY_S(str_c(import_columns[c].name))));
            m->at[c] = (int)i;
            return OK;
        }
    return refuse(why, say1(N_("Filen har ingen kolonne som heter «{1}»."), SAY_S(theirs)));
}

static bool is_taken(const struct import_map *m, int at)
{
    for (int c = 0; c < IMPORT_COLUMNS; c++)
        if (m->at[c] == at)
            return true;
    return false;
}

enum err import_map_headers(struct arena *a, const struct str *headers, size_t n, const struct str *map, size_t map_n,
                            struct import_map *out, struct say *why)
{
    if (n > IMPORT_MAX_COLUMNS) {
        *why = say2(N_("Filen har {1} kolonner. Vi kan lese {2}."), SAY_I((int64_t)n), SAY_I(IMPORT_MAX_COLUMNS));
        return ERR_LIMIT;
    }
    struct import_map m = {0};
    bool mapped[IMPORT_COLUMNS] = {0};
    for (int c = 0; c < IMPORT_COLUMNS; c++)
        m.at[c] = -1;
    for (size_t i = 0; i < map_n; i++)
        TRY(map_one(a, headers, n, map[i], &m, why));
    for (int c = 0; c < IMPORT_COLUMNS; c++)
        mapped[c] = m.at[c] >= 0;
    for (size_t i = 0; i < n; i++) {
        if (is_taken(&m, (int)i))
            continue;
        enum import_column c = import_column_of(a, headers[i]);
        if (c == IMPORT_IGNORED || mapped[c])
            m.ignored++;
        else if (m.at[c] >= 0)
            return refuse(why, say2(N_("Kolonnene «{1}» og «{2}» betyr det samme. Ta bort den ene."), SAY_S(headers[m.at[c]]), SAY_S(headers[i])));
        else
            m.at[c] = (int)i;
    }
    for (int c = 0; c < IMPORT_COLUMNS; c++)
        if (import_columns[c].required && m.at[c] < 0)
            return refuse(why, say1(N_("Kolonnen «{1}» mangler."), SAY_S(str_c(import_columns[c].name))));
    *out = m;
    return OK;
}

void import_row_clear(struct import_row *r)
{
    *r = (struct import_row){.experience_years = -1};
}

static bool find_word(struct str key, const struct import_word *w, int *out)
{
    for (; w->word; w++)
        if (same(key, w->word)) {
            *out = w->value;
            return true;
        }
    return false;
}

static bool find_name(struct str key, const struct level_name *names, size_t n, int *out)
{
    for (size_t i = 0; i < n; i++)
        if (same(key, names[i].name) || (names[i].code[0] && same(key, names[i].code))) {
            *out = (int)i;
            return true;
        }
    return false;
}

/* A cell that holds one of a list of words. */
static enum err read_word(struct arena *a, struct str cell, const struct import_word *words, const struct level_name *names, size_t n, int *out,
                          struct say *why)
{
    struct str key = key_of(a, cell);
    if (key.n && (find_word(key, words, out) || find_name(key, names, n, out)))
        return OK;
    return refuse(why, say1(N_("Vi forstår ikke «{1}». Se listen over ord som kan brukes."), SAY_S(cell)));
}

static enum err read_cefr(struct arena *a, struct str cell, int *out, struct say *why)
{
    struct str key = key_of(a, cell);
    if (str_starts(key, STR("niva")))
        key = (struct str){key.p + 4, key.n - 4};
    int lowest = CEFR_N;
    bool ok = key.n == 2 || key.n == 4;
    for (size_t i = 0; ok && i < key.n; i += 2) {
        char letter = key.p[i], digit = key.p[i + 1];
        ok = letter >= 'a' && letter <= 'c' && (digit == '1' || digit == '2');
        int level = ok ? CEFR_A1 + (letter - 'a') * 2 + (digit - '1') : CEFR_N;
        lowest = level < lowest ? level : lowest;
    }
    if (!ok)
        return refuse(why, say1(N_("«{1}» er ikke et språknivå. Skriv A1, A2, B1, B2, C1 eller C2."), SAY_S(cell)));
    *out = lowest;
    return OK;
}

static enum err read_track(struct arena *a, struct str cell, int *out, struct say *why)
{
    struct str key = key_of(a, cell);
    int64_t v = 0;
    if (str_starts(key, STR("spor")))
        key = (struct str){key.p + 4, key.n - 4};
    if (key.n != 1 || !num_i64(key, 1, 3, &v))
        return refuse(why, say1(N_("«{1}» er ikke et spor. Skriv 1, 2 eller 3."), SAY_S(cell)));
    *out = (int)v;
    return OK;
}

/* A date, and perhaps a time of day after a space or T, which does not matter. */
static enum err read_on(struct str cell, int from_on, int to_on, int *out, struct say *why)
{
    struct str date = cell;
    for (size_t i = 0; i < cell.n; i++)
        if (cell.p[i] == ' ' || cell.p[i] == 'T') {
            date.n = i;
            break;
        }
    bool ok = true;
    for (size_t i = date.n + 1; i < cell.n; i++)
        ok = ok && cell.n - date.n <= 16 && memchr("0123456789:.Z", cell.p[i], 13);
    int on = 0;
    if (!ok || !tm_parse_on(date, &on))
        return refuse(why, say1(N_("«{1}» er ikke en dato. Skriv den som 31.12.2024."), SAY_S(cell)));
    if (on < from_on || on > to_on)
        return refuse(why, say1(N_("Datoen {1} kan ikke være riktig. Sjekk årstallet."), SAY_D(on)));
    *out = on;
    return OK;
}

static enum err read_birth_year(struct str cell, int today, int *out, struct say *why)
{
    int on = 0;
    int64_t year = 0;
    int now = tm_ymd(today).year;
    size_t digits = 0;
    for (size_t i = 0; i < cell.n; i++)
        digits += cell.p[i] >= '0' && cell.p[i] <= '9';
    if (digits >= 11) /* the number itself is not repeated in the message */
        return refuse(why, say(N_("Dette ser ut som et fødselsnummer. Skriv bare fødselsåret.")));
    if (tm_parse_on(cell, &on))
        year = tm_ymd(on).year;
    else if (cell.n != 4 || !num_i64(cell, 0, 9999, &year))
        return refuse(why, say1(N_("«{1}» er ikke et årstall. Skriv fire siffer."), SAY_S(cell)));
    if (year < 1900 || year > now)
        return refuse(why, say1(N_("Fødselsåret {1} kan ikke være riktig."), SAY_S(cell)));
    *out = (int)year;
    return OK;
}

/* Whole years: "5", "5 år", "2,5", "10+". */
static enum err read_years(struct arena *a, struct str cell, int *out, struct say *why)
{
    struct str s = str_trim(utf8_fold(a, cell)), digits = s;
    int64_t v = -1;
    digits.n = 0;
    while (digits.n < s.n && s.p[digits.n] >= '0' && s.p[digits.n] <= '9')
        digits.n++;
    struct str rest = {s.p + digits.n, s.n - digits.n};
    if (rest.n >= 2 && (rest.p[0] == ',' || rest.p[0] == '.') && rest.p[1] >= '0' && rest.p[1] <= '9')
        rest = (struct str){rest.p + 2, rest.n - 2};
    if (rest.n && rest.p[0] == '+')
        rest = (struct str){rest.p + 1, rest.n - 1};
    rest = str_trim(rest);
    bool unit = rest.n == 0 || str_is(rest, "ar") || str_is(rest, "years") || str_is(rest, "year");
    if (!unit || digits.n > 4 || !num_i64(digits, 0, 9999, &v))
        return refuse(why, say1(N_("«{1}» er ikke et antall år. Skriv et tall."), SAY_S(cell)));
    if (v > 60)
        return refuse(why, say1(N_("{1} år med yrkeserfaring kan ikke være riktig."), SAY_I(v)));
    *out = (int)v;
    return OK;
}

static bool is_mail_char(char c, bool domain)
{
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.')
        return true;
    return !domain && c && strchr("!#$%&'*+/=?^_`{|}~", c);
}

static bool mail_part_ok(struct str s, bool domain)
{
    bool dot = false;
    if (s.n == 0 || s.n > (domain ? 190 : 64) || s.p[0] == '.' || s.p[s.n - 1] == '.')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_mail_char(s.p[i], domain) || (s.p[i] == '.' && s.p[i - 1] == '.'))
            return false;
        dot = dot || s.p[i] == '.';
    }
    return dot || !domain;
}

static enum err read_email(struct arena *a, struct str cell, struct str *out, struct say *why)
{
    struct str copy = arena_str(a, cell);
    char *p = arena_alloc(a, cell.n + 1);
    for (size_t i = 0; i < cell.n; i++)
        p[i] = copy.p[i] >= 'A' && copy.p[i] <= 'Z' ? (char)(copy.p[i] + 32) : copy.p[i];
    struct str lower = {p, cell.n}, domain = lower, local = str_cut(&domain, '@');
    if (local.n == lower.n || !mail_part_ok(local, false) || !mail_part_ok(domain, true))
        return refuse(why, say1(N_("«{1}» er ikke en e-postadresse."), SAY_S(cell)));
    *out = lower;
    return OK;
}

static enum err read_phone(struct arena *a, struct str cell, struct str *out, struct say *why)
{
    char *p = arena_alloc(a, cell.n + 2);
    size_t n = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < cell.n; i++) {
        char c = cell.p[i];
        if ((c >= '0' && c <= '9') || (c == '+' && n == 0))
            p[n++] = c;
        else
            ok = strchr(" -.()/", c) && c;
    }
    struct str s = {p, n};
    if (ok && str_starts(s, STR("00"))) {
        p[1] = '+';
        s = (struct str){p + 1, n - 1};
    }
    size_t digits = s.n - (s.n && s.p[0] == '+');
    if (!ok || digits < 5 || digits > 15)
        return refuse(why, say1(N_("«{1}» er ikke et telefonnummer."), SAY_S(cell)));
    *out = s;
    return OK;
}

enum err import_place(struct arena *a, struct str cell, struct str *out, struct say *why)
{
    int64_t v;
    if (!num_i64(cell, 1, 9999, &v) || cell.n > 4 || cell.n < 3)
        return refuse(why, say1(N_("«{1}» er ikke et kommunenummer. Skriv fire siffer."), SAY_S(cell)));
    *out = arena_fmt(a, "%04d", (int)v);
    return OK;
}

/* Where a free text goes, or NULL. */
static struct str *text_of(struct import_row *r, enum import_column c)
{
    struct str *const of[IMPORT_COLUMNS] = {[IMPORT_REFERENCE] = &r->reference, [IMPORT_FIRST_NAME] = &r->first_name,
        [IMPORT_LAST_NAME] = &r->last_name, [IMPORT_LANGUAGE] = &r->language, [IMPORT_FIELD] = &r->field, [IMPORT_COUNTRY] = &r->country,
        [IMPORT_ADVISER] = &r->adviser};
    return c < IMPORT_COLUMNS ? of[c] : NULL;
}

static enum err read_text(struct arena *a, enum import_column c, struct str cell, struct import_row *r, struct say *why)
{
    if (cell.n == 0 && import_columns[c].required)
        return refuse(why, say1(N_("«{1}» mangler."), SAY_S(str_c(import_columns[c].name))));
    *text_of(r, c) = cell;
    if (c == IMPORT_LANGUAGE)
        r->languages = language_set_codes(a, language_set_parse(a, cell, NULL));
    if (c == IMPORT_FIELD)
        r->field_code = cell.n ? field_find_by_text(a, cell) : 0;
    return OK;
}

/* Cells that are neither free text nor empty: into a number, which read_cell puts in its place. */
static enum err read_number(struct arena *a, enum import_column c, struct str cell, int today, int *v, struct say *why)
{
    int first = tm_on(1980, 1, 1), soon = today + 366, later = today + 3660;
    switch (c) {
    case IMPORT_SEX:
        return read_word(a, cell, import_sex_words, sex_names, SEX_N, v, why);
    case IMPORT_BIRTH_YEAR:
        return read_birth_year(cell, today, v, why);
    case IMPORT_SETTLED:
        return read_on(cell, first, soon, v, why);
    case IMPORT_START:
    case IMPORT_END:
        return read_on(cell, first, later, v, why);
    case IMPORT_TRACK:
        return read_track(a, cell, v, why);
    case IMPORT_LEVEL:
        return read_word(a, cell, import_level_words, education_level_names, EDU_N, v, why);
    case IMPORT_RECOGNITION:
        return read_word(a, cell, import_recognition_words, recognition_names, REC_N, v, why);
    case IMPORT_ORAL:
    case IMPORT_WRITTEN:
        return read_cefr(a, cell, v, why);
    case IMPORT_EXPERIENCE:
        return read_years(a, cell, v, why);
    case IMPORT_ADDRESS_BLOCK:
        return read_word(a, cell, import_block_words, address_block_names, BLOCK_N, v, why);
    case IMPORT_REFERENCE:
    case IMPORT_FIRST_NAME:
    case IMPORT_LAST_NAME:
    case IMPORT_EMAIL:
    case IMPORT_PHONE:
    case IMPORT_LANGUAGE:
    case IMPORT_FIELD:
    case IMPORT_COUNTRY:
    case IMPORT_ADVISER:
    case IMPORT_MUNICIPALITY:
    case IMPORT_COLUMNS:
        break;
    }
    return ERR_INTERNAL; /* texts do not come here */
}

static void put_number(struct import_row *r, enum import_column c, int v)
{
    int *const of[IMPORT_COLUMNS] = {[IMPORT_BIRTH_YEAR] = &r->birth_year, [IMPORT_SETTLED] = &r->settled_on,
        [IMPORT_START] = &r->programme_start_on, [IMPORT_END] = &r->programme_end_on, [IMPORT_TRACK] = &r->track,
        [IMPORT_EXPERIENCE] = &r->experience_years};
    if (of[c])
        *of[c] = v;
    else if (c == IMPORT_SEX)
        r->sex = (enum sex)v;
    else if (c == IMPORT_LEVEL)
        r->level = (enum education_level)v;
    else if (c == IMPORT_RECOGNITION)
        r->recognition = (enum recognition)v;
    else if (c == IMPORT_ORAL)
        r->oral = (enum cefr)v;
    else if (c == IMPORT_WRITTEN)
        r->written = (enum cefr)v;
    else if (c == IMPORT_ADDRESS_BLOCK)
        r->address_block = (enum address_block)v;
}

/* "-", "–", "?", "...": somebody had nothing to write. */
static bool is_dashes(struct str s)
{
    while (s.n) {
        uint32_t cp = utf8_next(&s);
        if (cp != '-' && cp != '?' && cp != '.' && cp != '/' && cp != ' ' && cp != 0xA0 && cp != 0x2013 && cp != 0x2014)
            return false;
    }
    return true;
}

/* Dashes and «ukjent». Not for address protection: there only an empty cell and a clear no mean none. */
static bool is_unknown(struct arena *a, enum import_column c, struct str cell)
{
    int v;
    return cell.n == 0 || (c != IMPORT_ADDRESS_BLOCK && (is_dashes(cell) || find_word(key_of(a, cell), import_none_words, &v)));
}

enum err import_cell(struct arena *a, enum import_column c, struct str cell, int today, struct import_row *r, struct say *why)
{
    struct str clean;
    int v = 0;
    if (c >= IMPORT_COLUMNS)
        return OK;
    if (cell.n > IMPORT_TEXT_MAX)
        return refuse(why, say1(N_("Teksten er for lang. Det er plass til {1} tegn."), SAY_I(IMPORT_TEXT_MAX)));
    if (utf8_clean(a, cell, false, &clean) != OK)
        return refuse(why, say(N_("Teksten har tegn som ikke kan leses.")));
    if (text_of(r, c))
        return read_text(a, c, clean, r, why);
    if (is_unknown(a, c, clean))
        return OK;
    if (c == IMPORT_EMAIL)
        return read_email(a, clean, &r->email, why);
    if (c == IMPORT_PHONE)
        return read_phone(a, clean, &r->phone, why);
    if (c == IMPORT_MUNICIPALITY)
        return import_place(a, clean, &r->municipality, why);
    TRY(read_number(a, c, clean, today, &v, why));
    put_number(r, c, v);
    return OK;
}

enum err import_row_check(const struct import_row *r, enum import_column *bad, struct say *why)
{
    const struct str required[] = {r->reference, r->first_name, r->last_name};
    for (int c = 0; c < (int)COUNT(required); c++)
        if (required[c].n == 0) {
            *bad = (enum import_column)c;
            return refuse(why, say1(N_("«{1}» mangler."), SAY_S(str_c(import_columns[c].name))));
        }
    if (r->programme_start_on && r->programme_end_on && r->programme_end_on < r->programme_start_on) {
        *bad = IMPORT_END;
        return refuse(why, say2(N_("Programslutt ({1}) er før programstart ({2})."), SAY_D(r->programme_end_on), SAY_D(r->programme_start_on)));
    }
    return OK;
}
