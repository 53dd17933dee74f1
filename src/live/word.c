#include "live/word.h"
#include "base/num.h"
#include "base/utf8.h"

enum { SERVER_MAX = 1 << 28 /* times the loops of one it is an int */, STATE_MAX = 8000 };
#define UINT_MAX_OF_JS (((int64_t)1 << 53) - 1)

void word_write(struct buf *out, const struct word *w)
{
    buf_byte(out, (char)w->kind);
    buf_byte(out, ' ');
    buf_i64(out, w->server);
    if (w->kind == WORD_GONE)
        return;
    buf_byte(out, ' ');
    buf_i64(out, w->kind == WORD_STORED ? w->row : w->document);
    if (w->kind == WORD_NEWS) {
        buf_byte(out, ' ');
        buf_i64(out, w->what);
    }
}

void word_add_document(struct buf *out, int64_t document)
{
    buf_byte(out, ' ');
    buf_i64(out, document);
}

void word_add_presence(struct buf *out, const struct word_presence *p)
{
    buf_byte(out, '\n');
    buf_i64(out, p->account);
    buf_byte(out, ' ');
    buf_i64(out, (int64_t)p->client);
    buf_byte(out, ' ');
    buf_i64(out, (int64_t)p->clock);
    buf_byte(out, ' ');
    buf_i64(out, (int64_t)p->state.n);
    buf_byte(out, ' ');
    buf_str(out, p->state);
}

/* Digits up to the next blank, line end or the end; `rest` stands on that. */
static bool number(struct str *rest, int64_t min, int64_t max, int64_t *out)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9')
        n++;
    if (!num_i64((struct str){rest->p, n}, min, max, out))
        return false;
    *rest = (struct str){rest->p + n, rest->n - n};
    return true;
}

static bool mark(struct str *rest, char c)
{
    if (!rest->n || rest->p[0] != c)
        return false;
    *rest = (struct str){rest->p + 1, rest->n - 1};
    return true;
}

static bool read_news(struct str *rest, struct word *w)
{
    int64_t what;
    if (!number(rest, 0, INT64_MAX, &w->document) || !mark(rest, ' ') || !number(rest, 1, 7, &what))
        return false;
    w->what = (unsigned)what;
    return rest->n == 0;
}

bool word_read(struct str s, struct word *out)
{
    struct word w = {0};
    if (s.n < 3 || s.p[1] != ' ' || s.p[0] <= 0)
        return false;
    w.kind = (enum word_kind)s.p[0];
    struct str rest = {s.p + 2, s.n - 2};
    if (!number(&rest, w.kind == WORD_NEWS ? 0 : 1, SERVER_MAX, &w.server))
        return false;
    bool ok = w.kind == WORD_GONE ? rest.n == 0 : mark(&rest, ' ');
    switch (w.kind) {
    case WORD_GONE:
        break;
    case WORD_OPEN:
    case WORD_CHANGED:
    case WORD_CLOSED:
        ok = ok && number(&rest, 1, INT64_MAX, &w.document) && rest.n == 0;
        break;
    case WORD_STORED:
        ok = ok && number(&rest, 1, INT64_MAX, &w.row) && rest.n && rest.p[0] == ' ';
        break;
    case WORD_PRESENCE:
        ok = ok && number(&rest, 1, INT64_MAX, &w.document) && rest.n && rest.p[0] == '\n';
        break;
    case WORD_NEWS:
        ok = ok && read_news(&rest, &w);
        break;
    default:
        return false;
    }
    w.rest = rest;
    if (ok)
        *out = w;
    return ok;
}

bool word_document(struct str *rest, int64_t *document)
{
    struct str r = *rest;
    if (!mark(&r, ' ') || !number(&r, 1, INT64_MAX, document) || (r.n && r.p[0] != ' '))
        return false;
    *rest = r;
    return true;
}

bool word_presence(struct str *rest, struct word_presence *out)
{
    struct str r = *rest;
    int64_t account, client, clock, n;
    if (!mark(&r, '\n') || !number(&r, 1, INT64_MAX, &account) || !mark(&r, ' ') || !number(&r, 0, UINT_MAX_OF_JS, &client) || !mark(&r, ' ') ||
        !number(&r, 0, UINT_MAX_OF_JS, &clock) || !mark(&r, ' ') || !number(&r, 1, STATE_MAX, &n) || !mark(&r, ' ') || (size_t)n > r.n)
        return false;
    struct str state = {r.p, (size_t)n};
    if (!utf8_valid(state))
        return false;
    *out = (struct word_presence){account, (uint64_t)client, (uint64_t)clock, state};
    *rest = (struct str){r.p + n, r.n - (size_t)n};
    return true;
}
