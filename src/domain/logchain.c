#include "domain/logchain.h"
#include "base/secret.h"

static void add_text(struct buf *b, struct str s)
{
    const unsigned char n[4] = {(unsigned char)(s.n >> 24), (unsigned char)(s.n >> 16), (unsigned char)(s.n >> 8), (unsigned char)s.n};
    buf_add(b, n, sizeof n);
    buf_str(b, s);
}

static void add_number(struct buf *b, int64_t v)
{
    char digits[24];
    size_t n = sizeof digits;
    uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
    do
        digits[--n] = (char)('0' + u % 10);
    while ((u /= 10) > 0);
    if (v < 0)
        digits[--n] = '-';
    add_text(b, (struct str){digits + n, sizeof digits - n});
}

void logchain_bytes(struct buf *out, const struct log_line *l)
{
    add_number(out, l->organisation_id);
    add_number(out, l->seq);
    add_number(out, l->at);
    add_number(out, l->account_id);
    add_number(out, l->from_organisation_id);
    add_text(out, l->role);
    add_number(out, l->participant_id);
    add_text(out, l->act);
    add_text(out, l->what);
    add_number(out, l->subject_id);
    add_text(out, l->outcome);
    add_number(out, l->event_id);
    add_text(out, l->reason_hash);
    add_text(out, l->request);
}

static void hex(const unsigned char raw[SECRET_HASH_BYTES], char out[LOG_HASH_CHARS + 1])
{
    static const char digit[] = "0123456789abcdef";
    for (size_t i = 0; i < SECRET_HASH_BYTES; i++) {
        out[2 * i] = digit[raw[i] >> 4];
        out[2 * i + 1] = digit[raw[i] & 15];
    }
    out[LOG_HASH_CHARS] = '\0';
}

void logchain_start(struct logchain *c, int64_t organisation_id)
{
    *c = (struct logchain){.organisation_id = organisation_id};
    memset(c->hash, '0', LOG_HASH_CHARS);
}

bool logchain_start_after(struct logchain *c, int64_t organisation_id, int64_t seq, struct str hash)
{
    logchain_start(c, organisation_id);
    if (!seq)
        return true;
    if (seq < 0 || hash.n != LOG_HASH_CHARS)
        return false;
    c->seq = seq;
    memcpy(c->hash, hash.p, LOG_HASH_CHARS);
    return true;
}

void logchain_free(struct logchain *c)
{
    buf_free(&c->scratch);
}

static enum err hash_of(struct logchain *c, const struct log_line *l, char out[LOG_HASH_CHARS + 1])
{
    unsigned char raw[SECRET_HASH_BYTES];
    buf_clear(&c->scratch);
    buf_add(&c->scratch, c->hash, LOG_HASH_CHARS);
    logchain_bytes(&c->scratch, l);
    if (c->scratch.bad)
        return ERR_INTERNAL;
    secret_hash(buf_view(&c->scratch), raw);
    hex(raw, out);
    return OK;
}

enum err logchain_append(struct logchain *c, struct log_line *l, char hash[LOG_HASH_CHARS + 1])
{
    struct log_line next = *l;
    next.organisation_id = c->organisation_id;
    next.seq = c->seq + 1;
    TRY(hash_of(c, &next, hash));
    next.hash = (struct str){hash, LOG_HASH_CHARS};
    c->seq = next.seq;
    memcpy(c->hash, hash, LOG_HASH_CHARS);
    *l = next;
    return OK;
}

enum logchain_fault logchain_next(struct logchain *c, const struct log_line *l)
{
    char hash[LOG_HASH_CHARS + 1];
    if (l->seq != c->seq + 1)
        return CHAIN_MISSING;
    if (l->organisation_id != c->organisation_id)
        return CHAIN_CHANGED;
    if (hash_of(c, l, hash))
        return CHAIN_FAILED;
    if (!str_eq(l->hash, (struct str){hash, LOG_HASH_CHARS}))
        return CHAIN_CHANGED;
    c->seq = l->seq;
    memcpy(c->hash, hash, LOG_HASH_CHARS);
    return CHAIN_OK;
}

enum err logchain_reason(struct str salt, struct str reason, char out[LOG_HASH_CHARS + 1])
{
    unsigned char raw[SECRET_HASH_BYTES];
    CLEANUP(buf_free) struct buf b = {0};
    *out = '\0';
    if (!reason.n)
        return OK;
    add_text(&b, salt);
    buf_str(&b, reason);
    bool bad = b.bad;
    if (!bad) {
        secret_hash(buf_view(&b), raw);
        hex(raw, out);
    }
    return bad ? ERR_INTERNAL : OK;
}
