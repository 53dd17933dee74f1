/* b_matching N SEED [ARCS]: proposes mentors for N trainees among N mentors that look like real ones (24 fields of uneven size, 10
 * municipalities, 4 languages beside Norwegian), three times, and prints one JSON line with the shortest times in milliseconds.
 * More than 2,000 are matched by county, as a country is. ARCS gets the possible pairs (32-bit trainee and mentor, 64-bit weight): for matching.py to
 * solve by other means. peak_mb: the most memory that was resident while proposing. */
#include "base/num.h"
#include "domain/assign.h"
#include "domain/language.h"
#include "domain/matching.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { FIELDS = 24, PLACES = 10, ROUNDS = 3, DENSE_MAX = 2000 };
static const int fields[FIELDS] = {613, 410, 732, 912, 916, 913, 411, 421, 710, 414, 714, 713, 114, 715, 731, 923, 531, 321, 911, 612, 313, 841, 512, 231};
static const int occupations[FIELDS] = {2512, 2421, 2142, 2211, 2262, 2223, 2411, 2611, 2149, 2432, 2152, 2151,
                                        2330, 2144, 2161, 2635, 2113, 2642, 2261, 2522, 2634, 2250, 2131, 2643};
static const char *const words[] = {"klinisk", "prosjektledelse", "analyse", "kvalitet", "rehabilitering", "java", "betong", "sykehus", "skatt", "energi"};
static const int places[PLACES] = {5001, 5037, 301, 3201, 4601, 1103, 5501, 4204, 3301, 1804};

static uint64_t state;
static int pick(int n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (int)((state >> 33) % (uint64_t)n);
}

static int pick_field(void) /* the first are much more common than the last */
{
    int a = pick(FIELDS), b = pick(FIELDS);
    return a < b ? a : b;
}

static double now_ms(void) /* of this process alone: what else the machine does is not measured */
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static long peak(void)
{
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return r.ru_maxrss;
}

static void fill(struct arena *a, struct matching_trainee *t, struct matching_mentor *m, int n)
{
    const uint64_t languages[] = {language_bit("ar"), language_bit("ti"), language_bit("uk"), language_bit("en")};
    for (int i = 0; i < n; i++) {
        int f = pick_field(), g = pick_field();
        t[i] = (struct matching_trainee){.id = i + 1, .field = fields[f], .occupation = pick(3) ? occupations[f] : 0, .experience_years = pick(20) - 1,
                                         .municipality = places[pick(PLACES)], .languages = languages[pick(4)] | language_bit("nb"),
                                         .sex = 1 + pick(2), .birth_year = 1965 + pick(35)};
        t[i].specialisation = arena_fmt(a, "%s og %s", words[pick(COUNT(words))], words[pick(COUNT(words))]);
        t[i].wishes.sex = pick(4) ? 0 : 1 + pick(2);
        t[i].wishes.sector = pick(4) ? MATCHING_SECTOR_UNKNOWN : MATCHING_PRIVATE;
        m[i] = (struct matching_mentor){.id = i + 1, .field = fields[g], .occupation = pick(5) ? occupations[g] : occupations[pick_field()],
                                        .experience_years = pick(30), .seniority = (enum matching_seniority)pick(MATCHING_SENIORITY_N), .network = pick(4),
                                        .sector = (enum matching_sector)pick(3), .municipality = places[pick(PLACES)],
                                        .languages = language_bit("nb") | (pick(3) ? language_bit("en") : languages[pick(4)]), .sex = 1 + pick(2),
                                        .birth_year = 1955 + pick(40), .capacity = 1};
        m[i].specialisation = arena_fmt(a, "%s, %s", words[pick(COUNT(words))], words[pick(COUNT(words))]);
        m[i].wishes.sex = pick(8) ? 0 : 1 + pick(2);
    }
}

static bool apart(const struct matching_task *k, int i, int j)
{
    int a = k->trainees[i].municipality / 100, b = k->mentors[j].municipality / 100;
    return k->weights.reach == MATCHING_COUNTY && a && b && a != b;
}

/* The aims of a proposal as one number, as matching_propose.c weighs them. */
static struct assign_arc *weigh(struct arena *a, const struct matching_task *k, size_t *n_arcs)
{
    int n = (int)k->n_trainees;
    int64_t step = (int64_t)(n + 1) * 1001, pair = (n + 1) * (step * 3 + 1001);
    struct assign_arc *arcs = ARENA_ARRAY(a, struct assign_arc, MATCHING_PAIRS_MAX);
    struct arena *scratch = arena_new(64 << 20);
    *n_arcs = 0;
    for (int i = 0; i < n; i++) {
        arena_clear(scratch);
        for (int j = 0; j < n; j++) {
            int d = apart(k, i, j) ? 4 : matching_distance(&k->trainees[i], &k->mentors[j]);
            if (d > k->weights.max_distance)
                continue;
            int rest = matching_score(scratch, &k->trainees[i], &k->mentors[j], &k->weights) - k->weights.field[d];
            int64_t w = rest + step * (3 - d) + pair;
            arcs[(*n_arcs)++] = (struct assign_arc){i, j, w};
        }
    }
    arena_free(scratch);
    return arcs;
}

static int run(struct arena *a, int n, const char *file)
{
    struct matching_trainee *t = ARENA_ARRAY(a, struct matching_trainee, (size_t)n);
    struct matching_mentor *m = ARENA_ARRAY(a, struct matching_mentor, (size_t)n);
    fill(a, t, m, n);
    struct matching_task task = {t, m, (size_t)n, (size_t)n, NULL, NULL, 0, 0, matching_defaults()};
    task.weights.reach = n > DENSE_MAX ? MATCHING_COUNTY : MATCHING_ANYWHERE;
    struct matching_proposal out = {0};
    double whole = 1e9, solver = 1e9;
    for (int r = 0; r < ROUNDS; r++) {
        struct arena *mine = arena_new((size_t)1 << 30);
        double start = now_ms();
        if (matching_propose(mine, &task, &out, NULL))
            return 1;
        double ms = now_ms() - start;
        whole = ms < whole ? ms : whole;
        if (r + 1 < ROUNDS)
            arena_free(mine);
    }
    long peak_kb = peak(); /* of the proposal; what follows is for comparing */
    int64_t total = 0;
    int *capacity = ARENA_ARRAY(a, int, (size_t)n);
    for (int j = 0; j < n; j++)
        capacity[j] = m[j].capacity;
    struct assign_problem p = {.n_left = n, .n_right = n, .capacity = capacity};
    struct assign_arc *arcs = weigh(a, &task, &p.n_arcs);
    p.arcs = arcs;
    struct assign_answer x = {0};
    for (int r = 0; r < ROUNDS; r++) {
        double start = now_ms();
        if (assign_solve(a, &p, &x))
            return 1;
        double ms = now_ms() - start;
        solver = ms < solver ? ms : solver;
    }
    size_t reasons = 0;
    int *mentor_of = ARENA_ARRAY(a, int, (size_t)n);
    for (size_t i = 0; i < out.n_pairs; i++) {
        mentor_of[out.pairs[i].trainee] = (int)out.pairs[i].mentor + 1;
        reasons += out.pairs[i].n_reasons;
    }
    for (size_t k = 0; k < p.n_arcs; k++)
        total += mentor_of[arcs[k].left] == arcs[k].right + 1 ? arcs[k].weight : 0;
    printf("{\"n\": %d, \"possible\": %zu, \"pairs\": %zu, \"reasons\": %zu, \"total\": %lld, \"same_as_solver\": %s, \"proved\": %s, "
           "\"propose_ms\": %.2f, \"solver_ms\": %.2f, \"peak_mb\": %.0f}\n",
           n, p.n_arcs, out.n_pairs, reasons, (long long)total, total == x.total ? "true" : "false", assign_certificate(&p, &x, NULL) ? "true" : "false",
           whole, solver, (double)peak_kb / 1000);
    FILE *f = file ? fopen(file, "wb") : NULL;
    if (file && (!f || fwrite(arcs, sizeof *arcs, p.n_arcs, f) != p.n_arcs || fclose(f)))
        return 1;
    return 0;
}

int main(int argc, char **argv)
{
    int64_t n, seed;
    if (argc < 3 || !num_i64(str_c(argv[1]), 1, MATCHING_PEOPLE_MAX, &n) || !num_i64(str_c(argv[2]), 1, INT32_MAX, &seed)) {
        fprintf(stderr, "b_matching N SEED [ARCS]\n");
        return 2;
    }
    state = (uint64_t)seed;
    struct arena *a = arena_new((size_t)4 << 30);
    int bad = run(a, (int)n, argc > 3 ? argv[3] : NULL);
    arena_free(a);
    return bad;
}
