#include "service/person.h"
#include "base/secret.h"
#include "domain/throttle.h"
#include "model/account.h"
#include "service/relation.h"

struct person_ref person_me(const struct ctx *c)
{
    const struct actor *a = c->actor;
    if (a->role == ROLE_TRAINEE && a->participant_id)
        return (struct person_ref){PERSON_PARTICIPANT, a->participant_id};
    if (a->role == ROLE_MENTOR && a->mentor_id)
        return (struct person_ref){PERSON_MENTOR, a->mentor_id};
    return (struct person_ref){PERSON_ACCOUNT, a->account_id};
}

static enum err facts_of(struct ctx *c, struct person_ref ref, struct person_facts_row *f)
{
    if (ref.is == PERSON_PARTICIPANT)
        return person_of_participant(c->db, c->a, ref.id, c->now, f);
    if (ref.is == PERSON_MENTOR)
        return person_of_mentor(c->db, c->a, ref.id, c->now, f);
    return person_of_account(c->db, c->a, ref.id, c->actor->organisation_id, c->now, f);
}

static enum err relations(struct ctx *c, struct person *p, unsigned *rel)
{
    const struct person_facts_row *f = &p->facts;
    struct person_ref me = person_me(c);
    p->own = c->actor->account_id && me.is == p->ref.is && me.id == p->ref.id;
    *rel = c->actor->account_id ? rel_org(c, f->organisation_id) : REL_ORG;
    if (c->actor->account_id && f->participant_id)
        *rel = rel_person(c, &(struct person_facts){f->organisation_id, f->participant_id, f->adviser_id, f->nav_contact_id, f->address_protection});
    if (p->own)
        *rel |= REL_SELF;
    return OK;
}

enum err person_load(struct ctx *c, struct person_ref ref, enum act act, struct person *out)
{
    struct person p = {.ref = ref};
    unsigned rel;
    enum err e = ref.id > 0 ? facts_of(c, ref, &p.facts) : ERR_NOT_FOUND;
    if (e == ERR_NOT_FOUND) {
        TRY(may(c, act, 0)); /* the same answer as for one that is not for the actor */
        return ERR_NOT_FOUND;
    }
    TRY(e);
    TRY(relations(c, &p, &rel));
    TRY(may(c, act, rel));
    p.keeps_account = p.facts.elsewhere > 0 && ref.is != PERSON_ACCOUNT;
    p.ids = (struct person_ids){p.facts.participant_id ? p.facts.participant_id : PERSON_NONE,
                                p.facts.account_id && !p.keeps_account ? p.facts.account_id : PERSON_NONE,
                                p.facts.mentor_id ? p.facts.mentor_id : PERSON_NONE};
    *out = p;
    return OK;
}

/* ---- gathering */

struct gather {
    struct ctx *c;
    const struct register_table *table;
    struct person_rows *rows;
    const struct person_name_row *names;
    size_t n_names, max;
    bool hide; /* names of others */
};

static struct str replaced(struct arena *a, struct str text, struct str from, struct str to)
{
    CLEANUP(buf_free) struct buf b = {.max = (size_t)64 << 20};
    const char *hit;
    while (from.n > 3 && text.n && (hit = memmem(text.p, text.n, from.p, from.n)) != NULL) {
        buf_add(&b, text.p, (size_t)(hit - text.p));
        buf_str(&b, to);
        text.n -= (size_t)(hit - text.p) + from.n;
        text.p = hit + from.n;
    }
    if (!b.n)
        return text;
    buf_str(&b, text);
    struct str out = arena_str(a, b.bad ? STR("") : buf_view(&b));
    return out;
}

static struct str without_names(const struct gather *g, struct str text)
{
    static const char *const instead[] = {N_("[trainee]"), N_("[mentor]"), N_("[ansatt]")};
    for (size_t i = 0; i < g->n_names; i++) {
        const struct person_name_row *x = &g->names[i];
        struct str word = str_c(text_get(g->c->lang, instead[x->mentor]));
        struct str whole = x->last_name.n ? arena_fmt(g->c->a, "%.*s %.*s", STR_FMT(x->first_name), STR_FMT(x->last_name)) : x->first_name;
        text = replaced(g->c->a, text, whole, word);
        text = replaced(g->c->a, text, x->last_name, word);
    }
    return arena_str(g->c->a, text); /* nobody's name in it: the cell is the row's, and goes with it */
}

static bool is_words(enum shown s)
{
    return s == SHOWN_TEXT || s == SHOWN_TRAINEE || s == SHOWN_MATCHPLACE || s == SHOWN_PAIRPLACE || s == SHOWN_REASON;
}

static enum err keep(void *arg, const struct str *cells)
{
    struct gather *g = arg;
    struct person_rows *r = g->rows;
    if (r->n == PERSON_ROWS_MAX)
        return ERR_LIMIT;
    if (r->n == g->max) {
        size_t max = g->max ? 2 * g->max : 8;
        const struct str **more = ARENA_ARRAY(g->c->a, const struct str *, max);
        if (r->n)
            memcpy(more, r->rows, r->n * sizeof *more);
        r->rows = more;
        g->max = max;
    }
    struct str *row = ARENA_ARRAY(g->c->a, struct str, g->table->n);
    for (size_t i = 0; i < g->table->n; i++)
        row[i] = g->hide && is_words(g->table->columns[i].shown) ? without_names(g, cells[i]) : arena_str(g->c->a, cells[i]);
    r->rows[r->n++] = row;
    return OK;
}

/* What others wrote, or both: the names in it are not the person's own words. */
static bool hides_names(enum register_id t)
{
    switch ((int)t) {
    case REG_agreement: case REG_evaluation: case REG_event: case REG_recommendation: case REG_criterion_assessment: case REG_interview:
    case REG_interview_question: case REG_mentorship: case REG_meeting: case REG_task: case REG_competence_gap: case REG_offer: case REG_outbox:
    case REG_handover: case REG_relation: case REG_outcome: case REG_internship:
        return true;
    default:
        return false;
    }
}

enum err person_data(struct ctx *c, struct person_ref ref, struct person_data *out)
{
    struct person_name_row *names;
    size_t n_names;
    TRY(person_load(c, ref, ACT_DATA_OWN, &out->who));
    TRY(person_names(c->db, c->a, &out->who.ids, &names, &n_names));
    for (enum register_id t = 0; t < REG_N; t++) {
        struct gather g = {.c = c, .table = &register_tables[t], .rows = &out->tables[t], .names = names, .n_names = n_names, .hide = hides_names(t)};
        out->tables[t] = (struct person_rows){.table = t};
        if (register_tables[t].rows != ROWS_SPECIAL)
            TRY(person_rows(c->db, c->a, &out->who.ids, t, keep, &g));
    }
    return OK;
}

/* ---- for programs */

static void json_str(struct buf *o, struct str s)
{
    buf_byte(o, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char ch = (unsigned char)s.p[i];
        if (ch == '"' || ch == '\\') {
            buf_byte(o, '\\');
            buf_byte(o, (char)ch);
        } else if (ch < 0x20) {
            buf_fmt(o, "\\u%04x", ch);
        } else {
            buf_byte(o, (char)ch);
        }
    }
    buf_byte(o, '"');
}

static void json_row(struct buf *o, const struct register_table *t, const struct str *cells)
{
    const char *between = "";
    buf_c(o, "{");
    for (size_t i = 0; i < t->n; i++) {
        enum shown s = t->columns[i].shown;
        bool number = s == SHOWN_NUMBER || s == SHOWN_DAY || s == SHOWN_AT || s == SHOWN_TRAINEENUM || s == SHOWN_MENTORNUM;
        if (!shown_given(s) || (number && !cells[i].n))
            continue;
        buf_fmt(o, "%s\"%s\": ", between, t->columns[i].name);
        between = ", ";
        if (number)
            buf_str(o, cells[i]);
        else
            json_str(o, cells[i]);
    }
    buf_c(o, "}");
}

static bool given(const struct register_table *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (shown_given(t->columns[i].shown))
            return true;
    return false;
}

void person_json(const struct person_data *d, struct buf *o)
{
    const char *between = "";
    buf_c(o, "{\"format\": 1, \"tables\": {");
    for (size_t t = 0; t < REG_N; t++) {
        const struct person_rows *r = &d->tables[t];
        if (!r->n || !given(&register_tables[t]))
            continue;
        buf_fmt(o, "%s\n \"%s\": [", between, register_tables[t].name);
        between = ",";
        for (size_t i = 0; i < r->n; i++) {
            buf_c(o, i ? ",\n  " : "\n  ");
            json_row(o, &register_tables[t], r->rows[i]);
        }
        buf_c(o, "]");
    }
    buf_c(o, "\n}}\n");
}

enum err person_has_password(struct ctx *c, bool *has)
{
    struct account_row acc;
    TRY(may(c, ACT_DATA_OWN, REL_SELF));
    TRY(account_get(c->db, c->a, c->actor->account_id, &acc));
    *has = acc.password_hash.n > 0;
    return OK;
}

static struct str password_key(struct ctx *c)
{
    return arena_fmt(c->a, "x:%.*s", STR_FMT(secret_hash_hex(c->a, arena_fmt(c->a, "own data|%lld", (long long)c->actor->account_id))));
}

enum err person_password(struct ctx *c, struct str password, struct person_password *out)
{
    struct account_row acc;
    struct throttle_row row;
    struct person_password p = {0};
    TRY(may(c, ACT_DATA_OWN, REL_SELF));
    TRY(account_get(c->db, c->a, c->actor->account_id, &acc));
    TRY(throttle_get(c->db, c->a, password_key(c), &row));
    p.wait_ms = acc.password_hash.n ? throttle_left_ms(row.until_at, row.seen_at, c->now) : 0;
    p.right = !p.wait_ms && (!acc.password_hash.n || secret_password_ok(acc.password_hash, password));
    *out = p;
    return OK;
}

enum err person_password_note(struct ctx *c, const struct person_password *p)
{
    struct throttle_row row;
    TRY(may(c, ACT_DATA_OWN, REL_SELF));
    if (p->wait_ms)
        return OK;
    if (p->right)
        return throttle_clear(c->db, password_key(c));
    TRY(throttle_get(c->db, c->a, password_key(c), &row));
    row.key = password_key(c);
    row.failures = throttle_remembered(THROTTLE_PAIR, row.failures, c->now - row.seen_at) + 1;
    row.seen_at = c->now;
    row.until_at = c->now + throttle_delay_ms(THROTTLE_PAIR, row.failures);
    return throttle_put(c->db, &row);
}
