/* Properties, by the first byte. 'c': whatever a file holds, a container that is read to its end gives no more afterwards, and its head is plain text.
 * 'r': records that are taken give the same bytes when they are written again, so there is one way only to write a backup. 'e': a list of erasures
 * that is taken gives the same lines when it is written and read again. */
#include "base/secret.h"
#include "domain/erasures.h"
#include "keep/container.h"
#include "keep/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static void plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        must(s.p[i] >= ' ' && s.p[i] <= '~');
}

static void container(const uint8_t *data, size_t n)
{
    CLEANUP(container_closep) struct container_in *in = NULL;
    struct container_head h;
    char path[64];
    unsigned char c;
    int fd = memfd_create("backup", 0);
    must(fd >= 0 && write(fd, data, n) == (ssize_t)n);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    enum err e = container_open(path, &h, &in);
    close(fd);
    if (e)
        return;
    must(h.schema > 0);
    plain(h.program);
    plain(h.from);
    plain(h.at);
    e = container_unlock(in, NULL);
    must(e == OK || !str_is(h.key_id, "none"));
    size_t got = 0;
    while (!e && container_take(in, &c, 1) == OK)
        must(++got < n);
    if (!e && container_end(in) == OK)
        must(container_take(in, &c, 1) == ERR_INVALID);
}

struct memory {
    const uint8_t *p;
    size_t n;
};

static enum err take(void *arg, void *p, size_t n)
{
    struct memory *m = arg;
    if (n > m->n)
        return ERR_INVALID;
    memcpy(p, m->p, n);
    m->p += n;
    m->n -= n;
    return OK;
}

static enum err put(void *arg, const void *p, size_t n)
{
    buf_add(arg, p, n);
    return OK;
}

static void write_again(struct record_out *o, const struct copy_table *t, const struct record *r)
{
    char name[65] = "";
    if (r->is == RECORD_FILE) {
        memcpy(name, r->name.p, r->name.n);
        must(record_file(o, name, r->content) == OK);
    } else if (r->is == RECORD_TABLE) {
        must(record_table(o, &r->table) == OK);
    } else if (r->is == RECORD_ROW) {
        must(record_row(o, t, r->cells) == OK);
    } else {
        must((r->is == RECORD_END ? record_end(o) : record_last(o)) == OK);
    }
}

static void records(const uint8_t *data, size_t n)
{
    static struct record r;
    struct memory m = {data, n};
    struct record_in in;
    struct buf again = {0};
    struct record_out o = {.put = put, .arg = &again};
    record_in_start(&in, take, &m);
    size_t done = 0;
    while (record_next(&in, &r) == OK) {
        write_again(&o, &in.table, &r);
        done = n - m.n;
    }
    must(!again.bad && again.n == done && (!done || !memcmp(again.p, data, done)));
    record_in_done(&in);
    record_out_done(&o);
    buf_free(&again);
}

static void erasures(const uint8_t *data, size_t n)
{
    struct erasures_in in, back;
    struct erasure_line l, m;
    struct buf b = {0};
    if (erasures_open((struct str){(const char *)data, n}, &in))
        return;
    struct erasures_in first = in;
    erasures_begin(&b);
    while (erasures_next(&in, &l))
        erasures_add(&b, &l);
    erasures_end(&b, in.n);
    must(!b.bad && erasures_open(buf_view(&b), &back) == OK);
    while (erasures_next(&first, &l))
        must(erasures_next(&back, &m) && m.participant_id == l.participant_id && m.at == l.at && str_eq(m.kind, l.kind) && str_eq(m.kept, l.kept));
    must(!erasures_next(&back, &m));
    buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size && data[0] == 'c')
        container(data + 1, size - 1);
    else if (size && data[0] == 'r')
        records(data + 1, size - 1);
    else if (size && data[0] == 'e')
        erasures(data + 1, size - 1);
    return 0;
}
