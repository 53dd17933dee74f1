/* interview.h: planning, preparing, holding an interview; what the applicant sees of it; the programme explained with a picture. */
#pragma once
#include "page/page.h"

page_fn interview_plan_page, interview_plan_post, interview_cancel_post, interview_calendar_page;
page_fn interview_question_post, interview_question_remove_post;
page_fn interview_hold_page, interview_hold_post;
page_fn interview_feedback_page, interview_feedback_post;
page_fn interview_own_page, programme_page;
