/* import.c: `springbrett import participants|mentors FILE`. Counts on stdout; what is wrong, in Norwegian, and the progress bar on stderr. */
#include "cli/cli.h"
#include "base/buf.h"
#include "service/import.h"
#include "service/mentor_import.h"
#include <stdio.h>
#include <unistd.h>

enum { MAPS_MAX = 64, BAR = 40 };

static void bar(void *arg, size_t done, size_t all)
{
    int *shown = arg, percent = all ? (int)(done * 100 / all) : 100;
    if (percent == *shown)
        return;
    *shown = percent;
    char line[BAR + 1];
    for (int i = 0; i < BAR; i++)
        line[i] = i < percent * BAR / 100 ? '#' : '.';
    line[BAR] = 0;
    fprintf(stderr, "\r[%s] %3d %%", line, percent);
    if (percent == 100)
        fputc('\n', stderr);
}

static int read_file(struct cli *cli, const char *path, struct str *out)
{
    FILE *in = fopen(path, "rb");
    if (!in)
        return cli_fail("cannot open %s", path);
    struct buf b = {.max = CSV_TEXT_MAX + 1};
    char piece[65536];
    size_t n;
    while (!b.bad && (n = fread(piece, 1, sizeof piece, in)) > 0)
        buf_add(&b, piece, n);
    bool broken = ferror(in) != 0, large = b.bad || b.n > CSV_TEXT_MAX;
    fclose(in);
    if (!broken && !large)
        *out = arena_str(cli->a, buf_view(&b));
    buf_free(&b);
    return broken ? cli_fail("cannot read %s", path) : large ? cli_fail("%s is larger than %d MB", path, CSV_TEXT_MAX >> 20) : 0;
}

static int say_fail(struct cli *cli, struct say why)
{
    struct str s = text_say(cli->a, LANG_NB, &why);
    return cli_fail("%.*s", STR_FMT(s));
}

static int tell(struct cli *cli, const struct import_report *rep, bool dry)
{
    for (size_t i = 0; i < rep->n_shown; i++)
        fprintf(stderr, "%.*s\n", STR_FMT(import_fault_text(cli->a, LANG_NB, &rep->faults[i])));
    if (rep->n_faults > (int64_t)rep->n_shown)
        fprintf(stderr, "… og %lld feil til.\n", (long long)(rep->n_faults - (int64_t)rep->n_shown));
    printf("Rader: %d\nNye: %d\nEndret: %d\nUendret: %d\nFeil: %lld\n", rep->rows, rep->created, rep->updated, rep->unchanged,
           (long long)rep->n_faults);
    if (rep->n_faults)
        return cli_fail("Ingenting er importert. Rett feilene i filen og prøv igjen.");
    puts(dry ? "Prøvekjøring: ingenting er lagret." : "Importert.");
    return 0;
}

struct job {
    struct str text;
    const struct str *maps;
    size_t n_maps;
    bool mentors, dry;
};

/* Opens the file and imports it; *problem: why it cannot be read at all. */
static enum err import_file(struct cli *cli, struct ctx *c, const struct job *j, struct import_report *rep, struct say *problem)
{
    int shown = -1;
    struct import_progress progress = {.tell = isatty(STDERR_FILENO) ? bar : NULL, .arg = &shown};
    enum import_how how = j->dry ? IMPORT_LOOK : IMPORT_WRITE;
    if (j->mentors) {
        struct mentor_file f;
        TRY(mentor_import_open(cli->a, j->text, j->maps, j->n_maps, &f));
        *problem = f.problem;
        return problem->msgid ? ERR_INVALID : import_mentors(c, &f, how, &progress, rep);
    }
    struct import_file f;
    TRY(import_open(cli->a, j->text, &f));
    if (f.readable && j->n_maps) {
        enum err e = import_map_words(cli->a, &f, j->maps, j->n_maps);
        if (e && !f.problem.msgid)
            return e;
    }
    *problem = f.problem;
    return problem->msgid ? ERR_INVALID : import_participants(c, &f, how, &progress, rep);
}

static int run(struct cli *cli, const struct job *j)
{
    CLEANUP(db_closep) struct db *db = NULL;
    enum err e = db_connect(arena_cstr(cli->a, cli->db_url), DB_READ, &db);
    if (e)
        return cli_fail("cannot open the database in %s (%s); springbrett init makes one", cli->data, db_why(NULL));
    db_close(db);
    db = NULL;
    int rc = cli_open(cli, &db);
    if (rc)
        return rc;
    struct actor actor;
    struct ctx c;
    if (cli_ctx(cli, db, ROLE_PROJECT_LEADER, &actor, &c) != OK)
        return cli_fail("%s has no organisation yet; make it with springbrett init", cli->data);
    struct import_report rep = {0};
    struct say problem = {0};
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    e = db_begin(db, &tx);
    if (!e)
        e = import_file(cli, &c, j, &rep, &problem);
    if (problem.msgid)
        return say_fail(cli, problem);
    if (!e && !j->dry)
        e = db_commit(&tx);
    if (e && !(e == ERR_INVALID && rep.n_faults))
        return cli_fail("the import was stopped and nothing was changed (%s)", err_name(e));
    return tell(cli, &rep, j->dry);
}

int cli_import(struct cli *cli)
{
    bool dry = cli_flag(cli, "--dry-run");
    struct str maps[MAPS_MAX];
    size_t n = 0;
    for (const char *m; (m = cli_option(cli, "--map")) != NULL;) {
        if (n == MAPS_MAX)
            return cli_usage(cli, "more than %d --map", MAPS_MAX);
        maps[n++] = str_c(m);
    }
    const char *what = cli_word(cli, 0), *path = cli_word(cli, 1);
    for (int i = 0; i < cli->argc; i++)
        if (cli->argv[i][0] == '-')
            return cli_usage(cli, "import does not know %s", cli->argv[i]);
    if (!what || (strcmp(what, "participants") && strcmp(what, "mentors")))
        return cli_usage(cli, "say what to import: springbrett import participants|mentors FILE --data DIR");
    if (!path || cli->argc != 2)
        return cli_usage(cli, "import takes one file");
    struct job j = {.maps = maps, .n_maps = n, .mentors = !strcmp(what, "mentors"), .dry = dry};
    int rc = read_file(cli, path, &j.text);
    return rc ? rc : run(cli, &j);
}
