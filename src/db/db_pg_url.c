/* db.h: db_reaches; db_pg.h: pg_url_reads. The url is read by libpq itself, so nothing is understood in two ways. */
#include "db/db_pg.h"

#include "base/num.h"

#include <stdlib.h>

enum { DEFAULT_PORT = 5432, HOSTS_MAX = 16 };

static bool is_key(const PQconninfoOption *o, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(o->keyword, list[i]) == 0)
            return true;
    return false;
}

static void add_ports(int *ports, struct str list)
{
    int n = 0;
    while (ports[n])
        n++;
    while (list.n && n < HOSTS_MAX) {
        int64_t port;
        struct str one = str_cut(&list, ',');
        ports[n++] = num_i64(one, 1, 65535, &port) ? (int)port : DEFAULT_PORT;
    }
}

/* A port, several, or none. */
static bool are_ports(struct str list)
{
    while (list.n) {
        int64_t port;
        struct str one = str_cut(&list, ',');
        if (one.n && !num_i64(one, 1, 65535, &port))
            return false;
    }
    return true;
}

bool pg_url_reads(const char *url)
{
    PQconninfoOption *all = PQconninfoParse(url, NULL);
    bool reads = all != NULL;
    for (PQconninfoOption *o = all; reads && o->keyword; o++)
        if (o->val && ((strcmp(o->keyword, "port") == 0 && !are_ports(str_c(o->val))) || (strcmp(o->keyword, "host") == 0 && strchr(o->val, '@'))))
            reads = false;
    PQconninfoFree(all);
    return reads;
}

enum err db_reaches(struct arena *a, const char *url, const int **ports, const char *const **files)
{
    static const char *const file_keys[] = {"sslrootcert", "sslcert", "sslkey", "sslcrl", "passfile"};
    int *to = ARENA_ARRAY(a, int, HOSTS_MAX + 2);
    const char **read = ARENA_ARRAY(a, const char *, COUNT(file_keys) + 1);
    size_t n = 0;
    *ports = to;
    *files = read;
    if (db_kind_of(url) != DB_POSTGRES)
        return OK;
    PQconninfoOption *all = PQconninfoParse(url, NULL);
    if (!all)
        return ERR_INVALID;
    for (PQconninfoOption *o = all; o->keyword; o++) {
        if (o->val && strcmp(o->keyword, "port") == 0)
            add_ports(to, str_c(o->val));
        if (o->val && o->val[0] == '/' && is_key(o, file_keys, COUNT(file_keys)))
            read[n++] = arena_cstr(a, str_c(o->val));
    }
    if (!to[0])
        to[0] = DEFAULT_PORT;
    PQconninfoFree(all);
    return OK;
}
