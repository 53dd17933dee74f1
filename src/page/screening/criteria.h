/* criteria.h: what the template of the criteria's settings needs. */
#pragma once
#include "domain/criteria.h"
#include "page/view.h"

/* The weights that this criterion may have. */
const struct form_choice *criteria_weights(const struct view *v, enum criterion c);
/* The levels to choose a threshold from; NULL when it is a number or there is none. */
const struct form_choice *criteria_thresholds(const struct view *v, enum criterion c);
const char *criteria_field(const struct view *v, enum criterion c, const char *what); /* "norwegian_weight" */
