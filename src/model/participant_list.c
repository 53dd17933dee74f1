/* participant_list.c: pages of participants. The keys of a page are read first, from an index in its order; what the index does not
 * know is filtered here, over a bounded number of keys; then the rows of the page are fetched by id. */
#include "domain/register.h"
#include "model/participant.h"
#include "model/relation.h"
#include <stdlib.h>

struct light { /* what sorting and filtering need */
    int64_t id, adviser_id, nav_contact_id;
    struct str sort_name;
    int criteria_sort, settled_on, stage, track;
};
#define LIGHT_COLS                                                                                 \
    DB_COL(struct light, id), DB_COL(struct light, adviser_id), DB_COL(struct light, nav_contact_id), DB_COL(struct light, sort_name), \
        DB_COL(struct light, criteria_sort), DB_COL(struct light, settled_on), DB_COL(struct light, stage), DB_COL(struct light, track)
#define LIGHT "SELECT p.id, p.adviser_id, p.nav_contact_id, p.sort_name, p.criteria_sort, p.settled_on, p.stage, p.track FROM participant p "

/* $2 stage, adviser or NAV contact where it applies; then the key to begin after, its id, and how many. An adviser's and a NAV contact's
 * own are looked for in the own organisation and, when the filter says so, in those that let it see their data today. */
#define KNOWN(account, today) RELATION_KNOWS("p", account, today)
#define IN_ORGS(me, others, today) "p.organisation_id IN " RELATION_ORGS(me, others " = 1", today)
DB_QUERY(q_list_name, struct light, 6,
         LIGHT "WHERE p.organisation_id = $1 AND " NOT_ERASED("p") " AND (p.sort_name, p.id) > ($2, $3) AND " KNOWN("$5", "$6") " ORDER BY p.sort_name, p.id LIMIT $4", LIGHT_COLS);
DB_QUERY(q_list_stage_name, struct light, 7,
         LIGHT "WHERE p.organisation_id = $1 AND " NOT_ERASED("p") " AND p.stage = $2 AND (p.sort_name, p.id) > ($3, $4) AND " KNOWN("$6", "$7") " ORDER BY p.sort_name, p.id LIMIT $5",
         LIGHT_COLS);
DB_QUERY(q_list_track_name, struct light, 7,
         LIGHT "WHERE p.organisation_id = $1 AND " NOT_ERASED("p") " AND p.track = $2 AND (p.sort_name, p.id) > ($3, $4) AND " KNOWN("$6", "$7") " ORDER BY p.sort_name, p.id LIMIT $5",
         LIGHT_COLS);
DB_QUERY(q_list_adviser, struct light, 8,
         LIGHT "WHERE p.adviser_id = $1 AND " IN_ORGS("$5", "$6", "$7") " AND (p.sort_name, p.id) > ($2, $3) AND " KNOWN("$8", "$7") " ORDER BY p.sort_name, p.id LIMIT $4", LIGHT_COLS);
DB_QUERY(q_list_nav, struct light, 8,
         LIGHT "WHERE p.nav_contact_id = $1 AND " IN_ORGS("$5", "$6", "$7") " AND (p.sort_name, p.id) > ($2, $3) AND " KNOWN("$8", "$7") " ORDER BY p.sort_name, p.id LIMIT $4", LIGHT_COLS);
DB_QUERY(q_list_criteria, struct light, 6,
         LIGHT "WHERE p.organisation_id = $1 AND " NOT_ERASED("p") " AND (p.criteria_sort, p.id) < ($2, $3) AND " KNOWN("$5", "$6") " ORDER BY p.criteria_sort DESC, p.id DESC LIMIT $4",
         LIGHT_COLS);
DB_QUERY(q_list_stage_criteria, struct light, 7,
         LIGHT "WHERE p.organisation_id = $1 AND " NOT_ERASED("p") " AND p.stage = $2 AND (p.criteria_sort, p.id) < ($3, $4) AND " KNOWN("$6", "$7")
               " ORDER BY p.criteria_sort DESC, p.id DESC LIMIT $5",
         LIGHT_COLS);
DB_QUERY(q_list_settled, struct light, 6,
         LIGHT "WHERE p.organisation_id = $1 AND " NOT_ERASED("p") " AND (p.settled_on, p.id) < ($2, $3) AND " KNOWN("$5", "$6") " ORDER BY p.settled_on DESC, p.id DESC LIMIT $4", LIGHT_COLS);
DB_QUERY(q_list_search, struct light, 9,
         LIGHT "WHERE p.id IN (SELECT w.participant_id FROM participant_word w WHERE w.organisation_id IN " RELATION_ORGS("$1", "$7 = 1", "$8") " AND w.word >= $2 AND w.word < $3"
               "  AND ($4 = '' OR EXISTS (SELECT 1 FROM participant_word x WHERE x.participant_id = w.participant_id AND x.word >= $4"
               "    AND x.word < $5)) AND EXISTS (SELECT 1 FROM participant h WHERE h.id = w.participant_id AND " RELATION_KNOWS("h", "$9", "$8") ") LIMIT $6)",
         LIGHT_COLS);

/* Does it begin at the top? Descending keys begin above everything. */
static struct participant_key start_of(const struct participant_filter *f)
{
    if (f->after.id)
        return f->after;
    if (f->sort == SORT_NAME)
        return (struct participant_key){.name = STR("")};
    return (struct participant_key){.name = STR(""), .key = INT32_MAX, .id = INT64_MAX};
}

static struct participant_key key_of(const struct light *l, enum participant_sort sort)
{
    return (struct participant_key){.name = l->sort_name, .key = sort == SORT_CRITERIA ? l->criteria_sort : l->settled_on, .id = l->id};
}

static bool fits(const struct participant_filter *f, const struct light *l)
{
    if (str_is(l->sort_name, ERASED_SORT))
        return false; /* a row that counts only */
    return (f->stage < 0 || l->stage == f->stage) && (!f->track || l->track == f->track) &&
           (!f->adviser_id || l->adviser_id == f->adviser_id) && (!f->nav_contact_id || l->nav_contact_id == f->nav_contact_id) &&
           (!f->screening || l->stage == INTAKE_LISTED || l->stage == INTAKE_RECOMMENDED);
}

/* The keys that follow in the order of the index that fits best. */
static enum err keys_after(struct db *db, struct arena *a, const struct participant_filter *f, struct participant_key k, int64_t limit,
                           struct light **rows, size_t *n)
{
    if (f->sort == SORT_NAME || f->adviser_id || f->nav_contact_id) {
        if (f->adviser_id)
            return db_all(db, a, &q_list_adviser, rows, n, DB_IN(f->adviser_id, k.name, k.id, limit, f->organisation_id, f->others, f->today, f->viewer));
        if (f->nav_contact_id)
            return db_all(db, a, &q_list_nav, rows, n, DB_IN(f->nav_contact_id, k.name, k.id, limit, f->organisation_id, f->others, f->today, f->viewer));
        if (f->stage >= 0)
            return db_all(db, a, &q_list_stage_name, rows, n, DB_IN(f->organisation_id, f->stage, k.name, k.id, limit, f->viewer, f->today));
        if (f->track)
            return db_all(db, a, &q_list_track_name, rows, n, DB_IN(f->organisation_id, f->track, k.name, k.id, limit, f->viewer, f->today));
        return db_all(db, a, &q_list_name, rows, n, DB_IN(f->organisation_id, k.name, k.id, limit, f->viewer, f->today));
    }
    if (f->sort == SORT_CRITERIA && f->stage >= 0)
        return db_all(db, a, &q_list_stage_criteria, rows, n, DB_IN(f->organisation_id, f->stage, k.key, k.id, limit, f->viewer, f->today));
    return db_all(db, a, f->sort == SORT_CRITERIA ? &q_list_criteria : &q_list_settled, rows, n,
                  DB_IN(f->organisation_id, k.key, k.id, limit, f->viewer, f->today));
}

struct page { /* what is gathered for one page */
    struct light *l;
    size_t n, max;
    struct participant_key scanned; /* where looking ended before the end of the index; id 0: at its end */
};

/* Looks on in the index until the page is full, or enough has been looked at. */
static enum err gather(struct db *db, struct arena *a, const struct participant_filter *f, struct page *p)
{
    struct participant_key k = start_of(f);
    int64_t left = PARTICIPANT_SCAN, chunk = (int64_t)p->max;
    while (left > 0 && p->n < p->max) {
        struct light *rows;
        size_t n;
        TRY(keys_after(db, a, f, k, chunk, &rows, &n));
        for (size_t i = 0; i < n && p->n < p->max; i++)
            if (fits(f, &rows[i]))
                p->l[p->n++] = rows[i];
        if (n < (size_t)chunk) {
            p->scanned.id = 0;
            return OK;
        }
        k = p->scanned = key_of(&rows[n - 1], f->sort);
        left -= chunk;
        chunk = 500;
    }
    return OK;
}

static int by_name(const void *x, const void *y)
{
    const struct light *a = x, *b = y;
    int c = str_cmp(a->sort_name, b->sort_name);
    return c ? c : (a->id > b->id) - (a->id < b->id);
}
static int downwards(int64_t a, int64_t b, int64_t a_id, int64_t b_id)
{
    return a != b ? (a < b) - (a > b) : (a_id < b_id) - (a_id > b_id);
}
static int by_criteria(const void *x, const void *y)
{
    const struct light *a = x, *b = y;
    return downwards(a->criteria_sort, b->criteria_sort, a->id, b->id);
}
static int by_settled(const void *x, const void *y)
{
    const struct light *a = x, *b = y;
    return downwards(a->settled_on, b->settled_on, a->id, b->id);
}
static int (*const orders[SORT_N])(const void *, const void *) = {[SORT_NAME] = by_name, [SORT_CRITERIA] = by_criteria, [SORT_SETTLED] = by_settled};

/* Sorts all that was found, and keeps what stands after the key. */
static void cut(const struct participant_filter *f, struct light *l, size_t n, struct page *p)
{
    struct light mark = {.id = f->after.id, .sort_name = f->after.name, .criteria_sort = (int)f->after.key, .settled_on = (int)f->after.key};
    if (n)
        qsort(l, n, sizeof *l, orders[f->sort]);
    for (size_t i = 0; i < n && p->n < p->max; i++)
        if (fits(f, &l[i]) && (!f->after.id || orders[f->sort](&l[i], &mark) > 0))
            p->l[p->n++] = l[i];
}

/* The first text that does not begin with w. Bytes of UTF-8 are never 0xff. */
static struct str word_end(struct arena *a, struct str w)
{
    return arena_fmt(a, "%.*s\xf4\x8f\xbf\xbf", STR_FMT(w));
}

static enum err found(struct db *db, struct arena *a, const struct participant_filter *f, struct light **rows, size_t *n)
{
    return db_all(db, a, &q_list_search, rows, n,
                  DB_IN(f->organisation_id, f->words[0], word_end(a, f->words[0]), f->words[1], word_end(a, f->words[1]),
                        (int64_t)PARTICIPANT_FOUND_MAX, f->others, f->today, f->viewer));
}

/* One stage after the other, then together. */
static enum err gather_screening(struct db *db, struct arena *a, const struct participant_filter *f, struct page *p)
{
    struct page both = {.l = ARENA_ARRAY(a, struct light, 2 * p->max)};
    struct participant_filter one = *f;
    for (int stage = INTAKE_LISTED; stage <= INTAKE_RECOMMENDED; stage++) {
        one.stage = stage;
        both.max = both.n + p->max;
        TRY(gather(db, a, &one, &both));
    }
    cut(f, both.l, both.n, p);
    return OK;
}

enum err participant_list(struct db *db, struct arena *a, const struct participant_filter *f, struct participant_row **rows, size_t *n,
                          struct participant_key *next)
{
    struct page p = {.l = ARENA_ARRAY(a, struct light, PARTICIPANT_PAGE + 1), .max = PARTICIPANT_PAGE + 1};
    struct light *l;
    size_t k;
    if (f->words[0].n) {
        TRY(found(db, a, f, &l, &k));
        cut(f, l, k, &p);
    } else if ((f->adviser_id || f->nav_contact_id) && f->sort != SORT_NAME) { /* few enough to be sorted here */
        TRY(keys_after(db, a, f, (struct participant_key){.name = STR("")}, PARTICIPANT_SCAN, &l, &k));
        cut(f, l, k, &p);
    } else if (f->screening) {
        TRY(gather_screening(db, a, f, &p));
    } else {
        TRY(gather(db, a, f, &p));
    }
    struct participant_key end = {0};
    if (p.n > PARTICIPANT_PAGE) {
        p.n = PARTICIPANT_PAGE;
        end = key_of(&p.l[p.n - 1], f->sort);
    } else {
        end = p.scanned;
    }
    struct participant_row *got = ARENA_ARRAY(a, struct participant_row, p.n + 1);
    int64_t ids[PARTICIPANT_PAGE];
    for (size_t i = 0; i < p.n; i++)
        ids[i] = p.l[i].id;
    TRY(participant_some(db, a, ids, p.n, got));
    *rows = got;
    *n = p.n;
    *next = end;
    return OK;
}

struct counted {
    int64_t n, scanned;
};
/* Of an organisation's an index knows stage and track, and of the erased nothing. */
#define NUMBER(where) "SELECT COUNT(*) AS n, COUNT(*) AS scanned FROM (SELECT 1 AS one FROM participant p WHERE " where ") t"
#define NUMBER_HERE(and, viewer, today) NUMBER("p.organisation_id = $1" and " AND " NOT_ERASED("p") " AND " KNOWN(viewer, today) " LIMIT $2")
#define COUNTED_COLS DB_COL(struct counted, n), DB_COL(struct counted, scanned)
DB_QUERY(q_number_all, struct counted, 4, NUMBER_HERE("", "$3", "$4"), COUNTED_COLS);
DB_QUERY(q_number_stage, struct counted, 5, NUMBER_HERE(" AND p.stage = $5", "$3", "$4"), COUNTED_COLS);
DB_QUERY(q_number_screening, struct counted, 4, NUMBER_HERE(" AND p.stage IN (0, 1)", "$3", "$4"), COUNTED_COLS);
DB_QUERY(q_number_track, struct counted, 5, /* in that order: along participant_track, which begins with the track */
         NUMBER("p.organisation_id = $1 AND p.track = $5 AND " NOT_ERASED("p") " AND " KNOWN("$3", "$4") " ORDER BY p.sort_name, p.id LIMIT $2"), COUNTED_COLS);
DB_QUERY(q_number_stage_track, struct counted, 6, NUMBER_HERE(" AND p.stage = $5 AND p.track = $6", "$3", "$4"), COUNTED_COLS);
DB_QUERY(q_number_screening_track, struct counted, 5, NUMBER_HERE(" AND p.stage IN (0, 1) AND p.track = $5", "$3", "$4"), COUNTED_COLS);
DB_QUERY(q_number_adviser, struct counted, 6, NUMBER("p.adviser_id = $1 AND " IN_ORGS("$3", "$4", "$5") " AND " KNOWN("$6", "$5") " LIMIT $2"), COUNTED_COLS);
DB_QUERY(q_number_nav, struct counted, 6, NUMBER("p.nav_contact_id = $1 AND " IN_ORGS("$3", "$4", "$5") " AND " KNOWN("$6", "$5") " LIMIT $2"), COUNTED_COLS);

/* With more to ask of an adviser's or a NAV contact's own: those are read. Whoever is erased has neither. */
#define COUNTED(who)                                                                               \
    "SELECT COUNT(CASE WHEN ($2 < 0 OR t.stage = $2) AND ($3 = 0 OR t.track = $3) AND ($4 = 0 OR t.adviser_id = $4)" \
    " AND ($5 = 0 OR t.nav_contact_id = $5) AND ($6 = 0 OR t.stage IN (0, 1)) THEN 1 END) AS n, COUNT(*) AS scanned" \
    " FROM (SELECT p.stage, p.track, p.adviser_id, p.nav_contact_id FROM participant p WHERE " IN_ORGS("$1", "$8", "$9") " AND " who \
    " AND " KNOWN("$10", "$9") " LIMIT $7) t"
DB_QUERY(q_count_adviser, struct counted, 10, COUNTED("p.adviser_id = $4"), COUNTED_COLS);
DB_QUERY(q_count_nav, struct counted, 10, COUNTED("p.nav_contact_id = $5"), COUNTED_COLS);

/* In the whole organisation, as far as PARTICIPANT_COUNT_MAX. */
static enum err number_here(struct db *db, struct arena *a, const struct participant_filter *f, struct counted *c)
{
    const int64_t org = f->organisation_id, most = PARTICIPANT_COUNT_MAX, who = f->viewer;
    if (f->screening && f->track)
        return db_one(db, a, &q_number_screening_track, c, DB_IN(org, most, who, f->today, f->track));
    if (f->screening)
        return db_one(db, a, &q_number_screening, c, DB_IN(org, most, who, f->today));
    if (f->stage >= 0 && f->track)
        return db_one(db, a, &q_number_stage_track, c, DB_IN(org, most, who, f->today, f->stage, f->track));
    if (f->stage >= 0)
        return db_one(db, a, &q_number_stage, c, DB_IN(org, most, who, f->today, f->stage));
    if (f->track)
        return db_one(db, a, &q_number_track, c, DB_IN(org, most, who, f->today, f->track));
    return db_one(db, a, &q_number_all, c, DB_IN(org, most, who, f->today));
}

/* Those of an adviser or a NAV contact. */
static enum err number_own(struct db *db, struct arena *a, const struct participant_filter *f, int64_t most, struct counted *c)
{
    bool only = !f->screening && f->stage < 0 && !f->track && !(f->adviser_id && f->nav_contact_id);
    if (only)
        return db_one(db, a, f->adviser_id ? &q_number_adviser : &q_number_nav, c,
                      DB_IN(f->adviser_id ? f->adviser_id : f->nav_contact_id, most, f->organisation_id, f->others, f->today, f->viewer));
    return db_one(db, a, f->adviser_id ? &q_count_adviser : &q_count_nav, c,
                  DB_IN(f->organisation_id, f->stage, f->track, f->adviser_id, f->nav_contact_id, f->screening, most, f->others, f->today, f->viewer));
}

enum err participant_count(struct db *db, struct arena *a, const struct participant_filter *f, int64_t *n, bool *exact)
{
    if (f->words[0].n) {
        struct light *l;
        size_t k;
        int64_t fit = 0;
        TRY(found(db, a, f, &l, &k));
        for (size_t i = 0; i < k; i++)
            fit += fits(f, &l[i]);
        *n = fit;
        *exact = k < PARTICIPANT_FOUND_MAX;
        return OK;
    }
    bool own = f->adviser_id || f->nav_contact_id;
    int64_t most = own ? PARTICIPANT_SCAN : PARTICIPANT_COUNT_MAX;
    struct counted c;
    TRY(own ? number_own(db, a, f, most, &c) : number_here(db, a, f, &c));
    *n = c.n;
    *exact = c.scanned < most;
    return OK;
}

struct at_stage {
    int stage;
    int64_t n;
};
DB_QUERY(q_stages_own, struct at_stage, 7,
         "SELECT t.stage, COUNT(*) AS n FROM (SELECT p.stage FROM participant p WHERE p.id IN (SELECT x.id FROM participant x WHERE x.adviser_id = $1 AND $2 = 0"
         "   UNION ALL SELECT y.id FROM participant y WHERE y.nav_contact_id = $2 AND y.nav_contact_id IS NOT NULL) AND " IN_ORGS("$3", "$4", "$5")
         "   AND " KNOWN("$6", "$5") " LIMIT $7) t GROUP BY t.stage",
         DB_COL(struct at_stage, stage), DB_COL(struct at_stage, n));
enum err participant_stages(struct db *db, struct arena *a, const struct participant_filter *f, int64_t of[INTAKE_STAGE_N])
{
    struct at_stage *rows;
    size_t n;
    TRY(db_all(db, a, &q_stages_own, &rows, &n,
               DB_IN(f->nav_contact_id ? 0 : f->adviser_id, f->nav_contact_id, f->organisation_id, f->others, f->today, f->viewer, (int64_t)PARTICIPANT_SCAN)));
    memset(of, 0, INTAKE_STAGE_N * sizeof *of);
    for (size_t i = 0; i < n; i++)
        if (rows[i].stage >= 0 && rows[i].stage < INTAKE_STAGE_N)
            of[rows[i].stage] = rows[i].n;
    return OK;
}
