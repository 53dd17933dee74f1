/* log_years.h: what is kept for some years goes when they are over (domain/register.h): lines of the log with their events, from the beginning of a chain
 * on, and what erased people promised, agreed to and asked for. */
#pragma once
#include "model/log_line.h"

/* Lines and people in one piece of work: others who write wait for it. */
enum { YEARS_LINES = 200, YEARS_PEOPLE = 20 };
/* Days before this one are over. */
int64_t years_before(int64_t now, int years);
/* Has the chain lines that are over? For a connection that only reads. */
enum err log_years_wait(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, bool *wait) MUST_CHECK;
/* The first of them go, at most YEARS_LINES. In a transaction. *gone: how many. */
enum err log_years_forget(struct db *db, struct arena *a, int64_t organisation_id, int64_t now, size_t *gone) MUST_CHECK;
