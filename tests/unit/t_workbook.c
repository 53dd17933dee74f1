/* The programme's words: nothing is missing, numbers are what the database may keep, and the language stays plain. */
#include "domain/workbook.h"
#include "tests/test.h"

static int words_most, words_all, sentences_all;

/* Counts sentences and the longest one's words; plain language keeps them short. */
static void read_text(const char *s)
{
    int words = 0;
    for (bool in = false; *s; s++) {
        bool end = (*s == '.' || *s == '?' || *s == '!' || *s == ':') && (s[1] == ' ' || !s[1]);
        bool letter = *s != ' ' && *s != '-' && *s != '\n';
        words += letter && !in;
        in = letter;
        if (end || !s[1]) {
            if (words > words_most)
                words_most = words;
            words_all += words;
            sentences_all += words > 0;
            words = 0;
        }
    }
}

static int lines(const char *const *l, size_t max)
{
    int n = 0;
    while ((size_t)n < max && l[n]) {
        read_text(l[n]);
        n++;
    }
    CHECK((size_t)n < max); /* the NULL is there */
    return n;
}

static int sentences(const char *s)
{
    int n = 0;
    for (; *s; s++)
        n += (*s == '.' || *s == '?' || *s == '!') && (s[1] == ' ' || !s[1]);
    return n;
}

static void test_themes(void)
{
    static const char *const titles[] = {"Nettverkskartlegging", "CV-gjennomgang", "Kvalifikasjoner og behov", "Bransjer og interesser",
        "Nettverksutvidelse", "Jobbsøknad", "Intervjutrening", "Arbeidskultur", "Arbeidsspråk", "Kvalifisering til aktuelle stillinger",
        "Jobbklar", "Jobbklar"};
    for (int i = 0; i < WORKBOOK_THEMES; i++) {
        const struct workbook_theme *t = &workbook_themes[i];
        CHECK_INT(t->number, i + 1);
        CHECK_STR(str_c(t->title), titles[i]);
        CHECK_INT(sentences(t->purpose), 2);
        read_text(t->purpose);
        int q = lines(t->questions, WORKBOOK_LINES);
        CHECK(q >= 4 && q <= 6);
        CHECK(lines(t->tools, WORKBOOK_LINES) >= 1);
        CHECK(lines(t->trainee, WORKBOOK_LINES) >= 1);
        CHECK(lines(t->mentor, WORKBOOK_LINES) >= 1);
        CHECK(t->next && t->minutes >= 30 && t->minutes <= 120);
        read_text(t->next);
        CHECK(workbook_theme(i + 1) == t);
    }
    CHECK(workbook_themes[10].use && workbook_themes[11].use && strcmp(workbook_themes[10].use, workbook_themes[11].use) != 0);
    CHECK(!workbook_theme(0) && !workbook_theme(13) && !workbook_theme(-1));
}

static void test_application(void)
{
    int per_part[APPLICATION_PARTS + 1] = {0};
    for (int i = 0; i < APPLICATION_PARTS; i++) {
        CHECK(application_parts[i].number == i + 1 && application_parts[i].title && application_parts[i].about);
        read_text(application_parts[i].about);
    }
    for (size_t i = 0; i < application_questions_n; i++) {
        const struct application_question *q = &application_questions[i];
        CHECK(q->part >= 1 && q->part <= APPLICATION_PARTS && q->question && q->help && q->example);
        per_part[q->part]++;
        read_text(q->question);
        read_text(q->help);
        read_text(q->example);
        CHECK(application_question(q->number) == q); /* so numbers are unique */
        CHECK(i == 0 || q->part >= application_questions[i - 1].part);
    }
    for (int i = 1; i <= APPLICATION_PARTS; i++)
        CHECK(per_part[i] >= 1);
    CHECK(!application_question(0));
}

static void test_interview(void)
{
    for (int i = 0; i < INTERVIEW_AREAS; i++) {
        const struct interview_area *r = &interview_areas[i];
        CHECK(r->code && r->title && r->about && lines(r->questions, WORKBOOK_LINES) >= 4);
        for (int k = 0; k < INTERVIEW_SCORES; k++)
            read_text(r->scores[k]);
    }
    CHECK(lines(interview_explain, 20) >= 4);
    CHECK_INT(smart_letters_n, 5);
    for (size_t i = 0; i < smart_letters_n; i++)
        read_text(smart_letters[i].ask);
    read_text(smart_example_weak);
    read_text(smart_example_good);
}

static void points(const struct workbook_point *p, size_t n)
{
    CHECK(n >= 3);
    for (size_t i = 0; i < n; i++) {
        read_text(p[i].title);
        read_text(p[i].about);
    }
}

static void test_skills(void)
{
    int per_area[SKILL_AREAS] = {0}, value[64] = {0};
    CHECK(skill_statements_n < COUNT(value));
    for (size_t i = 0; i < skill_statements_n; i++) {
        per_area[skill_statements[i].area]++;
        read_text(skill_statements[i].text);
        for (size_t k = 0; k < i; k++)
            CHECK(skill_statements[k].number != skill_statements[i].number);
    }
    for (int k = 0; k < SKILL_AREAS; k++)
        CHECK_INT(per_area[k], 4);
    CHECK_INT(skill_mean(SKILL_NETWORK, value), -1);
    int given = 0;
    for (size_t i = 0; i < skill_statements_n; i++)
        if (skill_statements[i].area == SKILL_NETWORK) {
            value[i] = given == 0 ? 2 : given == 1 ? 5 : 0;
            given++;
            CHECK_INT(skill_mean(SKILL_NETWORK, value), given < 2 ? -1 : 350); /* half of four must be answered */
        }
    CHECK_INT(skill_mean(SKILL_CAREER, value), -1);
}

int main(void)
{
    test_themes();
    test_application();
    test_interview();
    points(matching_agenda, matching_agenda_n);
    points(matching_preparation, matching_preparation_n);
    points(midway_questions, midway_questions_n);
    points(final_questions, final_questions_n);
    test_skills();
    printf("# longest sentence %d words, mean %d.%d\n", words_most, words_all / sentences_all, words_all * 10 / sentences_all % 10);
    CHECK(words_most <= 22);
    CHECK(words_all <= sentences_all * 12); /* a mean of twelve words a sentence: plain */
    return test_end();
}
