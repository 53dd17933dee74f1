/* parts.h: what the template parts of this folder (layout, form, bits) need besides HTML. Templates that show a part only need its
 * header ("gen/layout.html.h", "gen/form.html.h", "gen/bits.html.h"); C code that fills a phase bar or crumbs includes this one. */
#pragma once
#include "domain/register.h"
#include "http/assets.h"
#include "page/view.h"

/* ---- crumbs: {% show page_top_at(T("Pulje høst"), CRUMBS(CRUMB(T("Oversikt"), "/"), CRUMB(T("Puljer"), "/cohorts"))) %}
 * The page itself is not named: page_top_at adds its title as the last. */
#define CRUMB(label, href) {S(label), S(href)}
#define CRUMBS(...) (const struct crumb[]){__VA_ARGS__}, sizeof((const struct crumb[]){__VA_ARGS__}) / sizeof(struct crumb)

/* ---- fields of forms; f may be NULL (nothing typed, nothing wrong) */
enum field_how {
    FIELD_PLAIN = 0,
    FIELD_OPTIONAL = 1, /* says "Valgfritt" beside the label */
    FIELD_SHORT = 2,    /* as wide as what goes into it: a year, a number */
    FIELD_LTR = 4,      /* left to right in every language: codes, addresses of the net */
    FIELD_LONG = 8,     /* field_text: twelve lines instead of five */
};
struct str field_id(const struct view *v, const struct form *f, const char *name);
struct str field_value(const struct form *f, const char *name);
struct str field_wrong(const struct view *v, const struct form *f, const char *name); /* the message, or "" */
bool field_ticked(const struct form *f, const char *name, const char *value);
/* The aria-describedby of a field: ids of its error and its help, as far as they are there; or "". */
struct str field_described(const struct view *v, const struct form *f, const char *name, const char *help);
const char *field_time_name(const struct view *v, const char *name); /* "NAME_time", see form_at */
/* The line of an error begins here; the field's template puts the label in when it comes. */
void html_summary_place(struct buf *o, const struct view *v, const struct form *f, const char *field);
void html_field_named(struct buf *o, const struct view *v, const struct form *f, const char *name, struct str label);
struct str error_text(const struct view *v, const struct form_error *e);

/* ---- bits */
/* How long data of this kind are kept, where people are erased so many months after the end. */
struct str retention_words(const struct view *v, enum retention r, int months);
struct phase {
    struct str name, when;
    enum { PHASE_DONE, PHASE_NOW, PHASE_NEXT } state;
};
/* First letters of the first and the last word: "Amal Haddad" -> "AH". */
struct str initials(const struct view *v, struct str name);
/* "/participants?q=a&" and 3 -> "/participants?q=a&page=3". The base ends with ? or &. */
struct url page_link(const struct view *v, struct str base, int64_t page);
/* The pages to name in a pagination: 1, the last, and those round `page`; 0 stands for a gap. At most 9. */
size_t page_numbers(int64_t page, int64_t pages, int64_t out[9]);
