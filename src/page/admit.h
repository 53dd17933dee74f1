/* admit.h: one request under way, and the first half of its way: who is it, and may they come here with this form? For app.c, which does the rest. */
#pragma once
#include "db/writer.h"
#include "page/app.h"
#include "model/account.h"
#include "http/route.h"

/* One request under way. Lives in the request's arena. */
struct job {
    struct work work;
    struct page p;
    struct app *app; /* NULL in app_inline */
    bool demo;
    struct str base_url;
    struct arena *own; /* the page's, while it runs; NULL: it works in the request's */
    const struct route *route;
    struct session_row session; /* id 0: not logged in, or with a token */
    bool program;               /* with a token for programs */
    struct actor actor;
    struct str cookie; /* the session's or the visitor's token; the form token is made from it */
    bool cookie_new;
    struct str once_key; /* of the sending, when it came with a token against sending twice */
    bool look;           /* is it looked for first, whether the same sending was here already? */
    bool asks_login; /* the answer has a login form */
    bool bad_form;   /* refused for the form itself: it says nothing about what it asks for */
    bool stopped;    /* more persons than one may see on a day */
    bool go;         /* the page function shall run */
    int tries;
    enum err result; /* of the page, while its look-ups are saved */
    struct job *next;
};

/* Who is it? Fills actor, context and view. May run again for the same request. */
enum err admit_begin(struct job *j, struct db *db) MUST_CHECK;
/* May this visitor come to this route with this form? *go: the page function shall run; else the answer is there. */
enum err admit(struct job *j, struct db *db, bool *go) MUST_CHECK;
/* The language to answer in: the one asked for, the browser's cookie, the account's, the browser's wish. */
enum lang admit_lang(const struct req *r, struct str account_lang);
