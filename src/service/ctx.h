/* ctx.h: what every service is given. A service is one thing somebody can do or look at:
 *     load the facts -> may the actor? -> the rule -> save -> event, mail -- all in the transaction that the edge provides.
 * It runs on a read connection for GET and inside the writer's savepoint for POST, and may be run again after ERR_BUSY: so it has no
 * effect outside the database. On any error the edge undoes everything. */
#pragma once
#include "db/db.h"
#include "domain/access.h"
#include "text/text.h"

struct seen { /* a look at a person's data, written before the answer leaves */
    int64_t organisation_id, participant_id;
    const char *what;
};
struct ctx {
    struct arena *a;
    struct db *db;
    const struct actor *actor;
    int64_t now; /* ms UTC */
    int today;   /* Oslo date */
    enum lang lang;
    bool demo;           /* the installation is a demo */
    struct str base_url; /* "https://springbrett.kommune.no", no slash at the end; for links in mails */
    struct str request;  /* request id, "" from the command line */
    struct seen *seen; /* in the arena */
    size_t n_seen, seen_max;
};

/* OK, or ERR_NOT_FOUND when the actor's role could do this in another relation (do not tell that the thing exists), or ERR_DENIED. */
enum err may(const struct ctx *c, enum act act, unsigned relations) MUST_CHECK;
/* REL_ORG when organisation_id is the actor's, else 0. Every service passes at least this or a more precise relation. */
unsigned rel_org(const struct ctx *c, int64_t organisation_id);
/* Notes that the actor looks at this participant's data of that kind ("profile", "application", "interview", "progress", "outcome").
 * The same twice counts once. Looking at oneself is not noted. */
void saw(struct ctx *c, int64_t organisation_id, int64_t participant_id, const char *what);
/* Writes what saw() gathered. Called by the edge. */
enum err seen_save(struct ctx *c) MUST_CHECK;

/* Writes an event (table event). `outcome` short code, `reason` the person's words; both may be "". */
struct event {
    int64_t organisation_id, participant_id, subject_id;
    const char *kind; /* "area.verb_in_past": "screening.decided" */
    const char *outcome;
    struct str reason;
};
enum err event_add(struct ctx *c, struct event e) MUST_CHECK;

/* Puts a mail in the outbox. Subject and body are finished text in `lang`, without anything sensitive: no profession, no place, no
 * result; "you have news, log in" and a link. */
struct mail {
    int64_t organisation_id;
    const char *kind;
    struct str email, name;
    enum lang lang;
    struct str subject, body;
    struct str calendar;         /* iCalendar object or "" */
    const char *calendar_method; /* "REQUEST", "CANCEL" or NULL */
};
enum err mail_add(struct ctx *c, struct mail m) MUST_CHECK;
