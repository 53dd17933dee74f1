#include "model/screening.h"
#include "base/num.h"
#include "model/setting.h"

const struct level_name recommendation_names[RECOMMEND_N] = {
    [RECOMMEND_NONE] = {"", N_("Ikke oppgitt")},
    [RECOMMEND_YES] = {"yes", N_("Anbefaler mentorprogrammet")},
    [RECOMMEND_NOT_YET] = {"not_yet", N_("Anbefaler å vente")},
    [RECOMMEND_OTHER] = {"other", N_("Anbefaler noe annet")},
};

DB_PUT(q_assessment_insert, struct assessment_row,
       "INSERT INTO criterion_assessment (participant_id, criterion, verdict, note, by_leader, by_account, at)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7)",
       DB_COL(struct assessment_row, participant_id), DB_COL(struct assessment_row, criterion), DB_COL(struct assessment_row, verdict),
       DB_COL(struct assessment_row, note), DB_COL(struct assessment_row, by_leader), DB_COL(struct assessment_row, by_account),
       DB_COL(struct assessment_row, at));
enum err assessment_insert(struct db *db, const struct assessment_row *x)
{
    return db_put(db, &q_assessment_insert, x, NULL);
}

DB_QUERY(q_assessment_of, struct assessment_row, 1,
         "SELECT x.id, x.participant_id, x.criterion, x.verdict, x.note, x.by_leader, x.by_account, x.at, c.name AS who"
         "  FROM criterion_assessment x LEFT JOIN account c ON c.id = x.by_account"
         " WHERE x.participant_id = $1 ORDER BY x.at, x.id",
         DB_COL(struct assessment_row, id), DB_COL(struct assessment_row, participant_id), DB_COL(struct assessment_row, criterion),
         DB_COL(struct assessment_row, verdict), DB_COL(struct assessment_row, note), DB_COL(struct assessment_row, by_leader),
         DB_COL(struct assessment_row, by_account), DB_COL(struct assessment_row, at), DB_COL(struct assessment_row, who));
enum err assessment_of(struct db *db, struct arena *a, int64_t participant_id, struct assessment_row **rows, size_t *n)
{
    return db_all(db, a, &q_assessment_of, rows, n, DB_IN(participant_id));
}

DB_PUT(q_recommendation_insert, struct recommendation_row,
       "INSERT INTO recommendation (participant_id, verdict, reason, by_account, at) VALUES ($1, $2, $3, $4, $5)",
       DB_COL(struct recommendation_row, participant_id), DB_COL(struct recommendation_row, verdict),
       DB_COL(struct recommendation_row, reason), DB_COL(struct recommendation_row, by_account), DB_COL(struct recommendation_row, at));
enum err recommendation_insert(struct db *db, const struct recommendation_row *x)
{
    return db_put(db, &q_recommendation_insert, x, NULL);
}

DB_QUERY(q_recommendation_of, struct recommendation_row, 1,
         "SELECT x.id, x.participant_id, x.verdict, x.reason, x.by_account, x.at, c.name AS who"
         "  FROM recommendation x LEFT JOIN account c ON c.id = x.by_account"
         " WHERE x.participant_id = $1 ORDER BY x.at DESC, x.id DESC LIMIT 100",
         DB_COL(struct recommendation_row, id), DB_COL(struct recommendation_row, participant_id),
         DB_COL(struct recommendation_row, verdict), DB_COL(struct recommendation_row, reason),
         DB_COL(struct recommendation_row, by_account), DB_COL(struct recommendation_row, at), DB_COL(struct recommendation_row, who));
enum err recommendation_of(struct db *db, struct arena *a, int64_t participant_id, struct recommendation_row **rows, size_t *n)
{
    return db_all(db, a, &q_recommendation_of, rows, n, DB_IN(participant_id));
}

DB_PUT(q_gap_insert, struct gap_row, "INSERT INTO competence_gap (participant_id, requirement, gap, by_account, at) VALUES ($1, $2, $3, $4, $5)",
       DB_COL(struct gap_row, participant_id), DB_COL(struct gap_row, requirement), DB_COL(struct gap_row, gap),
       DB_COL(struct gap_row, by_account), DB_COL(struct gap_row, at));
enum err gap_insert(struct db *db, const struct gap_row *x)
{
    return db_put(db, &q_gap_insert, x, NULL);
}

DB_QUERY(q_gap_of, struct gap_row, 1,
         "SELECT x.id, x.participant_id, x.requirement, x.gap, x.closed_at, x.by_account, x.at, c.name AS who"
         "  FROM competence_gap x LEFT JOIN account c ON c.id = x.by_account"
         " WHERE x.participant_id = $1 ORDER BY CASE WHEN x.closed_at = 0 THEN 0 ELSE 1 END, x.id DESC LIMIT 100",
         DB_COL(struct gap_row, id), DB_COL(struct gap_row, participant_id), DB_COL(struct gap_row, requirement), DB_COL(struct gap_row, gap),
         DB_COL(struct gap_row, closed_at), DB_COL(struct gap_row, by_account), DB_COL(struct gap_row, at), DB_COL(struct gap_row, who));
enum err gap_of(struct db *db, struct arena *a, int64_t participant_id, struct gap_row **rows, size_t *n)
{
    return db_all(db, a, &q_gap_of, rows, n, DB_IN(participant_id));
}

DB_EXEC(q_gap_close, 3, "UPDATE competence_gap SET closed_at = $3 WHERE id = $1 AND participant_id = $2 AND closed_at = 0");
enum err gap_close(struct db *db, int64_t id, int64_t participant_id, int64_t now)
{
    return db_run_one(db, &q_gap_close, DB_IN(id, participant_id, now));
}

static void take_setting(struct criteria_settings *s, const struct setting_row *row)
{
    struct str rest = row->key;
    int64_t v;
    str_cut(&rest, '.');
    struct str code = str_cut(&rest, '.');
    if (!num_i64(row->value, 0, 1000, &v))
        return;
    for (int i = 0; i < CRITERION_N; i++) {
        if (!str_is(code, criterion_names[i].code))
            continue;
        if (str_is(rest, "weight") && v < WEIGHT_N)
            s->of[i].weight = (enum criterion_weight)v;
        if (str_is(rest, "threshold"))
            s->of[i].threshold = (int)v;
    }
}

enum err criteria_load(struct db *db, struct arena *a, int64_t organisation_id, struct criteria_settings *out)
{
    struct setting_row *rows;
    size_t n;
    TRY(setting_all(db, a, organisation_id, "criteria.", &rows, &n));
    struct criteria_settings s = criteria_defaults();
    for (size_t i = 0; i < n; i++)
        take_setting(&s, &rows[i]);
    enum criterion bad;
    struct say why;
    *out = criteria_check(&s, &bad, &why) == OK ? s : criteria_defaults();
    return OK;
}

enum err criteria_store(struct db *db, struct arena *a, int64_t organisation_id, const struct criteria_settings *s, int64_t now,
                        int64_t by_account)
{
    for (int i = 0; i < CRITERION_N; i++) {
        struct setting_row row = {.organisation_id = organisation_id, .changed_at = now, .changed_by = by_account,
                                  .key = arena_fmt(a, "criteria.%s.weight", criterion_names[i].code),
                                  .value = arena_fmt(a, "%d", (int)s->of[i].weight)};
        TRY(setting_put(db, &row));
        row.key = arena_fmt(a, "criteria.%s.threshold", criterion_names[i].code);
        row.value = arena_fmt(a, "%d", s->of[i].threshold);
        if (criterion_names[i].threshold_label)
            TRY(setting_put(db, &row));
    }
    return OK;
}

static struct criteria_facts plain_facts(const struct participant_row *p, int today)
{
    return (struct criteria_facts){.settled_on = p->settled_on, .programme_start_on = p->programme_start_on,
                                   .programme_end_on = p->programme_end_on, .track = p->track,
                                   .level = (enum education_level)p->education_level, .recognition = (enum recognition)p->recognition,
                                   .oral = (enum cefr)p->norwegian_oral, .written = (enum cefr)p->norwegian_written, .today = today};
}

struct hand_row {
    int64_t participant_id;
    int criterion, verdict;
    bool by_leader;
};
DB_QUERY(q_hands_some, struct hand_row, DB_SOME,
         "SELECT x.participant_id, x.criterion, x.verdict, x.by_leader FROM criterion_assessment x WHERE x.participant_id IN " DB_SOME_IN
         " ORDER BY x.participant_id, x.at, x.id",
         DB_COL(struct hand_row, participant_id), DB_COL(struct hand_row, criterion), DB_COL(struct hand_row, verdict), DB_COL(struct hand_row, by_leader));

/* The last judgement of each counts. */
static void take_hands(struct criteria_facts *f, int64_t id, const struct hand_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].participant_id != id || rows[i].criterion < 0 || rows[i].criterion >= CRITERION_N || rows[i].verdict < 0 || rows[i].verdict >= VERDICT_N)
            continue;
        struct criteria_hand *h = &f->hand[rows[i].criterion];
        *(rows[i].by_leader ? &h->leader : &h->adviser) = (enum verdict)rows[i].verdict;
    }
}

enum err criteria_facts_of(struct db *db, struct arena *a, const struct participant_row *p, size_t n, int today, struct criteria_facts *out)
{
    for (size_t at = 0; at < n; at += DB_SOME) {
        size_t here = n - at < DB_SOME ? n - at : DB_SOME, k;
        int64_t ids[DB_SOME];
        struct db_param in[DB_SOME];
        struct hand_row *rows;
        for (size_t i = 0; i < here; i++)
            ids[i] = p[at + i].id;
        db_some(ids, here, in);
        TRY(db_all(db, a, &q_hands_some, &rows, &k, in, DB_SOME));
        for (size_t i = 0; i < here; i++) {
            out[at + i] = plain_facts(&p[at + i], today);
            take_hands(&out[at + i], ids[i], rows, k);
        }
    }
    return OK;
}

enum err criteria_mark(struct db *db, struct arena *a, const struct criteria_settings *s, struct participant_row *p, int today,
                       bool of_hand)
{
    struct criteria_facts f = plain_facts(p, today);
    if (of_hand)
        TRY(criteria_facts_of(db, a, p, 1, today, &f));
    p->criteria_sort = criteria_look(s, &f).sort_key;
    p->criteria_due_on = criteria_next_on(s, &f);
    return OK;
}
