/* mail.h: the demo's mails, and the state of the queue. */
#pragma once
#include "page/page.h"

page_fn demo_mail_page, demo_mail_one_page, demo_mail_calendar_page;
page_fn mail_queue_page, mail_again_post;
