/* form.h: reading a submitted form into values. Every field is named with its limits; a wrong one is noted at the field and reading
 * goes on, so the user sees all errors at once and keeps what was typed. Messages are msgids of the catalogs (text/text.h).
 *
 *     struct form f = form_of(r);
 *     struct str name = form_line(&f, "name", 1, 120);
 *     int on = form_date(&f, "start_on", true);
 *     if (!form_ok(&f)) return show_again(p, &f);          // status 422
 */
#pragma once
#include "http/http.h"

struct form_error {
    const char *field;
    const char *msg;  /* msgid with {1} and {2} */
    int64_t arg1, arg2;
};
struct form_choice { /* ends with value NULL */
    const char *value;
    const char *label; /* msgid */
};
struct form {
    struct req *r;  /* NULL: an empty form, shown for the first time */
    const struct pair *given; /* values to show when nothing was sent yet; may be NULL */
    size_t n_given;
    const char *prefix; /* for the ids of its fields, when a page has several forms; NULL: none */
    struct form_error err[32];
    size_t n_err;
};
struct form form_of(struct req *r);
/* A form to show for the first time; `given` are the values there now. */
struct form form_new(const struct pair *given, size_t n);
/* One line / several lines of clean text (utf8_clean); min and max in code points. Empty when wrong or absent. */
struct str form_line(struct form *f, const char *name, size_t min, size_t max);
struct str form_text(struct form *f, const char *name, size_t min, size_t max);
int64_t form_int(struct form *f, const char *name, bool must, int64_t min, int64_t max); /* 0 when absent */
int form_date(struct form *f, const char *name, bool must);   /* days; 31.12.2026 or 2026-12-31; 0 when absent */
/* Two fields NAME (date) and NAME_time (hh:mm); 0 when absent. */
int64_t form_at(struct form *f, const char *name, bool must);
int form_choice(struct form *f, const char *name, bool must, const struct form_choice *choices); /* index, or -1 */
bool form_check(struct form *f, const char *name); /* a ticked box */
struct str form_email(struct form *f, const char *name, bool must); /* lower case; form a@b.c, at most 254 bytes */
/* The same of any text; empty: it is no address. */
struct str form_email_of(struct arena *a, struct str s);
struct str form_phone(struct form *f, const char *name, bool must); /* digits, +, spaces; 5 to 20 */
int64_t form_id(struct form *f, const char *name, bool must);      /* a positive id */
/* Ids of all fields of that name (check boxes), at most max. */
size_t form_ids(struct form *f, const char *name, int64_t *out, size_t max);
void form_fail(struct form *f, const char *field, const char *msg); /* a rule's own objection */
bool form_ok(const struct form *f);
/* For templates: what to show in the field (typed text first, then given), and its error or NULL. */
struct str form_value(const struct form *f, const char *name);
const struct form_error *form_error_at(const struct form *f, const char *name);
bool form_ticked(const struct form *f, const char *name, const char *value);
