/* Items onto pages. */
#include "pdf/flow.h"

struct breaking {
    struct press *p;
    const struct flow *f;
    struct pages *out;
    double y, bottom;
    bool first;   /* no box on this page yet */
    size_t brk;   /* the latest item before which the page may end; 0 none */
};

static bool is_box(const struct item *it)
{
    return it->kind >= ITEM_LINE;
}

static struct slot *push(struct breaking *b, struct slot s)
{
    struct pages *o = b->out;
    if (o->n == o->cap) {
        size_t cap = o->cap ? 2 * o->cap : 256;
        struct slot *more = ARENA_ARRAY(b->p->a, struct slot, cap);
        if (o->n)
            memcpy(more, o->v, o->n * sizeof *more);
        o->v = more;
        o->cap = cap;
    }
    s.page = o->count - 1;
    o->v[o->n] = s;
    return &o->v[o->n++];
}

/* The header rows once more, when the page begins in the middle of a table. */
static void repeat_heads(struct breaking *b, size_t next)
{
    while (next < b->f->n && !is_box(&b->f->v[next]))
        next++;
    const struct row *r = next < b->f->n ? b->f->v[next].row : NULL;
    if (!r || !r->n_heads || r == r->heads + r->n_heads)
        return;
    for (size_t i = 0; i < r->n_heads; i++) {
        push(b, (struct slot){.y = b->y, .row = &r->heads[i], .h = r->heads[i].h});
        b->y += r->heads[i].h;
    }
}

static void new_page(struct breaking *b, size_t next)
{
    b->out->count++;
    b->y = b->p->form->top;
    b->first = true;
    b->brk = 0;
    if (b->out->count > 200)
        b->p->bad = ERR_LIMIT;
    if (next)
        repeat_heads(b, next);
}

/* Ends the page before the box i, or earlier, and returns where the next one begins. */
static size_t turn(struct breaking *b, size_t i)
{
    const struct item *v = b->f->v;
    size_t at = b->brk ? b->brk : i;
    if (b->brk)
        while (v[at].kind == ITEM_CLOSE)
            at++;
    else
        while (at && !is_box(&v[at - 1]) && v[at - 1].kind != ITEM_CLOSE)
            at--;
    while (b->out->n && b->out->v[b->out->n - 1].item >= &v[at])
        b->out->n--;
    new_page(b, at);
    return at;
}

/* How much of a cell's items from `from` on goes into `room`. */
static size_t fill(const struct cell_box *c, size_t from, double room, bool force, double *used)
{
    const struct flow *f = c->flow;
    size_t to = from;
    bool any = false;
    *used = 0;
    for (size_t i = from; i < f->n; i++) {
        if (!is_box(&f->v[i])) {
            if (f->v[i].kind == ITEM_CLOSE && to == i)
                to = i + 1;
            continue;
        }
        double h = (any ? f->v[i].before : 0) + f->v[i].h;
        if (*used + h > room && (any || !force))
            return to;
        *used += h;
        any = true;
        to = i + 1;
    }
    return f->n;
}

/* Places as much of a row as goes into `room`; true when that was something. */
static bool slice(struct breaking *b, const struct item *it, size_t *from, double room, bool force)
{
    const struct row *r = it->row;
    size_t *to = ARENA_ARRAY(b->p->a, size_t, r->n + 1), *start = ARENA_ARRAY(b->p->a, size_t, r->n + 1);
    double most = 0;
    bool some = false;
    for (size_t k = 0; k < r->n; k++) {
        double used;
        start[k] = from[k];
        to[k] = fill(&r->cells[k], from[k], room - 2 * r->pad, force, &used);
        some = some || to[k] > from[k];
        most = used > most ? used : most;
    }
    if (!some)
        return false;
    memcpy(from, to, r->n * sizeof *from);
    push(b, (struct slot){.item = it, .y = b->y, .from = start, .to = to, .h = most + 2 * r->pad});
    b->y += most + 2 * r->pad;
    b->first = false;
    return true;
}

static bool is_done(const struct row *r, const size_t *from)
{
    for (size_t k = 0; k < r->n; k++)
        if (from[k] < r->cells[k].flow->n)
            return false;
    return true;
}

/* A row that is too high for the rest of the page: over several pages. */
static void divide(struct breaking *b, size_t i)
{
    const struct item *it = &b->f->v[i];
    size_t *from = ARENA_ARRAY(b->p->a, size_t, it->row->n + 1);
    if (!b->first)
        b->y += it->before;
    while (!is_done(it->row, from) && !b->p->bad) {
        if (!slice(b, it, from, b->bottom - b->y, b->first))
            new_page(b, i);
        else if (!is_done(it->row, from))
            new_page(b, i);
    }
    b->brk = i + 1;
}

static bool may_divide(const struct breaking *b, const struct item *it)
{
    if (it->kind != ITEM_ROW || it->row->joined || it->row->header)
        return false;
    return b->first || (it->h > 0.5 * press_height(b->p) && b->bottom - b->y > 90);
}

static bool is_kind(const struct slot *s, enum item_kind kind)
{
    return s->item && s->item->kind == kind;
}

/* Paragraphs that begin on one page and end on another: each line is a Span of its own. */
static void part_divided(struct pages *o)
{
    for (size_t i = 0, start = 0; i < o->n; i++) {
        if (is_kind(&o->v[i], ITEM_OPEN))
            start = i;
        if (!is_kind(&o->v[i], ITEM_LINE) || o->v[i].page == o->v[start].page || o->v[i].item->line->links)
            continue;
        for (size_t k = start; k < o->n && !is_kind(&o->v[k], ITEM_CLOSE); k++)
            if (is_kind(&o->v[k], ITEM_LINE))
                o->v[k].item->line->links = true;
    }
}

void pages_break(struct press *p, const struct flow *f, struct pages *out)
{
    struct breaking b = {.p = p, .f = f, .out = out, .bottom = PAPER_H - p->form->bottom + 0.01};
    new_page(&b, 0);
    for (size_t i = 0; i < f->n && !p->bad;) {
        const struct item *it = &f->v[i];
        double before = b.first ? 0 : it->before;
        if (!is_box(it))
            push(&b, (struct slot){.item = it, .y = b.y});
        else if (b.y + before + it->h <= b.bottom || (b.first && !may_divide(&b, it))) {
            push(&b, (struct slot){.item = it, .y = b.y + before, .h = it->h});
            b.y += before + it->h;
            b.first = false;
            b.brk = it->keep ? b.brk : i + 1;
        } else if (may_divide(&b, it))
            divide(&b, i);
        else {
            i = turn(&b, i);
            continue;
        }
        i++;
    }
    part_divided(out);
}
