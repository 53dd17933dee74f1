/* unusual.h and looked.h: which days stand out, and that every kind of data the program notes has words. */
#include "domain/looked.h"
#include "domain/unusual.h"
#include "tests/test.h"

#include <dirent.h>
#include <sys/stat.h>

static void t_signs(void)
{
    static const struct {
        struct unusual_day d;
        unsigned want;
    } cases[] = {
        {{.role = ROLE_ADVISER}, 0},
        {{.role = ROLE_ADVISER, .opened = 30, .persons = 250, .refused = 4, .night = 4, .usual = 20, .days = 20}, 0},
        {{.role = ROLE_ADVISER, .opened = 31}, UNUSUAL_MANY},
        {{.role = ROLE_PROJECT_LEADER, .opened = 31}, 0},
        {{.role = ROLE_PROJECT_LEADER, .opened = 101}, UNUSUAL_MANY},
        {{.role = ROLE_MENTOR, .opened = 6}, UNUSUAL_MANY},
        {{.role = ROLE_ADVISER, .opened = 4, .outside = 2}, 0},
        {{.role = ROLE_ADVISER, .opened = 6, .outside = 3}, 0},
        {{.role = ROLE_ADVISER, .opened = 5, .outside = 3}, UNUSUAL_OUTSIDE},
        {{.role = ROLE_ADVISER, .night = 5}, UNUSUAL_NIGHT},
        {{.role = ROLE_ADVISER, .refused = 5}, UNUSUAL_REFUSED},
        {{.role = ROLE_ADVISER, .hidden = 1}, UNUSUAL_HIDDEN},
        {{.role = ROLE_ADVISER, .opened = 10, .usual = 3, .days = 5}, UNUSUAL_RISE},
        {{.role = ROLE_ADVISER, .opened = 10, .usual = 3, .days = 4}, 0}, /* too new to have a habit */
        {{.role = ROLE_ADVISER, .opened = 9, .usual = 1, .days = 20}, 0}, /* too few to matter */
        {{.role = ROLE_ADVISER, .opened = 12, .usual = 4, .days = 20}, 0},
        {{.role = ROLE_ADVISER, .stops = 1, .opened = 400, .night = 9}, UNUSUAL_STOPPED | UNUSUAL_MANY | UNUSUAL_NIGHT},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct unusual_limits l = unusual_limits(cases[i].d.role, 0, 0);
        unsigned got = unusual_signs(&cases[i].d, &l);
        if (got != cases[i].want)
            printf("# case %zu\n", i);
        CHECK_INT(got, cases[i].want);
    }
    CHECK(unusual_weight(UNUSUAL_STOPPED) > unusual_weight(UNUSUAL_NIGHT | UNUSUAL_RISE | UNUSUAL_MANY));
    for (unsigned bit = 1; bit < 1u << UNUSUAL_SIGNS; bit <<= 1)
        CHECK(*unusual_words(bit) && unusual_weight(bit) > 0);
}

static void t_limits(void)
{
    CHECK_INT(unusual_limits(ROLE_ADVISER, 0, 0).stop, 300);
    CHECK_INT(unusual_limits(ROLE_ADVISER, 0, 500).stop, 500);
    CHECK_INT(unusual_limits(ROLE_ADVISER, 12, 0).warn, 12);
    CHECK_INT(unusual_limits(ROLE_MENTOR, 12, 500).warn, 5); /* a setting for the staff does not open the mentors' */
    CHECK_INT(unusual_limits(ROLE_MENTOR, 12, 500).stop, 30);
    CHECK_INT(unusual_limits(ROLE_MENTOR, 3, 10).stop, 10);
    CHECK_INT(unusual_limits(ROLE_NONE, 0, 0).stop, 30);
    for (enum role r = ROLE_NONE; r < ROLE_N; r++)
        CHECK(unusual_limits(r, 0, 0).warn > 0 && unusual_limits(r, 0, 0).stop > unusual_limits(r, 0, 0).warn);
}

/* Every "word" that a call of saw() ends with, in every file below `dir`. */
static int saws, strangers;
static void look_through(const char *path)
{
    static char text[1 << 20];
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    if (f)
        fclose(f);
    text[n] = '\0';
    for (const char *at = text; (at = strstr(at, "saw(")); at++) {
        const char *end = strstr(at, ");"), *q = end && end[-1] == '"' ? end - 2 : NULL;
        while (q && q > at && *q != '"')
            q--;
        if (!q || q <= at)
            continue;
        saws++;
        struct str what = {q + 1, (size_t)(end - 2 - q)};
        if (!looked_known(what)) {
            strangers++;
            printf("# %s: %.*s\n", path, STR_FMT(what));
        }
    }
}
/* The kinds of events: every "area.verb" that stands alone in a string of the services. */
static int kinds;
static void kinds_in(const char *path)
{
    static char text[1 << 20];
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    if (f)
        fclose(f);
    text[n] = '\0';
    for (const char *at = text; (at = strstr(at, ".kind = \"")); at++) {
        const char *word = at + 9, *end = strchr(word, '"');
        struct str kind = {word, end ? (size_t)(end - word) : 0};
        if (str_find(kind, '.') < 0) /* of a mail */
            continue;
        kinds++;
        if (!looked_known(kind)) {
            strangers++;
            printf("# %s: event %.*s\n", path, STR_FMT(kind));
        }
    }
}
static void walk(const char *dir)
{
    DIR *d = opendir(dir);
    for (struct dirent *e; d && (e = readdir(d));) {
        char path[512];
        struct stat st;
        if (e->d_name[0] == '.' || snprintf(path, sizeof path, "%s/%s", dir, e->d_name) >= (int)sizeof path || stat(path, &st))
            continue;
        if (S_ISDIR(st.st_mode))
            walk(path);
        else if (strstr(path, ".c"))
            look_through(path), kinds_in(path);
    }
    if (d)
        closedir(d);
}

static void t_words(void)
{
    CHECK_STR(str_c(looked_words(STR("application.sent"))), "Søknaden");
    CHECK_STR(str_c(looked_words(STR("/participants/:id/gaps"))), "Navn, utdanning og erfaring");
    CHECK_STR(str_c(looked_words(STR("oidc:idporten"))), "Med ID-porten eller en annen innlogging");
    CHECK_STR(str_c(looked_words(STR("/"))), "Andre opplysninger");
    CHECK_STR(str_c(looked_words(STR(""))), "Andre opplysninger");
    CHECK(looked_list(STR("list")) && looked_list(STR("overview")) && !looked_list(STR("profile")));
    CHECK(!looked_known(STR("no-such-kind"))); /* else the check below would find nothing */
    walk("src");
    CHECK(saws > 30 && kinds > 5);
    CHECK(looked_known(STR("intake.step"))); /* made from a table */
    CHECK_INT(strangers, 0);
}

int main(void)
{
    t_signs();
    t_limits();
    t_words();
    return test_end();
}
