/* t_ical.c: what we write, libical reads back, and the lines obey RFC 5545. All people and places are invented. */
#include "base/tm.h"
#include "base/utf8.h"
#include "calendar/ical.h"
#include "tests/test.h"
#include <libical/ical.h>

static struct arena *a;

static bool has_line(struct str text, const char *line)
{
    while (text.n) {
        struct str l = str_cut(&text, '\n');
        if (l.n && l.p[l.n - 1] == '\r')
            l.n--;
        if (str_is(l, line))
            return true;
    }
    return false;
}

/* Every line ends in CRLF, has at most 75 octets and is valid UTF-8 by itself; no control character anywhere. */
static void check_lines(struct str text)
{
    size_t long_lines = 0, bad_ends = 0, torn = 0, control = 0;
    CHECK(str_ends(text, STR("END:VCALENDAR\r\n")));
    while (text.n) {
        struct str l = str_cut(&text, '\n');
        bad_ends += l.n == 0 || l.p[l.n - 1] != '\r';
        long_lines += l.n > 76; /* with the CR */
        torn += !utf8_valid(l);
        for (size_t i = 0; i + 1 < l.n; i++)
            control += (unsigned char)l.p[i] < ' ';
    }
    CHECK_INT(long_lines, 0);
    CHECK_INT(bad_ends, 0);
    CHECK_INT(torn, 0);
    CHECK_INT(control, 0);
}

static struct ical_event sample(void)
{
    struct ical_person *people = ARENA_ARRAY(a, struct ical_person, 2);
    people[0] = (struct ical_person){STR("Nadia \"Nadi\" Testesen; AS"), STR("nadia@example.org")};
    people[1] = (struct ical_person){STR("يوسف"), STR("yousef@example.org")};
    return (struct ical_event){
        .uid = STR("meeting-12@springbrett.example"),
        .sequence = 3,
        .stamp_at = tm_at(tm_on(2027, 3, 1), 9, 30),
        .start_at = tm_at(tm_on(2027, 4, 7), 14, 0),
        .end_at = tm_at(tm_on(2027, 4, 7), 15, 30),
        .answer = true,
        .summary = STR("Intervju; kl. to, «prøve» \\ slutt\r\nBEGIN:VALARM"),
        .place = STR("Storgata 1, møterom Blåbær"),
        .text = STR("Første linje.\nAndre linje, med komma; og semikolon. Den er så lang at den må brettes, både én gang og en gang til, æøåæøåæøåæøåæøå."),
        .url = STR("https://springbrett.example/meetings/12"),
        .organizer = {STR("Kari Prosjektleder"), STR("kari@example.org")},
        .attendees = people,
        .attendee_n = 2,
    };
}

static const char *text_of(icalcomponent *ev, icalproperty_kind kind)
{
    icalproperty *p = icalcomponent_get_first_property(ev, kind);
    const char *s = p ? icalproperty_get_value_as_string(p) : "";
    return s ? s : "";
}

static void test_request(void)
{
    struct ical_event e = sample();
    struct str out = {0};
    CHECK_ERR(ical_invitation(a, ICAL_REQUEST, &e, &out), OK);
    check_lines(out);
    CHECK(has_line(out, "METHOD:REQUEST"));
    CHECK(has_line(out, "DTSTART:20270407T120000Z")); /* summer time: 14 o'clock is 12 UTC */
    CHECK(has_line(out, "DTEND:20270407T133000Z"));
    CHECK(has_line(out, "DTSTAMP:20270301T083000Z"));
    CHECK(has_line(out, "SEQUENCE:3"));
    CHECK(has_line(out, "STATUS:CONFIRMED"));
    CHECK(has_line(out, "CLASS:PRIVATE"));
    CHECK(!has_line(out, "BEGIN:VALARM")); /* a line break in a title does not begin anything */

    icalcomponent *cal = icalparser_parse_string(arena_cstr(a, out));
    CHECK(cal != NULL);
    CHECK_INT(icalcomponent_count_errors(cal), 0);
    CHECK(icalrestriction_check(cal) == 1);
    CHECK_INT(icalcomponent_get_method(cal), ICAL_METHOD_REQUEST);
    icalcomponent *ev = icalcomponent_get_first_component(cal, ICAL_VEVENT_COMPONENT);
    CHECK_STR(str_c(icalcomponent_get_uid(ev)), "meeting-12@springbrett.example");
    CHECK_STR(str_c(icalcomponent_get_summary(ev)), "Intervju; kl. to, «prøve» \\ slutt BEGIN:VALARM");
    CHECK_STR(str_c(icalcomponent_get_location(ev)), "Storgata 1, møterom Blåbær");
    CHECK(str_eq(str_c(icalcomponent_get_description(ev)), e.text));
    CHECK_STR(str_c(text_of(ev, ICAL_URL_PROPERTY)), "https://springbrett.example/meetings/12");
    CHECK_STR(str_c(text_of(ev, ICAL_ORGANIZER_PROPERTY)), "mailto:kari@example.org");
    icalproperty *p = icalcomponent_get_first_property(ev, ICAL_ATTENDEE_PROPERTY);
    CHECK_STR(str_c(icalproperty_get_attendee(p)), "mailto:nadia@example.org");
    CHECK_STR(str_c(icalproperty_get_parameter_as_string(p, "CN")), "Nadia 'Nadi' Testesen; AS");
    CHECK_STR(str_c(icalproperty_get_parameter_as_string(p, "RSVP")), "TRUE");
    p = icalcomponent_get_next_property(ev, ICAL_ATTENDEE_PROPERTY);
    CHECK_STR(str_c(icalproperty_get_parameter_as_string(p, "CN")), "يوسف");
    CHECK(icalcomponent_get_next_property(ev, ICAL_ATTENDEE_PROPERTY) == NULL);
    CHECK_INT(icaltime_as_timet(icalcomponent_get_dtend(ev)), e.end_at / 1000);
    icalcomponent_free(cal);
}

static void test_cancel(void)
{
    struct ical_event e = sample();
    struct str out = {0};
    e.sequence = 4;
    CHECK_ERR(ical_invitation(a, ICAL_CANCEL, &e, &out), OK);
    check_lines(out);
    CHECK(has_line(out, "METHOD:CANCEL"));
    CHECK(has_line(out, "STATUS:CANCELLED"));
    CHECK(has_line(out, "UID:meeting-12@springbrett.example"));
    CHECK(has_line(out, "SEQUENCE:4"));
    CHECK_STR(str_c(ical_method_name(ICAL_CANCEL)), "CANCEL");
}

static void test_feed(void)
{
    struct ical_event e[3];
    struct str out = {0};
    for (size_t i = 0; i < COUNT(e); i++) {
        e[i] = sample();
        e[i].uid = arena_fmt(a, "meeting-%zu@springbrett.example", i);
        e[i].cancelled = i == 1;
    }
    e[2].start_at = tm_at(tm_on(2027, 12, 1), 14, 0);
    e[2].end_at = tm_at(tm_on(2027, 12, 1), 15, 0);
    CHECK_ERR(ical_feed(a, STR("Møter i Springbrett"), e, COUNT(e), &out), OK);
    check_lines(out);
    CHECK(has_line(out, "METHOD:PUBLISH"));
    CHECK(has_line(out, "X-WR-CALNAME:Møter i Springbrett"));
    CHECK(has_line(out, "DTSTART:20271201T130000Z")); /* winter time */
    icalcomponent *cal = icalparser_parse_string(arena_cstr(a, out));
    CHECK_INT(icalcomponent_count_components(cal, ICAL_VEVENT_COMPONENT), 3);
    CHECK_INT(icalcomponent_count_errors(cal), 0);
    int cancelled = 0, people = 0;
    for (icalcomponent *ev = icalcomponent_get_first_component(cal, ICAL_VEVENT_COMPONENT); ev;
         ev = icalcomponent_get_next_component(cal, ICAL_VEVENT_COMPONENT)) {
        cancelled += icalcomponent_get_status(ev) == ICAL_STATUS_CANCELLED;
        people += icalcomponent_count_properties(ev, ICAL_ATTENDEE_PROPERTY) + icalcomponent_count_properties(ev, ICAL_ORGANIZER_PROPERTY);
    }
    CHECK_INT(cancelled, 1);
    CHECK_INT(people, 0);
    icalcomponent_free(cal);
    CHECK_ERR(ical_feed(a, STR("Tom"), NULL, 0, &out), OK);
    check_lines(out);
}

static void test_refused(void)
{
    const struct ical_person broken[] = {{STR("X"), STR("x@example.org\r\nX-BAD:1")}};
    static const struct {
        int which;
        enum err want;
        const char *why;
    } cases[] = {
        {0, OK, "control: the sample itself is fine"},
        {1, ERR_INVALID, "no uid"},
        {2, ERR_INVALID, "ends before it begins"},
        {3, ERR_INVALID, "no beginning"},
        {4, ERR_INVALID, "a line break in an address"},
        {5, ERR_INVALID, "no organizer"},
        {6, ERR_INVALID, "not UTF-8"},
        {7, ERR_LIMIT, "a text out of all measure"},
        {8, ERR_LIMIT, "too many people"},
        {9, ERR_INVALID, "a negative sequence"},
    };
    static char huge[ICAL_TEXT_MAX + 1];
    memset(huge, 'x', sizeof huge);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ical_event e = sample();
        struct str out = STR("untouched");
        switch (cases[i].which) {
        case 1: e.uid = STR(""); break;
        case 2: e.end_at = e.start_at - 1; break;
        case 3: e.start_at = 0; break;
        case 4: e.attendees = broken, e.attendee_n = 1; break;
        case 5: e.organizer.mail = STR(""); break;
        case 6: e.place = STR("\xff\xfe"); break;
        case 7: e.text = (struct str){huge, sizeof huge}; break;
        case 8: e.attendee_n = ICAL_ATTENDEES_MAX + 1; break;
        case 9: e.sequence = -1; break;
        default: break;
        }
        printf("# %s\n", cases[i].why);
        CHECK_ERR(ical_invitation(a, ICAL_REQUEST, &e, &out), cases[i].want);
        CHECK(cases[i].want == OK || str_is(out, "untouched"));
    }
}

int main(void)
{
    a = arena_new(1 << 22);
    test_request();
    test_cancel();
    test_feed();
    test_refused();
    arena_free(a);
    return test_end();
}
