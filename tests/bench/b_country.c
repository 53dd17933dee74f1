/* b_country DATA [--persons N] [--organisations N] [--seed N] [--until YYYY-MM-DD]: an invented country in an empty data folder: N persons (1,000,000) of
 * 350 municipalities over ten years, with what the program would have kept of them. Prints one JSON line. The same arguments give the same country.
 *
 * Skew as in life: municipalities by Zipf's law (the largest has 7 of 100, most have some hundreds), few persons in July and many in January and August,
 * the years from the seventh on twice as full, one of ten becomes a trainee, one trainee of two hundred has hundreds of events, most have one
 * document and some have twenty. Rows come in the order of time, all municipalities mixed, as they would have come.
 *
 * Names are drawn from lists; no person is meant. The log's chains are whole and documents can be read, so that `springbrett check` has nothing to say.
 * Staff log in as leader.K@, adviser.K.J@, nav.K.J@ and administrator.K@springland.example, K the municipality by size from 1; the password is that on the
 * JSON line. For another database: make it here, then carry it over with `springbrett move`. */
#include "base/num.h"
#include "base/secret.h"
#include "tests/bench/country_years.h"

static bool number(int argc, char **argv, const char *name, int64_t least, int64_t most, int64_t *out)
{
    for (int i = 2; i + 1 < argc; i += 2)
        if (!strcmp(argv[i], name))
            return num_i64(str_c(argv[i + 1]), least, most, out);
    return true;
}

static int day_of(int argc, char **argv)
{
    int on = tm_on_of(tm_now());
    for (int i = 2; i + 1 < argc; i += 2)
        if (!strcmp(argv[i], "--until") && !tm_parse_on(str_c(argv[i + 1]), &on))
            return 0;
    return on;
}

int main(int argc, char **argv)
{
    int64_t persons = 1000000, orgs = 350, s = 1;
    int on = argc > 1 ? day_of(argc, argv) : 0;
    if (argc % 2 || !on || !number(argc, argv, "--persons", 100, 20000000, &persons) || !number(argc, argv, "--organisations", 1, 2000, &orgs) ||
        !number(argc, argv, "--seed", 1, INT32_MAX, &s)) {
        fprintf(stderr, "b_country DATA [--persons N] [--organisations N] [--seed N] [--until YYYY-MM-DD]\n");
        return 2;
    }
    struct arena *a = arena_new((size_t)1 << 30);
    struct country c = {.a = a, .n_persons = (uint32_t)persons, .n_orgs = (int)orgs, .first_on = on - DAYS + 1, .last_on = on, .seed = (uint64_t)s};
    c.begin = (int64_t)c.first_on * TM_DAY_MS;
    c.person = calloc(c.n_persons, sizeof *c.person);
    c.org = calloc((size_t)c.n_orgs, sizeof *c.org);
    struct str password = STR("Fjell-og-fjord-27");
    enum err e = secret_password_hash(a, password, &c.password);
    if (!e)
        e = db_connect(arena_cstr(a, arena_fmt(a, "%s/springbrett.db", argv[1])), DB_WRITE, &c.db);
    if (!e)
        e = country_make(&c);
    if (e)
        fprintf(stderr, "b_country: %s (%s)\n", err_name(e), db_why(c.db));
    else
        printf("{\"persons\": %u, \"organisations\": %d, \"trainees\": %lld, \"mentors\": %lld, \"accounts\": %lld, \"documents\": %lld, \"events\": %lld, "
               "\"log_lines\": %lld, \"rows\": %lld, \"password\": \"%s\"}\n",
               c.n_persons, c.n_orgs, (long long)c.n_trainees, (long long)c.n_mentors, (long long)c.n_accounts, (long long)c.n_documents,
               (long long)c.n_events, (long long)c.n_lines, (long long)c.rows, password.p);
    db_close(c.db);
    for (int k = 0; k < c.n_orgs; k++)
        logchain_free(&c.org[k].chain);
    free(c.person);
    free(c.org);
    arena_free(a);
    return e != OK;
}
