/* paper_tool.h: a file in a temporary folder, and what another program says of it. */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "tests/test.h"

#include <sys/stat.h>
#include <unistd.h>

static char paper_dir[64];

static void paper_open(void)
{
    snprintf(paper_dir, sizeof paper_dir, "/tmp/paper-test-XXXXXX");
    if (!mkdtemp(paper_dir))
        abort();
}

static void paper_close(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/it", paper_dir);
    unlink(path);
    rmdir(paper_dir);
}

/* Writes the file and answers what `command` ("pdftotext %s -", with the file for %s) prints; a test fails if it fails. */
static struct str paper_ask(struct arena *a, const struct buf *file, const char *command)
{
    char path[128], line[512];
    CLEANUP(buf_free) struct buf out = {0};
    snprintf(path, sizeof path, "%s/it", paper_dir);
    FILE *f = fopen(path, "wb");
    CHECK(f && fwrite(file->p, 1, file->n, f) == file->n);
    if (f)
        fclose(f);
    snprintf(line, sizeof line, command, path);
    FILE *p = popen(line, "r");
    if (!p)
        abort();
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, p));)
        buf_add(&out, part, n);
    int rc = pclose(p);
    if (rc)
        printf("# %s: %d\n", command, rc);
    CHECK(rc == 0);
    return arena_str(a, buf_view(&out));
}

/* Where `what` stands from `from` on, or -1. */
static long paper_find(struct str s, const char *what, long from)
{
    size_t n = strlen(what);
    for (size_t i = from < 0 ? s.n : (size_t)from; i + n <= s.n; i++)
        if (memcmp(s.p + i, what, n) == 0)
            return (long)i;
    return -1;
}

static int paper_count(struct str s, const char *what)
{
    int n = 0;
    for (long at = 0; (at = paper_find(s, what, at)) >= 0; at++)
        n++;
    return n;
}

/* Whether all stand there, in this order; NULL ends the list. */
static bool paper_order(struct str s, const char *const *what)
{
    long at = 0;
    for (; *what; what++) {
        at = paper_find(s, *what, at);
        if (at < 0) {
            printf("# not in its place: %s\n", *what);
            return false;
        }
    }
    return true;
}

/* ---- trees by chance, the same for the same seed */

static uint64_t paper_seed;
static unsigned paper_random(unsigned below)
{
    paper_seed = paper_seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(paper_seed >> 33) % below;
}

static struct rich *paper_tree(struct arena *a, struct rich *parent, int depth)
{
    static const char *const words[] = {"", "ord og flere ord ", "\xd8\xb9\xd8\xb1\xd8\xa8\xd9\x8a ", "\xcc\x81\xcc\x81\xcc\x81", "\xe2\x80\x8b\xe2\x80\x8b",
        "\x01\x02\x1f\x7f", "\xff\xfe\xc0", "<&>\"']]>", "\xef\xbf\xbe\xef\xbf\xbf", "\xe2\x80\xae\xd7\x90", "\xf0\x9f\x98\x80", "\t\r\n",
        "enlangsammenskrivingsomikkefaarplassnoested-enlangsammenskrivingsomikkefaarplassnoestedoverhodet", "12 000 "};
    struct rich *r = sample_add(a, parent, (enum rich_kind)paper_random(RICH_KIND_N));
    r->level = (int)paper_random(9) - 3;
    r->colspan = (int)paper_random(6) - 1;
    r->rowspan = (int)paper_random(6) - 1;
    r->header = paper_random(3) == 0;
    r->align = (enum rich_align)paper_random(3);
    if (r->kind == RICH_RUN) {
        r->text = str_c(words[paper_random(COUNT(words))]);
        r->marks = paper_random(32);
        r->href = paper_random(4) ? STR("") : STR("https://example.no/a'b\\(c)?d=<e>&f=\xc3\xa6\"");
    }
    for (unsigned n = depth < 9 ? paper_random(6) : 0; n; n--)
        paper_tree(a, r, depth + 1);
    return r;
}
