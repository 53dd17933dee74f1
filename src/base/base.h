/* base.h: the few types every file uses. No I/O, no state.
 *
 * Errors: every function that can fail returns enum err and is MUST_CHECK. Outputs are untouched
 * on failure. Only the edge (page/app.c, the job loop, main.c) turns an err into an answer or a log
 * line; nothing below logs what it returns. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define COUNT(a) (sizeof(a) / sizeof *(a))

enum err {
    OK = 0,
    ERR_INVALID,   /* the other side sent something that is not of the agreed form */
    ERR_NOT_FOUND, /* no such thing, or the actor may not know that it exists */
    ERR_DENIED,    /* the actor knows it exists, but may not do this */
    ERR_CONFLICT,  /* somebody else changed it meanwhile, or it exists already */
    ERR_STATE,     /* the rule says: not now (offer already answered, cohort full, too early to sign) */
    ERR_LIMIT,     /* larger or more often than we allow */
    ERR_BUSY,      /* nothing was changed; run the whole thing again */
    ERR_FULL,      /* the disk is full or cannot be written; nothing was changed */
    ERR_UNSURE,    /* of a commit alone: whether it happened cannot be found out */
    ERR_INTERNAL,  /* our fault */
    ERR_N
};
const char *err_name(enum err e); /* "not_found": for logs and exit messages, never for users */

#define TRY(expr)                 \
    do {                          \
        enum err try_e_ = (expr); \
        if (try_e_)               \
            return try_e_;        \
    } while (0)

/* Bytes somebody else owns; not NUL-terminated. {NULL,0} and {"",0} are both the empty string. */
struct str {
    const char *p;
    size_t n;
};
#define STR(lit) ((struct str){"" lit, sizeof(lit) - 1})
#define STR_FMT(s) (int)(s).n, (s).p ? (s).p : "" /* for "%.*s" */

/* Bytes that are no text: an update, a file. Somebody else owns them. */
struct bytes {
    const uint8_t *p;
    size_t n;
};

static inline struct str str_c(const char *s) /* a C string as str; NULL is empty */
{
    return s ? (struct str){s, strlen(s)} : (struct str){"", 0};
}
static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline bool str_is(struct str a, const char *s)
{
    return str_eq(a, str_c(s));
}
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
struct str str_trim(struct str s);              /* ASCII white space at both ends */
/* First occurrence of c, or -1. */
ptrdiff_t str_find(struct str s, char c);
/* Cuts the part before the first c off the front of *rest and returns it; the whole rest if there is none. */
struct str str_cut(struct str *rest, char c);
int str_cmp(struct str a, struct str b); /* by bytes; for sorting keys, not for people */
