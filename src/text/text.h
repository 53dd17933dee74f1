/* text.h: the languages. Source texts (msgids) are bokmål and stand in the code; catalogs po/nn.po, en.po, ar.po are built in.
 * A text that a catalog lacks is shown in bokmål. */
#pragma once
#include "base/say.h"

enum lang { LANG_NB, LANG_NN, LANG_EN, LANG_AR, LANG_N };

struct lang_info {
    const char *code;   /* BCP 47: "nb" */
    const char *name;   /* in its own script */
    bool rtl;
};
extern const struct lang_info lang_info[LANG_N];
bool lang_of(struct str code, enum lang *out);           /* "nb", "NO", "nn-NO", "en-GB", "ar" */
enum lang lang_accept(struct str accept_language);       /* the best of an Accept-Language header, else LANG_NB */

/* The translation of a msgid (NUL-terminated, lives as long as the program). N_("...") marks a text in a table for extraction. */
const char *text_get(enum lang lang, const char *msgid) __attribute__((returns_nonnull));
#define N_(msgid) msgid
/* Plural: the catalog's form for n; in bokmål one for 1, many else. */
const char *text_n(enum lang lang, const char *one, const char *many, int64_t n) __attribute__((returns_nonnull));
/* "{1} av {2}" with the arguments put in; {{ }} is not needed in any text. */
struct str text_fmt(struct arena *a, const char *pattern, const struct str *args, size_t n);
/* A sentence of the rules (base/say.h) in a language: numbers and dates as written there, texts translated. Empty for nothing to say. */
struct str text_say(struct arena *a, enum lang lang, const struct say *s);
/* Every msgid the catalog has: for tests of completeness. */
bool text_has(enum lang lang, const char *msgid);

/* Dates and numbers as people of that language write them (CLDR's forms, see words.h). 0 gives an empty string. Some 100 ns each.
 * For mails and whatever is read later give 0 as `today` or `now`: then no "i dag", and the year is always said. */
struct str text_date(struct arena *a, enum lang lang, int on);           /* 3. april 2027 */
struct str text_day(struct arena *a, enum lang lang, int on, int today); /* i dag, i morgen, onsdag 3. april; the year if not this one */
struct str text_time(struct arena *a, enum lang lang, int64_t at);       /* kl. 14.00 */
struct str text_when(struct arena *a, enum lang lang, int64_t at, int64_t now); /* onsdag 3. april kl. 14.00; i dag kl. 14.00 */
struct str text_month(struct arena *a, enum lang lang, int on);          /* april 2027 */
struct str text_day_short(struct arena *a, enum lang lang, int on);      /* "3." and month by text_month_short, for calendars */
struct str text_month_short(struct arena *a, enum lang lang, int on);    /* april, sep. */
struct str text_ago(struct arena *a, enum lang lang, int64_t at, int64_t now); /* for 3 dager siden */
struct str text_int(struct arena *a, enum lang lang, int64_t v);         /* 1 234 567 */
struct str text_percent(struct arena *a, enum lang lang, int64_t part, int64_t whole); /* 50 % (a half rounds up), "–" for whole 0 */
/* Sorting names as the language does (å after z in Norwegian). Sorts an array of structs by the struct str at `at`. */
void text_sort(enum lang lang, void *base, size_t n, size_t size, size_t at);
