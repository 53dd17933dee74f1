/* interview.h: tables interview and interview_question. */
#pragma once
#include "db/db.h"
#include "model/relation.h"

enum interview_status { INTERVIEW_PLANNED, INTERVIEW_HELD, INTERVIEW_CANCELLED };
struct interview_row {
    int64_t id, participant_id, interviewer_id, at, feedback_at, created_at, version;
    int minutes, status, sequence;
    struct str place;
    int motivation, drive, communication; /* 1 to 4, 0 not judged */
    struct str motivation_note, drive_note, communication_note, summary, feedback;
    struct str interviewer; /* the account's name, when read */
};
/* What is still planned for somebody who went another way meanwhile. */
enum err interview_cancel_planned(struct db *db, int64_t participant_id) MUST_CHECK;
enum err interview_insert(struct db *db, const struct interview_row *x, int64_t *id) MUST_CHECK;
enum err interview_get(struct db *db, struct arena *a, int64_t id, struct interview_row *out) MUST_CHECK;
/* The newest that is not cancelled; ERR_NOT_FOUND when there is none. */
enum err interview_of(struct db *db, struct arena *a, int64_t participant_id, struct interview_row *out) MUST_CHECK;
/* All of a participant, newest first, cancelled ones too. */
enum err interview_all_of(struct db *db, struct arena *a, int64_t participant_id, struct interview_row **rows, size_t *n) MUST_CHECK;
/* Time, place, status, sequence, interviewer / what was judged and said. x->version must be the one there, else ERR_CONFLICT. */
enum err interview_set_plan(struct db *db, const struct interview_row *x) MUST_CHECK;
enum err interview_set_judged(struct db *db, const struct interview_row *x) MUST_CHECK;

struct interview_coming_row {
    int64_t id, participant_id, at;
    int minutes, address_protection;
    struct str first_name, last_name, place, interviewer;
};
/* Planned ones of an organisation from `from` on, the next first. */
enum err interview_coming(struct db *db, struct arena *a, int64_t organisation_id, int64_t from, int64_t limit,
                          struct viewer v, struct interview_coming_row **rows, size_t *n) MUST_CHECK;

struct interview_question_row {
    int64_t id, interview_id;
    int question, place; /* application question it grew from or 0; order */
    struct str text, note;
};
enum err interview_question_insert(struct db *db, const struct interview_question_row *x, int64_t *id) MUST_CHECK;
enum err interview_questions(struct db *db, struct arena *a, int64_t interview_id, struct interview_question_row **rows, size_t *n) MUST_CHECK;
/* ERR_CONFLICT when it is not that interview's (or gone). */
enum err interview_question_note(struct db *db, int64_t id, int64_t interview_id, struct str note) MUST_CHECK;
enum err interview_question_delete(struct db *db, int64_t id, int64_t interview_id) MUST_CHECK;
