/* Mentor matching: the field comes first, wishes count only when stated, every point has its reason, and the whole group's best. */
#include "base/say.h"
#include "domain/field.h"
#include "domain/language.h"
#include "domain/levels.h"
#include "domain/matching.h"
#include "tests/test.h"

static struct arena *a;

static struct matching_trainee trainee(int64_t id, int field)
{
    return (struct matching_trainee){.id = id, .field = field, .experience_years = -1};
}

static struct matching_mentor mentor(int64_t id, int field)
{
    return (struct matching_mentor){.id = id, .field = field, .experience_years = -1, .capacity = 1};
}

static struct str words_of(const struct matching_reason *r)
{
    return say_plain(a, matching_say(r));
}

/* ---- weights ---- */

static void weights_keep_the_field_first(void)
{
    struct say why;
    struct matching_weights w = matching_defaults();
    CHECK_ERR(matching_weights_check(&w, &why), OK);
    int rest = w.occupation + w.specialisation + w.experience + w.seniority + w.network + w.place + w.language + w.trainee_wishes + w.mentor_wishes;
    CHECK_INT(w.field[0] + rest, 1000);
    w.trainee_wishes += 15;
    CHECK_ERR(matching_weights_check(&w, &why), ERR_INVALID); /* the sum */
    CHECK_STR(say_plain(a, why), "Til sammen gir dette 1015 poeng. Det kan være høyst 1000.");
    w = matching_defaults();
    w.field[1] = 521; /* only 239 below the same field: a wish could outweigh a step */
    CHECK_ERR(matching_weights_check(&w, &why), ERR_INVALID);
    w = matching_defaults();
    w.network = -1;
    CHECK_ERR(matching_weights_check(&w, &why), ERR_INVALID);
    w = matching_defaults();
    w.max_distance = 4;
    CHECK_ERR(matching_weights_check(&w, &why), ERR_INVALID);
    w = (struct matching_weights){.field = {750, 500, 250, 0}, .network = 249, .max_distance = 1};
    CHECK_ERR(matching_weights_check(&w, &why), OK);
}

/* Everything for the farther one, nothing for the nearer one: the nearer one still has more points. */
static void one_step_outweighs_all(void)
{
    struct matching_weights w = matching_defaults();
    static const int fields[] = {916, 913, 923, 732}; /* from pharmacy: the same, 1, 2 and 3 steps away */
    for (int d = 0; d < 3; d++) {
        struct matching_trainee t = trainee(1, 916);
        struct matching_mentor near = mentor(1, fields[d]), far = mentor(2, fields[d + 1]);
        t.occupation = 2310; /* of no field, so that it can be the same */
        t.specialisation = STR("onkologi legemiddelutvikling");
        t.municipality = 5001;
        t.languages = language_bit("ar");
        t.wishes = (struct matching_wishes){.sex = SEX_WOMAN, .sector = MATCHING_PUBLIC};
        far = (struct matching_mentor){.id = 2, .field = fields[d + 1], .occupation = 2310, .specialisation = t.specialisation,
                                       .experience_years = 30, .seniority = MATCHING_LEADER, .network = 3, .sector = MATCHING_PUBLIC,
                                       .municipality = 5001, .languages = t.languages, .sex = SEX_WOMAN, .capacity = 1};
        t.sex = SEX_MAN;
        far.wishes.sex = SEX_MAN;
        near.municipality = 301;
        CHECK_INT(matching_distance(&t, &near), d);
        CHECK_INT(matching_distance(&t, &far), d + 1);
        CHECK_INT(matching_score(a, &t, &far, &w), w.field[d + 1] + 240); /* all there is */
        CHECK(matching_score(a, &t, &near, &w) > matching_score(a, &t, &far, &w));
    }
}

/* ---- reasons ---- */

static const struct {
    struct matching_trainee t;
    struct matching_mentor m;
    const char *says; /* one of the reasons */
    int points;
    const char *why;
} cases[] = {
    {{.field = 916}, {.field = 916}, "Samme fag: Farmasi", 760, "the same field"},
    {{.field = 913}, {.field = 912}, "Nært fag: Sykepleie og jordmorfag og Medisin", 505, "the same narrow group"},
    {{.field = 531}, {.field = 916}, "Beslektet fag: Kjemi og Farmasi", 250, "declared neighbours"},
    {{.field = 732}, {.field = 916}, "Ulikt fag: Bygg og anlegg og Farmasi", 0, "nothing in common"},
    {{.field = 0}, {.field = 916}, "Faget til en av dem er ikke kjent", 0, "unknown"},
    {{.occupation = 2262}, {.field = 916}, "Samme fag: Farmasi", 760, "a profession stands for the field that leads to it"},
    {{.field = 613}, {.field = 533, .occupation = 2512}, "Arbeider i samme fag: Programvareutvikler", 505, "a physicist who makes software"},
    {{.field = 916, .occupation = 2262}, {.field = 916, .occupation = 2262}, "Samme yrke: Farmasøyt", 55, "the same occupation"},
    {{.field = 610, .occupation = 2512}, {.field = 610, .occupation = 2511}, "Nært yrke: Systemanalytiker eller systemarkitekt", 36, "next to it"},
    {{.field = 916, .specialisation = {"klinisk farmasi", 15}}, {.field = 916, .specialisation = {"Sykehus, klinisk", 16}}, "Felles spesialisering: klinisk", 15,
     "one word in common is half"},
    {{.field = 732, .specialisation = {"betongkonstruksjon og BIM", 25}}, {.field = 732, .specialisation = {"BIM/betongkonstruksjoner", 24}},
     "Felles spesialisering: betongkonstruksjoner", 30, "two words, one with another ending"},
    {{.field = 732, .experience_years = -1}, {.field = 732, .experience_years = 14}, "14 års erfaring i faget", 25, "ten years and more are full"},
    {{.field = 732, .experience_years = 0}, {.field = 732, .experience_years = 4}, "4 års erfaring i faget", 10, "four tenths"},
    {{.field = 732, .experience_years = 8}, {.field = 732, .experience_years = 4}, "4 års erfaring i faget, traineen har 8", 5, "less than the trainee: half, and said"},
    {{.field = 732, .experience_years = 20}, {.field = 732, .experience_years = 12}, "12 års erfaring i faget", 25, "ten years here are worth much in any case"},
    {{.field = 732}, {.field = 732, .seniority = MATCHING_SENIOR}, "Nivå i faget: Svært erfaren", 15, "seniority"},
    {{.field = 732}, {.field = 732, .network = 3}, "Stort nettverk i faget", 40, "network"},
    {{.field = 732}, {.field = 732, .network = 0}, "Lite nettverk i faget, eller ikke kjent", 0, "no network speaks against"},
    {{.field = 732, .municipality = 5001}, {.field = 732, .municipality = 5001}, "Samme kommune", 25, "the same place"},
    {{.field = 732, .municipality = 5001}, {.field = 732, .municipality = 5037}, "Samme fylke", 10, "the same county"},
    {{.field = 732, .municipality = 5001}, {.field = 732, .municipality = 301}, "Ikke samme sted", 0, "far away"},
    {{.field = 732, .birth_year = 1990, .wishes = {.age = MATCHING_OLDER}}, {.field = 732, .birth_year = 1970}, "Ønske om eldre mentor er oppfylt", 20, "age as a wish"},
    {{.field = 732, .birth_year = 1990, .wishes = {.age = MATCHING_SAME_AGE}}, {.field = 732, .birth_year = 1970}, "Ønske om mentor på samme alder er ikke oppfylt", 0,
     "twenty years are not the same age"},
    {{.field = 732, .birth_year = 1990, .wishes = {.age = MATCHING_YOUNGER}}, {.field = 732}, "Ønske om yngre mentor: Vi vet ikke om det er oppfylt", 0, "unknown is said, not guessed"},
    {{.field = 732, .wishes = {.sex = SEX_WOMAN}}, {.field = 732, .sex = SEX_WOMAN}, "Ønske om kvinnelig mentor er oppfylt", 20, "sex as a wish"},
    {{.field = 732, .wishes = {.sex = SEX_WOMAN}}, {.field = 732, .sex = SEX_MAN}, "Ønske om kvinnelig mentor er ikke oppfylt", 0, "no points, but no gate"},
    {{.field = 732, .wishes = {.sex = SEX_WOMAN, .sector = MATCHING_PRIVATE}}, {.field = 732, .sex = SEX_WOMAN}, "Ønske om kvinnelig mentor er oppfylt", 10, "two wishes share the weight"},
    {{.field = 732, .wishes = {.sector = MATCHING_PRIVATE}}, {.field = 732, .sector = MATCHING_PRIVATE}, "Ønske om mentor i privat sektor er oppfylt", 20, "sector"},
    {{.field = 732, .wishes = {.background = MATCHING_MOVED_HERE}}, {.field = 732, .background = MATCHING_MOVED_HERE},
     "Ønske om mentor som selv har flyttet til Norge er oppfylt", 20, "background as a wish"},
    {{.field = 732, .wishes = {.age_from = 30, .age_to = 50}}, {.field = 732, .birth_year = 1986}, "Ønske om mentor fra 30 til 50 år er oppfylt", 20, "a span, the year being 2026"},
    {{.field = 732, .wishes = {.same_place = true}}, {.field = 732, .municipality = 5001}, "Ønske om mentor i samme kommune: Vi vet ikke om det er oppfylt", 0,
     "a protected address is not given here, so nothing is told of it"},
    {{.field = 732, .sex = SEX_MAN}, {.field = 732, .wishes = {.sex = SEX_MAN}}, "Mentors ønske om mannlig trainee er oppfylt", 15, "the mentor may wish too"},
    {{.field = 732}, {.field = 732, .wishes = {.same_place = true, .sector = MATCHING_PUBLIC}}, "Mentors ønske om trainee i samme kommune: Vi vet ikke om det er oppfylt", 0,
     "a sector is nothing a trainee has"},
};

static void reasons_say_what_counts(void)
{
    struct matching_weights w = matching_defaults();
    w.today_year = 2026;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct matching_reason r[MATCHING_REASONS_MAX];
        size_t n;
        int sum = 0, found = -1, points = matching_explain(a, &cases[i].t, &cases[i].m, &w, r, &n);
        for (size_t k = 0; k < n; k++) {
            sum += r[k].points;
            if (str_is(words_of(&r[k]), cases[i].says))
                found = (int)k;
            CHECK(r[k].points >= 0 && r[k].points <= r[k].of && !(matching_against(r[k].code) && r[k].points == r[k].of && r[k].of > 0));
        }
        if (found < 0 || r[found].points != cases[i].points) {
            printf("# %s\n", cases[i].why);
            for (size_t k = 0; k < n; k++)
                printf("#   %d %.*s\n", r[k].points, STR_FMT(words_of(&r[k])));
        }
        CHECK(found >= 0 && r[found].points == cases[i].points);
        CHECK_INT(sum, points); /* nothing counts without a reason */
        CHECK_INT(points, matching_score(a, &cases[i].t, &cases[i].m, &w));
        struct matching_reason *back;
        struct str stored = matching_reasons_write(a, r, n);
        CHECK_INT(matching_reasons_read(a, stored, &back), n);
        for (size_t k = 0; k < n; k++)
            CHECK(str_eq(words_of(&back[k]), words_of(&r[k])) && back[k].points == r[k].points && back[k].of == r[k].of);
    }
}

static void languages_count(void)
{
    struct matching_weights w = matching_defaults();
    struct matching_trainee t = trainee(1, 732);
    struct matching_mentor m = mentor(1, 732);
    int without = matching_score(a, &t, &m, &w);
    t.languages = language_set_parse(a, STR("ar,en,nb"), NULL);
    m.languages = language_bit("nb");
    CHECK_INT(matching_score(a, &t, &m, &w), without); /* Norwegian they all speak */
    m.languages |= language_bit("en");
    CHECK_INT(matching_score(a, &t, &m, &w), without + 5);
    m.languages |= language_bit("ar");
    CHECK_INT(matching_score(a, &t, &m, &w), without + 15);
    t.wishes.languages = language_set_parse(a, STR("ti,ar"), NULL);
    struct matching_reason r[MATCHING_REASONS_MAX];
    size_t n;
    matching_explain(a, &t, &m, &w, r, &n);
    CHECK_STR(words_of(&r[n - 2]), "Begge snakker arabisk");
    CHECK_STR(words_of(&r[n - 1]), "Ønske om mentor som snakker arabisk er oppfylt");
    CHECK_STR(matching_reasons_write(a, &r[n - 2], 2), "language:15/15:ar;wish_met:20/20:3:ar");
}

/* Sex, age, background: without a wish they change nothing, for anybody. */
static void nothing_personal_without_a_wish(void)
{
    struct matching_weights w = matching_defaults();
    w.today_year = 2026;
    struct matching_trainee t = trainee(1, 732);
    struct matching_mentor m = mentor(1, 732);
    int plain = matching_score(a, &t, &m, &w), changed = 0;
    for (int sex = 0; sex < SEX_N; sex++)
        for (int other = 0; other < SEX_N; other++)
            for (int year = 1950; year < 2006; year += 11)
                for (int background = 0; background < MATCHING_BACKGROUND_N; background++) {
                    t.sex = sex;
                    t.birth_year = 2000 - year % 50;
                    m.sex = other;
                    m.birth_year = year;
                    m.background = (enum matching_background)background;
                    changed += matching_score(a, &t, &m, &w) != plain;
                }
    CHECK_INT(changed, 0);
}

static void stored_reasons_survive_anything(void)
{
    static const struct {
        const char *stored;
        size_t n;
        const char *why;
    } kept[] = {
        {"", 0, "nothing"},
        {"field_same:760/760:916;later_code:3/3:1;place_same:25/25", 2, "a code of a later version is skipped"},
        {"field_same", 0, "no points"},
        {"field_same:x/760:916", 0, "no number"},
        {"field_same:760/760:x", 0, "no argument"},
        {"language:15/15:xx", 0, "an unknown language"},
        {";;;", 0, "separators only"},
        {"specialisation:15/30:0:0::bim", 1, "a text"},
    };
    for (size_t i = 0; i < COUNT(kept); i++) {
        struct matching_reason *r;
        char *exact = test_exact(kept[i].stored, strlen(kept[i].stored));
        size_t n = matching_reasons_read(a, (struct str){exact, strlen(kept[i].stored)}, &r);
        if (n != kept[i].n)
            printf("# %s\n", kept[i].why);
        CHECK_INT(n, kept[i].n);
        free(exact);
    }
}

/* ---- the whole group ---- */

struct group {
    struct matching_trainee t[8];
    struct matching_mentor m[8];
    struct matching_couple pins[4], forbids[4];
    struct matching_task task;
    struct matching_proposal out;
};

static enum err propose(struct group *g)
{
    g->task.trainees = g->t;
    g->task.mentors = g->m;
    g->task.pins = g->pins;
    g->task.forbids = g->forbids;
    return matching_propose(a, &g->task, &g->out, NULL);
}

/* The id of the proposed mentor, 0 for none. */
static int64_t mentor_of(const struct group *g, int64_t trainee_id)
{
    for (size_t i = 0; i < g->out.n_pairs; i++)
        if (g->t[g->out.pairs[i].trainee].id == trainee_id)
            return g->m[g->out.pairs[i].mentor].id;
    return 0;
}

static void the_best_for_all(void)
{
    struct group g = {.t = {trainee(1, 412), trainee(2, 411), trainee(3, 732)}, .m = {mentor(11, 411), mentor(12, 412), mentor(13, 916)},
                      .task = {.n_trainees = 3, .n_mentors = 3, .weights = matching_defaults()}};
    CHECK_ERR(propose(&g), OK);
    CHECK_INT(mentor_of(&g, 1), 12);
    CHECK_INT(mentor_of(&g, 2), 11);
    CHECK_INT(mentor_of(&g, 3), 0); /* builders are not matched with pharmacists */
    CHECK(g.out.n_pairs == 2 && g.out.n_unmatched == 1 && g.out.field_steps == 0);
    CHECK(g.out.missing[0].lack == MATCHING_LACK_FIELD && g.out.missing[0].in_field == 0);
    CHECK_STR(say_plain(a, matching_lack_say(&g.out.missing[0])), "Ingen mentor i registeret er nær nok i faget: Bygg og anlegg");
    CHECK_STR(say_plain(a, matching_recruit_say(&g.out.missing[0])), "Let etter en mentor. Yrke eller fag: Bygg og anlegg. Nivå, minst: Erfaren.");
    CHECK(g.out.n_alternatives[0] == 1 && g.m[g.out.alternatives[0][0].mentor].id == 11 && g.out.alternatives[0][0].taken);
    CHECK(g.out.n_alternatives[2] == 0);
    CHECK_STR(words_of(&g.out.pairs[0].reasons[0]), "Samme fag: Finans, bank og forsikring");

    g.task.weights.max_distance = 3; /* another field, only for whom nobody is left, and marked */
    CHECK_ERR(propose(&g), OK);
    CHECK(mentor_of(&g, 1) == 12 && mentor_of(&g, 2) == 11 && mentor_of(&g, 3) == 13);
    CHECK(g.out.pairs[2].outside && !g.out.pairs[1].outside && g.out.n_unmatched == 0);
    g.task.weights = matching_defaults();

    /* More mentors than trainees: more pairs come first, then the field, then the rest. */
    struct group h = {.t = {trainee(1, 411), trainee(2, 413)}, .m = {mentor(11, 411), mentor(12, 731)},
                      .task = {.n_trainees = 2, .n_mentors = 2, .weights = matching_defaults()}};
    CHECK_ERR(propose(&h), OK);
    CHECK(mentor_of(&h, 1) == 11 && mentor_of(&h, 2) == 0);
    CHECK(h.out.missing[0].lack == MATCHING_LACK_CAPACITY && h.out.missing[0].in_field == 1);
    CHECK_STR(say_plain(a, matching_lack_say(&h.out.missing[0])), "1 mentor er nær nok i faget, men har ikke ledig plass");
    h.m[0].capacity = 2;
    CHECK_ERR(propose(&h), OK);
    CHECK(mentor_of(&h, 1) == 11 && mentor_of(&h, 2) == 11);
}

/* One gives up an own-field mentor so that two are matched; a third does not give up a field for all points of others. */
static void the_order_of_aims(void)
{
    struct group g = {.t = {trainee(1, 411), trainee(2, 421)}, .m = {mentor(11, 411), mentor(12, 413)},
                      .task = {.n_trainees = 2, .n_mentors = 2, .weights = matching_defaults()}};
    g.forbids[0] = (struct matching_couple){2, 12};
    g.task.n_forbids = 1;
    CHECK_ERR(propose(&g), OK);
    CHECK(mentor_of(&g, 1) == 12 && mentor_of(&g, 2) == 11); /* two pairs rather than one perfect one */

    /* Steps in sum 1 with poor mentors, or 2 with all other points: the field wins over the whole group too. */
    struct group h = {.t = {trainee(1, 411), trainee(2, 411), trainee(3, 411)},
                      .m = {mentor(11, 411), mentor(12, 412), mentor(13, 412), mentor(14, 412)},
                      .task = {.n_trainees = 3, .n_mentors = 4, .weights = matching_defaults()}};
    for (int i = 1; i < 4; i++) {
        h.m[i].network = 3;
        h.m[i].experience_years = 20;
        h.m[i].seniority = MATCHING_LEADER;
    }
    CHECK_ERR(propose(&h), OK);
    CHECK_INT(h.out.field_steps, 2);
    CHECK_INT(mentor_of(&h, 1), 11); /* all three fit equally: the first registered gets the own field */
}

static void the_leaders_word(void)
{
    struct group g = {.t = {trainee(1, 411), trainee(2, 732)}, .m = {mentor(11, 411), mentor(12, 732)},
                      .task = {.n_trainees = 2, .n_mentors = 2, .weights = matching_defaults()}};
    struct matching_couple bad = {0};
    g.pins[0] = (struct matching_couple){1, 12};
    g.task.n_pins = 1;
    CHECK_ERR(propose(&g), OK);
    CHECK(mentor_of(&g, 1) == 12 && mentor_of(&g, 2) == 0 && g.out.pairs[0].pinned && g.out.pairs[0].outside); /* a pin may do what a proposal may not */
    CHECK(g.out.missing[0].lack == MATCHING_LACK_CAPACITY);
    CHECK_INT(g.out.pairs[0].points, 0);
    g.pins[1] = (struct matching_couple){2, 12};
    g.task.n_pins = 2;
    CHECK_ERR(matching_propose(a, &g.task, &g.out, &bad), ERR_CONFLICT); /* one place, two pins */
    CHECK(bad.trainee_id == 2 && bad.mentor_id == 12);
    g.pins[1] = g.pins[0];
    CHECK_ERR(propose(&g), OK); /* said twice is said once */
    g.pins[1] = (struct matching_couple){1, 11};
    CHECK_ERR(propose(&g), ERR_CONFLICT);
    g.pins[1] = (struct matching_couple){9, 11};
    CHECK_ERR(propose(&g), ERR_INVALID);
    g.task.n_pins = 1;
    g.forbids[0] = g.pins[0];
    g.task.n_forbids = 1;
    CHECK_ERR(propose(&g), ERR_CONFLICT);
    g.task.n_pins = 0;
    g.forbids[0] = (struct matching_couple){2, 12};
    g.forbids[1] = (struct matching_couple){77, 12}; /* somebody who has left */
    g.task.n_forbids = 2;
    CHECK_ERR(propose(&g), OK);
    CHECK(mentor_of(&g, 1) == 11 && mentor_of(&g, 2) == 0 && g.out.missing[0].lack == MATCHING_LACK_ALLOWED);
    CHECK_STR(say_plain(a, matching_lack_say(&g.out.missing[0])), "1 mentor er nær nok i faget, men er utelukket for denne traineen");
    CHECK(g.out.n_alternatives[1] == 0); /* a forbidden mentor is no alternative */
    g.t[1].id = 1;
    CHECK_ERR(propose(&g), ERR_INVALID); /* two with the same id */
    g.t[1].id = 2;
    g.t[1].field = 0;
    g.t[1].wishes.sector = MATCHING_PUBLIC;
    CHECK_ERR(propose(&g), OK);
    CHECK_INT(g.out.missing[0].lack, MATCHING_LACK_UNKNOWN);
    CHECK_STR(say_plain(a, matching_lack_say(&g.out.missing[0])), "Faget til traineen er ikke kjent. Fyll ut fag eller yrke, og lag nye forslag.");
    CHECK(matching_recruit_say(&g.out.missing[0]).msgid == NULL);
    g.t[1].field = 916;
    g.t[1].occupation = 2262;
    g.t[1].experience_years = 12;
    CHECK_ERR(propose(&g), OK);
    CHECK_STR(say_plain(a, matching_recruit_say(&g.out.missing[0])),
              "Let etter en mentor. Yrke eller fag: Farmasøyt. Nivå, minst: Svært erfaren. Sektor: Offentlig sektor.");
    g.task.weights.field[1] = 759;
    CHECK_ERR(propose(&g), ERR_INVALID);
    struct matching_task large = {.n_trainees = MATCHING_PEOPLE_MAX + 1, .weights = matching_defaults()};
    CHECK_ERR(matching_propose(a, &large, &g.out, NULL), ERR_LIMIT);
    struct matching_task none = {.weights = matching_defaults()};
    CHECK_ERR(matching_propose(a, &none, &g.out, NULL), OK);
    CHECK(g.out.n_pairs == 0 && g.out.n_unmatched == 0);
}

static void alternatives_are_the_next_best(void)
{
    struct group g = {.t = {trainee(1, 411)}, .m = {mentor(15, 411), mentor(14, 411), mentor(13, 411), mentor(12, 411), mentor(11, 412)},
                      .task = {.n_trainees = 1, .n_mentors = 5, .weights = matching_defaults()}};
    g.m[0].network = 3; /* 15 */
    g.m[2].network = 1; /* 13 */
    CHECK_ERR(propose(&g), OK);
    CHECK_INT(mentor_of(&g, 1), 15);
    const struct matching_pair *alt = g.out.alternatives[0];
    CHECK(g.out.n_alternatives[0] == 3 && g.m[alt[0].mentor].id == 13 && g.m[alt[1].mentor].id == 12 && g.m[alt[2].mentor].id == 14);
    CHECK(!alt[0].taken && alt[0].points > alt[1].points && alt[1].points == alt[2].points && alt[0].n_reasons > 0);
}

static uint64_t seed = 42;
static int pick(int n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed >> 33) % (uint64_t)n);
}

/* The same people in another order: the same pairs. */
static void the_order_of_people_does_not_matter(void)
{
    enum { N = 60 };
    static struct matching_trainee t[N];
    static struct matching_mentor m[N];
    static const int fields[] = {411, 412, 413, 613, 612, 714, 732, 731, 912, 913, 916, 531};
    int64_t first[N + 1] = {0};
    int differs = 0;
    for (int i = 0; i < N; i++) {
        t[i] = trainee(i + 1, fields[pick(12)]);
        m[i] = mentor(i + 1, fields[pick(12)]);
        t[i].municipality = 5001 + pick(2);
        m[i].municipality = 5001 + pick(2);
        m[i].capacity = pick(3);
    }
    struct matching_task task = {t, m, N, N, NULL, NULL, 0, 0, matching_defaults()};
    for (int round = 0; round < 10; round++) {
        struct matching_proposal out;
        CHECK_ERR(matching_propose(a, &task, &out, NULL), OK);
        int64_t now[N + 1] = {0};
        for (size_t i = 0; i < out.n_pairs; i++)
            now[t[out.pairs[i].trainee].id] = m[out.pairs[i].mentor].id;
        differs += round > 0 && memcmp(first, now, sizeof now) != 0;
        memcpy(first, now, sizeof now);
        for (int i = N; i > 1; i--) {
            int k = pick(i);
            struct matching_trainee tt = t[i - 1];
            t[i - 1] = t[k];
            t[k] = tt;
            k = pick(i);
            struct matching_mentor mm = m[i - 1];
            m[i - 1] = m[k];
            m[k] = mm;
        }
    }
    CHECK_INT(differs, 0);
}

int main(void)
{
    a = arena_new(64 << 20);
    weights_keep_the_field_first();
    one_step_outweighs_all();
    reasons_say_what_counts();
    languages_count();
    nothing_personal_without_a_wish();
    stored_reasons_survive_anything();
    the_best_for_all();
    the_order_of_aims();
    the_leaders_word();
    alternatives_are_the_next_best();
    the_order_of_people_does_not_matter();
    arena_free(a);
    return test_end();
}
