#include "keep/container.h"
#include "base/file.h"
#include "base/num.h"
#include "base/secret.h"
#include "base/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 64 << 10, HEAD_MAX = 1024, HASH = SECRET_HASH_BYTES, START = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
       OVER = crypto_secretstream_xchacha20poly1305_ABYTES, KEY_ID = 16, ROOM = PIECE + 1 + HASH + OVER };
static const char title[] = "springbrett-backup ";

struct stream {
    bool sealed, first;
    crypto_secretstream_xchacha20poly1305_state state;
    unsigned char hash[HASH];
    char head[HEAD_MAX];
    size_t n_head;
};
struct container_out {
    struct stream s;
    int fd;
    char name[4000], part[4010];
    unsigned char plain[PIECE], made[ROOM + 4];
    size_t n;
};
struct container_in {
    struct stream s;
    int fd;
    struct str key_id;
    bool last, unlocked;
    unsigned char plain[ROOM], got[ROOM];
    size_t n, at;
};

static void key_id(const unsigned char *key, char out[KEY_ID + 1])
{
    unsigned char hash[HASH];
    char hex[2 * HASH + 1];
    secret_hash((struct str){(const char *)key, CONTAINER_KEY_BYTES}, hash);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    memcpy(out, hex, KEY_ID);
    out[KEY_ID] = '\0';
}

enum err container_key(const char *file, unsigned char key[CONTAINER_KEY_BYTES])
{
    return vault_read_key(file, key);
}

static enum err write_all(int fd, const void *p, size_t n)
{
    for (size_t at = 0; at < n;) {
        ssize_t k = write(fd, (const char *)p + at, n - at);
        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0)
            return ERR_FULL;
        at += (size_t)k;
    }
    return OK;
}

/* ---- writing */

static enum err open_part(struct container_out *o)
{
    if (access(o->name, F_OK) == 0)
        return ERR_CONFLICT;
    o->fd = open(o->part, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (o->fd < 0)
        return ERR_FULL;
    if (flock(o->fd, LOCK_EX | LOCK_NB)) {
        close(o->fd); /* and let it stand: it is somebody else's */
        o->fd = -1;
        return ERR_BUSY;
    }
    return ftruncate(o->fd, 0) == 0 && fchmod(o->fd, 0600) == 0 ? OK : ERR_FULL;
}

static enum err write_head(struct container_out *o, const struct container_head *h, const unsigned char *key)
{
    char id[KEY_ID + 1] = "none";
    unsigned char start[START];
    if (key)
        key_id(key, id);
    int n = snprintf(o->s.head, sizeof o->s.head, "%s%d\nprogram %.*s\nschema %d\nfrom %.*s\nat %.*s\nkey %s\n\n", title, CONTAINER_FORM,
                     STR_FMT(h->program), h->schema, STR_FMT(h->from), STR_FMT(h->at), id);
    if (n < 0 || (size_t)n >= sizeof o->s.head)
        return ERR_INVALID;
    o->s.n_head = (size_t)n;
    o->s.sealed = key != NULL;
    o->s.first = true;
    secret_hash((struct str){o->s.head, o->s.n_head}, o->s.hash);
    TRY(write_all(o->fd, o->s.head, o->s.n_head));
    if (!key)
        return OK;
    crypto_secretstream_xchacha20poly1305_init_push(&o->s.state, start, key);
    return write_all(o->fd, start, sizeof start);
}

enum err container_create(const char *file, const struct container_head *head, const unsigned char *key, struct container_out **out)
{
    CLEANUP(container_dropp) struct container_out *o = calloc(1, sizeof *o);
    if (!o)
        return ERR_INTERNAL;
    o->fd = -1;
    if ((size_t)snprintf(o->name, sizeof o->name, "%s", file) >= sizeof o->name)
        return ERR_LIMIT;
    snprintf(o->part, sizeof o->part, "%s.part", file);
    TRY(open_part(o));
    TRY(write_head(o, head, key));
    *out = o;
    o = NULL;
    return OK;
}

/* BLAKE2b-256(hash ‖ byte ‖ content) becomes the next hash. */
static void next_hash(unsigned char hash[HASH], const unsigned char *piece, size_t n)
{
    crypto_generichash_state st;
    crypto_generichash_init(&st, NULL, 0, HASH);
    crypto_generichash_update(&st, hash, HASH);
    crypto_generichash_update(&st, piece, n);
    crypto_generichash_final(&st, hash, HASH);
}

static enum err flush(struct container_out *o, bool last)
{
    unsigned char *to = o->made + 4;
    unsigned long long n = 0;
    if (o->s.sealed) {
        crypto_secretstream_xchacha20poly1305_push(&o->s.state, to, &n, o->plain, o->n, (const unsigned char *)o->s.head,
                                                   o->s.first ? o->s.n_head : 0, last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
    } else {
        to[0] = last;
        memcpy(to + 1, o->plain, o->n);
        n = 1 + o->n;
        next_hash(o->s.hash, to, n);
        memcpy(to + n, o->s.hash, HASH);
        n += HASH;
    }
    for (int i = 0; i < 4; i++)
        o->made[i] = (unsigned char)(n >> (8 * (3 - i)));
    o->s.first = false;
    o->n = 0;
    return write_all(o->fd, o->made, n + 4);
}

enum err container_add(struct container_out *o, const void *p, size_t n)
{
    const unsigned char *from = p;
    while (n) {
        if (o->n == PIECE)
            TRY(flush(o, false));
        size_t k = n < PIECE - o->n ? n : PIECE - o->n;
        memcpy(o->plain + o->n, from, k);
        o->n += k;
        from += k;
        n -= k;
    }
    return OK;
}

enum err container_finish(struct container_out *o)
{
    enum err e = flush(o, true);
    if (!e && fsync(o->fd))
        e = ERR_FULL;
    if (!e && access(o->name, F_OK) == 0)
        e = ERR_CONFLICT;
    if (!e && rename(o->part, o->name))
        e = ERR_FULL;
    if (e) {
        container_drop(o);
        return e;
    }
    e = file_sync_folder(o->name);
    close(o->fd);
    sodium_memzero(o, sizeof *o);
    free(o);
    return e;
}

void container_drop(struct container_out *o)
{
    if (!o)
        return;
    if (o->fd >= 0) {
        unlink(o->part);
        close(o->fd);
    }
    sodium_memzero(o, sizeof *o);
    free(o);
}

void container_dropp(struct container_out **o)
{
    container_drop(*o);
    *o = NULL;
}

/* ---- reading */

/* *n: how much there was, less than wanted at the end of the file only. */
static enum err read_some(int fd, void *p, size_t want, size_t *n)
{
    for (*n = 0; *n < want;) {
        ssize_t k = read(fd, (char *)p + *n, want - *n);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return ERR_INTERNAL;
        if (k == 0)
            break;
        *n += (size_t)k;
    }
    return OK;
}

static enum err read_exactly(int fd, void *p, size_t want)
{
    size_t n;
    TRY(read_some(fd, p, want, &n));
    return n == want ? OK : ERR_INVALID;
}

/* Byte after byte: what follows the head is not text. */
static enum err read_head(struct container_in *in)
{
    struct stream *s = &in->s;
    while (s->n_head < sizeof s->head) {
        TRY(read_exactly(in->fd, s->head + s->n_head, 1));
        s->n_head++;
        char c = s->head[s->n_head - 1];
        bool plain = (c >= ' ' && c <= '~') || c == '\n';
        if (!plain || (s->n_head <= sizeof title - 1 && c != title[s->n_head - 1]))
            return ERR_INVALID;
        if (s->n_head > 2 && !memcmp(s->head + s->n_head - 2, "\n\n", 2))
            return OK;
    }
    return ERR_INVALID;
}

/* The value of the next line, which must be "name value". */
static enum err line(struct str *rest, struct str name, struct str *value)
{
    struct str l = str_cut(rest, '\n');
    if (!str_starts(l, name))
        return ERR_INVALID;
    *value = (struct str){l.p + name.n, l.n - name.n};
    return value->n ? OK : ERR_INVALID;
}

static enum err parse_head(struct container_in *in, struct container_head *h)
{
    struct str rest = {in->s.head, in->s.n_head}, form, schema;
    struct container_head got = {0};
    int64_t n;
    TRY(line(&rest, str_c(title), &form));
    if (!num_i64(form, 1, INT32_MAX, &n))
        return ERR_INVALID;
    if (n != CONTAINER_FORM)
        return ERR_LIMIT;
    TRY(line(&rest, STR("program "), &got.program));
    TRY(line(&rest, STR("schema "), &schema));
    TRY(line(&rest, STR("from "), &got.from));
    TRY(line(&rest, STR("at "), &got.at));
    TRY(line(&rest, STR("key "), &got.key_id));
    if (!num_i64(schema, 1, 100000, &n) || !str_is(rest, "\n"))
        return ERR_INVALID;
    got.schema = (int)n;
    *h = got;
    return OK;
}

enum err container_open(const char *file, struct container_head *head, struct container_in **out)
{
    CLEANUP(container_closep) struct container_in *in = calloc(1, sizeof *in);
    if (!in)
        return ERR_INTERNAL;
    in->fd = open(file, O_RDONLY | O_CLOEXEC);
    if (in->fd < 0)
        return ERR_NOT_FOUND;
    TRY(read_head(in));
    TRY(parse_head(in, head));
    in->key_id = head->key_id;
    in->s.sealed = !str_is(head->key_id, "none");
    *out = in;
    in = NULL;
    return OK;
}

enum err container_unlock(struct container_in *in, const unsigned char *key)
{
    char id[KEY_ID + 1] = "none";
    unsigned char start[START];
    if (key)
        key_id(key, id);
    if (!str_is(in->key_id, id))
        return ERR_DENIED;
    in->s.first = true;
    in->unlocked = true;
    secret_hash((struct str){in->s.head, in->s.n_head}, in->s.hash);
    if (!key)
        return OK;
    TRY(read_exactly(in->fd, start, sizeof start));
    return crypto_secretstream_xchacha20poly1305_init_pull(&in->s.state, start, key) ? ERR_INVALID : OK;
}

static enum err open_piece(struct container_in *in, size_t n)
{
    struct stream *s = &in->s;
    unsigned long long plain = 0;
    unsigned char tag = 0;
    if (s->sealed) {
        if (n < OVER || crypto_secretstream_xchacha20poly1305_pull(&s->state, in->plain, &plain, &tag, in->got, n,
                                                                   (const unsigned char *)s->head, s->first ? s->n_head : 0))
            return ERR_INVALID;
        in->last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    } else {
        if (n < 1 + HASH || in->got[0] > 1)
            return ERR_INVALID;
        plain = n - 1 - HASH;
        next_hash(s->hash, in->got, n - HASH);
        if (memcmp(s->hash, in->got + n - HASH, HASH))
            return ERR_INVALID;
        memcpy(in->plain, in->got + 1, plain);
        in->last = in->got[0];
    }
    s->first = false;
    in->n = (size_t)plain;
    in->at = 0;
    return OK;
}

static enum err next_piece(struct container_in *in)
{
    unsigned char b[4];
    if (in->last || !in->unlocked)
        return ERR_INVALID;
    TRY(read_exactly(in->fd, b, sizeof b));
    size_t n = (size_t)b[0] << 24 | (size_t)b[1] << 16 | (size_t)b[2] << 8 | b[3];
    if (n > sizeof in->got)
        return ERR_INVALID;
    TRY(read_exactly(in->fd, in->got, n));
    return open_piece(in, n);
}

enum err container_take(struct container_in *in, void *p, size_t n)
{
    unsigned char *to = p;
    while (n) {
        if (in->at == in->n) {
            TRY(next_piece(in));
            continue;
        }
        size_t k = n < in->n - in->at ? n : in->n - in->at;
        memcpy(to, in->plain + in->at, k);
        in->at += k;
        to += k;
        n -= k;
    }
    return OK;
}

enum err container_end(struct container_in *in)
{
    size_t more;
    unsigned char b;
    while (in->at == in->n && !in->last)
        TRY(next_piece(in));
    TRY(read_some(in->fd, &b, 1, &more));
    return in->at == in->n && !more ? OK : ERR_INVALID;
}

void container_close(struct container_in *in)
{
    if (!in)
        return;
    if (in->fd >= 0)
        close(in->fd);
    sodium_memzero(in, sizeof *in);
    free(in);
}

void container_closep(struct container_in **in)
{
    container_close(*in);
    *in = NULL;
}
