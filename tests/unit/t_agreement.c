/* When the agreement may be signed, what voids a signature, its period with leave, and the text from a template. */
#include "base/tm.h"
#include "domain/agreement.h"
#include "domain/meeting.h"
#include "tests/test.h"

#define HASH_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static struct agreement_facts ready(void)
{
    return (struct agreement_facts){.matching_held_at = tm_at(tm_on(2026, 3, 10), 14, 0), .yes = {true, true}, .hash = STR(HASH_A),
                                    .now = tm_at(tm_on(2026, 3, 13), 9, 0)};
}

static void expect(struct agreement_facts f, const char *shown, enum err want, const char *why)
{
    struct say text = {0};
    enum err e = agreement_may_sign(&f, PARTY_TRAINEE, str_c(shown), &text);
    if (e != want)
        printf("# %s\n", why);
    CHECK_ERR(e, want);
    CHECK((e == OK) == (text.msgid == NULL));
}

static void test_may_sign(void)
{
    struct agreement_facts f = ready();
    expect(f, HASH_A, OK, "three days later, both willing");
    expect(f, HASH_B, ERR_CONFLICT, "another text than the one shown");
    expect(f, "", ERR_CONFLICT, "no text shown");
    f.yes[PARTY_MENTOR] = false;
    expect(f, HASH_A, ERR_STATE, "the mentor has not said yes");
    f = ready();
    f.matching_held_at = 0;
    expect(f, HASH_A, ERR_STATE, "no matching meeting");
    f = ready();
    f.ended = true;
    expect(f, HASH_A, ERR_STATE, "the match is over");
    f = ready();
    f.hash = STR("");
    expect(f, "", ERR_STATE, "an empty hash is no text, even when both are empty");
    f = ready();
    f.signatures[PARTY_TRAINEE] = (struct agreement_signature){f.now, STR(HASH_A)};
    expect(f, HASH_A, ERR_STATE, "signed already");
    f.signatures[PARTY_TRAINEE].hash = STR(HASH_B);
    expect(f, HASH_A, OK, "signed an older text: sign again");
}

static void test_first_day(void)
{
    static const struct {
        int held[5], now[5]; /* y m d h min */
        enum err want;
        const char *why;
    } cases[] = {
        {{2026, 3, 10, 14, 0}, {2026, 3, 10, 15, 0}, ERR_STATE, "an hour later"},
        {{2026, 3, 10, 14, 0}, {2026, 3, 10, 23, 59}, ERR_STATE, "late on the same day"},
        {{2026, 3, 10, 23, 30}, {2026, 3, 11, 0, 0}, OK, "the next day begins at midnight in Oslo"},
        {{2026, 7, 10, 23, 30}, {2026, 7, 10, 23, 59}, ERR_STATE, "in summer too, though UTC says two hours less"},
        {{2026, 7, 10, 0, 30}, {2026, 7, 10, 12, 0}, ERR_STATE, "half past midnight is still that day, though UTC says the day before"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const int *h = cases[i].held, *n = cases[i].now;
        struct agreement_facts f = ready();
        f.matching_held_at = tm_at(tm_on(h[0], h[1], h[2]), h[3], h[4]);
        f.now = tm_at(tm_on(n[0], n[1], n[2]), n[3], n[4]);
        expect(f, HASH_A, cases[i].want, cases[i].why);
    }
    CHECK_INT(agreement_earliest_on(tm_at(tm_on(2026, 12, 31), 14, 0)), tm_on(2027, 1, 1));
    CHECK_INT(agreement_earliest_on(0), 0);
}

static void test_signatures(void)
{
    struct agreement_facts f = ready();
    CHECK(!agreement_signed(&f, PARTY_TRAINEE) && !agreement_complete(&f));
    f.signatures[PARTY_TRAINEE] = (struct agreement_signature){1000, STR(HASH_A)};
    CHECK(agreement_signed(&f, PARTY_TRAINEE) && !agreement_complete(&f));
    f.signatures[PARTY_MENTOR] = (struct agreement_signature){2000, STR(HASH_A)};
    CHECK(agreement_complete(&f));
    f.hash = STR(HASH_B); /* the text was changed */
    CHECK(!agreement_signed(&f, PARTY_TRAINEE) && !agreement_signed(&f, PARTY_MENTOR) && !agreement_complete(&f));
}

static void test_leave(void)
{
    int a = tm_on(2026, 1, 1);
    static const struct {
        struct leave l[3]; /* days counted from 1 January; returned_on 0 with until_on 0: open */
        size_t n;
        int from, to, want;
        const char *why;
    } cases[] = {
        {{{0}}, 0, 0, 364, 0, "none"},
        {{{10, 0, 20}}, 1, 0, 364, 10, "day 10 to 19; the day of return is worked"},
        {{{10, 0, 20}, {15, 0, 25}}, 2, 0, 364, 15, "what overlaps counts once"},
        {{{15, 0, 25}, {10, 0, 20}, {12, 0, 14}}, 3, 0, 364, 15, "in any order, one inside another"},
        {{{10, 0, 20}, {30, 0, 35}}, 2, 0, 364, 15, "two apart"},
        {{{10, 0, 0}}, 1, 0, 50, 41, "still away: to the end of what is asked"},
        {{{10, 90, 0}}, 1, 0, 50, 41, "an expected end beyond what is asked changes nothing"},
        {{{10, 0, 20}}, 1, 15, 17, 3, "only the days asked for"},
        {{{10, 0, 10}}, 1, 0, 364, 0, "back on the first day: no leave"},
        {{{10, 0, 5}}, 1, 0, 364, 0, "back before it began: nonsense counts nothing"},
        {{{10, 0, 20}}, 1, 30, 20, 0, "an empty range"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct leave l[3];
        for (size_t k = 0; k < 3; k++) {
            l[k] = cases[i].l[k];
            l[k].from_on += a;
            l[k].until_on += l[k].until_on ? a : 0;
            l[k].returned_on += l[k].returned_on ? a : 0;
        }
        int got = leave_days(l, cases[i].n, a + cases[i].from, a + cases[i].to);
        if (got != cases[i].want)
            printf("# %s\n", cases[i].why);
        CHECK_INT(got, cases[i].want);
    }
    struct leave open = {a + 10, 0, 0}, done = {a + 10, 0, a + 20};
    CHECK(!leave_is_on(&open, 1, a + 9) && leave_is_on(&open, 1, a + 10) && leave_is_on(&open, 1, a + 999));
    CHECK(leave_is_on(&done, 1, a + 19) && !leave_is_on(&done, 1, a + 20));
}

static void test_period(void)
{
    int first = tm_on(2025, 9, 15), today = tm_on(2026, 6, 1);
    struct agreement_period p = agreement_period(0, 12, NULL, 0, today);
    CHECK(p.from_on == 0 && p.end_on == 0 && p.planned_end_on == 0);
    p = agreement_period(first, 12, NULL, 0, today);
    CHECK_INT(p.planned_end_on, tm_on(2026, 9, 15));
    CHECK_INT(p.end_on, tm_on(2026, 9, 15));
    struct leave l[] = {{tm_on(2026, 1, 1), 0, tm_on(2026, 1, 31)}}; /* 30 days */
    p = agreement_period(first, 12, l, 1, today);
    CHECK_INT(p.end_on, tm_on(2026, 10, 15));
    CHECK_INT(p.leave_days, 30);
    struct leave two[] = {l[0], {tm_on(2026, 10, 1), 0, tm_on(2026, 10, 6)}}; /* inside the days it was moved by */
    CHECK_INT(agreement_period(first, 12, two, 2, today).end_on, tm_on(2026, 10, 20));
    struct leave after[] = {{tm_on(2026, 9, 16), 0, tm_on(2026, 10, 6)}};
    CHECK_INT(agreement_period(first, 12, after, 1, today).end_on, tm_on(2026, 9, 15)); /* it was over before */
    struct leave open[] = {{tm_on(2026, 5, 30), 0, 0}};
    CHECK_INT(agreement_period(first, 12, open, 1, today).end_on, tm_on(2026, 9, 18)); /* three days so far */
    open[0].until_on = tm_on(2026, 6, 8);
    CHECK_INT(agreement_period(first, 12, open, 1, today).end_on, tm_on(2026, 9, 25)); /* ten, as expected */
    open[0].until_on = tm_on(2026, 5, 31);
    CHECK_INT(agreement_period(first, 12, open, 1, today).end_on, tm_on(2026, 9, 18)); /* longer than expected */
    CHECK_INT(agreement_period(tm_on(2024, 2, 29), 12, NULL, 0, today).planned_end_on, tm_on(2025, 2, 28));
}

static void test_text(void)
{
    struct arena *a = arena_new(4 << 20);
    static const struct agreement_value values[] = {
        {"trainee", {"Amal {mentor}", 13}}, {"mentor", {"Kari", 4}}, {"mål", {"", 0}}};
    static const struct {
        const char *template, *want, *bad;
        enum err err;
        const char *why;
    } cases[] = {
        {"Mellom {trainee} og {mentor}.", "Mellom Amal {mentor} og Kari.", "", OK, "braces in a name are not read again"},
        {"{mentor}{mentor}", "KariKari", "", OK, "twice"},
        {"Mål: {mål}", "Mål: ", "", OK, "an empty value is a value"},
        {"{prosjektleder}", "__________", "", OK, "no value: a line to fill in"},
        {"Uten", "Uten", "", OK, "no placeholder"},
        {"", "", "", OK, "nothing"},
        {"Hei {navn}!", "", "navn", ERR_INVALID, "unknown"},
        {"Hei {mentor", "", "mentor", ERR_INVALID, "not closed"},
        {"Hei {}", "", "", ERR_INVALID, "empty"},
        {"a } b", "a } b", "", OK, "a lone closing brace is only a character"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str out = STR("untouched"), bad = STR("");
        char *exact = test_exact(cases[i].template, strlen(cases[i].template));
        struct str t = {exact, strlen(cases[i].template)};
        enum err e = agreement_text(a, t, values, COUNT(values), &out, &bad);
        if (e != cases[i].err)
            printf("# %s\n", cases[i].why);
        CHECK_ERR(e, cases[i].err);
        CHECK_STR(out, e ? "untouched" : cases[i].want);
        CHECK_STR(bad, cases[i].bad);
        bad = STR("");
        CHECK_ERR(agreement_template_check(t, &bad), cases[i].err);
        free(exact);
    }
    char *big = malloc(AGREEMENT_TEXT_MAX + 1);
    memset(big, 'x', AGREEMENT_TEXT_MAX + 1);
    struct str out = {0}, bad = {0};
    CHECK_ERR(agreement_text(a, (struct str){big, AGREEMENT_TEXT_MAX + 1}, NULL, 0, &out, &bad), ERR_LIMIT);
    CHECK_ERR(agreement_text(a, (struct str){big, AGREEMENT_TEXT_MAX}, NULL, 0, &out, &bad), OK);
    struct agreement_value huge = {"trainee", {big, AGREEMENT_TEXT_MAX}};
    CHECK_ERR(agreement_text(a, STR("{trainee}."), &huge, 1, &out, &bad), ERR_LIMIT);
    free(big);
    for (size_t i = 0; i < agreement_default_n; i++) /* every default paragraph is a good template */
        for (size_t k = 0; k < COUNT(agreement_default[i].paragraphs) && agreement_default[i].paragraphs[k]; k++)
            CHECK_ERR(agreement_template_check(str_c(agreement_default[i].paragraphs[k]), &bad), OK);
    CHECK(agreement_default_n >= 6);
    arena_free(a);
}

static void test_meeting(void)
{
    static const struct {
        enum meeting_stage from;
        enum meeting_act act;
        int64_t at, now;
        bool minutes;
        enum err err;
        enum meeting_stage want;
        const char *why;
    } cases[] = {
        {MEETING_PLANNED, MEETING_MOVE, 100, 50, false, OK, MEETING_PLANNED, "a moved meeting is planned"},
        {MEETING_PLANNED, MEETING_HOLD, 100, 99, false, ERR_STATE, 0, "not before it begins"},
        {MEETING_PLANNED, MEETING_HOLD, 100, 100, false, OK, MEETING_HELD, "from its beginning"},
        {MEETING_PLANNED, MEETING_CANCEL, 100, 50, false, OK, MEETING_CANCELLED, "cancelled"},
        {MEETING_PLANNED, MEETING_UNDO, 100, 50, false, ERR_STATE, 0, "nothing to take back"},
        {MEETING_HELD, MEETING_MOVE, 100, 150, false, ERR_STATE, 0, "what was held stays where it was"},
        {MEETING_HELD, MEETING_CANCEL, 100, 150, false, ERR_STATE, 0, "what was held was not cancelled"},
        {MEETING_HELD, MEETING_UNDO, 100, 150, false, OK, MEETING_PLANNED, "marked by mistake"},
        {MEETING_HELD, MEETING_UNDO, 100, 150, true, ERR_STATE, 0, "the minutes say that it was held"},
        {MEETING_HELD, MEETING_HOLD, 100, 150, false, ERR_STATE, 0, "twice"},
        {MEETING_CANCELLED, MEETING_MOVE, 100, 50, false, OK, MEETING_PLANNED, "a new time for it"},
        {MEETING_CANCELLED, MEETING_HOLD, 100, 150, false, ERR_STATE, 0, "a cancelled meeting is not held"},
        {MEETING_CANCELLED, MEETING_UNDO, 100, 50, false, OK, MEETING_PLANNED, "cancelled by mistake"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum meeting_stage next = MEETING_STAGE_N;
        struct say why = {0};
        enum err e = meeting_next(cases[i].from, cases[i].act, cases[i].at, cases[i].minutes, cases[i].now, &next, &why);
        if (e != cases[i].err)
            printf("# %s\n", cases[i].why);
        CHECK_ERR(e, cases[i].err);
        CHECK(e ? next == MEETING_STAGE_N && why.msgid : next == cases[i].want && !why.msgid);
    }
    CHECK_INT(meeting_shown(MEETING_PLANNED, 0), MEETING_PLANNED);
    CHECK_INT(meeting_shown(MEETING_PLANNED, 2), MEETING_MOVED);
    CHECK_INT(meeting_shown(MEETING_HELD, 2), MEETING_HELD);
}

int main(void)
{
    test_may_sign();
    test_first_day();
    test_signatures();
    test_leave();
    test_period();
    test_text();
    test_meeting();
    return test_end();
}
