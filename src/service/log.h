/* log.h: the log as people meet it: refusals, the day's limit, who has seen my data, the administrator's search and the signs of
 * unusual looking. Looks and events are noted by saw() and event_add (service/ctx.h). */
#pragma once
#include "domain/unusual.h"
#include "model/log_day.h"
#include "model/log_read.h"
#include "service/ctx.h"

/* A request that ended in "not there" or "not for you", after it was undone, in a transaction of its own. The same line is written for
 * both, but for whom it was about if may() knew (ctx.denied). address: the route's pattern; number: its first number, 0 none.
 * After LOG_REFUSED_MINUTE in a minute or LOG_REFUSED_DAY in a day one line a minute says "many" and stands for all: what goes on is seen to go on, and nobody
 * fills the disk. The first "many" of a day is told to administrators and leaders in a mail without names. */
enum { LOG_REFUSED_MINUTE = 30, LOG_REFUSED_DAY = 1000 };
enum err log_refused(struct ctx *c, const char *address, int64_t number) MUST_CHECK;

/* Logging in: `how` "password", ...; outcome "" came in, "failed" (once a minute an account), "ended". account_id 0: nobody we know; no line. */
enum err log_login(struct ctx *c, int64_t account_id, const char *how, const char *outcome) MUST_CHECK;

/* Would what saw() gathered in this request make more persons on one day than the role may see? Persons seen before today are none more. Two
 * requests at once may each pass: the limit bends by one page. */
enum err log_too_many(struct ctx *c, bool *yes) MUST_CHECK;
/* It did: a line, and once a day a mail without names to administrators and leaders. After the undo, as log_refused. */
enum err log_stopped(struct ctx *c) MUST_CHECK;

/* ---- who has seen my data */

struct log_deed {
    const char *act, *what; /* msgids */
    int64_t times;
};
struct log_visitor { /* one account in one role on one day */
    struct str name;     /* "" when it is not said: trainees, the program, an account that is gone */
    enum role role;
    bool program;        /* nobody: the program itself */
    struct str organisation;
    struct log_deed *deeds;
    size_t n;
    bool refused;        /* nothing but refusals */
    int64_t account_id, from_organisation_id; /* for putting together; not shown */
};
struct log_own_day {
    int on;
    struct log_visitor *who;
    size_t n;
};
enum { LOG_DAYS = 14 };
struct log_own {
    struct log_own_day day[LOG_DAYS];
    size_t n;
    int before; /* the next page begins before this day; 0: that was all */
};
/* The actor's own, as the participant or the mentor that the role is about, newest first, days before `before` (0: all). */
enum err log_mine(struct ctx *c, int before, struct log_own *out) MUST_CHECK;

/* ---- for the administrator */

enum { LOG_PAGE = 50, LOG_UNUSUAL_DAYS = 7, LOG_UNUSUAL_MAX = 30 };
struct log_search {
    int64_t account_id, participant_id;
    struct str act; /* "" any */
    int on;         /* 0 any day */
    int64_t before_id;
};
struct log_list {
    struct log_found *rows; /* nothing about people this one may not know of; a refusal about such a person stands as one about nobody */
    size_t n;
    int64_t next;         /* 0: that was all */
    struct str reference; /* of the person searched for */
    struct log_actor *actors;
    size_t n_actors;
};
/* The look itself is logged. */
enum err log_search(struct ctx *c, const struct log_search *s, struct log_list *out) MUST_CHECK;
/* The number of a person from the reference; ERR_NOT_FOUND also for hidden people. */
enum err log_person(struct ctx *c, struct str reference, int64_t *participant_id) MUST_CHECK;

struct log_sign {
    int on;
    int64_t account_id;
    struct str name;
    enum role role;
    unsigned signs;
    struct unusual_day day;
};
/* The last seven days, the gravest first. */
enum err log_unusual(struct ctx *c, struct log_sign **rows, size_t *n) MUST_CHECK;

struct log_limits {
    int64_t warn, stop; /* 0: as the role has it */
};
enum err log_limits(struct ctx *c, struct log_limits *out) MUST_CHECK;
enum err log_limits_set(struct ctx *c, const struct log_limits *l) MUST_CHECK;
