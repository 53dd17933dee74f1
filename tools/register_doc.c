/* register_doc: docs/register.md from domain/register.h, on stdout. */
#include "domain/register.h"
#include <stdio.h>

static const char *const rows[] = {[ROWS_ROWS] = "rows deleted", [ROWS_TEXTS] = "row stays without the person", [ROWS_STAY] = "stays",
                                   [ROWS_SPECIAL] = "by its own rule"};

static void kind(const struct register_kind *k)
{
    printf("| %s | %s | %s | %s (%s) | %c | %s | %s | %s |\n", k->code, k->what, k->purpose, basis_text(k->basis), basis_source(k->basis),
           'A' + (int)k->class, retention_text(k->retention), k->seen_by, k->stays ? k->stays : "–");
}

static void columns(const struct register_table *t, enum fate from, enum fate to, const char *head)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        if (t->columns[i].fate >= from && t->columns[i].fate <= to)
            printf("%s%s", n++ ? ", " : head, t->columns[i].name);
}

static void table(const struct register_table *t)
{
    printf("| %s | %s | %s |", t->name, register_kinds[t->kind].code, rows[t->rows]);
    if (t->rows == ROWS_TEXTS) {
        columns(t, FATE_EMPTY, FATE_USER, " emptied or replaced: ");
        columns(t, FATE_KEEP, FATE_KEEP, "; kept: ");
        printf(" |\n");
    } else {
        columns(t, FATE_KEEP, FATE_USER, " ");
        printf(" |\n");
    }
}

int main(void)
{
    puts("# The data register\n\n"
         "Made by `tools/register-doc` from `src/domain/register.h` and `register_table.h`; a test keeps the two equal, and another compares the\n"
         "register with the real schema: a column that is not in it fails the build. From the same register come the privacy page, the export,\n"
         "erasure and the retention job. Classes: A open, B internal, C confidential (forvaltningsloven § 13), D tells where somebody is, who\n"
         "knows whom, or the national identity number.\n\n"
         "## Kinds of data\n\n"
         "| kind | what | why | ground | class | how long | who sees it | what stays after erasure |\n|---|---|---|---|---|---|---|---|");
    for (size_t i = 0; i < DATA_N; i++)
        kind(&register_kinds[i]);
    puts("\n## Where it stands\n\n| table | kind | erasure | columns |\n|---|---|---|---|");
    for (size_t i = 0; i < REG_N; i++)
        table(&register_tables[i]);
    puts("\n`live_journal`: edits of the person's documents are taken out of it. `login_throttle`: holds hashes only, and they go after a day.\n"
         "`import_draft`: all drafts of the organisation go.\n\n## Not personal\n\n| table | because |\n|---|---|");
    for (size_t i = 0; i < register_free_n; i++)
        printf("| %s | %s |\n", register_free[i].name, register_free[i].why);
    return 0;
}
