/* application.h: the applicant writes and sends the application; the project leader reads it. */
#pragma once
#include "page/page.h"

page_fn application_page, application_start_post, application_step_page, application_step_post, application_review_page, application_send_post;
page_fn participant_application_page, participant_application_reopen_post;
