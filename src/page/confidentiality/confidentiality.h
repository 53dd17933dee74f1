/* confidentiality.h: /confidentiality, where mentors and supervisors read and sign the duty of confidentiality before anything else. */
#pragma once
#include "page/page.h"
#include "service/confidentiality.h"

page_fn confidentiality_page, confidentiality_post;
