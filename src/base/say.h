/* say.h: a sentence for a person that is not in a language yet: a bokmål msgid and what goes into {1}, {2}, {3}, {4}. Rules make
 * them; the edge (text room) translates the msgid, chooses the plural by the first argument, writes dates and numbers the way the
 * reader's language does, and puts the arguments in. */
#pragma once
#include "base/arena.h"

#ifndef N_
#define N_(msgid) msgid /* marks a text in the code for extraction, the same as in text/text.h */
#endif
#define N_PLURAL(one, many) (one), (many) /* marks a text with two forms; gives two values */

enum { SAY_ARGS = 4 };
enum say_kind {
    SAY_INT,  /* i: a number */
    SAY_ON,   /* i: a date, days since 1970 */
    SAY_TEXT, /* msgid: another text to be translated */
    SAY_STR,  /* s: a person's own words, put in as they are (escaped by the template) */
};
struct say_arg {
    enum say_kind kind;
    int64_t i;
    const char *msgid;
    struct str s;
};
struct say {
    const char *one;   /* NULL, or the form for args[0].i == 1 */
    const char *msgid; /* the text; the form for many when `one` is set; NULL: nothing to say */
    size_t n;
    struct say_arg args[SAY_ARGS];
};
#define SAY_I(v) ((struct say_arg){.kind = SAY_INT, .i = (v)})
#define SAY_D(on) ((struct say_arg){.kind = SAY_ON, .i = (on)})
#define SAY_T(id) ((struct say_arg){.kind = SAY_TEXT, .msgid = (id)})
#define SAY_S(str) ((struct say_arg){.kind = SAY_STR, .s = (str)})
struct say say(const char *msgid);
struct say say1(const char *msgid, struct say_arg a);
struct say say2(const char *msgid, struct say_arg a, struct say_arg b);
struct say say3(const char *msgid, struct say_arg a, struct say_arg b, struct say_arg c);
/* The same with a form for one: say_n(N_PLURAL("{1} møte", "{1} møter"), 3). */
struct say say_n(const char *one, const char *many, int64_t n);
struct say say_n2(const char *one, const char *many, int64_t n, struct say_arg b);
/* In bokmål with ISO dates: for tests, and for a terminal that has no catalog. */
struct str say_plain(struct arena *a, struct say s);
