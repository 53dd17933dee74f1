/* view.h: what every template sees besides its own arguments: language, person, tokens, time. Also the short words templates and pages
 * write texts with; they need a `const struct view *v` in scope (templates have one, pages write `const struct view *v = &p->v;`). */
#pragma once
#include "domain/access.h"
#include "http/form.h"
#include "http/html.h"
#include "text/text.h"

struct oidc;
struct nav_item {
    const char *label; /* msgid */
    const char *href;  /* a path of ours, literal */
    bool current;
};
struct role_choice {
    int64_t account_role_id;
    enum role role;
    struct str organisation;
    bool current;
};
struct crumb {
    struct str label;
    struct str href; /* "" for the last */
};
/* Where the summary of errors on top of a form waits for the names of its fields, which come further down (parts/parts.h). */
struct summary {
    struct summary_place {
        const struct form *f;
        const char *field;
        size_t at; /* in the page */
    } place[32];
    size_t n;
    size_t seen; /* how long the page was then: a shorter one is begun anew, after a change that had to be run again */
};
struct view {
    struct arena *a;
    enum lang lang;
    const struct actor *actor; /* role ROLE_NONE when not logged in */
    struct str csrf, once;     /* hidden fields of every form; templates: {% show form_start() %} */
    int64_t now;
    int today;
    struct str path;           /* of this page */
    struct str lang_base;      /* the address of this page in another language, but for the language's code */
    struct str organisation;   /* name, for the page head */
    struct nav_item nav[8];
    size_t n_nav;
    const struct role_choice *roles; /* all of the person's roles, for switching */
    size_t n_roles;
    const char *done;          /* msgid of what was just done ("Lagret."), NULL for none: shown on top, spoken */
    const struct oidc *oidc;   /* providers of logins (oidc/provider.h); NULL: none */
    int64_t idle_s, left_s;    /* logged in: after so many seconds without use, and at the latest, the login ends; else 0 */
    struct summary *summary;   /* NULL: its lines stay without names */
    bool shared;               /* on a computer that others use */
    bool demo;
    bool dense;                /* staff pages: smaller base size */
};

static inline struct str view_str_(struct str s)
{
    return s;
}
static inline struct str view_c_(const char *s)
{
    return str_c(s);
}
/* A translated text. */
#define T(msg) text_get(v->lang, (msg))
/* Anything textual as struct str. */
#define S(x) _Generic((x), struct str: view_str_, char *: view_c_, const char *: view_c_)(x)
/* A whole number as people write it, a date, a day ("i morgen"), a time, day and time. */
#define I(n) text_int(v->a, v->lang, (n))
#define DATE(on) text_date(v->a, v->lang, (on))
#define DAY(on) text_day(v->a, v->lang, (on), v->today)
#define TIME(at) text_time(v->a, v->lang, (at))
#define WHEN(at) text_when(v->a, v->lang, (at), v->now)
/* TF("{1} av {2}", I(3), I(12)): a translated pattern with its arguments (each a struct str). */
#define TF(msg, ...)                                                                               \
    text_fmt(v->a, T(msg), (const struct str[]){__VA_ARGS__}, sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
/* TN("{1} møte", "{1} møter", n) */
#define TN(one, many, n) text_fmt(v->a, text_n(v->lang, (one), (many), (n)), (const struct str[]){I(n)}, 1)
