/* field_table.h: the data behind field.h, and the search in words that it shares with language.h. */
#pragma once
#include "domain/field.h"

extern const struct field field_table[];
extern const size_t field_table_n;
extern const struct occupation occupation_table[];
extern const size_t occupation_table_n;

/* Folded text with one space for everything that is no letter or digit of any script; # and + stay ("C#"). */
struct str words_fold(struct arena *a, struct str text);
/* Is `folded` one of the words between bars? */
bool words_have(const char *words, struct str folded);
/* Length of the longest of the words that `folded` begins with, ending where a word ends; 0 if none. */
size_t words_start(const char *words, struct str folded);
