#include "base/tm.h"
#include "http/form.h"
#include "tests/test.h"

static struct arena *a;
static struct req r;

static struct form of(const char *body)
{
    if (http_fake(a, "POST", "/", NULL, body, &r))
        abort();
    return form_of(&r);
}

static const char *msg(const struct form *f, const char *name)
{
    const struct form_error *e = form_error_at(f, name);
    return e ? e->msg : "";
}

#define REQUIRED "Skriv inn dette feltet."
#define LONG "Skriv høyst {2} tegn."
#define INT "Skriv et helt tall fra {1} til {2}."
#define DATE "Skriv datoen slik: 31.12.2026."
#define TIME "Skriv klokkeslettet slik: 14.30."
#define CHOOSE "Velg et av svarene."
#define EMAIL "Skriv en e-postadresse, for eksempel navn@eksempel.no."
#define PHONE "Skriv et telefonnummer med bare tall, for eksempel 22 33 44 55."

static const struct {
    const char *body, *want, *msg, *why;
    size_t min, max;
    bool lines;
} texts[] = {
    {"x=Kari", "Kari", "", "plain", 1, 10, false},
    {"x=++Kari+", "Kari", "", "white space at the ends", 1, 10, false},
    {"x=", "", REQUIRED, "empty", 1, 10, false},
    {"x=+%0D%0A+", "", REQUIRED, "only white space", 1, 10, true},
    {"y=1", "", REQUIRED, "absent", 1, 10, false},
    {"x=", "", "", "empty and not needed", 0, 10, false},
    {"x=ab", "", "Skriv minst {1} tegn.", "too short", 3, 10, false},
    {"x=%C3%A6%C3%B8%C3%A5", "æøå", "", "letters are counted, not bytes", 1, 3, false},
    {"x=%C3%A6%C3%B8%C3%A5s", "", LONG, "one too many", 1, 3, false},
    {"x=a%0D%0Ab", "a b", "", "a line end in one line", 1, 10, false},
    {"x=a%0D%0Ab", "a\nb", "", "a line end in a text", 1, 10, true},
    {"x=a%E2%80%AEb", "ab", "", "no turning of the text", 1, 10, false},
    {"x=a&x=b", "a", "", "the first of two", 1, 10, false},
};

static void check_texts(void)
{
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct form f = of(texts[i].body);
        struct str got = texts[i].lines ? form_text(&f, "x", texts[i].min, texts[i].max) : form_line(&f, "x", texts[i].min, texts[i].max);
        if (!str_is(got, texts[i].want) || strcmp(msg(&f, "x"), texts[i].msg) != 0)
            printf("# %s\n", texts[i].why);
        CHECK_STR(got, texts[i].want);
        CHECK_STR(str_c(msg(&f, "x")), texts[i].msg);
        CHECK(form_ok(&f) == (texts[i].msg[0] == '\0'));
    }
}

static const struct {
    const char *body;
    bool must;
    int64_t want;
    const char *msg, *why;
} ints[] = {
    {"x=7", true, 7, "", "plain"},
    {"x=-3", true, -3, "", "negative, when allowed"},
    {"x=10+000", true, 10000, "", "groups with a space"},
    {"x=10%C2%A0000", true, 10000, "", "groups with a no-break space"},
    {"x=", false, 0, "", "nothing"},
    {"x=", true, 0, REQUIRED, "nothing where it must be"},
    {"x=7.5", true, 0, INT, "not whole"},
    {"x=7a", true, 0, INT, "a letter"},
    {"x=%2B7", true, 0, INT, "a sign trick"},
    {"x=20001", true, 0, INT, "too much"},
    {"x=99999999999999999999", true, 0, INT, "beyond all numbers"},
};

static void check_ints(void)
{
    for (size_t i = 0; i < COUNT(ints); i++) {
        struct form f = of(ints[i].body);
        int64_t got = form_int(&f, "x", ints[i].must, -5, 20000);
        if (got != ints[i].want)
            printf("# %s\n", ints[i].why);
        CHECK_INT(got, ints[i].want);
        CHECK_STR(str_c(msg(&f, "x")), ints[i].msg);
    }
    struct form f = of("x=99999");
    form_int(&f, "x", true, -5, 20000);
    CHECK_INT(form_error_at(&f, "x")->arg1, -5);
    CHECK_INT(form_error_at(&f, "x")->arg2, 20000);
}

static void check_dates(void)
{
    struct form f = of("a=31.12.2026&b=2026-12-31&c=&d=31.2.2026&e=");
    CHECK_INT(form_date(&f, "a", true), tm_on(2026, 12, 31));
    CHECK_INT(form_date(&f, "b", true), tm_on(2026, 12, 31));
    CHECK_INT(form_date(&f, "c", false), 0);
    CHECK(form_ok(&f));
    CHECK_INT(form_date(&f, "d", true), 0);
    CHECK_INT(form_date(&f, "e", true), 0);
    CHECK_STR(str_c(msg(&f, "d")), DATE);
    CHECK_STR(str_c(msg(&f, "e")), REQUIRED);

    f = of("a=1.6.2027&a_time=14.30&b=&b_time=&c=1.6.2027&c_time=&d=&d_time=9:05&e=x&e_time=25:00");
    CHECK_INT(form_at(&f, "a", true), tm_at(tm_on(2027, 6, 1), 14, 30));
    CHECK_INT(form_at(&f, "b", false), 0);
    CHECK(form_ok(&f));
    CHECK_INT(form_at(&f, "c", false), 0);
    CHECK_STR(str_c(msg(&f, "c_time")), REQUIRED);
    CHECK_INT(form_at(&f, "d", false), 0);
    CHECK_STR(str_c(msg(&f, "d")), REQUIRED);
    CHECK_INT(form_at(&f, "e", true), 0);
    CHECK_STR(str_c(msg(&f, "e")), DATE);
    CHECK_STR(str_c(msg(&f, "e_time")), TIME);
}

static void check_choices(void)
{
    static const struct form_choice colours[] = {{"red", "Rød"}, {"blue", "Blå"}, {NULL, NULL}};
    struct form f = of("a=blue&b=&c=&d=green&e=1&f=0&g=on");
    CHECK_INT(form_choice(&f, "a", true, colours), 1);
    CHECK_INT(form_choice(&f, "b", false, colours), -1);
    CHECK(form_check(&f, "e") && form_check(&f, "g"));
    CHECK(!form_check(&f, "f") && !form_check(&f, "absent") && !form_check(&f, "c"));
    CHECK(form_ok(&f));
    CHECK_INT(form_choice(&f, "c", true, colours), -1);
    CHECK_INT(form_choice(&f, "d", false, colours), -1);
    CHECK_STR(str_c(msg(&f, "c")), CHOOSE);
    CHECK_STR(str_c(msg(&f, "d")), CHOOSE);
}

static const struct {
    const char *body, *want, *why;
} emails[] = {
    {"x=Kari.Nordmann%40Eksempel.NO", "kari.nordmann@eksempel.no", "lower case"},
    {"x=a%2Bb%40c.no", "a+b@c.no", "a plus"},
    {"x=o'neil%40c.no", "o'neil@c.no", "an apostrophe"},
    {"x=+a%40b.no+", "a@b.no", "copied with spaces"},
    {"x=a%40sub.b-c.no", "a@sub.b-c.no", "more labels"},
    {"x=a", NULL, "no @"},
    {"x=%40b.no", NULL, "no name"},
    {"x=a%40", NULL, "no domain"},
    {"x=a%40b", NULL, "one label"},
    {"x=a%40b..no", NULL, "an empty label"},
    {"x=a%40b.no.", NULL, "a dot at the end"},
    {"x=a%40-b.no", NULL, "a hyphen first"},
    {"x=a%40b%40c.no", NULL, "two @"},
    {"x=a+b%40c.no", NULL, "a space inside"},
    {"x=.a%40c.no", NULL, "a dot first"},
    {"x=a..b%40c.no", NULL, "two dots"},
    {"x=a%0Ab%40c.no", NULL, "a line end would be a new mail header"},
    {"x=a%3Cb%3E%40c.no", NULL, "angle brackets"},
    {"x=a%2Cb%40c.no", NULL, "a comma is two addresses"},
    {"x=a%401.2.3.4", NULL, "a bare address of a machine"},
    {"x=k%C3%A5re%40c.no", NULL, "letters most mail servers refuse"},
};

static void check_emails(void)
{
    for (size_t i = 0; i < COUNT(emails); i++) {
        struct form f = of(emails[i].body);
        struct str got = form_email(&f, "x", true);
        const char *want = emails[i].want ? emails[i].want : "";
        if (!str_is(got, want))
            printf("# %s\n", emails[i].why);
        CHECK_STR(got, want);
        CHECK_STR(str_c(msg(&f, "x")), emails[i].want ? "" : EMAIL);
    }
    static const char start[] = "x=b%40";
    char name[300];
    for (size_t n = 240; n < 256; n++) { /* 254 bytes in all, labels of 63 */
        memset(name, 'a', sizeof name);
        size_t at = sizeof start - 1;
        memcpy(name, start, at);
        for (size_t i = at + 50; i < at + n - 2; i += 51)
            name[i] = '.';
        name[at + n - 2] = '\0';
        struct form f = of(name);
        CHECK((form_email(&f, "x", true).n > 0) == (n <= 254));
    }
}

static const struct {
    const char *body;
    bool ok;
} phones[] = {
    {"x=22334455", true}, {"x=%2B47+22+33+44+55", true}, {"x=02800", true}, {"x=1234", false}, {"x=22334455a", false},
    {"x=22%2B334455", false}, {"x=%2B+++1234", false}, {"x=123456789012345678901", false}, {"x=(22)334455", false},
};

static void check_phones_and_ids(void)
{
    for (size_t i = 0; i < COUNT(phones); i++) {
        struct form f = of(phones[i].body);
        CHECK((form_phone(&f, "x", true).n > 0) == phones[i].ok);
        CHECK_STR(str_c(msg(&f, "x")), phones[i].ok ? "" : PHONE);
    }
    struct form f = of("a=12&b=0&c=-1&d=x&e=&g=3&g=1&g=3&g=2&h=1&h=x");
    int64_t ids[4];
    CHECK_INT(form_id(&f, "a", true), 12);
    CHECK_INT(form_id(&f, "e", false), 0);
    CHECK_INT(form_ids(&f, "g", ids, 4), 3);
    CHECK(ids[0] == 3 && ids[1] == 1 && ids[2] == 2);
    CHECK_INT(form_ids(&f, "absent", ids, 4), 0);
    CHECK(form_ok(&f));
    CHECK_INT(form_ids(&f, "g", ids, 2), 2);
    CHECK_STR(str_c(msg(&f, "g")), "Velg høyst {2}.");
    CHECK_INT(form_id(&f, "b", true) + form_id(&f, "c", true) + form_id(&f, "d", false) + form_id(&f, "e", true), 0);
    CHECK_INT(f.n_err, 5);
    CHECK_INT(form_ids(&f, "h", ids, 4), 1);
    CHECK_STR(str_c(msg(&f, "h")), CHOOSE);
}

static void check_showing(void)
{
    static const struct pair given[] = {{{"name", 4}, {"Kari", 4}}, {{"day", 3}, {"2", 1}}, {{"day", 3}, {"4", 1}}};
    struct form f = form_new(given, COUNT(given));
    CHECK(!form_ok(&f)); /* nothing was sent, so there is nothing to save */
    CHECK_STR(form_value(&f, "name"), "Kari");
    CHECK_STR(form_value(&f, "other"), "");
    CHECK(form_ticked(&f, "day", "4") && !form_ticked(&f, "day", "3"));
    CHECK(form_error_at(&f, "name") == NULL);
    CHECK_STR(form_line(&f, "name", 1, 10), ""); /* reading from it is harmless */
    CHECK_INT(f.n_err, 0);

    f = of("name=++&day=3");
    f.given = given;
    f.n_given = COUNT(given);
    form_line(&f, "name", 1, 10);
    CHECK_STR(form_value(&f, "name"), "  "); /* what was typed comes back as it was */
    CHECK(form_ticked(&f, "day", "3") && !form_ticked(&f, "day", "4"));
    form_fail(&f, "name", "Another.");
    CHECK_STR(str_c(msg(&f, "name")), REQUIRED); /* the first message stays */
    form_fail(&f, "day", "A rule's own.");
    CHECK_STR(str_c(msg(&f, "day")), "A rule's own.");
    CHECK(!form_ok(&f));

    if (http_fake(a, "GET", "/?q=hei&kind=2", NULL, NULL, &r))
        abort();
    f = form_of(&r); /* search forms are sent by GET */
    CHECK_STR(form_line(&f, "q", 0, 10), "hei");
    CHECK_INT(form_int(&f, "kind", false, 0, 5), 2);

    f = of("");
    for (int i = 0; i < 100; i++)
        form_line(&f, arena_fmt(a, "x%d", i).p, 1, 10);
    CHECK_INT(f.n_err, 32);
    CHECK(!form_ok(&f));
}

int main(void)
{
    a = arena_new(16 << 20);
    check_texts();
    check_ints();
    check_dates();
    check_choices();
    check_emails();
    check_phones_and_ids();
    check_showing();
    arena_free(a);
    return test_end();
}
