/* password.h: which passwords are good enough. Pure. No rules about signs and capitals: length, and nothing that a guesser tries first. */
#pragma once
#include "base/arena.h"

enum { PASSWORD_MIN = 10, PASSWORD_MAX = 200 }; /* letters at least, bytes at most */
/* What is wrong with it: a msgid, or NULL. `email` and `name` are the person's own. */
const char *password_fault(struct arena *a, struct str password, struct str email, struct str name);

/* Sorted; made from words/passwords*.txt by tools/wordlist.py. */
extern const char *const password_words[];
extern const size_t n_password_words;
