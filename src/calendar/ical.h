/* ical.h: meetings as iCalendar (RFC 5545, 5546) by libical, in the form that Outlook, Google and Apple take: times in UTC (no time zone
 * table that a program could misread), lines folded at 75 octets, CRLF.
 *
 * Every event is CLASS:PRIVATE: people share their calendars with colleagues, and these are other people's affairs. The caller says
 * only what the receiver may see; nothing sensitive belongs in `summary`, `place` or `text`. */
#pragma once
#include "base/arena.h"

enum ical_method { ICAL_REQUEST, ICAL_CANCEL };
struct ical_person {
    struct str name, mail;
};
struct ical_event {
    struct str uid;    /* the meeting's name for good, the same in every change: "meeting-12@springbrett.example" */
    int sequence;      /* 0, and one more for each change of time or place and for the cancelling */
    int64_t stamp_at;  /* when this text was made */
    int64_t start_at, end_at;
    bool cancelled;    /* in a feed: stays in it as cancelled */
    bool answer;       /* invitation: the organizer wants an answer by mail */
    struct str summary, place, text, url; /* empty ones are left out; text may have lines */
    struct ical_person organizer;         /* an invitation must have one, a feed leaves it and the attendees out */
    const struct ical_person *attendees;
    size_t attendee_n;
};
enum { ICAL_ATTENDEES_MAX = 100, ICAL_TEXT_MAX = 20000, ICAL_EVENTS_MAX = 5000 };

/* One event to invite to or to take back. ERR_INVALID for missing or impossible times, an empty uid, a broken address, bad UTF-8;
 * ERR_LIMIT beyond the limits above. */
enum err ical_invitation(struct arena *a, enum ical_method method, const struct ical_event *e, struct str *out) MUST_CHECK;
/* What a person subscribes to: any number of events under a name. */
enum err ical_feed(struct arena *a, struct str name, const struct ical_event *events, size_t n, struct str *out) MUST_CHECK;
const char *ical_method_name(enum ical_method m) __attribute__((returns_nonnull)); /* "REQUEST": also for the mail part */
