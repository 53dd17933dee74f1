/* tmplc.h: the parts of the template compiler and what they share.
 *
 *     tmplc.c          directives, the main loop, files
 *     tmplc/markup.c   follows the HTML: where are we, and what may a value do here?
 *     tmplc/elements.c which elements exist and which may stand in which
 *     tmplc/cfrag.c    reads C expressions far enough to find their end and refuse what has an effect
 *     tmplc/emit.c     the two files that are written, held in memory until all is well
 *
 * It is a build tool that handles one file and ends: state is static, memory is not given back, and every
 * error goes through fail(), which prints "file:line: message" and exits with 1. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

extern const char *src_file; /* as named on the command line */
extern const char *src_at;   /* what is being read */
int line_of(const char *p);  /* the line of a place in the source */
int src_line(void);          /* of src_at */
_Noreturn void fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void fail_at(const char *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Part of the source. */
struct span {
    const char *p, *end;
};
#define SPAN_FMT(s) (int)((s).end - (s).p), (s).p
struct span span_trim(struct span s);
bool is_blank(char c); /* the white space of HTML */
bool is_ident(char c); /* a letter, digit or _ */

/* ---- emit.c */
struct out {
    char *p;
    size_t n, cap;
};
extern struct out out_c, out_h;
void out_add(struct out *o, const char *p, size_t n);
void out_fmt(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void out_line(struct out *o, const char *where);             /* #line LINE "FILE" for a place in the source */
void out_cstring(struct out *o, const char *p, size_t n);  /* with its quotes; same bytes, any bytes */
void lit_add(const char *p, size_t n);                     /* literal HTML; joined with what came before */
void lit_trim(bool newline_too);                           /* takes blanks (and one line break) off its end */
void lit_flush(void);                                      /* writes html_lit(...) for all of it */
/* lit_flush, #line, code; where: the place in the source that the compiler shall name, NULL for none */
void emit(const char *where, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- cfrag.c */
enum { C_ASSIGN = 1, C_COMMA = 2, C_SEMICOLON = 4 };
/* Where `close` (two characters) stands outside literals and braces; NULL if nowhere before end. */
const char *c_find(struct span s, const char *close);
/* Fails if brackets or quotes do not match, or if there is at its top level what `allow` does not name: assignment, ++ and --,
 * commas, semicolons. Comments, # and ?? are always refused. Returns the number of semicolons. */
int c_check(struct span s, unsigned allow);
/* The first c outside literals and brackets, or NULL. */
const char *c_char(struct span s, char c);

/* ---- elements.c */
struct element {
    char name[24];
    int line;
};
bool element_is_void(const char *name);
const char *element_refused(const char *name, bool foreign); /* why, or NULL; foreign: it stands in <svg> or <math> */
/* Why `name` may not stand inside the n open elements, or NULL. */
const char *element_misplaced(const struct element *open, size_t n, const char *name);
bool element_foreign(const struct element *open, size_t n); /* inside <svg> or <math> */

/* ---- markup.c */
enum ctx { TEXT, IN_TAG, VALUE, RCDATA };
enum attr_kind { PLAIN, URL, REFUSED };
/* How far into a URL we are, so how a value there must be written. */
enum url_at {
    URL_EMPTY,   /* nothing yet: only a whole, checked URL */
    URL_PREFIX,  /* a literal that may become a scheme: no value */
    URL_HOST,    /* https:// and no path yet: no value */
    URL_SLASH,   /* exactly "/": a piece, but see maybe_slash */
    URL_ADDRESS, /* after mailto: or tel: */
    URL_WHOLE,   /* after a checked URL: no value before ? or # */
    URL_PIECES,  /* the origin is settled: percent-encoded pieces */
    URL_UNCLEAR, /* depends on which branch was taken: no value */
};
struct place {
    enum ctx ctx;
    enum attr_kind kind;
    enum url_at url;
    bool maybe_slash;       /* it may be "/" so far, if a value was empty or a branch not taken: another / would make "//host" */
    bool has_host;          /* URL_HOST: its first letter has come */
    bool need_blank;        /* IN_TAG: white space must come before the next attribute */
    bool has_src, has_http_equiv, has_value_in_content;
    char tag[24], attr[40], quote;
    char prefix[16]; /* the first bytes of a URL, in lower case */
    size_t nprefix;
    const char *tag_at, *attr_at; /* where they began: tells one from the other */
    size_t depth;                 /* open elements */
};
extern struct place at;
void markup_begin(bool open);         /* a template begins; open: it may leave elements open, or close those of others */
void markup_end(void);                /* a template ends */
const char *markup_eat(struct span s); /* reads at least one byte of literal HTML, returns what follows */
void markup_swallow(void);            /* the white space that follows is not wanted */
void markup_directive(void);          /* a directive stands here: fails where none may */
const char *markup_value(void);       /* the function that writes a {{ value }} here; fails where none may stand */
void markup_text(void);               /* a [[text]] stands here: fails where none may */
/* A block begins here; elements that are open now may not be closed inside. Returns what to give back at its end. */
size_t markup_block(void);
void markup_unblock(size_t before);
/* Fails unless a block that began at `from` may end here. `again`: it is a loop and comes by `from` once more. */
void markup_branch_end(const struct place *from, int line, bool again);
struct place place_join(const struct place *a, const struct place *b); /* after either branch */
