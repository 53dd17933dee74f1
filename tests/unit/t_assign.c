/* The assignment: against all possible answers on small problems, with its proof on every run, the same whatever the order. */
#include "domain/assign.h"
#include "tests/test.h"

static uint64_t seed = 88172645463325252u;
static int pick(int n) /* 0 .. n-1 */
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int)((seed >> 33) % (uint64_t)n);
}

enum { SIDE = 6 };
struct small {
    struct assign_problem p;
    int capacity[SIDE];
    struct assign_arc arcs[SIDE * SIDE];
    struct assign_couple pins[2], forbids[4];
};

static void small_make(struct small *s)
{
    *s = (struct small){.p = {.n_left = pick(SIDE) + 1, .n_right = pick(SIDE - 1) + 1}};
    int range = pick(3) ? 3 : 40, sparse = pick(3) + 1; /* mostly many ties */
    int most = pick(2) ? 1000 : 0;                               /* half of them: first the number of pairs */
    for (int j = 0; j < s->p.n_right; j++)
        s->capacity[j] = pick(4) - (pick(8) == 0);
    for (int i = 0; i < s->p.n_left; i++)
        for (int j = 0; j < s->p.n_right; j++)
            if (pick(sparse + 1) > 0 || sparse == 1)
                s->arcs[s->p.n_arcs++] = (struct assign_arc){i, j, most + 1 + pick(range)};
    for (int k = pick(4) ? 0 : 1 + pick(2); k > 0; k--)
        s->pins[s->p.n_pins++] = (struct assign_couple){pick(s->p.n_left), pick(s->p.n_right)};
    for (int k = pick(2) ? 0 : pick(5); k > 0; k--)
        s->forbids[s->p.n_forbids++] = (struct assign_couple){pick(s->p.n_left), pick(s->p.n_right)};
    s->p.capacity = s->capacity;
    s->p.arcs = s->arcs;
    s->p.pins = s->pins;
    s->p.forbids = s->forbids;
}

static void shuffle(struct small *s)
{
    for (size_t k = s->p.n_arcs; k > 1; k--) {
        size_t other = (size_t)pick((int)k);
        struct assign_arc t = s->arcs[k - 1];
        s->arcs[k - 1] = s->arcs[other];
        s->arcs[other] = t;
    }
}

/* Every answer, in the order of preference among equals; the first best one is kept. */
struct brute {
    const struct assign_problem *p;
    int weight[SIDE][SIDE]; /* -1 not possible, 0 only by a pin */
    int pin[SIDE], used[SIDE], now[SIDE], best[SIDE];
    int best_pairs, best_total;
    bool any;
};

static void brute_go(struct brute *b, int i, int pairs, int total)
{
    if (i == b->p->n_left) {
        if (!b->any || total > b->best_total) {
            b->any = true;
            b->best_pairs = pairs;
            b->best_total = total;
            memcpy(b->best, b->now, sizeof b->now);
        }
        return;
    }
    for (int j = 0; j < b->p->n_right; j++) {
        if (b->used[j] >= b->p->capacity[j] || b->weight[i][j] < 0 || (b->pin[i] >= 0 ? b->pin[i] != j : b->weight[i][j] == 0))
            continue;
        b->used[j]++;
        b->now[i] = j;
        brute_go(b, i + 1, pairs + 1, total + b->weight[i][j]);
        b->used[j]--;
    }
    if (b->pin[i] < 0) {
        b->now[i] = -1;
        brute_go(b, i + 1, pairs, total);
    }
}

/* False: the pins and forbids contradict each other. */
static bool brute_solve(struct brute *b, const struct assign_problem *p)
{
    *b = (struct brute){.p = p};
    for (int i = 0; i < SIDE; i++)
        b->pin[i] = -1;
    for (size_t k = 0; k < p->n_arcs; k++)
        b->weight[p->arcs[k].left][p->arcs[k].right] = (int)p->arcs[k].weight;
    for (size_t k = 0; k < p->n_forbids; k++)
        b->weight[p->forbids[k].left][p->forbids[k].right] = -1;
    for (size_t k = 0; k < p->n_pins; k++) {
        struct assign_couple c = p->pins[k];
        if (b->weight[c.left][c.right] < 0 || (b->pin[c.left] >= 0 && b->pin[c.left] != c.right))
            return false;
        b->pin[c.left] = c.right;
    }
    brute_go(b, 0, 0, 0);
    return b->any;
}

static void against_all_answers(void)
{
    int wrong = 0, unproved = 0, moved = 0, conflicts = 0, solved = 0;
    struct arena *a = arena_new(1 << 20);
    for (int round = 0; round < 6000; round++) {
        struct small s;
        struct brute b;
        struct assign_answer x, y;
        small_make(&s);
        arena_clear(a);
        bool possible = brute_solve(&b, &s.p);
        enum err e = assign_solve(a, &s.p, &x);
        if (!possible) {
            conflicts++;
            wrong += e != ERR_CONFLICT;
            continue;
        }
        if (e) {
            wrong++;
            continue;
        }
        solved++;
        wrong += x.pairs != b.best_pairs || x.total != b.best_total || memcmp(x.right_of, b.best, (size_t)s.p.n_left * sizeof(int)) != 0;
        const char *why = NULL;
        if (!assign_certificate(&s.p, &x, &why)) {
            unproved++;
            printf("# %s\n", why);
        }
        shuffle(&s);
        moved += assign_solve(a, &s.p, &y) != OK || memcmp(x.right_of, y.right_of, (size_t)s.p.n_left * sizeof(int)) != 0;
    }
    CHECK_INT(wrong, 0);
    CHECK_INT(unproved, 0);
    CHECK_INT(moved, 0);
    printf("# %d solved, %d contradictions\n", solved, conflicts);
    CHECK(solved > 4000 && conflicts > 100);
    arena_free(a);
}

/* Negative control: the proof must not accept anything else. */
static void wrong_answers_are_refused(void)
{
    int accepted = 0, tried = 0;
    struct arena *a = arena_new(1 << 20);
    for (int round = 0; round < 3000; round++) {
        struct small s;
        struct assign_answer x;
        struct brute b;
        small_make(&s);
        arena_clear(a);
        if (assign_solve(a, &s.p, &x))
            continue;
        int i = pick(s.p.n_left), was = x.right_of[i], wish = pick(s.p.n_right + 1) - 1;
        if (wish == was)
            continue;
        brute_solve(&b, &s.p);
        x.right_of[i] = wish; /* one partner changed, sums made to fit: better than the best is impossible, so less or not allowed */
        x.pairs += (wish >= 0) - (was >= 0);
        x.total = 0;
        for (size_t k = 0; k < s.p.n_arcs; k++)
            x.total += x.right_of[s.arcs[k].left] == s.arcs[k].right ? s.arcs[k].weight : 0;
        bool allowed = true; /* some changes are another answer of the same worth: those may pass */
        int used[SIDE] = {0};
        for (int l = 0; l < s.p.n_left; l++) {
            int j = x.right_of[l];
            allowed &= b.pin[l] < 0 || b.pin[l] == j;
            if (j >= 0)
                allowed &= ++used[j] <= s.capacity[j] && (b.weight[l][j] > 0 || b.pin[l] == j);
        }
        bool equal = allowed && x.total == b.best_total && x.pairs == b.best_pairs;
        bool got = assign_certificate(&s.p, &x, NULL);
        tried++;
        accepted += got && !equal;
        x.right_of[i] = was;
    }
    CHECK_INT(accepted, 0);
    CHECK(tried > 1500);

    struct assign_arc arcs[] = {{0, 0, 5}, {0, 1, 4}, {1, 0, 4}, {1, 1, 1}};
    struct assign_problem p = {.n_left = 2, .n_right = 2, .capacity = (int[]){1, 1}, .arcs = arcs, .n_arcs = 4};
    struct assign_answer x;
    const char *why;
    CHECK_ERR(assign_solve(a, &p, &x), OK);
    CHECK(x.right_of[0] == 1 && x.right_of[1] == 0 && x.total == 8); /* not the greedy 5 + 1 */
    CHECK(assign_certificate(&p, &x, &why) && !why);
    struct assign_answer greedy = x;
    greedy.right_of = (int[]){0, 1};
    greedy.total = 6;
    CHECK(!assign_certificate(&p, &greedy, &why) && strcmp(why, "the pairs weigh less than the prices") == 0);
    struct assign_answer cheap = greedy;
    cheap.u = (int64_t[]){5, 1}; /* prices that fit the greedy answer are too low for another pair */
    cheap.v = (int64_t[]){0, 0};
    CHECK(!assign_certificate(&p, &cheap, &why) && strcmp(why, "a pair worth more than the prices of its ends") == 0);
    cheap.u = (int64_t[]){INT64_MAX, INT64_MAX};
    CHECK(!assign_certificate(&p, &cheap, &why));
    cheap.u = (int64_t[]){-1, 0};
    CHECK(!assign_certificate(&p, &cheap, &why));
    struct assign_answer both = x;
    both.right_of = (int[]){0, 0};
    CHECK(!assign_certificate(&p, &both, &why) && strcmp(why, "more partners than places") == 0);
    both.right_of = (int[]){7, 0};
    CHECK(!assign_certificate(&p, &both, &why));
    arena_free(a);
}

static void bad_problems_are_refused(void)
{
    struct arena *a = arena_new(1 << 20);
    struct assign_answer x;
    struct assign_arc arcs[] = {{0, 0, 5}, {1, 1, 5}, {0, 0, 5}};
    struct assign_couple c[] = {{0, 0}, {0, 1}};
    struct assign_problem p = {.n_left = 2, .n_right = 2, .capacity = (int[]){1, 1}, .arcs = arcs, .n_arcs = 3};
    CHECK_ERR(assign_solve(a, &p, &x), ERR_INVALID); /* an arc twice */
    p.n_arcs = 2;
    CHECK_ERR(assign_solve(a, &p, &x), OK);
    arcs[1].weight = 0;
    CHECK_ERR(assign_solve(a, &p, &x), ERR_INVALID);
    arcs[1].weight = INT64_MAX / 4;
    CHECK_ERR(assign_solve(a, &p, &x), ERR_LIMIT);
    arcs[1].weight = 5;
    arcs[1].right = 2;
    CHECK_ERR(assign_solve(a, &p, &x), ERR_INVALID);
    arcs[1].right = 1;
    p.pins = c;
    p.n_pins = 2;
    CHECK_ERR(assign_solve(a, &p, &x), ERR_CONFLICT); /* one left, two pins */
    p.n_pins = 1;
    p.capacity = (int[]){0, 1};
    CHECK_ERR(assign_solve(a, &p, &x), ERR_CONFLICT); /* no place */
    p.capacity = (int[]){1, 1};
    p.forbids = c;
    p.n_forbids = 1;
    CHECK_ERR(assign_solve(a, &p, &x), ERR_CONFLICT); /* pinned and forbidden */
    struct assign_problem none = {0};
    CHECK_ERR(assign_solve(a, &none, &x), OK);
    CHECK(x.pairs == 0 && x.total == 0 && assign_certificate(&none, &x, NULL));
    arena_free(a);
}

/* Larger groups, the second so large that the solver sees only some of the arcs: proved, and the same in any order. */
static void a_large_group(int n, int dense, int range)
{
    struct arena *a = arena_new(256 << 20);
    struct assign_arc *arcs = ARENA_ARRAY(a, struct assign_arc, (size_t)n * (size_t)n);
    int *capacity = ARENA_ARRAY(a, int, (size_t)n);
    struct assign_problem p = {.n_left = n, .n_right = n * 4 / 5, .capacity = capacity, .arcs = arcs};
    for (int i = 0; i < n; i++) {
        capacity[i] = pick(4);
        for (int j = 0; j < p.n_right; j++)
            if (i % 7 == j % 7 || pick(dense) == 0)
                arcs[p.n_arcs++] = (struct assign_arc){i, j, 1000000 + j % 11 * range / 3 + pick(range)};
    }
    struct assign_answer x, y;
    const char *why = NULL;
    CHECK_ERR(assign_solve(a, &p, &x), OK);
    CHECK(assign_certificate(&p, &x, &why));
    if (why)
        printf("# %s\n", why);
    for (size_t k = p.n_arcs; k > 1; k--) {
        size_t other = (size_t)pick((int)k);
        struct assign_arc t = arcs[k - 1];
        arcs[k - 1] = arcs[other];
        arcs[other] = t;
    }
    CHECK_ERR(assign_solve(a, &p, &y), OK);
    CHECK(memcmp(x.right_of, y.right_of, (size_t)n * sizeof(int)) == 0 && x.total == y.total);
    printf("# %zu arcs, %d pairs\n", p.n_arcs, x.pairs);
    arena_free(a);
}

int main(void)
{
    against_all_answers();
    wrong_answers_are_refused();
    bad_problems_are_refused();
    a_large_group(200, 20, 5);
    a_large_group(520, 1, 3);
    a_large_group(520, 1, 300);
    return test_end();
}
