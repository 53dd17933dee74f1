/* interview.h: the small rules of an interview (D4). Pure. */
#pragma once
#include "base/say.h"
#include "domain/workbook.h"

enum { INTERVIEW_MINUTES_MIN = 15, INTERVIEW_MINUTES_MAX = 240, INTERVIEW_MINUTES = 60, INTERVIEW_QUESTIONS_MAX = 60 };
/* An interview is planned for a time that is still to come, and within a year. ERR_STATE: *why says which. */
enum err interview_may_plan(int64_t at, int64_t now, struct say *why) MUST_CHECK;
/* Are all three areas judged? Only then it counts as held. */
bool interview_judged(const int score[INTERVIEW_AREAS]);
