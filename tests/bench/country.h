/* country.h: what happens to one invented person after the other: the rows that the program would have kept of it (b_country.c). */
#pragma once
#include "base/buf.h"
#include "base/utf8.h"
#include "db/db.h"
#include "domain/confidentiality.h"
#include "domain/intake.h"
#include "domain/logchain.h"
#include "domain/match.h"
#include "domain/rich.h"
#include "domain/workbook.h"
#include "live/prose.h"
#include "model/mentor.h"
#include "model/participant.h"
#include <math.h>
#include <stdio.h>

enum { PAPERS = 24, DAY_NEVER = 100000 };
struct org {
    int64_t id, administrator, leader, adviser, nav, mentor; /* ids of the first of each */
    double share;
    int n_advisers, n_navs, n_mentors;
    int64_t cohort;
    int seats_left, n_cohorts;
    struct logchain chain;
};
struct person {
    uint16_t org, first_day, admitted_day;
    uint8_t depth, deed; /* how far the person comes; deed: how many of the meetings are over */
    int64_t account, trainee, mentor, mentor_account, mentorship;
};
struct paper { /* words of a document, made once */
    struct bytes update;
    struct str text, folded;
    int64_t words;
};
struct country {
    struct db *db;
    struct arena *a; /* emptied now and then */
    uint64_t seed;
    uint32_t n_persons;
    int n_orgs, first_on, last_on;
    int64_t begin, now;
    struct str password; /* hashed */
    struct person *person;
    struct org *org;
    struct paper paper[PAPERS];
    int64_t n_accounts, n_mentors, n_trainees, n_documents, n_events, n_lines, n_matches, n_cohorts, n_meetings, n_applications, n_interviews, n_offers, n_agreements,
        rows;
};
#define PUT(c, q, ...)                                                                             \
    do {                                                                                           \
        (c)->rows++;                                                                               \
        TRY(db_run((c)->db, &q, NULL, DB_IN(__VA_ARGS__)));                                        \
    } while (0)

/* ---- chance: the same for the same person and question, in whatever order they are asked */

static uint64_t chance(const struct country *c, uint64_t who, uint64_t what)
{
    uint64_t z = c->seed * 0x9e3779b97f4a7c15u + who * 0xbf58476d1ce4e5b9u + what * 0x94d049bb133111ebu;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}
static int pick(const struct country *c, uint64_t who, uint64_t what, int n)
{
    return (int)(chance(c, who, what) % (uint64_t)n);
}
static double chance_unit(const struct country *c, uint64_t who, uint64_t what)
{
    return (double)(chance(c, who, what) >> 11) / 9007199254740992.0;
}
#define ONE_OF(c, who, what, list) (list)[pick((c), (who), (what), (int)COUNT(list))]

/* ---- names and other words, as in the demo's lists */

static const char *const given[] = {"Amal",   "Layla",  "Samira", "Olena",  "Iryna",  "Selam",  "Mehdi",   "Yusuf",  "Omar",    "Tesfay", "Nadia",  "Rana",   "Hodan",  "Farid",
                                    "Daryna", "Bashir", "Mina",   "Zahra",  "Idris",  "Kateryna", "Peter", "Lina",   "Maksym",  "Huda",   "Shirin", "Aisha",  "Viktor", "Farah",
                                    "Emmanuel", "Dina", "Bilal",  "Sara",   "Ihor",   "Meron",  "Hamza",   "Nasrin", "Josef",   "Yara",   "Dawit",  "Olha",   "Ahmad",  "Mahlet",
                                    "Behrouz", "Ruta",  "Svitlana", "Lemlem", "Arash", "Natalia", "Ismail", "Fatou", "Qais",    "Halyna", "Simret", "Jean",   "Tamara", "Ulugbek"};
static const char *const family[] = {"Haddad", "Mansour", "Kovalenko", "Shevchenko", "Tesfay", "Gebre", "Hassan", "Ali", "Rahimi", "Noori", "Yusuf", "Abdi", "Said", "Bondar",
                                     "Melnyk", "Karimi", "Osman", "Warsame", "Okello", "Kassab", "Tkach", "Salim", "Gebremedhin", "Hosseini", "Noor", "Bilyk", "Jaber", "Kabila",
                                     "Aziz", "Hamdan", "Mulugeta", "Odeh", "Savchuk", "Tesfai", "Shahin", "Akbari", "Lukasz", "Khalaf", "Alem", "Kravets", "Zaher", "Girma",
                                     "Sadeghi", "Kidane", "Moroz", "Dabbagh", "Asmerom", "Tavakoli", "Hryn", "Abdullahi", "Diallo", "Barakat", "Petrenchuk", "Yohannes"};
static const char *const endings[] = {"", "", "", "i", "zadeh", "enko", "sen", "ova", "uk"};
static const char *const local_given[] = {"Sigrid", "Knut", "Kari", "Øystein", "Åse", "Ingrid", "Lars", "Turid", "Jon", "Marit", "Erik", "Gro", "Tore", "Anne", "Pål", "Unni"};
static const char *const local_family[] = {"Tveit", "Myhre", "Lian", "Ås", "Haugen", "Berg", "Dahl", "Østby", "Nes", "Sæther", "Lund", "Moen", "Vik", "Fossum", "Strand", "Ødegård"};
static const char *const places[] = {"Fjord", "Sund", "Nes", "Dal", "Vik", "Berg", "Øy", "Strand", "Foss", "Haug", "Eid", "Ås", "Lund", "Vang", "Tind", "Myr", "Elv", "Skog", "Hamn", "Bru"};
static const char *const place_ends[] = {"by", "heim", "stad", "land", "vik", "dal", "nes", "set", "våg", "lia", "rud", "bø", "tun", "mo", "øya", "fjell", "vang", "strand"};
static const char *const fields[] = {"0913", "0613", "0411", "0732", "0912", "0113", "0916", "0421", "0711", "0311", "0731", "0713", "0414", "0923", "0511", "0811", "0715", "0313"};
static const char *const occupations[] = {"2223", "2512", "2411", "2142", "2212", "2341", "2262", "2611", "2145", "2631", "2161", "2151", "2431", "2635", "2131", "2132", "2144", "2634"};
static const char *const tongues[] = {"ar,en,nb", "uk,ru,nb", "ti,nb", "fa,en,nb", "so,en,nb", "prs,nb", "fr,sw,nb", "uk,en,nb"};
static const char *const countries[] = {"Syria", "Ukraina", "Eritrea", "Iran", "Somalia", "Afghanistan", "DR Kongo", "Etiopia"};
static const char *const said[] = {
    "Vi har snakket sammen, og målet er tydelig.", "Norsken er god nok for et intervju, og papirene er i orden.",
    "Vi venter til kurset er over og tar det opp igjen da.", "Faget passer godt med mentorene vi har. Personen er motivert og har tid til å møte hver måned."};
static const char *const answers[] = {
    "Jeg liker faget mitt og vil tilbake til det så snart jeg kan.",
    "Jeg går på norskkurs, leser fagbøker og er frivillig en kveld i uka. Der lærer jeg ord som ikke står i boka.",
    "Jeg trenger noen som kjenner yrket i Norge, som kan fortelle hvordan folk snakker sammen på jobb, og hva som står mellom linjene i en annonse."};
static const char *const talk[] = {"Vi gikk gjennom en annonse og strøk alt som ikke handlet om dem.", "Vi øvde på intervju. Først kort, så med eksempler fra arbeidet mitt hjemme.",
                                   "Vi besøkte arbeidsplassen og hilste på fire kolleger. To av dem vil lese CV-en."};

/* A field as common as it is: the first ones much more than the last. */
static int field_of(const struct country *c, uint64_t who)
{
    int a = pick(c, who, 10, (int)COUNT(fields)), b = pick(c, who, 11, (int)COUNT(fields));
    return a < b ? a : b;
}
static int on_of(const struct country *c)
{
    return (int)(c->now / 86400000);
}

/* ---- the log */

DB_PUT(q_c_line, struct log_line,
       "INSERT INTO log_line (organisation_id, seq, at, account_id, from_organisation_id, role, participant_id, act, what, subject_id, outcome, event_id,"
       " reason_hash, request, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
       DB_COL(struct log_line, organisation_id), DB_COL(struct log_line, seq), DB_COL(struct log_line, at), DB_COL(struct log_line, account_id),
       DB_COL(struct log_line, from_organisation_id), DB_COL(struct log_line, role), DB_COL(struct log_line, participant_id), DB_COL(struct log_line, act),
       DB_COL(struct log_line, what), DB_COL(struct log_line, subject_id), DB_COL(struct log_line, outcome), DB_COL(struct log_line, event_id),
       DB_COL(struct log_line, reason_hash), DB_COL(struct log_line, request), DB_COL(struct log_line, hash));
DB_EXEC(q_c_head, 3, "INSERT INTO log_head (organisation_id, seq, hash) VALUES ($1, $2, $3) ON CONFLICT (organisation_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash");
DB_EXEC(q_c_event, 11,
        "INSERT INTO event (id, organisation_id, at, account_id, role, participant_id, kind, subject_id, outcome, reason, reason_salt)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");

static enum err line(struct country *c, struct org *o, struct log_line l)
{
    char hash[LOG_HASH_CHARS + 1], request[20];
    snprintf(request, sizeof request, "%012llx", (unsigned long long)(chance(c, (uint64_t)c->n_lines, 99) & 0xffffffffffffu));
    l.organisation_id = l.from_organisation_id = o->id;
    l.at = c->now;
    l.request = str_c(request);
    TRY(logchain_append(&o->chain, &l, hash));
    c->n_lines++;
    c->rows++;
    return db_put(c->db, &q_c_line, &l, NULL);
}

static enum err country_heads(struct country *c)
{
    for (int k = 0; k < c->n_orgs; k++)
        if (c->org[k].chain.seq)
            TRY(db_run(c->db, &q_c_head, NULL, DB_IN(c->org[k].id, c->org[k].chain.seq, logchain_head(&c->org[k].chain))));
    return OK;
}

struct doer {
    int64_t account;
    const char *role;
};

static enum err happened(struct country *c, struct org *o, struct doer who, int64_t participant, const char *kind, int64_t subject, const char *outcome, const char *reason)
{
    char committed[LOG_HASH_CHARS + 1], salt[40] = "";
    int64_t id = ++c->n_events;
    if (*reason)
        snprintf(salt, sizeof salt, "%016llx%016llx", (unsigned long long)chance(c, (uint64_t)id, 97), (unsigned long long)chance(c, (uint64_t)id, 98));
    TRY(logchain_reason(str_c(salt), str_c(reason), committed));
    PUT(c, q_c_event, id, o->id, c->now, who.account, who.role, participant, kind, subject, outcome, reason, salt);
    return line(c, o, (struct log_line){.account_id = who.account, .role = str_c(who.role), .participant_id = participant, .act = STR(LOG_CHANGE), .what = str_c(kind),
                                        .subject_id = subject, .outcome = str_c(outcome), .event_id = id, .reason_hash = str_c(committed)});
}

static enum err looked(struct country *c, struct org *o, struct doer who, int64_t participant, const char *what)
{
    return line(c, o, (struct log_line){.account_id = who.account, .role = str_c(who.role), .participant_id = participant, .act = STR(LOG_LOOK), .what = str_c(what)});
}

/* ---- organisations and accounts */

DB_EXEC(q_c_org, 5, "INSERT INTO organisation (id, name, kind, municipality, created_at) VALUES ($1, $2, 'municipality', $3, $4 + CAST($5 AS BIGINT))");
DB_EXEC(q_c_account, 6, "INSERT INTO account (id, email, name, lang, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)");
DB_EXEC(q_c_role, 4, "INSERT INTO account_role (account_id, organisation_id, role, from_at, name) SELECT id, $2, $3, $4, name FROM account WHERE id = $1");
DB_EXEC(q_c_promise, 3, "INSERT INTO confidentiality (account_id, text_version, lang, at) VALUES ($1, $2, 'nb', $3)");

static struct str country_name(struct arena *a, const struct country *c, uint64_t who)
{
    return arena_fmt(a, "%s %s", ONE_OF(c, who, 70, local_given), ONE_OF(c, who, 71, local_family));
}

static enum err country_org(struct country *c, const struct org *o)
{
    struct str name = arena_fmt(c->a, "%s%s kommune", places[(size_t)o->id % COUNT(places)], place_ends[(size_t)o->id / COUNT(places) % COUNT(place_ends)]);
    PUT(c, q_c_org, o->id, name, arena_fmt(c->a, "%04d", 1000 + (int)o->id), c->begin, 0);
    return OK;
}

static enum err country_account(struct country *c, int64_t id, struct str email, struct str name, const char *lang, int64_t org, const char *role, bool logs_in)
{
    int64_t at = c->now ? c->now : c->begin;
    PUT(c, q_c_account, id, email, name, lang, logs_in ? c->password : STR(""), at);
    PUT(c, q_c_role, id, org, role, at);
    return OK;
}

static enum err country_mentor(struct country *c, struct org *o)
{
    uint64_t who = 0x100000000u + (uint64_t)++c->n_mentors;
    int64_t id, account = ++c->n_accounts;
    int f = field_of(c, who);
    struct str first = str_c(ONE_OF(c, who, 70, local_given)), last = str_c(ONE_OF(c, who, 71, local_family));
    struct str email = arena_fmt(c->a, "mentor.%lld@springland.example", (long long)c->n_mentors);
    TRY(country_account(c, account, email, arena_fmt(c->a, "%.*s %.*s", STR_FMT(first), STR_FMT(last)), "nb", o->id, "mentor", true));
    PUT(c, q_c_promise, account, CONFIDENTIALITY_VERSION, c->begin);
    struct mentor_row m = {.organisation_id = o->id, .sort_name = mentor_sort_name(c->a, first, last), .account_id = account, .first_name = first, .last_name = last, .email = email, .lang = STR("nb"),
                           .phone = arena_fmt(c->a, "%d", 40000000 + pick(c, who, 12, 9999999)), .sex = pick(c, who, 13, 2) ? STR("female") : STR("male"),
                           .birth_year = 1955 + pick(c, who, 14, 40), .field = str_c(fields[f]), .occupation = str_c(occupations[f]), .job_title = STR("Rådgiver"),
                           .employer = arena_fmt(c->a, "%s og %s", ONE_OF(c, who, 15, local_family), ONE_OF(c, who, 16, local_family)), .sector = STR("private"),
                           .experience_years = pick(c, who, 17, 30), .seniority = 1 + pick(c, who, 18, 4), .network = pick(c, who, 19, 4), .languages = STR("nb,en"),
                           .municipality = arena_fmt(c->a, "%04d", 1000 + (int)o->id), .motivation = str_c(ONE_OF(c, who, 20, said)), .capacity = 1 + pick(c, who, 21, 3),
                           .created_at = c->begin, .updated_at = c->begin};
    c->rows++;
    return mentor_insert(c->db, &m, &id);
}

/* ---- documents */

DB_EXEC(q_c_document, 9,
        "INSERT INTO document (id, organisation_id, owner_account, participant_id, kind, title, created_by, created_at, changed_by, changed_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $3, $7, $8, $9)");
DB_EXEC(q_c_log, 6, "INSERT INTO document_log (document_id, seq, account_id, from_at, at, edits, data) VALUES ($1, $2, $3, $4 - 60000, $4, $5, $6)");
DB_EXEC(q_c_snap, 4, "INSERT INTO document_snap (document_id, seq, made_at, state) VALUES ($1, $2, $3, $4)");
DB_EXEC(q_c_text, 5, "INSERT INTO document_text (document_id, text, folded, words, made_at) VALUES ($1, $2, $3, $4, $5)");
DB_EXEC(q_c_share, 4, "INSERT INTO document_share (document_id, account_id, may, given_by, given_at) VALUES ($1, $2, 3, $3, $4)");
DB_EXEC(q_c_visit, 3, "INSERT INTO document_visit (document_id, account_id, at) VALUES ($1, $2, $3)");
DB_EXEC(q_c_comment, 4, "INSERT INTO document_comment (document_id, text, by_account, at) VALUES ($1, $2, $3, $4)");

/* Words of many lengths: from a draft of one line to some pages. */
static enum err country_papers(struct country *c)
{
    for (size_t i = 0; i < PAPERS; i++) {
        size_t n = 1 + i * i / 8;
        struct str *parts = ARENA_ARRAY(c->a, struct str, n);
        for (size_t k = 0; k < n; k++)
            parts[k] = k % 5 ? arena_fmt(c->a, "%s %s", answers[(i + k) % COUNT(answers)], talk[(i * 3 + k) % COUNT(talk)]) : arena_fmt(c->a, "## Del %zu", k / 5 + 1);
        struct str markup = arena_join(c->a, parts, n, STR("\n\n"));
        struct buf out = {.max = 1 << 20};
        TRY(prose_write(rich_from_markup(c->a, markup), 1000 + i, &out));
        struct str kept = out.bad ? STR("") : arena_str(c->a, buf_view(&out));
        buf_free(&out);
        c->paper[i] = (struct paper){.update = {(const uint8_t *)kept.p, kept.n}, .text = markup, .folded = utf8_fold(c->a, markup), .words = (int64_t)(n * 25)};
        if (!kept.n)
            return ERR_LIMIT;
    }
    return OK;
}

static enum err document(struct country *c, struct org *o, uint32_t i, int nth)
{
    static const char *const kinds[] = {"cv", "letter", "free", "application"}, *const titles[] = {"CV", "Søknadsbrev", "Notater", "Jobbsøknad"};
    struct person *p = &c->person[i];
    uint64_t who = (uint64_t)i * 64 + (uint64_t)nth;
    int64_t id = ++c->n_documents;
    int kind = nth ? pick(c, who, 30, 4) : 0, rows = pick(c, who, 31, 12) ? 1 + pick(c, who, 32, 3) : 4 + pick(c, who, 33, 40);
    const struct paper *last = NULL;
    PUT(c, q_c_document, id, o->id, p->account, (int64_t)i + 1, kinds[kind], titles[kind], c->now, p->account, c->now + rows * 3600000);
    for (int k = 1; k <= rows; k++) { /* the same words again say nothing new: the text is that of the longest */
        const struct paper *x = &c->paper[pick(c, who, 34, PAPERS / 2) + (k == 1 ? 0 : pick(c, who, 35, PAPERS / 2))];
        last = !last || x->words > last->words ? x : last;
        PUT(c, q_c_log, id, k, p->account, c->now + k * 3600000, 10 + pick(c, who, 36, 200), x->update);
    }
    if (rows > 3)
        PUT(c, q_c_snap, id, 1, c->now, c->paper[pick(c, who, 34, PAPERS / 2)].update);
    PUT(c, q_c_text, id, last->text, last->folded, last->words, c->now + rows * 3600000);
    PUT(c, q_c_visit, id, p->account, c->now + rows * 3600000);
    if (p->mentor && pick(c, who, 37, 3))
        PUT(c, q_c_share, id, p->mentor_account ? p->mentor_account : o->leader, p->account, c->now);
    for (int k = pick(c, who, 38, 4); k > 0; k--)
        PUT(c, q_c_comment, id, ONE_OF(c, who + (uint64_t)k, 39, said), o->leader, c->now + k * 7200000);
    return happened(c, o, (struct doer){p->account, "trainee"}, (int64_t)i + 1, "document.made", id, kinds[kind], "");
}

/* ---- one person after the other */

enum step {
    STEP_NONE,
    STEP_COMES,
    STEP_JUDGED,
    STEP_RECOMMENDED,
    STEP_INVITED,
    STEP_APPLIED,
    STEP_INTERVIEWED,
    STEP_OFFERED,
    STEP_ADMITTED,
    STEP_MATCHED,
    STEP_STARTED,
    STEP_MEETING,
    STEP_FINISHED,
    STEP_WORK,
    STEP_CLOSED, /* not now, another way */
    STEP_BUSY,   /* a talk a week for years */
};

DB_EXEC(q_c_relation, 5, "INSERT INTO relation (organisation_id, participant_id, account_id, kind, from_on, by_account, at) VALUES ($1, $2, $3, 'adviser', $4, 0, $5)");
DB_EXEC(q_c_judged, 5, "INSERT INTO criterion_assessment (participant_id, criterion, verdict, by_account, at) VALUES ($1, $2, $3, $4, $5)");
DB_EXEC(q_c_recommended, 4, "INSERT INTO recommendation (participant_id, verdict, reason, by_account, at) VALUES ($1, 1, $2, $3, $4)");
DB_EXEC(q_c_gap, 3, "INSERT INTO competence_gap (participant_id, requirement, gap, by_account, at) VALUES ($1, 'Godkjenning', 'Papirene er sendt inn.', $2, $3)");
DB_EXEC(q_c_link, 7,
        "INSERT INTO link (token_hash, kind, organisation_id, email, name, lang, role, subject_id, created_by, created_at, expires_at, used_at)"
        " VALUES ($1, 'invite_participant', $2, $3, $4, 'nb', 'trainee', $5, $6, $7, $7 + 1209600000, $7 + 86400000)");
DB_EXEC(q_c_mail, 5,
        "INSERT INTO outbox (organisation_id, kind, to_email, to_name, lang, subject, body, created_at, due_at, attempts, sent_at)"
        " VALUES ($1, $2, $3, $4, 'nb', 'Fra Springbrett', 'Logg inn for å lese.', $5, $5, 1, $5 + 3000)");
DB_EXEC(q_c_application, 4,
        "INSERT INTO application (id, participant_id, status, step, created_at, updated_at, submitted_at) VALUES ($1, $2, 1, 5, $3 - 500000000, $3, $3 + CAST($4 AS BIGINT))");
DB_EXEC(q_c_answer, 3, "INSERT INTO application_answer (application_id, question, text, at_version) VALUES ($1, $2, $3, 1)");
DB_EXEC(q_c_interview, 5,
        "INSERT INTO interview (id, participant_id, interviewer_id, at, status, motivation, drive, communication, summary, feedback, feedback_at, created_at)"
        " VALUES ($1, $2, $3, $4, 1, 3, 3, 3, $5, 'Takk for samtalen.', $4, $4 - 900000000)");
DB_EXEC(q_c_question, 3, "INSERT INTO interview_question (interview_id, question, text, note) VALUES ($1, $2, 'Fortell mer om dette.', $3)");
DB_EXEC(q_c_cohort, 6, "INSERT INTO cohort (id, organisation_id, name, start_on, created_at, closed_at) VALUES ($1, $2, $3, $4, $5, $6)");
DB_EXEC(q_c_offer, 6, "INSERT INTO offer (participant_id, cohort_id, by_account, at, answer_by_on, status, answered_at) VALUES ($1, $2, $3, $4, $5, $6, $4 + 86400000)");
DB_EXEC(q_c_trainee, 9,
        "INSERT INTO trainee (id, organisation_id, participant_id, cohort_id, admitted_at, status, completed_on, on_time, ended_on, goals, expectations, motivation, over_on)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'Jobb i eget fag.', 'Et møte i måneden.', 'Faget mitt.', CASE WHEN $7 > $9 THEN $7 ELSE $9 END)");
DB_EXEC(q_c_match, 8,
        "INSERT INTO match (id, organisation_id, trainee_id, mentor_id, points, reasons, status, meeting_at, meeting_held_on, asked_at, trainee_answer, trainee_answer_at,"
        " mentor_answer, mentor_answer_at, by_account, at) VALUES ($1, $2, $3, $4, $5, 'field_same:760/760:0916', $6, $7, $7 / 86400000, $7, 1, $7, 1, $7, $8, $7)");
DB_EXEC(q_c_agreement, 4, "INSERT INTO agreement (id, match_id, text, text_hash, created_at, updated_at) VALUES ($1, $1 + CAST($2 AS BIGINT), 'Avtale om mentoring.', $3, $4, $4)");
DB_EXEC(q_c_signature, 5, "INSERT INTO agreement_signature (agreement_id, account_id, side, name, text_hash, at) VALUES ($1, $2, $3, 'Navn', $4, $5)");
DB_EXEC(q_c_mentorship, 9,
        "INSERT INTO mentorship (id, organisation_id, match_id, trainee_id, mentor_id, started_at, first_meeting_on, status, ended_on) VALUES ($1, $2, $1, $3, $4, $5, $6, $7, $8 + $9)");
DB_EXEC(q_c_meeting, 7,
        "INSERT INTO meeting (id, mentorship_id, theme, at, place, status, held_on, created_by, created_at) VALUES ($1, $2, $3, $4, 'Biblioteket', $5, $6, $7, $4 - 900000000)");
DB_EXEC(q_c_minutes, 5, "INSERT INTO minutes (meeting_id, talked, learned, next, by_account, written_at) VALUES ($1, $2, $3, 'Jeg ringer.', $4, $5)");
DB_EXEC(q_c_task, 7, "INSERT INTO task (organisation_id, trainee_id, meeting_id, owner, text, due_on, done_at, by_account, at) VALUES ($1, $2, NULLIF($3, 0), 1, 'Send søknaden.', $4, $5, $6, $7)");
DB_EXEC(q_c_evaluation, 5, "INSERT INTO evaluation (mentorship_id, kind, held_on, go_on, goals, by_account, at) VALUES ($1, $2, $3, 1, 'Vi er på vei.', $4, $5)");
DB_EXEC(q_c_leave, 4, "INSERT INTO leave (trainee_id, kind, from_on, until_on, returned_on, by_account, at) VALUES ($1, 1, $2, $2 + 200, $2 + 190, $3, $4)");
DB_EXEC(q_c_internship, 5, "INSERT INTO internship (trainee_id, business, from_on, until_on, by_account, at) VALUES ($1, $2, $3, $3 + 90, $4, $5)");
DB_EXEC(q_c_outcome, 12,
        "INSERT INTO outcome (trainee_id, kind, offered_on, from_on, until_on, employer, occupation, job_title, percent, permanent, subsidy, field_relevant, found_by, by_account, at)"
        " VALUES ($1, $2, $3, $3 + 14, 0, $4, $5, 'Rådgiver', $6, $7, $8, $9, $10, $11, $12)");
DB_EXEC(q_c_skill, 5, "INSERT INTO self_assessment (trainee_id, moment, statement, value, at) VALUES ($1, $2, $3, $4, $5)");

/* How far person i comes when there is time enough. */
static enum step depth_of(const struct country *c, uint32_t i)
{
    static const struct {
        double below;
        enum step step;
    } of[] = {{.40, STEP_COMES}, {.72, STEP_JUDGED}, {.80, STEP_RECOMMENDED}, {.83, STEP_INVITED}, {.855, STEP_APPLIED}, {.885, STEP_INTERVIEWED}, {.9, STEP_OFFERED},
              {.905, STEP_ADMITTED}, {.91, STEP_MATCHED}, {1, STEP_WORK}};
    double x = chance_unit(c, i, 3);
    size_t k = 0;
    while (x >= of[k].below)
        k++;
    return of[k].step;
}
static int wait_for(const struct country *c, uint32_t i, enum step step)
{
    static const int least[] = {[STEP_JUDGED] = 20, [STEP_RECOMMENDED] = 10, [STEP_INVITED] = 15, [STEP_APPLIED] = 10, [STEP_INTERVIEWED] = 14, [STEP_OFFERED] = 7,
                                [STEP_ADMITTED] = 5, [STEP_MATCHED] = 15, [STEP_STARTED] = 8, [STEP_MEETING] = 24, [STEP_FINISHED] = 10, [STEP_WORK] = 20, [STEP_CLOSED] = 90, [STEP_BUSY] = 5};
    return least[step] + pick(c, i, 400 + (uint64_t)step, least[step]);
}
static bool admitted(const struct country *c, uint32_t i)
{
    return c->person[i].depth >= STEP_ADMITTED;
}

/* Where person i stands on the last day. */
static int stage_of(const struct country *c, uint32_t i, int day, int *since)
{
    static const int stages[] = {[STEP_COMES] = INTAKE_LISTED, [STEP_JUDGED] = INTAKE_LISTED, [STEP_RECOMMENDED] = INTAKE_RECOMMENDED, [STEP_INVITED] = INTAKE_INVITED,
                                 [STEP_APPLIED] = INTAKE_APPLIED, [STEP_INTERVIEWED] = INTAKE_INTERVIEWED, [STEP_OFFERED] = INTAKE_OFFERED, [STEP_ADMITTED] = INTAKE_ADMITTED};
    enum step step = STEP_COMES, most = c->person[i].depth > STEP_ADMITTED ? STEP_ADMITTED : c->person[i].depth;
    while (step < most && day + wait_for(c, i, step + 1) <= c->last_on)
        day += wait_for(c, i, ++step);
    *since = day;
    if (step == most && most > STEP_COMES && most < STEP_ADMITTED && day + wait_for(c, i, STEP_CLOSED) <= c->last_on) {
        *since = day + wait_for(c, i, STEP_CLOSED);
        return most == STEP_OFFERED ? INTAKE_DECLINED : pick(c, i, 4, 3) ? INTAKE_NOT_NOW : INTAKE_OTHER_WAY;
    }
    return stages[step];
}

static struct doer adviser_of(const struct org *o, const struct country *c, uint32_t i)
{
    return (struct doer){o->adviser + pick(c, i, 5, o->n_advisers), "adviser"};
}
static struct doer leader_of(const struct org *o)
{
    return (struct doer){o->leader, "project_leader"};
}
static struct doer self_of(const struct person *p)
{
    return (struct doer){p->account, "trainee"};
}

static enum err step_comes(struct country *c, struct org *o, uint32_t i)
{
    struct person *p = &c->person[i];
    int on = on_of(c), since = on, f = field_of(c, i), home = pick(c, i, 6, (int)COUNT(tongues));
    struct doer adviser = adviser_of(o, c, i);
    int64_t id;
    p->depth = depth_of(c, i);
    int stage = stage_of(c, i, on, &since);
    struct str first = str_c(ONE_OF(c, i, 7, given)), last = arena_fmt(c->a, "%s%s", ONE_OF(c, i, 8, family), ONE_OF(c, i, 9, endings));
    struct participant_row r = {.organisation_id = o->id, .reference = arena_fmt(c->a, "S%d-%u", on / 365 + 1970, i), .first_name = first, .last_name = last,
                                .sex = pick(c, i, 12, 2) ? STR("female") : STR("male"), .birth_year = 1960 + pick(c, i, 13, 43),
                                .email = arena_fmt(c->a, "person.%u@springland.example", i + 1), .phone = arena_fmt(c->a, "%d", 40000000 + pick(c, i, 14, 9999999)),
                                .lang = STR("nb"), .languages = str_c(tongues[home]), .settled_on = on - 60 - pick(c, i, 15, 500), .programme_start_on = on - 30,
                                .programme_end_on = on + 700, .track = 1 + pick(c, i, 16, 3), .education_level = EDU_UPPER_SECONDARY + pick(c, i, 17, EDU_N - EDU_UPPER_SECONDARY), .field = str_c(fields[f]),
                                .field_text = STR(""), .occupation = str_c(occupations[f]), .education_country = str_c(countries[home]), .recognition = pick(c, i, 18, REC_N),
                                .norwegian_oral = 1 + pick(c, i, 19, CEFR_C1), .norwegian_written = 1 + pick(c, i, 20, CEFR_B2), .experience_years = pick(c, i, 21, 20),
                                .municipality = arena_fmt(c->a, "%04d", 1000 + (int)o->id), .adviser_id = adviser.account, .adviser_text = STR(""),
                                .nav_contact_id = p->depth > STEP_JUDGED ? o->nav + pick(c, i, 22, o->n_navs) : 0, .address_protection = pick(c, i, 23, 200) ? 0 : 1 + pick(c, i, 24, 2),
                                .account_id = p->depth >= STEP_APPLIED ? (p->account = ++c->n_accounts) : 0, .stage = stage, .stage_at = (int64_t)since * 86400000,
                                .criteria_sort = 100 * pick(c, i, 25, 9) + pick(c, i, 26, 60), .created_at = c->now, .updated_at = c->now};
    if (r.account_id)
        TRY(country_account(c, r.account_id, r.email, participant_name(c->a, &r), "nb", o->id, "trainee", i % 50 == 0));
    c->rows += 5;
    TRY(participant_insert(c->db, c->a, &r, &id));
    PUT(c, q_c_relation, o->id, id, adviser.account, on, c->now);
    TRY(happened(c, o, (struct doer){0, ""}, id, "participant.imported", id, "created", ""));
    return looked(c, o, adviser, id, "list");
}

static enum err step_judged(struct country *c, struct org *o, uint32_t i)
{
    struct doer who = adviser_of(o, c, i);
    for (int k = 2; k <= 6; k += 4)
        PUT(c, q_c_judged, (int64_t)i + 1, k, 1 + pick(c, i, 40 + (uint64_t)k, 2), who.account, c->now);
    TRY(happened(c, o, who, (int64_t)i + 1, "criterion.judged", i + 1, "met", ""));
    for (int k = pick(c, i, 43, 4); k > 0; k--)
        TRY(looked(c, o, k % 2 ? who : leader_of(o), (int64_t)i + 1, "profile"));
    return OK;
}

static enum err step_recommended(struct country *c, struct org *o, uint32_t i)
{
    struct doer who = adviser_of(o, c, i);
    const char *why = ONE_OF(c, i, 44, said);
    PUT(c, q_c_recommended, (int64_t)i + 1, why, who.account, c->now);
    if (!pick(c, i, 45, 3))
        PUT(c, q_c_gap, (int64_t)i + 1, who.account, c->now);
    TRY(happened(c, o, who, (int64_t)i + 1, "recommendation.given", i + 1, "recommend", why));
    return looked(c, o, leader_of(o), (int64_t)i + 1, "profile");
}

static enum err mail(struct country *c, struct org *o, uint32_t i, const char *kind)
{
    PUT(c, q_c_mail, o->id, kind, arena_fmt(c->a, "person.%u@springland.example", i + 1), ONE_OF(c, i, 7, given), c->now);
    return OK;
}

static enum err step_invited(struct country *c, struct org *o, uint32_t i)
{
    PUT(c, q_c_link, arena_fmt(c->a, "%016llx%016llx", (unsigned long long)chance(c, i, 46), (unsigned long long)i), o->id,
        arena_fmt(c->a, "person.%u@springland.example", i + 1), ONE_OF(c, i, 7, given), (int64_t)i + 1, o->leader, c->now);
    TRY(mail(c, o, i, "invite"));
    TRY(happened(c, o, leader_of(o), (int64_t)i + 1, "screening.decided", i + 1, "invite", ONE_OF(c, i, 47, said)));
    return happened(c, o, leader_of(o), (int64_t)i + 1, "invitation.sent", i + 1, "", "");
}

static enum err step_applied(struct country *c, struct org *o, uint32_t i)
{
    int64_t id = ++c->n_applications;
    PUT(c, q_c_application, id, (int64_t)i + 1, c->now, 0);
    for (size_t k = 0; k < application_questions_n; k++)
        PUT(c, q_c_answer, id, application_questions[k].number, ONE_OF(c, i, 100 + k, answers));
    TRY(happened(c, o, self_of(&c->person[i]), (int64_t)i + 1, "application.sent", id, "", ""));
    return looked(c, o, leader_of(o), (int64_t)i + 1, "application");
}

static enum err step_interviewed(struct country *c, struct org *o, uint32_t i)
{
    int64_t id = ++c->n_interviews;
    PUT(c, q_c_interview, id, (int64_t)i + 1, o->leader, c->now, ONE_OF(c, i, 48, said));
    for (int k = 1; k <= 2; k++)
        PUT(c, q_c_question, id, k, ONE_OF(c, i, 49 + (uint64_t)k, answers));
    TRY(mail(c, o, i, "interview"));
    TRY(looked(c, o, leader_of(o), (int64_t)i + 1, "interview"));
    return happened(c, o, leader_of(o), (int64_t)i + 1, "interview.assessed", id, "", "");
}

static enum err step_offered(struct country *c, struct org *o, uint32_t i)
{
    if (!o->seats_left) {
        o->cohort = ++c->n_cohorts;
        o->seats_left = 5;
        PUT(c, q_c_cohort, o->cohort, o->id, arena_fmt(c->a, "Kull %d", ++o->n_cohorts), on_of(c) + 20, c->now, on_of(c) + 750 < c->last_on ? c->now + 750LL * 86400000 : 0);
        TRY(happened(c, o, leader_of(o), 0, "cohort.made", o->cohort, "", ""));
    }
    PUT(c, q_c_offer, (int64_t)i + 1, o->cohort, o->leader, c->now, on_of(c) + 14, admitted(c, i) ? 1 : 2);
    TRY(mail(c, o, i, "offer"));
    return happened(c, o, leader_of(o), (int64_t)i + 1, "offer.made", o->cohort, "", "");
}

static enum err step_admitted(struct country *c, struct org *o, uint32_t i)
{
    struct person *p = &c->person[i];
    int over = on_of(c) + 15 * 30, away = pick(c, i, 50, 20);
    bool whole = p->depth == STEP_WORK && over < c->last_on, ends = p->depth < STEP_WORK && over < c->last_on;
    p->trainee = ++c->n_trainees;
    o->seats_left -= o->seats_left > 0;
    PUT(c, q_c_trainee, p->trainee, o->id, (int64_t)i + 1, o->cohort, c->now, whole ? 1 : ends ? 3 : 0, whole ? over : 0, whole && away ? 1 : 0, ends ? over : 0);
    for (int k = 0, n = pick(c, i, 51, 100) ? pick(c, i, 52, 3) : 20; k < n; k++)
        TRY(document(c, o, i, k));
    for (size_t k = 0; k < skill_statements_n && !pick(c, i, 53, 2); k++)
        PUT(c, q_c_skill, p->trainee, 1, skill_statements[k].number, 1 + pick(c, i, 200 + k, 5), c->now);
    return happened(c, o, self_of(p), (int64_t)i + 1, "trainee.admitted", p->trainee, "", "");
}

static enum err step_matched(struct country *c, struct org *o, uint32_t i)
{
    struct person *p = &c->person[i];
    int nth = pick(c, i, 54, o->n_mentors);
    int64_t id = ++c->n_matches;
    p->mentor = o->mentor + nth;
    p->mentor_account = o->nav + o->n_navs + nth; /* the accounts of a place's mentors stand behind its staff's */
    p->mentorship = id;
    PUT(c, q_c_match, id, o->id, p->trainee, p->mentor, 500 + pick(c, i, 55, 500), p->depth == STEP_WORK ? MATCH_RUNNING : MATCH_ASKED, c->now, o->leader);
    TRY(mail(c, o, i, "match"));
    TRY(looked(c, o, (struct doer){p->mentor_account, "mentor"}, (int64_t)i + 1, "match"));
    TRY(happened(c, o, leader_of(o), (int64_t)i + 1, "match.proposed", id, "", ""));
    return happened(c, o, leader_of(o), (int64_t)i + 1, "match.asked", id, "", "");
}

static enum err step_started(struct country *c, struct org *o, uint32_t i)
{
    static const char hash[] = "5f6e2b1c7a904d3382e1f0b9c8d7a6e55f6e2b1c7a904d3382e1f0b9c8d7a6e5";
    struct person *p = &c->person[i];
    int on = on_of(c), over = on + 14 * 30;
    int64_t id = ++c->n_agreements;
    PUT(c, q_c_agreement, id, p->mentorship - id, hash, c->now);
    PUT(c, q_c_signature, id, p->account, 1, hash, c->now);
    PUT(c, q_c_signature, id, p->mentor_account, 2, hash, c->now);
    PUT(c, q_c_mentorship, p->mentorship, o->id, p->trainee, p->mentor, c->now, on + 20, over < c->last_on ? 1 : 0, over < c->last_on ? over : 0, 0);
    TRY(happened(c, o, self_of(p), (int64_t)i + 1, "agreement.signed", id, "", ""));
    return happened(c, o, self_of(p), (int64_t)i + 1, "mentorship.started", p->mentorship, "", "");
}

static enum err step_meeting(struct country *c, struct org *o, uint32_t i)
{
    struct person *p = &c->person[i];
    int on = on_of(c), nth = ++p->deed;
    int64_t id = ++c->n_meetings;
    uint64_t who = (uint64_t)i * 32 + (uint64_t)nth;
    bool held = on < c->last_on - 20;
    PUT(c, q_c_meeting, id, p->mentorship, nth, c->now + (held ? 0 : 1900000000), held ? 1 : 0, held ? on : 0, p->account);
    if (held && pick(c, who, 60, 10))
        PUT(c, q_c_minutes, id, ONE_OF(c, who, 61, talk), ONE_OF(c, who, 62, answers), p->account, c->now + 90000000);
    if (pick(c, who, 63, 3))
        PUT(c, q_c_task, o->id, p->trainee, held ? id : 0, on + 20, held && pick(c, who, 64, 12) ? c->now + 900000000 : 0, p->account, c->now);
    if (nth == 6)
        PUT(c, q_c_evaluation, p->mentorship, 1, on, p->account, c->now);
    if (nth == 7 && !pick(c, i, 65, 14))
        PUT(c, q_c_leave, p->trainee, on, o->leader, c->now);
    if (nth == 8 && pick(c, i, 66, 5) < 2)
        PUT(c, q_c_internship, p->trainee, arena_fmt(c->a, "%s AS", ONE_OF(c, i, 67, local_family)), on, o->leader, c->now);
    if (pick(c, who, 68, 2))
        TRY(looked(c, o, (struct doer){p->mentor_account, "mentor"}, (int64_t)i + 1, "meeting"));
    if (!pick(c, who, 69, 4))
        TRY(looked(c, o, leader_of(o), (int64_t)i + 1, "overview"));
    TRY(happened(c, o, self_of(p), (int64_t)i + 1, held ? "meeting.held" : "meeting.planned", id, "", ""));
    return held ? happened(c, o, self_of(p), (int64_t)i + 1, "minutes.written", id, "", "") : OK;
}

static enum err step_finished(struct country *c, struct org *o, uint32_t i)
{
    struct person *p = &c->person[i];
    PUT(c, q_c_evaluation, p->mentorship, 2, on_of(c), p->account, c->now);
    TRY(happened(c, o, self_of(p), (int64_t)i + 1, "evaluation.final", p->mentorship, "", ""));
    return happened(c, o, leader_of(o), (int64_t)i + 1, "mentorship.completed", p->mentorship, "", "");
}

static enum err step_work(struct country *c, struct org *o, uint32_t i)
{
    struct person *p = &c->person[i];
    int kind = pick(c, i, 80, 10) < 7 ? 1 : pick(c, i, 81, 2) ? 2 : 3;
    if (kind < 3)
        PUT(c, q_c_outcome, p->trainee, kind, on_of(c), kind == 1 ? "Havn og Hage" : "Universitetet", kind == 1 ? occupations[field_of(c, i)] : "", kind == 1 ? 50 + 10 * pick(c, i, 82, 6) : 0,
            1 + pick(c, i, 83, 2), kind == 1 ? pick(c, i, 84, 2) : 0, 1 + pick(c, i, 85, 3), 1 + pick(c, i, 86, 7), o->leader, c->now);
    return happened(c, o, leader_of(o), (int64_t)i + 1, "outcome.registered", p->trainee, "", "");
}

static enum err step_closed(struct country *c, struct org *o, uint32_t i)
{
    return happened(c, o, leader_of(o), (int64_t)i + 1, "screening.decided", i + 1, "not_now", ONE_OF(c, i, 87, said));
}

static enum err step_busy(struct country *c, struct org *o, uint32_t i)
{
    TRY(looked(c, o, adviser_of(o, c, i), (int64_t)i + 1, "profile"));
    return happened(c, o, adviser_of(o, c, i), (int64_t)i + 1, "participant.changed", i + 1, "", "");
}

/* What comes after a step, and in how many days; STEP_NONE: nothing. */
static enum step after(const struct country *c, uint32_t i, enum step step)
{
    const struct person *p = &c->person[i];
    if (step == STEP_BUSY || (step == STEP_WORK && !pick(c, i, 88, 200)))
        return STEP_BUSY;
    if (step == STEP_CLOSED || step == STEP_WORK)
        return STEP_NONE;
    if (step == STEP_MEETING && p->deed < 12)
        return on_of(c) < c->last_on - 20 ? STEP_MEETING : STEP_NONE;
    if (step == p->depth)
        return step > STEP_COMES && step < STEP_ADMITTED ? STEP_CLOSED : STEP_NONE;
    return step + 1;
}

static enum err country_step(struct country *c, uint32_t i, int *step, int *wait)
{
    static enum err (*const of[])(struct country *, struct org *, uint32_t) = {
        [STEP_COMES] = step_comes,     [STEP_JUDGED] = step_judged,   [STEP_RECOMMENDED] = step_recommended, [STEP_INVITED] = step_invited, [STEP_APPLIED] = step_applied,
        [STEP_INTERVIEWED] = step_interviewed, [STEP_OFFERED] = step_offered, [STEP_ADMITTED] = step_admitted, [STEP_MATCHED] = step_matched, [STEP_STARTED] = step_started,
        [STEP_MEETING] = step_meeting, [STEP_FINISHED] = step_finished, [STEP_WORK] = step_work, [STEP_CLOSED] = step_closed, [STEP_BUSY] = step_busy};
    enum step done = (enum step) * step;
    TRY(of[done](c, &c->org[c->person[i].org], i));
    *step = (int)after(c, i, done);
    *wait = *step ? wait_for(c, i, (enum step) * step) : 0;
    return OK;
}
