/* The file of a backup: what was put in comes out; a byte that changed anywhere, a cut anywhere, something behind the end, another key: found. */
#include "keep/keep.h"
#include "base/secret.h"
#include "domain/erasures.h"
#include "tests/test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena *a;
static char folder[] = "/tmp/springbrett-keep-XXXXXX";
static const unsigned char key[CONTAINER_KEY_BYTES] = "a key of thirty-two bytes, exact", other[CONTAINER_KEY_BYTES] = "another";

static const char *path_of(const char *name)
{
    return arena_fmt(a, "%s/%s", folder, name).p;
}

static struct container_head head = {.program = {"0.0.0", sizeof "0.0.0" - 1}, .from = {"sqlite", sizeof "sqlite" - 1}, .at = {"2026-01-01T00:00:00Z", sizeof "2026-01-01T00:00:00Z" - 1}, .schema = 10};

static const char *made(const char *name, const unsigned char *k, size_t n)
{
    struct container_out *o = NULL;
    const char *path = path_of(name);
    unlink(path);
    CHECK_ERR(container_create(path, &head, k, &o), OK);
    CHECK(access(path, F_OK) != 0); /* not before it is whole */
    enum err e = OK;
    for (size_t i = 0; i < n && !e; i++) {
        unsigned char c = (unsigned char)(i * 7 + i / 251);
        e = container_add(o, &c, 1);
    }
    CHECK_ERR(e, OK);
    CHECK_ERR(container_finish(o), OK);
    return path;
}

/* How it ends to read n bytes and then the end. */
static enum err read_it(const char *path, const unsigned char *k, size_t n)
{
    CLEANUP(container_closep) struct container_in *in = NULL;
    struct container_head h;
    TRY(container_open(path, &h, &in));
    TRY(container_unlock(in, k));
    for (size_t i = 0; i < n; i++) {
        unsigned char c;
        TRY(container_take(in, &c, 1));
        if (c != (unsigned char)(i * 7 + i / 251))
            return ERR_CONFLICT;
    }
    return container_end(in);
}

static struct str bytes_of(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY);
    CHECK(fd >= 0 && fstat(fd, &st) == 0);
    char *p = arena_alloc(a, (size_t)st.st_size);
    CHECK(read(fd, p, (size_t)st.st_size) == st.st_size);
    close(fd);
    return (struct str){p, (size_t)st.st_size};
}

static const char *written(const void *p, size_t n)
{
    const char *path = path_of("changed");
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    CHECK(fd >= 0 && write(fd, n ? p : "", n) == (ssize_t)n);
    close(fd);
    return path;
}

static void whole(const unsigned char *k)
{
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 300000};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        const char *path = made("whole", k, sizes[i]);
        struct stat st;
        CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
        CHECK_ERR(read_it(path, k, sizes[i]), OK);
        CHECK_ERR(read_it(path, k, sizes[i] + 1), ERR_INVALID);
        if (sizes[i])
            CHECK_ERR(read_it(path, k, sizes[i] - 1), ERR_INVALID);
    }
}

/* Each byte, each cut, one more. */
static void damage(const unsigned char *k)
{
    enum { N = 100 };
    struct str good = bytes_of(made("good", k, N));
    char *bad = arena_alloc(a, good.n + 1);
    size_t taken = 0;
    for (size_t i = 0; i < good.n; i++)
        for (int bit = 0; bit < 8; bit += 3) {
            memcpy(bad, good.p, good.n);
            bad[i] ^= (char)(1 << bit);
            enum err e = read_it(written(bad, good.n), k, N);
            taken += e == OK;
        }
    CHECK_INT(taken, 0);
    for (size_t n = 0; n < good.n; n++)
        taken += read_it(written(good.p, n), k, N) == OK;
    memcpy(bad, good.p, good.n);
    bad[good.n] = 0;
    taken += read_it(written(bad, good.n + 1), k, N) == OK;
    CHECK_INT(taken, 0);
    CHECK_ERR(read_it(written(good.p, good.n), k, N), OK); /* control */
}

static void keys(void)
{
    const char *sealed = made("sealed", key, 10), *open_one = made("open", NULL, 10);
    CHECK_ERR(read_it(sealed, other, 10), ERR_DENIED);
    CHECK_ERR(read_it(sealed, NULL, 10), ERR_DENIED);
    CHECK_ERR(read_it(open_one, key, 10), ERR_DENIED);
    CHECK(memmem(bytes_of(open_one).p, bytes_of(open_one).n, "\0\7\16\25", 4) != NULL);
    CHECK(memmem(bytes_of(sealed).p, bytes_of(sealed).n, "\0\7\16\25", 4) == NULL);
    CHECK_ERR(read_it(path_of("none"), NULL, 0), ERR_NOT_FOUND);
    CHECK_ERR(read_it(written("SQLite format 3", 16), NULL, 0), ERR_INVALID);
    CHECK_ERR(read_it(written("springbrett-backup 2\nx\n\n", 24), NULL, 0), ERR_LIMIT);
}

/* Two at once, one that is there already, one that was given up. */
static void names(void)
{
    struct container_out *o = NULL, *p = NULL;
    const char *path = path_of("twice");
    CHECK_ERR(container_create(path, &head, NULL, &o), OK);
    CHECK_ERR(container_create(path, &head, NULL, &p), ERR_BUSY);
    container_drop(o);
    CHECK(access(path, F_OK) != 0 && access(arena_fmt(a, "%s.part", path).p, F_OK) != 0);
    written("", 0);
    CHECK_ERR(container_create(path_of("changed"), &head, NULL, &p), ERR_CONFLICT);
    CHECK_ERR(container_create(path_of("no/where"), &head, NULL, &p), ERR_FULL);
}

/* ---- records: in order, and only so */

struct memory {
    struct buf b;
    size_t at;
};
static enum err put(void *arg, const void *p, size_t n)
{
    buf_add(&((struct memory *)arg)->b, p, n);
    return OK;
}
static enum err take(void *arg, void *p, size_t n)
{
    struct memory *m = arg;
    if (n > m->b.n - m->at)
        return ERR_INVALID;
    memcpy(p, m->b.p + m->at, n);
    m->at += n;
    return OK;
}

static struct copy_column columns[] = {{{"id", sizeof "id" - 1}, COPY_INT, 8, 1}, {{"name", sizeof "name" - 1}, COPY_TEXT, 0, 0}};
static const struct copy_table table = {.name = {"person", sizeof "person" - 1}, .columns = columns, .n = 2};

/* What reading all of it ends with; each record is a letter of `order`. */
static enum err read_all(struct memory *m, char *order, size_t max)
{
    struct record_in in;
    static struct record r;
    enum err e = OK;
    size_t n = 0;
    m->at = 0;
    record_in_start(&in, take, m);
    while (n + 1 < max && (e = record_next(&in, &r)) == OK)
        order[n++] = (char)r.is;
    order[n] = '\0';
    record_in_done(&in);
    return e;
}

/* Writes records by their letters; "r": a row of another kind. */
static void write_all(struct memory *m, const char *letters)
{
    struct record_out o = {.put = put, .arg = m};
    struct copy_cell cells[2] = {{.type = COPY_INT, .i = 7}, {.type = COPY_TEXT, .s = STR("Ada")}};
    enum err e = OK;
    buf_clear(&m->b);
    for (const char *l = letters; *l && !e; l++) {
        cells[0].type = *l == 'r' ? COPY_TEXT : COPY_INT;
        e = *l == 'F' ? record_file(&o, "springbrett.conf", STR("a = b\n")) : *l == 'T' ? record_table(&o, &table)
            : *l == 'E' ? record_end(&o) : *l == 'Z' ? record_last(&o) : record_row(&o, &table, cells);
    }
    CHECK_ERR(e, OK);
    record_out_done(&o);
}

static void records(void)
{
    static const struct {
        const char *letters;
        bool ok;
    } cases[] = {
        {"FFTRRETEZ", true}, {"Z", true}, {"TEZ", true}, {"TRE", false}, {"TRZ", false}, {"RZ", false}, {"EZ", false}, {"TEFZ", false}, {"TTEZ", false},
        {"TrEZ", false}, {"", false},
    };
    struct memory m = {0};
    char order[40];
    for (size_t i = 0; i < COUNT(cases); i++) {
        write_all(&m, cases[i].letters);
        enum err e = read_all(&m, order, sizeof order);
        if ((e == ERR_NOT_FOUND) != cases[i].ok)
            printf("# %s\n", cases[i].letters);
        CHECK(cases[i].ok ? e == ERR_NOT_FOUND && !strcmp(order, cases[i].letters) : e == ERR_INVALID);
    }
    /* what the container would find is found here too where it matters: a row that changed */
    write_all(&m, "TREZ");
    char *name = memmem(m.b.p, m.b.n, "Ada", 3);
    CHECK(name != NULL);
    *name = 'B';
    CHECK_ERR(read_all(&m, order, sizeof order), ERR_INVALID);
    write_all(&m, "TEZ");
    m.b.p[1] = 0x7f; /* a length that lies */
    CHECK_ERR(read_all(&m, order, sizeof order), ERR_INVALID);
    buf_free(&m.b);
}

/* The highest number that was given stands behind the table's name, in one way only. */
static void numbers_given(void)
{
    static const struct {
        const char *name;
        int64_t given; /* -1: refused */
    } cases[] = {{"person", 0}, {"person\t7", 7}, {"person\t9223372036854775807", INT64_MAX}, {"person\t", -1}, {"person\t07", -1}, {"person\t-7", -1},
                 {"person\t0", -1}, {"person\t7\t", -1}, {"person\t9223372036854775808", -1}, {"\t7", -1}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct memory m = {0};
        struct record_in in;
        static struct record r;
        char text[80];
        int n = snprintf(text, sizeof text, "%s\n\tid\tint\n", cases[i].name);
        CHECK_ERR(put(&m, (char[]){'T', 0, 0, 0, (char)n}, 5), OK);
        CHECK_ERR(put(&m, text, (size_t)n), OK);
        record_in_start(&in, take, &m);
        CHECK_ERR(record_next(&in, &r), cases[i].given < 0 ? ERR_INVALID : OK);
        CHECK(cases[i].given < 0 || r.table.given == cases[i].given);
        record_in_done(&in);
        buf_free(&m.b);
    }
    struct memory m = {0};
    struct record_out o = {.put = put, .arg = &m};
    struct copy_table t = table;
    t.given = 40;
    CHECK_ERR(record_table(&o, &t), OK);
    CHECK(memmem(m.b.p, m.b.n, "person\t40\n", 10));
    record_out_done(&o);
    buf_free(&m.b);
}

/* ---- the list of erasures */

static void erasures(void)
{
    struct buf b = {0};
    struct erasures_in in;
    struct erasure_line l, one = {1, 2, 0, 3, 1700000000000, 4, STR("erased"), STR("asked"), STR("LOG,OUTCOME")};
    erasures_begin(&b);
    erasures_add(&b, &one);
    erasures_add(&b, &(struct erasure_line){.organisation_id = 1, .mentor_id = 9, .kind = STR("anonymised")});
    erasures_end(&b, 2);
    CHECK_ERR(erasures_open(buf_view(&b), &in), OK);
    CHECK(erasures_next(&in, &l) && l.participant_id == 2 && l.account_id == 3 && l.at == one.at && str_eq(l.kept, one.kept));
    CHECK(erasures_next(&in, &l) && l.mentor_id == 9 && !l.why.n);
    CHECK(!erasures_next(&in, &l));
    size_t taken = 0;
    for (size_t n = 0; n < b.n; n++) {
        char *cut = test_exact(b.p, n);
        taken += erasures_open((struct str){cut, n}, &in) == OK;
        free(cut);
    }
    CHECK_INT(taken, 0);
    static const char *const bad[] = {"springbrett-erasures 1\nend 1\n", "springbrett-erasures 2\nend 0\n", "springbrett-erasures 1\nend 0\nend 0\n",
                                      "springbrett-erasures 1\n1\t2\t0\t0\t0\t0\ter sed\t\t\nend 1\n", "springbrett-erasures 1\n1\t-2\t0\t0\t0\t0\terased\t\t\nend 1\n"};
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK_ERR(erasures_open(str_c(bad[i]), &in), ERR_INVALID);
    CHECK_ERR(erasures_open(STR("springbrett-erasures 1\nend 0\n"), &in), OK);
    buf_free(&b);
}

int main(void)
{
    a = arena_new((size_t)64 << 20);
    CHECK(secret_start() == OK && mkdtemp(folder) != NULL);
    whole(key);
    whole(NULL);
    damage(key);
    damage(NULL);
    keys();
    names();
    records();
    numbers_given();
    erasures();
    static const char *const names_made[] = {"whole", "good", "changed", "sealed", "open"};
    for (size_t i = 0; i < COUNT(names_made); i++)
        unlink(path_of(names_made[i]));
    CHECK(rmdir(folder) == 0);
    arena_free(a);
    return test_end();
}
