/* country_years.h: ten years of an invented country, day by day (b_country.c says what is in it). */
#pragma once
#include "base/tm.h"
#include "db/migrate.h"
#include "tests/bench/country.h"
#include <stdio.h>
#include <stdlib.h>

enum { DAYS = 3653 };

/* ---- municipalities and those who work there */

static double share(int k, int n)
{
    double all = 0, x = k + 6;
    for (int i = 0; i < n; i++)
        all += 1 / pow(i + 6.0, 1.3);
    return 1 / pow(x, 1.3) / all;
}

static enum err add_staff(struct country *c, struct org *o, const char *code, const char *label, int first, int n, int64_t *first_id)
{
    *first_id = c->n_accounts + 1;
    for (int j = first; j < first + n; j++) {
        int64_t id = ++c->n_accounts;
        struct str email = arena_fmt(c->a, j ? "%s.%lld.%d@springland.example" : "%s.%lld@springland.example", label, (long long)o->id, j);
        TRY(country_account(c, id, email, country_name(c->a, c, (uint64_t)id), "nb", o->id, code, true));
    }
    return OK;
}

static enum err add_org(struct country *c, int k)
{
    struct org *o = &c->org[k];
    o->id = k + 1;
    o->share = share(k, c->n_orgs);
    int n = (int)(o->share * (double)c->n_persons);
    o->n_advisers = 1 + n / 500;
    o->n_navs = 1 + n / 1000;
    o->n_mentors = 2 + n * 6 / 100;
    logchain_start(&o->chain, o->id);
    TRY(country_org(c, o));
    TRY(add_staff(c, o, "administrator", "administrator", 0, 1, &o->administrator));
    TRY(add_staff(c, o, "project_leader", "leader", 0, 1, &o->leader));
    TRY(add_staff(c, o, "adviser", "adviser", 1, o->n_advisers, &o->adviser));
    TRY(add_staff(c, o, "nav_contact", "nav", 1, o->n_navs, &o->nav));
    o->mentor = c->n_mentors + 1;
    for (int j = 0; j < o->n_mentors; j++)
        TRY(country_mentor(c, o));
    arena_clear(c->a);
    return OK;
}

/* ---- the calendar: what happens on which day */

struct deed {
    uint32_t person, next; /* next: place + 1 of the day's next deed */
    uint16_t step;
};
struct calendar {
    struct deed *v;
    uint32_t n, room, free;
    uint32_t day[DAYS];
};

static void plan(struct calendar *k, int day, uint32_t person, int step)
{
    if (day >= DAYS)
        return;
    uint32_t at = k->free;
    if (at)
        k->free = k->v[at - 1].next;
    else if (k->n < k->room)
        at = ++k->n;
    else {
        k->room = k->room ? 2 * k->room : 1 << 16;
        k->v = realloc(k->v, k->room * sizeof *k->v);
        if (!k->v)
            abort();
        at = ++k->n;
    }
    k->v[at - 1] = (struct deed){person, k->day[day], (uint16_t)step};
    k->day[day] = at;
}

static const int years[] = {5, 5, 6, 6, 7, 12, 22, 18, 12, 9}, months[] = {16, 9, 9, 8, 7, 6, 3, 15, 11, 9, 8, 5};

/* The day on which person i comes, so that years and months are as full as they are. */
static int coming_day(const struct country *c, uint32_t i, const double *until_day)
{
    double x = chance_unit(c, i, 1);
    int low = 0, high = DAYS - 1;
    while (low < high) {
        int mid = (low + high) / 2;
        if (until_day[mid] > x)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

static int *coming(struct country *c)
{
    double *until = calloc(DAYS, sizeof *until), sum = 0;
    int *day = calloc(c->n_persons, sizeof *day);
    if (!until || !day)
        abort();
    for (int d = 0; d < DAYS; d++) {
        struct tm_ymd t = tm_ymd(c->first_on + d);
        bool weekend = tm_weekday(c->first_on + d) >= 6;
        sum += weekend ? 0 : years[d * 10 / DAYS] * months[t.month - 1];
        until[d] = sum;
    }
    for (int d = 0; d < DAYS; d++)
        until[d] /= sum;
    for (uint32_t i = 0; i < c->n_persons; i++)
        day[i] = coming_day(c, i, until);
    free(until);
    return day;
}

/* Persons get their numbers in the order in which they come. */
static int by_number(const void *x, const void *y)
{
    return *(const int *)x - *(const int *)y;
}

/* ---- ten years */

static int org_of(const struct country *c, uint32_t i)
{
    double x = chance_unit(c, i, 2);
    for (int k = 0; k < c->n_orgs; k++)
        if ((x -= c->org[k].share) < 0)
            return k;
    return 0;
}

static enum err live_day(struct country *c, struct calendar *k, int day)
{
    int n = 0, i = 0;
    for (uint32_t at = k->day[day]; at; at = k->v[at - 1].next)
        n++;
    for (uint32_t at = k->day[day]; at; i++) {
        struct deed d = k->v[at - 1];
        k->v[at - 1].next = k->free;
        k->free = at;
        at = d.next;
        c->now = (int64_t)(c->first_on + day) * TM_DAY_MS + 7 * 3600000 + (int64_t)i * 32400000 / (n + 1);
        int next = d.step, wait = 0;
        TRY(country_step(c, d.person, &next, &wait));
        if (next)
            plan(k, day + (wait > 0 ? wait : 1), d.person, next);
        if (arena_used(c->a) > 1 << 20)
            arena_clear(c->a);
    }
    return OK;
}

static enum err live(struct country *c)
{
    struct calendar k = {0};
    int *day = coming(c);
    enum err e = OK;
    qsort(day, c->n_persons, sizeof *day, by_number);
    for (uint32_t i = c->n_persons; i-- > 0;) {
        c->person[i].org = (uint16_t)org_of(c, i);
        plan(&k, day[i], i, STEP_COMES);
    }
    for (int d = 0; d < DAYS && !e;) {
        CLEANUP(db_tx_end) struct db_tx tx = {0};
        int64_t before = c->rows;
        e = db_begin(c->db, &tx);
        for (; d < DAYS && c->rows - before < 400000 && !e; d++)
            e = live_day(c, &k, d);
        if (!e)
            e = country_heads(c);
        if (!e)
            e = db_commit(&tx);
        fprintf(stderr, "\r%d of %d days, %lld rows ", d, DAYS, (long long)c->rows);
    }
    fputc('\n', stderr);
    free(day);
    free(k.v);
    return e;
}

/* Everything, in an empty database. c: db, a, numbers and days are set. */
static enum err country_make(struct country *c)
{
    char why[300];
    TRY(migrate(c->db, migrations, c->begin, why, sizeof why));
    /* Only while it is made: the file is thrown away when this fails. */
    TRY(db_script(c->db, "PRAGMA cache_size=-2000000; PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint=100000"));
    TRY(country_papers(c));
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(c->db, &tx));
    CLEANUP(arena_freep) struct arena *mine = arena_new((size_t)1 << 30); /* emptied now and then, unlike the one with the papers */
    c->a = mine;
    for (int k = 0; k < c->n_orgs; k++)
        TRY(add_org(c, k));
    TRY(db_commit(&tx));
    TRY(live(c));
    return db_script(c->db, "PRAGMA wal_checkpoint(TRUNCATE)");
}

