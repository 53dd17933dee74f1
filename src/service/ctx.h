/* ctx.h: what every service is given. A service is one thing somebody can do or look at:
 *     load the facts -> may the actor? -> the rule -> save -> event, mail -- all in the transaction that the edge provides.
 * It runs on a read connection for GET and inside the writer's savepoint for POST, and may be run again after ERR_BUSY: so it has no
 * effect outside the database. On any error the edge undoes everything. */
#pragma once
#include "db/db.h"
#include "domain/access.h"
#include "text/text.h"

struct seen { /* a look at a person's data, written before the answer leaves */
    int64_t organisation_id, participant_id, mentor_id; /* one of the two; neither: the log itself */
    const char *what;
};
struct about { /* whose data is asked for, as far as the service knows (service/relation.h) */
    int64_t organisation_id, participant_id;
};
/* What the living documents' hub is told once a change is kept (service/live.h). */
enum { NEWS_ACCESS = 1, NEWS_CONTENT = 2, NEWS_COMMENTS = 4 };
struct news {
    int64_t document_id; /* 0: any: somebody's sessions, roles or relations changed */
    unsigned what;
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
    struct about about;
    struct about denied; /* the last refusal of may() was about this person; logged when the whole request is refused */
    enum act denied_act;
    struct seen *seen; /* in the arena */
    size_t n_seen, seen_max;
    int64_t visit_id; /* the living document that the actor has open, 0 none: what is new there counts from now; saved with the looks */
    struct news *news; /* in the arena */
    size_t n_news, news_max;
    struct log_line *late; /* see log_later(); NULL: each line is written at once */
    size_t n_late;
};

/* OK, or ERR_NOT_FOUND when the actor's role could do this in another relation (do not tell that the thing exists), or ERR_DENIED. */
enum err may(struct ctx *c, enum act act, unsigned relations) MUST_CHECK;
/* REL_ORG when organisation_id is the actor's, REL_COOP when it lets the actor's see its data today, else 0. Every service passes at least this or a more precise relation. */
unsigned rel_org(const struct ctx *c, int64_t organisation_id);
/* Notes that the actor looks at this participant's data of that kind ("profile", "application", "interview", "progress", "outcome"; domain/looked.h has
 * the words for each).
 * The same twice counts once. Looking at oneself is not noted. */
void saw(struct ctx *c, int64_t organisation_id, int64_t participant_id, const char *what);
/* The same of a mentor's data ("mentor"; "list" and "matching" where many stand). That a trainee's page names who the mentor is, is a look at the trainee. */
void saw_mentor(struct ctx *c, int64_t organisation_id, int64_t mentor_id, const char *what);
/* Notes that the actor looks into the log: of a participant, or (0) of the whole organisation. */
void saw_log(struct ctx *c, int64_t organisation_id, int64_t participant_id);
/* Writes what saw() gathered into the log. Called by the edge. */
enum err seen_save(struct ctx *c) MUST_CHECK;

/* Notes for the hub; told by the edge after the commit. What changes a session, a role or a relation says news_of(c, 0, NEWS_ACCESS). */
void news_of(struct ctx *c, int64_t document_id, unsigned what);

/* Writes an event (table event) and its line of the log. `outcome` short code, `reason` the person's words; both may be "". */
struct event {
    int64_t organisation_id, participant_id, subject_id;
    const char *kind; /* "area.verb_in_past": "screening.decided" */
    const char *outcome;
    struct str reason;
};
enum err event_add(struct ctx *c, struct event e) MUST_CHECK;
/* For who notes thousands of events in one transaction: from here on their lines are gathered and written some hundred at a time, until log_done() writes the
 * rest (or forgets it, when all is given up); kinds and outcomes must last as long. Each line by itself changes the head of its chain, and PostgreSQL goes through all that a transaction made of a row. */
void log_later(struct ctx *c);
enum err log_done(struct ctx *c, bool keep) MUST_CHECK;

/* A line of the log that is neither look nor event: a login, an export, an erasure (domain/logchain.h: LOG_LOGIN, ...). participant_id 0:
 * about no participant. `what` is a code, never words of a person. */
struct log_note {
    int64_t organisation_id, participant_id, subject_id;
    const char *act;
    struct str what;
    const char *outcome;
};
enum err log_add(struct ctx *c, struct log_note n) MUST_CHECK;

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
/* Accounts of people without mail are called something at this domain, which cannot exist: nothing is sent there. */
#define MAIL_NOWHERE "sb.invalid"
bool mail_nowhere(struct str email);
