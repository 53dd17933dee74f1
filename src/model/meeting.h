/* meeting.h: tables meeting and minutes. */
#pragma once
#include "db/db.h"
#include "domain/meeting.h"

struct meeting_row {
    int64_t id, mentorship_id, at, created_by, created_at, version;
    int theme; /* 1 to 12 of the workbook, 0 free */
    int minutes, held_on, sequence;
    struct str place; /* counts as an address */
    bool digital;
    enum meeting_stage status; /* PLANNED, HELD or CANCELLED */
    bool has_minutes;          /* when read */
};
enum err meeting_insert(struct db *db, const struct meeting_row *m, int64_t *id) MUST_CHECK;
enum err meeting_get(struct db *db, struct arena *a, int64_t id, struct meeting_row *out) MUST_CHECK;
/* In order of time, the cancelled ones too. */
enum err meeting_of_mentorship(struct db *db, struct arena *a, int64_t mentorship_id, struct meeting_row **rows, size_t *n) MUST_CHECK;
/* theme, at, minutes, place, digital, status, held_on, sequence. ERR_CONFLICT when version is not m->version. */
enum err meeting_update(struct db *db, const struct meeting_row *m) MUST_CHECK;

enum { MINUTES_MAX = 4000 /* characters of each field */ };
struct minutes_row {
    int64_t meeting_id, by_account, written_at, version;
    struct str talked, learned, next;
    struct str who; /* the account's name, when read */
};
enum err minutes_get(struct db *db, struct arena *a, int64_t meeting_id, struct minutes_row *out) MUST_CHECK;
/* The first ones. ERR_CONFLICT when there are minutes already. */
enum err minutes_insert(struct db *db, const struct minutes_row *m) MUST_CHECK;
/* ERR_CONFLICT when version is not m->version. */
enum err minutes_update(struct db *db, const struct minutes_row *m) MUST_CHECK;
