#include "domain/assign.h"
#include "domain/assign_lemon.h"

enum { SIDE_MAX = 1 << 20 };
static const size_t SCRATCH_MAX = (size_t)4 << 30;

/* The problem without pinned lefts, forbidden arcs and rights without places: what is left to decide. Arcs sorted by left, right. */
struct rest {
    int n_left, n_right;
    int *capacity;
    bool *pinned; /* by left */
    struct assign_lemon_arc *arcs;
    size_t n_arcs;
    size_t *first; /* of each left, and one more */
};

static bool in_range(const struct assign_problem *p, int left, int right)
{
    return left >= 0 && left < p->n_left && right >= 0 && right < p->n_right;
}

static bool has_couple(const struct assign_couple *c, size_t n, int left, int right)
{
    for (size_t i = 0; i < n; i++)
        if (c[i].left == left && c[i].right == right)
            return true;
    return false;
}

static enum err take_pins(const struct assign_problem *p, struct rest *r)
{
    for (int j = 0; j < p->n_right; j++) { /* more places than lefts are never taken */
        int places = p->capacity[j] > 0 ? p->capacity[j] : 0;
        r->capacity[j] = places < p->n_left ? places : p->n_left;
    }
    for (size_t i = 0; i < p->n_pins; i++) {
        struct assign_couple c = p->pins[i];
        if (!in_range(p, c.left, c.right))
            return ERR_INVALID;
        if (has_couple(p->pins, i, c.left, c.right))
            continue; /* said twice */
        if (r->pinned[c.left] || r->capacity[c.right] == 0 || has_couple(p->forbids, p->n_forbids, c.left, c.right))
            return ERR_CONFLICT;
        r->pinned[c.left] = true;
        r->capacity[c.right]--;
    }
    return OK;
}

/* Stable counting sort by one end. */
static void sort_by(const struct assign_lemon_arc *in, struct assign_lemon_arc *out, size_t n, size_t *count, int n_ends, bool left)
{
    memset(count, 0, ((size_t)n_ends + 1) * sizeof *count);
    for (size_t i = 0; i < n; i++)
        count[(left ? in[i].left : in[i].right) + 1]++;
    for (int k = 0; k < n_ends; k++)
        count[k + 1] += count[k];
    for (size_t i = 0; i < n; i++)
        out[count[left ? in[i].left : in[i].right]++] = in[i];
}

static void mark_forbids(struct arena *a, const struct assign_problem *p, size_t **first, int **rights)
{
    size_t *at = ARENA_ARRAY(a, size_t, (size_t)p->n_left + 2);
    int *of = ARENA_ARRAY(a, int, p->n_forbids + 1);
    for (size_t i = 0; i < p->n_forbids; i++)
        at[p->forbids[i].left + 2]++;
    for (int i = 0; i < p->n_left; i++)
        at[i + 2] += at[i + 1];
    for (size_t i = 0; i < p->n_forbids; i++)
        of[at[p->forbids[i].left + 1]++] = p->forbids[i].right;
    *first = at;
    *rights = of;
}

static enum err make_rest(struct arena *a, const struct assign_problem *p, struct rest *r)
{
    if (p->n_left < 0 || p->n_right < 0)
        return ERR_INVALID;
    if (p->n_left > SIDE_MAX || p->n_right > SIDE_MAX)
        return ERR_LIMIT;
    int wide = p->n_left > p->n_right ? p->n_left : p->n_right;
    *r = (struct rest){.n_left = p->n_left, .n_right = p->n_right};
    r->capacity = ARENA_ARRAY(a, int, (size_t)p->n_right + 1);
    r->pinned = ARENA_ARRAY(a, bool, (size_t)p->n_left + 1);
    r->first = ARENA_ARRAY(a, size_t, (size_t)wide + 2);
    for (size_t i = 0; i < p->n_forbids; i++)
        if (!in_range(p, p->forbids[i].left, p->forbids[i].right))
            return ERR_INVALID;
    TRY(take_pins(p, r));
    size_t *forbid_at;
    int *forbid;
    mark_forbids(a, p, &forbid_at, &forbid);
    struct assign_lemon_arc *some = ARENA_ARRAY(a, struct assign_lemon_arc, p->n_arcs + 1);
    r->arcs = ARENA_ARRAY(a, struct assign_lemon_arc, p->n_arcs + 1);
    for (size_t i = 0; i < p->n_arcs; i++) {
        struct assign_arc c = p->arcs[i];
        if (!in_range(p, c.left, c.right) || c.weight <= 0)
            return ERR_INVALID;
        bool out = r->pinned[c.left] || r->capacity[c.right] == 0;
        for (size_t k = forbid_at[c.left]; !out && k < forbid_at[c.left + 1]; k++)
            out = forbid[k] == c.right;
        if (!out)
            some[r->n_arcs++] = (struct assign_lemon_arc){c.left, c.right, c.weight};
    }
    sort_by(some, r->arcs, r->n_arcs, r->first, p->n_right, false);
    memcpy(some, r->arcs, r->n_arcs * sizeof *some);
    sort_by(some, r->arcs, r->n_arcs, r->first, p->n_left, true);
    for (int i = p->n_left; i > 0; i--) /* the sort left the ends behind: back to the starts */
        r->first[i] = r->first[i - 1];
    r->first[0] = 0;
    for (size_t i = 1; i < r->n_arcs; i++)
        if (r->arcs[i].left == r->arcs[i - 1].left && r->arcs[i].right == r->arcs[i - 1].right)
            return ERR_INVALID;
    return OK;
}

/* Sums over all people stay far inside 64 bits, also those that the solver makes on its way. */
static enum err check_size(const struct assign_problem *p)
{
    int64_t limit = INT64_MAX / 8 / ((int64_t)p->n_left + p->n_right + 2);
    for (size_t i = 0; i < p->n_arcs; i++)
        if (p->arcs[i].weight > limit)
            return ERR_LIMIT;
    return OK;
}

/* ---- the answer with the lowest rights among the equally good ones ----
 *
 * Every best answer uses tight arcs only (u + v = weight), fills every right with a price, and matches every left with a price. So
 * the others are reached by changes along tight arcs. "No partner" is one more right, `none`, of endless capacity, and tight for
 * lefts without a price. Left i may go from its right a to j if the room in j can be made up for: somebody there goes on to the next
 * right, and so on, until one comes to a. On the way the chain may end in a free place (`pool`) and start again at any right that
 * has somebody and no price: one more here, one less there. */
struct tight {
    int none; /* number of the right that stands for no partner */
    int pool; /* and of the point that all free places lead to */
    int *fill, *capacity;
    const int64_t *v;
    int *to;       /* for each left its tight rights, ascending */
    size_t *first; /* of each left */
    int *from;     /* for each right its lefts */
    size_t *in;
    int *right_of;
    /* search, for each right: who leaves it (-1: nobody, into a free place), and where to */
    int *by, *on, *queue;
    int *seen;
    int round;
};

static void tight_arcs(struct arena *a, const struct rest *r, const int64_t *u, struct tight *t)
{
    t->first = ARENA_ARRAY(a, size_t, (size_t)r->n_left + 2);
    t->in = ARENA_ARRAY(a, size_t, (size_t)r->n_right + 3);
    t->to = ARENA_ARRAY(a, int, r->n_arcs + (size_t)r->n_left + 1);
    t->from = ARENA_ARRAY(a, int, r->n_arcs + (size_t)r->n_left + 1);
    size_t n = 0;
    for (int i = 0; i < r->n_left; i++) {
        t->first[i] = n;
        for (size_t k = r->first[i]; k < r->first[i + 1]; k++)
            if (u[i] + t->v[r->arcs[k].right] == r->arcs[k].weight)
                t->to[n++] = r->arcs[k].right;
        if (u[i] == 0 && !r->pinned[i])
            t->to[n++] = t->none;
    }
    t->first[r->n_left] = n;
    for (size_t k = 0; k < n; k++)
        t->in[t->to[k] + 2]++;
    for (int j = 0; j <= t->none; j++)
        t->in[j + 2] += t->in[j + 1];
    for (int i = 0; i < r->n_left; i++)
        for (size_t k = t->first[i]; k < t->first[i + 1]; k++)
            t->from[t->in[t->to[k] + 1]++] = i;
}

static void reach(struct tight *t, int right, int by, int on, size_t *n)
{
    if (t->seen[right] == t->round)
        return;
    t->seen[right] = t->round;
    t->by[right] = by;
    t->on[right] = on;
    t->queue[(*n)++] = right;
}

/* Backwards from a, until `wanted` is reached or nothing is left. Lefts up to i stay. */
static void search(struct tight *t, int i, int a, int wanted)
{
    size_t n = 0;
    t->round++;
    reach(t, a, -1, -1, &n);
    for (size_t at = 0; at < n && t->seen[wanted] != t->round; at++) {
        int right = t->queue[at];
        if (right == t->pool) {
            for (int j = 0; j <= t->none; j++)
                if (t->fill[j] < t->capacity[j])
                    reach(t, j, -1, t->pool, &n);
            continue;
        }
        if (t->v[right] == 0 && t->fill[right] > 0)
            reach(t, t->pool, -1, right, &n);
        for (size_t k = t->in[right]; k < t->in[right + 1]; k++)
            if (t->from[k] > i)
                reach(t, t->right_of[t->from[k]], t->from[k], right, &n);
    }
}

static void lower(struct tight *t, int i)
{
    int a = t->right_of[i];
    size_t k = t->first[i];
    if (t->to[k] == a)
        return;
    search(t, i, a, t->to[k]);
    while (t->to[k] != a && t->seen[t->to[k]] != t->round)
        k++;
    int j = t->to[k];
    if (j == a)
        return;
    t->right_of[i] = j;
    t->fill[a]--;
    t->fill[j]++;
    for (; j != a; j = t->on[j]) {
        if (t->by[j] < 0)
            continue;
        t->right_of[t->by[j]] = t->on[j];
        t->fill[j]--;
        t->fill[t->on[j]]++;
    }
}

static void settle_ties(struct arena *a, const struct rest *r, const int64_t *u, const int64_t *v, int *right_of)
{
    size_t rights = (size_t)r->n_right + 1;
    struct tight t = {.none = r->n_right, .pool = r->n_right + 1, .right_of = right_of};
    int64_t *prices = ARENA_ARRAY(a, int64_t, rights);
    memcpy(prices, v, (rights - 1) * sizeof *v);
    t.v = prices;
    t.fill = ARENA_ARRAY(a, int, rights);
    t.capacity = ARENA_ARRAY(a, int, rights);
    memcpy(t.capacity, r->capacity, (rights - 1) * sizeof(int));
    t.capacity[t.none] = INT32_MAX;
    t.by = ARENA_ARRAY(a, int, rights + 1);
    t.on = ARENA_ARRAY(a, int, rights + 1);
    t.queue = ARENA_ARRAY(a, int, rights + 1);
    t.seen = ARENA_ARRAY(a, int, rights + 1);
    for (int i = 0; i < r->n_left; i++) {
        if (right_of[i] < 0)
            right_of[i] = t.none;
        t.fill[right_of[i]] += !r->pinned[i];
    }
    tight_arcs(a, r, u, &t);
    for (int i = 0; i < r->n_left; i++)
        if (!r->pinned[i])
            lower(&t, i);
    for (int i = 0; i < r->n_left; i++)
        if (right_of[i] == t.none)
            right_of[i] = -1;
}

/* ---- solving ----
 *
 * In a large problem most possible pairs are far from the best answer, and the solver's time grows with their number. So it gets few
 * arcs of each left and right. While its prices show any other arc to be worth more than it costs, it gets the few best of each left
 * by these prices and begins again. When there is none the prices prove the answer for all arcs. (Measured at 1,000 x 1,000 with
 * 270,000 arcs: four rounds, 24,000 arcs, 0.8 of the time; at 2,000 x 2,000 0.7; below some 150,000 arcs it does not pay.) */
enum { FEW = 8, SPREAD = 4, SMALL_PROBLEM = 150000 };

struct top { /* the best few seen */
    size_t arc[FEW];
    int64_t worth[FEW];
    int n;
};

static void top_add(struct top *t, size_t arc, int64_t worth)
{
    if (t->n == FEW && worth <= t->worth[FEW - 1])
        return;
    int at = t->n < FEW ? t->n++ : FEW - 1;
    for (; at > 0 && t->worth[at - 1] < worth; at--) {
        t->arc[at] = t->arc[at - 1];
        t->worth[at] = t->worth[at - 1];
    }
    t->arc[at] = arc;
    t->worth[at] = worth;
}

static void choose(bool *in, const struct top *t)
{
    for (int i = 0; i < t->n; i++)
        in[t->arc[i]] = true;
}

static void choose_first(struct arena *a, const struct rest *r, bool *in)
{
    if (r->n_arcs <= SMALL_PROBLEM) {
        memset(in, true, r->n_arcs);
        return;
    }
    struct top *by_right = ARENA_ARRAY(a, struct top, (size_t)r->n_right + 1);
    for (int i = 0; i < r->n_left; i++) {
        struct top t = {.n = 0};
        size_t first = r->first[i], n = r->first[i + 1] - first;
        for (size_t k = 0; k < n; k++) { /* starting elsewhere for each left, so that equals do not all choose the same */
            size_t arc = first + (k + (size_t)i) % n;
            top_add(&t, arc, r->arcs[arc].weight);
            top_add(&by_right[r->arcs[arc].right], arc, r->arcs[arc].weight);
        }
        choose(in, &t);
        for (size_t k = 0; k < SPREAD && n > 0; k++)
            in[first + (k * n / SPREAD + (size_t)i) % n] = true;
    }
    for (int j = 0; j < r->n_right; j++)
        choose(in, &by_right[j]);
}

/* False: no arc is worth more than it costs. */
static bool choose_more(const struct rest *r, const int64_t *u, const int64_t *v, bool *in)
{
    bool any = false;
    for (int i = 0; i < r->n_left; i++) {
        struct top t = {.n = 0};
        for (size_t k = r->first[i]; k < r->first[i + 1]; k++) {
            int64_t gain = r->arcs[k].weight - u[i] - v[r->arcs[k].right];
            any |= gain > 0;
            top_add(&t, k, gain);
        }
        choose(in, &t);
    }
    return any;
}

static enum err run(struct arena *a, const struct rest *r, int *right_of, int64_t *u, int64_t *v)
{
    struct assign_lemon_arc *arcs = ARENA_ARRAY(a, struct assign_lemon_arc, r->n_arcs + 1);
    bool *in = ARENA_ARRAY(a, bool, r->n_arcs + 1);
    choose_first(a, r, in);
    do {
        size_t n = 0;
        for (size_t k = 0; k < r->n_arcs; k++)
            if (in[k])
                arcs[n++] = r->arcs[k];
        struct assign_lemon_problem p = {r->n_left, r->n_right, r->capacity, arcs, n};
        if (r->n_left > 0 && !assign_lemon(&p, &(struct assign_lemon_answer){right_of, u, v}))
            return ERR_INTERNAL;
    } while (choose_more(r, u, v, in));
    return OK;
}

static void add_up(const struct assign_problem *p, const int *right_of, int *pairs, int64_t *total)
{
    *pairs = 0;
    *total = 0;
    for (int i = 0; i < p->n_left; i++)
        *pairs += right_of[i] >= 0;
    for (size_t k = 0; k < p->n_arcs; k++)
        if (right_of[p->arcs[k].left] == p->arcs[k].right)
            *total += p->arcs[k].weight;
}

static enum err solve(struct arena *a, struct arena *scratch, const struct assign_problem *p, struct assign_answer *out)
{
    struct rest r;
    struct assign_answer x = {0};
    TRY(make_rest(scratch, p, &r));
    TRY(check_size(p));
    x.right_of = ARENA_ARRAY(a, int, (size_t)p->n_left + 1);
    x.u = ARENA_ARRAY(a, int64_t, (size_t)p->n_left + 1);
    x.v = ARENA_ARRAY(a, int64_t, (size_t)p->n_right + 1);
    TRY(run(scratch, &r, x.right_of, x.u, x.v));
    settle_ties(scratch, &r, x.u, x.v, x.right_of);
    for (size_t i = 0; i < p->n_pins; i++)
        x.right_of[p->pins[i].left] = p->pins[i].right;
    add_up(p, x.right_of, &x.pairs, &x.total);
    *out = x;
    return OK;
}

enum err assign_solve(struct arena *a, const struct assign_problem *p, struct assign_answer *out)
{
    CLEANUP(arena_freep) struct arena *scratch = arena_new(SCRATCH_MAX);
    return solve(a, scratch, p, out);
}

/* ---- the proof ---- */

static const char *check_places(const struct assign_problem *p, const struct rest *r, const struct assign_answer *x, int *used)
{
    for (int i = 0; i < p->n_left; i++) {
        int j = x->right_of[i];
        if (j < -1 || j >= p->n_right)
            return "a partner that does not exist";
        if (j < 0 || r->pinned[i])
            continue;
        if (++used[j] > r->capacity[j])
            return "more partners than places";
        size_t k = r->first[i];
        while (k < r->first[i + 1] && r->arcs[k].right != j)
            k++;
        if (k == r->first[i + 1])
            return "a pair that is not possible";
    }
    for (size_t i = 0; i < p->n_pins; i++)
        if (x->right_of[p->pins[i].left] != p->pins[i].right)
            return "a pin that is not held";
    return NULL;
}

static const char *check_prices(const struct rest *r, const struct assign_answer *x)
{
    int64_t prices = 0, weight = 0;
    bool over = false;
    for (int i = 0; i < r->n_left; i++) {
        if (x->u[i] < 0)
            return "a price below 0";
        over |= __builtin_add_overflow(prices, r->pinned[i] ? 0 : x->u[i], &prices);
    }
    for (int j = 0; j < r->n_right; j++) {
        int64_t all;
        if (x->v[j] < 0)
            return "a price below 0";
        over |= __builtin_mul_overflow(x->v[j], r->capacity[j], &all) || __builtin_add_overflow(prices, all, &prices);
    }
    if (over)
        return "prices beyond all weights";
    for (size_t k = 0; k < r->n_arcs; k++) { /* u + v is at most `prices` here: every right with an arc has a place */
        struct assign_lemon_arc c = r->arcs[k];
        if (x->u[c.left] + x->v[c.right] < c.weight)
            return "a pair worth more than the prices of its ends";
        if (x->right_of[c.left] == c.right)
            weight += c.weight;
    }
    return prices == weight ? NULL : "the pairs weigh less than the prices";
}

static const char *check(struct arena *scratch, const struct assign_problem *p, const struct assign_answer *x)
{
    struct rest r;
    int64_t total;
    int pairs;
    if (make_rest(scratch, p, &r) != OK || check_size(p) != OK)
        return "a problem that has no answer";
    const char *why = check_places(p, &r, x, ARENA_ARRAY(scratch, int, (size_t)p->n_right + 1));
    if (!why)
        why = check_prices(&r, x);
    if (why)
        return why;
    add_up(p, x->right_of, &pairs, &total);
    return pairs == x->pairs && total == x->total ? NULL : "wrong sums";
}

bool assign_certificate(const struct assign_problem *p, const struct assign_answer *x, const char **why)
{
    CLEANUP(arena_freep) struct arena *scratch = arena_new(SCRATCH_MAX);
    const char *wrong = check(scratch, p, x);
    if (why)
        *why = wrong;
    return wrong == NULL;
}
