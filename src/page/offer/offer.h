/* offer.h: the leader's answer to an applicant, and the applicant's answer to an offer. */
#pragma once
#include "page/page.h"
#include "page/parts/parts.h"
#include "service/offer.h"

page_fn offer_page, offer_post, offer_decide_post, my_offer_page, my_offer_post;

/* What each decision means, in one sentence for the leader, and what its reason is used for. */
struct offer_words {
    const char *title, *means, *reason, *reason_help, *button; /* msgids */
    const char *icon;
};
const struct offer_words *offer_words(enum intake_act act);
const char *offer_step(struct str code); /* msgid: «Satt på venteliste» */
