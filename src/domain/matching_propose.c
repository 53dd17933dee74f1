/* matching_propose.c: the proposal for a whole group.
 *
 * People with the same field and the same field of occupation are one kind; the distance is looked up once for each two kinds, and
 * only mentors of near kinds are scored. Reasons are made for what is shown alone. */
#include "base/say.h"
#include "domain/assign.h"
#include "domain/field.h"
#include "domain/matching.h"
#include "domain/matching_pair.h"
#include <stdlib.h>

enum { KEEP = MATCHING_ALTERNATIVES + 1 }; /* one of the best may become the partner */
enum { COUNTIES = 100 };                   /* 0: the place is not known */
static const size_t SCRATCH_MAX = (size_t)2 << 30;

struct choice {
    int mentor, points; /* place among the sorted mentors */
    unsigned char distance;
};
struct job {
    const struct matching_task *task;
    struct arena *scratch, *a;
    const struct matching_trainee **t; /* by id */
    const struct matching_mentor **m;
    struct matching_ready *rt, *rm;
    int n_t, n_m;
    int *kind_t, *kind_m; /* kinds: numbered pairs of fields */
    int n_kinds_t, n_kinds_m;
    unsigned char *distance;      /* kinds of trainees x kinds of mentors */
    int *of_kind, *first;         /* mentors by kind, in a kind by county: where each kind's county begins */
    struct assign_couple *pins, *forbids;
    size_t n_forbids;
    size_t *forbid_first;         /* of each trainee in forbids */
    struct assign_arc *arcs;
    size_t n_arcs, arcs_cap;
    bool too_many;
    int64_t step, pair, inside;   /* weight of a step of the field, of being a pair, of being one within the field */
    struct choice (*best)[KEEP];
    int *n_best;
    int *in_field, *open;         /* mentors within the limit, and those of them that are not forbidden */
};

/* ---- by id ---- */

static int cmp_trainee(const void *x, const void *y)
{
    int64_t a = (*(const struct matching_trainee *const *)x)->id, b = (*(const struct matching_trainee *const *)y)->id;
    return (a > b) - (a < b);
}

static int cmp_mentor(const void *x, const void *y)
{
    int64_t a = (*(const struct matching_mentor *const *)x)->id, b = (*(const struct matching_mentor *const *)y)->id;
    return (a > b) - (a < b);
}

static enum err sort_people(struct job *j)
{
    j->t = ARENA_ARRAY(j->scratch, const struct matching_trainee *, (size_t)j->n_t + 1);
    j->m = ARENA_ARRAY(j->scratch, const struct matching_mentor *, (size_t)j->n_m + 1);
    for (int i = 0; i < j->n_t; i++)
        j->t[i] = &j->task->trainees[i];
    for (int i = 0; i < j->n_m; i++)
        j->m[i] = &j->task->mentors[i];
    qsort(j->t, (size_t)j->n_t, sizeof *j->t, cmp_trainee);
    qsort(j->m, (size_t)j->n_m, sizeof *j->m, cmp_mentor);
    for (int i = 1; i < j->n_t; i++)
        if (j->t[i]->id == j->t[i - 1]->id)
            return ERR_INVALID;
    for (int i = 1; i < j->n_m; i++)
        if (j->m[i]->id == j->m[i - 1]->id)
            return ERR_INVALID;
    return OK;
}

static int find_trainee(const struct job *j, int64_t id)
{
    int lo = 0, hi = j->n_t;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        if (j->t[mid]->id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < j->n_t && j->t[lo]->id == id ? lo : -1;
}

static int find_mentor(const struct job *j, int64_t id)
{
    int lo = 0, hi = j->n_m;
    while (lo < hi) {
        int mid = (lo + hi) / 2;
        if (j->m[mid]->id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < j->n_m && j->m[lo]->id == id ? lo : -1;
}

/* ---- pins and forbids ---- */

static int cmp_couple(const void *x, const void *y)
{
    const struct assign_couple *a = x, *b = y;
    return a->left != b->left ? (a->left > b->left) - (a->left < b->left) : (a->right > b->right) - (a->right < b->right);
}

static bool is_forbidden(const struct job *j, int t, int m)
{
    for (size_t k = j->forbid_first[t]; k < j->forbid_first[t + 1]; k++)
        if (j->forbids[k].right == m)
            return true;
    return false;
}

static enum err read_couples(struct job *j, struct matching_couple *bad)
{
    const struct matching_task *k = j->task;
    j->forbids = ARENA_ARRAY(j->scratch, struct assign_couple, k->n_forbids + 1);
    j->forbid_first = ARENA_ARRAY(j->scratch, size_t, (size_t)j->n_t + 2);
    for (size_t i = 0; i < k->n_forbids; i++) {
        struct assign_couple c = {find_trainee(j, k->forbids[i].trainee_id), find_mentor(j, k->forbids[i].mentor_id)};
        if (c.left >= 0 && c.right >= 0)
            j->forbids[j->n_forbids++] = c;
    }
    qsort(j->forbids, j->n_forbids, sizeof *j->forbids, cmp_couple);
    size_t at = 0;
    for (int i = 0; i <= j->n_t; i++) {
        while (at < j->n_forbids && j->forbids[at].left < i)
            at++;
        j->forbid_first[i] = at;
    }
    j->forbid_first[j->n_t + 1] = j->n_forbids;
    j->pins = ARENA_ARRAY(j->scratch, struct assign_couple, k->n_pins + 1);
    int *pin = ARENA_ARRAY(j->scratch, int, (size_t)j->n_t + 1), *used = ARENA_ARRAY(j->scratch, int, (size_t)j->n_m + 1);
    for (size_t i = 0; i < k->n_pins; i++) {
        struct assign_couple c = {find_trainee(j, k->pins[i].trainee_id), find_mentor(j, k->pins[i].mentor_id)};
        if (bad)
            *bad = k->pins[i];
        if (c.left < 0 || c.right < 0)
            return ERR_INVALID;
        j->pins[i] = c;
        if (pin[c.left] == c.right + 1)
            continue; /* said twice */
        if (pin[c.left] || is_forbidden(j, c.left, c.right) || used[c.right] >= j->m[c.right]->capacity)
            return ERR_CONFLICT;
        pin[c.left] = c.right + 1;
        used[c.right]++;
    }
    return OK;
}

/* ---- kinds ---- */

struct fields {
    int field, work;
};

static int number_kind(struct fields *kinds, int *n, struct fields f)
{
    for (int i = *n - 1; i >= 0; i--)
        if (kinds[i].field == f.field && kinds[i].work == f.work)
            return i;
    kinds[*n] = f;
    return (*n)++;
}

static int block(int kind, int municipality)
{
    int county = municipality / 100;
    return kind * COUNTIES + (county > 0 && county < COUNTIES ? county : 0);
}

static void sort_kinds(struct job *j)
{
    struct fields *kt = ARENA_ARRAY(j->scratch, struct fields, (size_t)j->n_t + 1), *km = ARENA_ARRAY(j->scratch, struct fields, (size_t)j->n_m + 1);
    j->rt = ARENA_ARRAY(j->scratch, struct matching_ready, (size_t)j->n_t + 1);
    j->rm = ARENA_ARRAY(j->scratch, struct matching_ready, (size_t)j->n_m + 1);
    j->kind_t = ARENA_ARRAY(j->scratch, int, (size_t)j->n_t + 1);
    j->kind_m = ARENA_ARRAY(j->scratch, int, (size_t)j->n_m + 1);
    for (int i = 0; i < j->n_t; i++) {
        const struct matching_trainee *t = j->t[i];
        j->rt[i] = matching_ready(j->scratch, t->field, t->occupation, t->specialisation, t->languages);
        j->kind_t[i] = number_kind(kt, &j->n_kinds_t, (struct fields){j->rt[i].field, j->rt[i].work});
    }
    for (int i = 0; i < j->n_m; i++) {
        const struct matching_mentor *m = j->m[i];
        j->rm[i] = matching_ready(j->scratch, m->field, m->occupation, m->specialisation, m->languages);
        j->kind_m[i] = number_kind(km, &j->n_kinds_m, (struct fields){j->rm[i].field, j->rm[i].work});
    }
    j->distance = ARENA_ARRAY(j->scratch, unsigned char, (size_t)j->n_kinds_t * (size_t)j->n_kinds_m + 1);
    for (int x = 0; x < j->n_kinds_t; x++)
        for (int y = 0; y < j->n_kinds_m; y++)
            j->distance[x * j->n_kinds_m + y] = (unsigned char)matching_fields_distance(kt[x].field, kt[x].work, km[y].field, km[y].work);
    j->of_kind = ARENA_ARRAY(j->scratch, int, (size_t)j->n_m + 1);
    int blocks = j->n_kinds_m * COUNTIES;
    j->first = ARENA_ARRAY(j->scratch, int, (size_t)blocks + 2);
    for (int i = 0; i < j->n_m; i++)
        j->first[block(j->kind_m[i], j->m[i]->municipality) + 2]++;
    for (int b = 0; b < blocks; b++)
        j->first[b + 2] += j->first[b + 1];
    for (int i = 0; i < j->n_m; i++) /* in the order of ids inside a block */
        j->of_kind[j->first[block(j->kind_m[i], j->m[i]->municipality) + 1]++] = i;
}

static int distance_of(const struct job *j, int t, int m)
{
    return j->distance[j->kind_t[t] * j->n_kinds_m + j->kind_m[m]];
}

/* ---- scoring ---- */

static struct matching_side side(const struct job *j, int t, int m)
{
    return (struct matching_side){j->t[t], j->m[m], &j->rt[t], &j->rm[m], distance_of(j, t, m)};
}

/* Keeps the best few: most points first, then the lower id. */
static void keep_best(struct job *j, int t, struct choice c)
{
    struct choice *best = j->best[t];
    int n = j->n_best[t], at = n;
    while (at > 0 && (best[at - 1].points < c.points || (best[at - 1].points == c.points && best[at - 1].mentor > c.mentor)))
        at--;
    if (at == KEEP)
        return;
    j->n_best[t] = n < KEEP ? n + 1 : KEEP;
    for (int i = j->n_best[t] - 1; i > at; i--)
        best[i] = best[i - 1];
    best[at] = c;
}

static void add_arc(struct job *j, struct assign_arc arc)
{
    if (j->n_arcs == MATCHING_PAIRS_MAX) {
        j->too_many = true;
        return;
    }
    if (j->n_arcs == j->arcs_cap) { /* the old ones stay in the scratch: together no more than the new */
        size_t cap = j->arcs_cap ? j->arcs_cap * 2 : 4096;
        struct assign_arc *more = ARENA_ARRAY(j->scratch, struct assign_arc, cap);
        if (j->n_arcs)
            memcpy(more, j->arcs, j->n_arcs * sizeof *more);
        j->arcs = more;
        j->arcs_cap = cap;
    }
    j->arcs[j->n_arcs++] = arc;
}

static void score_one(struct job *j, int t, int m, int distance)
{
    const struct matching_weights *w = &j->task->weights;
    struct matching_side s = side(j, t, m);
    int points = matching_points(&s, w, NULL, NULL);
    bool inside = distance < FIELD_DISTANCE_MAX;
    j->open[t] += inside;
    keep_best(j, t, (struct choice){m, points, (unsigned char)distance});
    if (j->m[m]->capacity > 0)
        add_arc(j, (struct assign_arc){t, m, points - w->field[distance] + j->step * (FIELD_DISTANCE_MAX - distance) + j->pair + (inside ? j->inside : 0)});
}

/* The mentors of some blocks of one kind. */
static void score_blocks(struct job *j, int t, int distance, int from, int until)
{
    j->in_field[t] += distance < FIELD_DISTANCE_MAX ? j->first[until] - j->first[from] : 0;
    for (int k = j->first[from]; k < j->first[until] && !j->too_many; k++)
        if (!is_forbidden(j, t, j->of_kind[k]))
            score_one(j, t, j->of_kind[k], distance);
}

static void score_all(struct job *j)
{
    const struct matching_weights *w = &j->task->weights;
    /* Each worth more than all that comes after it in the whole group: a pair inside the field, a pair, a step nearer, the rest. */
    int64_t people = j->n_t + 1;
    j->step = people * 1001;
    j->pair = people * (j->step * FIELD_DISTANCE_MAX + 1001);
    if (w->max_distance == FIELD_DISTANCE_MAX) /* else all are inside */
        j->inside = people * (j->pair + j->step * FIELD_DISTANCE_MAX + 1001);
    j->best = arena_array(j->scratch, (size_t)j->n_t + 1, sizeof *j->best);
    j->n_best = ARENA_ARRAY(j->scratch, int, (size_t)j->n_t + 1);
    j->in_field = ARENA_ARRAY(j->scratch, int, (size_t)j->n_t + 1);
    j->open = ARENA_ARRAY(j->scratch, int, (size_t)j->n_t + 1);
    for (int t = 0; t < j->n_t; t++)
        for (int y = 0; y < j->n_kinds_m; y++) {
            int d = j->distance[j->kind_t[t] * j->n_kinds_m + y];
            if (d > w->max_distance)
                continue;
            int home = block(y, j->t[t]->municipality);
            if (w->reach == MATCHING_ANYWHERE || home == y * COUNTIES) {
                score_blocks(j, t, d, y * COUNTIES, (y + 1) * COUNTIES);
            } else {
                score_blocks(j, t, d, y * COUNTIES, y * COUNTIES + 1);
                score_blocks(j, t, d, home, home + 1);
            }
        }
}

/* ---- the answer ---- */

static struct matching_pair make_pair(struct job *j, int t, int m)
{
    struct matching_reason r[MATCHING_REASONS_MAX];
    struct matching_side s = side(j, t, m);
    struct matching_pair p = {.trainee = (size_t)(j->t[t] - j->task->trainees), .mentor = (size_t)(j->m[m] - j->task->mentors),
                              .distance = s.distance, .outside = s.distance == FIELD_DISTANCE_MAX};
    p.points = matching_points(&s, &j->task->weights, r, &p.n_reasons);
    struct matching_reason *kept = ARENA_ARRAY(j->a, struct matching_reason, p.n_reasons);
    memcpy(kept, r, p.n_reasons * sizeof *kept);
    p.reasons = kept;
    return p;
}

static struct matching_missing make_missing(const struct job *j, int t)
{
    const struct matching_trainee *p = j->t[t];
    bool unknown = field_level(j->rt[t].field) == FIELD_UNKNOWN;
    return (struct matching_missing){
        .lack = unknown ? MATCHING_LACK_UNKNOWN : !j->in_field[t] ? MATCHING_LACK_FIELD : j->open[t] ? MATCHING_LACK_CAPACITY : MATCHING_LACK_ALLOWED,
        .field = j->rt[t].field, .occupation = p->occupation,
        .seniority = p->experience_years >= 10 ? MATCHING_SENIOR : MATCHING_EXPERIENCED,
        .sector = p->wishes.sector, .municipality = p->municipality, .in_field = j->in_field[t],
    };
}

static void make_answer(struct job *j, const struct assign_answer *x, struct matching_proposal *out)
{
    struct matching_proposal p = {0};
    size_t n_t = (size_t)j->n_t;
    p.pairs = ARENA_ARRAY(j->a, struct matching_pair, n_t + 1);
    p.unmatched = ARENA_ARRAY(j->a, size_t, n_t + 1);
    p.missing = ARENA_ARRAY(j->a, struct matching_missing, n_t + 1);
    p.alternatives = arena_array(j->a, n_t + 1, sizeof *p.alternatives);
    p.n_alternatives = ARENA_ARRAY(j->a, unsigned char, n_t + 1);
    bool *pinned = ARENA_ARRAY(j->scratch, bool, n_t + 1);
    int *used = ARENA_ARRAY(j->scratch, int, (size_t)j->n_m + 1);
    for (size_t i = 0; i < j->task->n_pins; i++)
        pinned[j->pins[i].left] = true;
    for (int t = 0; t < j->n_t; t++)
        if (x->right_of[t] >= 0)
            used[x->right_of[t]]++;
    for (int t = 0; t < j->n_t; t++) {
        size_t place = (size_t)(j->t[t] - j->task->trainees);
        int m = x->right_of[t];
        if (m >= 0) {
            struct matching_pair *pair = &p.pairs[p.n_pairs++];
            *pair = make_pair(j, t, m);
            pair->pinned = pinned[t];
            p.field_steps += pair->distance;
            p.points += pair->points;
        } else {
            p.missing[p.n_unmatched] = make_missing(j, t);
            p.unmatched[p.n_unmatched++] = place;
        }
        for (int k = 0; k < j->n_best[t] && p.n_alternatives[place] < MATCHING_ALTERNATIVES; k++) {
            int other = j->best[t][k].mentor;
            if (other == m)
                continue;
            struct matching_pair *pair = &p.alternatives[place][p.n_alternatives[place]++];
            *pair = make_pair(j, t, other);
            pair->taken = used[other] >= j->m[other]->capacity;
        }
    }
    *out = p;
}

static enum err propose(struct job *j, struct matching_proposal *out, struct matching_couple *bad)
{
    struct say why;
    TRY(matching_weights_check(&j->task->weights, &why));
    TRY(sort_people(j));
    TRY(read_couples(j, bad));
    sort_kinds(j);
    score_all(j);
    if (j->too_many)
        return ERR_LIMIT;
    int *capacity = ARENA_ARRAY(j->scratch, int, (size_t)j->n_m + 1);
    for (int m = 0; m < j->n_m; m++)
        capacity[m] = j->m[m]->capacity;
    struct assign_problem p = {.n_left = j->n_t, .n_right = j->n_m, .capacity = capacity, .arcs = j->arcs, .n_arcs = j->n_arcs,
                               .pins = j->pins, .n_pins = j->task->n_pins};
    struct assign_answer x;
    TRY(assign_solve(j->scratch, &p, &x));
    make_answer(j, &x, out);
    return OK;
}

enum err matching_propose(struct arena *a, const struct matching_task *task, struct matching_proposal *out, struct matching_couple *bad)
{
    if (task->n_trainees > MATCHING_PEOPLE_MAX || task->n_mentors > MATCHING_PEOPLE_MAX)
        return ERR_LIMIT;
    struct job j = {.task = task, .a = a, .n_t = (int)task->n_trainees, .n_m = (int)task->n_mentors};
    CLEANUP(arena_freep) struct arena *scratch = arena_new(SCRATCH_MAX);
    j.scratch = scratch;
    return propose(&j, out, bad);
}
