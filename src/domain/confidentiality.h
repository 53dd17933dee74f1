/* confidentiality.h: the duty of confidentiality that mentors and supervisors sign before they see anything about a person. Pure. */
#pragma once
#include "base/base.h"

/* The text that is signed now; an older signature does not count. Change a word, and it is a new version: add it in confidentiality.c and
 * keep the old one, for people must be able to read what they signed. A macro, because a query compares with it (model/confidentiality.h). */
#define CONFIDENTIALITY_VERSION 2

/* The lines of a version, msgids; NULL: there is no such version. */
const char *const *confidentiality_text(int version, size_t *n);
