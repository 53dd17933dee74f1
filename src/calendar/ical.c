/* ical.c: events by libical. libical owns its memory until the text is copied into the arena. */
#include "calendar/ical.h"
#include "base/tm.h"
#include "base/utf8.h"
#include <libical/ical.h>

const char *ical_method_name(enum ical_method m)
{
    return m == ICAL_CANCEL ? "CANCEL" : "REQUEST";
}

static void component_freep(icalcomponent **c)
{
    if (*c)
        icalcomponent_free(*c);
}
static void text_freep(char **s)
{
    icalmemory_free_buffer(*s);
}

/* A C string fit for libical: valid, no control characters, within the limit. */
static enum err plain(struct arena *a, struct str s, bool lines, const char **out)
{
    struct str clean;
    if (s.n > ICAL_TEXT_MAX)
        return ERR_LIMIT;
    TRY(utf8_clean(a, s, lines, &clean));
    *out = arena_cstr(a, clean);
    return OK;
}

static struct icaltimetype utc(int64_t at)
{
    return icaltime_from_timet_with_zone((time_t)(at / 1000), 0, icaltimezone_get_utc_timezone());
}

/* "mailto:..." of an address that cannot break out of the property. Full judgement of addresses is not ours. */
static enum err mail_uri(struct arena *a, struct str mail, const char **out)
{
    if (mail.n > 254 || str_find(mail, '@') <= 0)
        return ERR_INVALID;
    for (size_t i = 0; i < mail.n; i++) {
        unsigned char c = (unsigned char)mail.p[i];
        if (c <= ' ' || c >= 0x7f || strchr("\"<>\\,;:", c))
            return ERR_INVALID;
    }
    *out = arena_fmt(a, "mailto:%.*s", STR_FMT(mail)).p;
    return OK;
}

/* A parameter cannot hold a quotation mark (RFC 5545 3.2); the apostrophe reads the same. */
static enum err param_name(struct arena *a, struct str name, icalparameter **out)
{
    struct str clean;
    if (name.n > ICAL_TEXT_MAX)
        return ERR_LIMIT;
    TRY(utf8_clean(a, name, false, &clean));
    char *s = arena_alloc(a, clean.n + 1);
    for (size_t i = 0; i < clean.n; i++)
        s[i] = clean.p[i] == '"' ? '\'' : clean.p[i];
    *out = icalparameter_new_cn(s);
    return *out ? OK : ERR_INTERNAL;
}

static enum err add_organizer(struct arena *a, icalcomponent *ev, struct ical_person who)
{
    const char *uri;
    icalparameter *name = NULL;
    TRY(mail_uri(a, who.mail, &uri));
    if (who.name.n)
        TRY(param_name(a, who.name, &name));
    icalproperty *p = icalproperty_new_organizer(uri);
    if (name)
        icalproperty_add_parameter(p, name);
    icalcomponent_add_property(ev, p);
    return OK;
}

static enum err add_attendee(struct arena *a, icalcomponent *ev, struct ical_person who, bool answer)
{
    const char *uri;
    icalparameter *name = NULL;
    TRY(mail_uri(a, who.mail, &uri));
    if (who.name.n)
        TRY(param_name(a, who.name, &name));
    icalproperty *p = icalproperty_new_attendee(uri);
    if (name)
        icalproperty_add_parameter(p, name);
    icalproperty_add_parameter(p, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
    icalproperty_add_parameter(p, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
    icalproperty_add_parameter(p, icalparameter_new_rsvp(answer ? ICAL_RSVP_TRUE : ICAL_RSVP_FALSE));
    icalcomponent_add_property(ev, p);
    return OK;
}

static enum err add_texts(struct arena *a, icalcomponent *ev, const struct ical_event *e)
{
    const struct {
        struct str s;
        bool lines;
        icalproperty *(*make)(const char *);
    } texts[] = {
        {e->summary, false, icalproperty_new_summary},
        {e->place, false, icalproperty_new_location},
        {e->text, true, icalproperty_new_description},
        {e->url, false, icalproperty_new_url},
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        const char *s;
        if (!texts[i].s.n)
            continue;
        TRY(plain(a, texts[i].s, texts[i].lines, &s));
        icalcomponent_add_property(ev, texts[i].make(s));
    }
    return OK;
}

/* Fills an event; `people` also who invites whom. */
static enum err fill_event(struct arena *a, icalcomponent *ev, const struct ical_event *e, bool cancelled, bool people)
{
    const char *uid;
    if (!e->uid.n || e->stamp_at <= 0 || e->start_at <= 0 || e->end_at < e->start_at || e->sequence < 0)
        return ERR_INVALID;
    if (e->attendee_n > ICAL_ATTENDEES_MAX)
        return ERR_LIMIT;
    TRY(plain(a, e->uid, false, &uid));
    icalcomponent_add_property(ev, icalproperty_new_uid(uid));
    icalcomponent_add_property(ev, icalproperty_new_sequence(e->sequence));
    icalcomponent_add_property(ev, icalproperty_new_dtstamp(utc(e->stamp_at)));
    icalcomponent_add_property(ev, icalproperty_new_dtstart(utc(e->start_at)));
    icalcomponent_add_property(ev, icalproperty_new_dtend(utc(e->end_at)));
    TRY(add_texts(a, ev, e));
    icalcomponent_add_property(ev, icalproperty_new_status(cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    icalcomponent_add_property(ev, icalproperty_new_class(ICAL_CLASS_PRIVATE));
    icalcomponent_add_property(ev, icalproperty_new_transp(cancelled ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
    if (!people)
        return OK;
    TRY(add_organizer(a, ev, e->organizer));
    for (size_t i = 0; i < e->attendee_n; i++)
        TRY(add_attendee(a, ev, e->attendees[i], e->answer && !cancelled));
    return OK;
}

static icalcomponent *new_calendar(icalproperty_method method)
{
    icalcomponent *cal = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    icalcomponent_add_property(cal, icalproperty_new_prodid("-//Springbrett//Springbrett//NO"));
    icalcomponent_add_property(cal, icalproperty_new_version("2.0"));
    icalcomponent_add_property(cal, icalproperty_new_calscale("GREGORIAN"));
    icalcomponent_add_property(cal, icalproperty_new_method(method));
    return cal;
}

static enum err write_out(struct arena *a, icalcomponent *cal, struct str *out)
{
    CLEANUP(text_freep) char *text = icalcomponent_as_ical_string_r(cal);
    if (!text)
        return ERR_INTERNAL;
    *out = arena_str(a, str_c(text));
    return OK;
}

enum err ical_invitation(struct arena *a, enum ical_method method, const struct ical_event *e, struct str *out)
{
    bool cancel = method == ICAL_CANCEL;
    CLEANUP(component_freep) icalcomponent *cal = new_calendar(cancel ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST);
    icalcomponent *ev = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    icalcomponent_add_component(cal, ev); /* now the calendar's, so one call frees both */
    TRY(fill_event(a, ev, e, cancel, true));
    return write_out(a, cal, out);
}

enum err ical_feed(struct arena *a, struct str name, const struct ical_event *events, size_t n, struct str *out)
{
    const char *title;
    if (n > ICAL_EVENTS_MAX)
        return ERR_LIMIT;
    CLEANUP(component_freep) icalcomponent *cal = new_calendar(ICAL_METHOD_PUBLISH);
    TRY(plain(a, name, false, &title));
    icalproperty *x = icalproperty_new_x(title); /* what every program reads as the calendar's name */
    icalproperty_set_x_name(x, "X-WR-CALNAME");
    icalcomponent_add_property(cal, x);
    for (size_t i = 0; i < n; i++) {
        icalcomponent *ev = icalcomponent_new(ICAL_VEVENT_COMPONENT);
        icalcomponent_add_component(cal, ev);
        TRY(fill_event(a, ev, &events[i], events[i].cancelled, false));
    }
    return write_out(a, cal, out);
}
