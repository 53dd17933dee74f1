#include "service/document.h"
#include "base/tm.h"
#include "base/utf8.h"
#include "live/prose.h"
#include "model/live.h"
#include "service/document_parts.h"
#include "service/relation.h"

enum { LISTED = 200, SCANNED = 1000 };

unsigned document_rel(struct ctx *c, const struct document_row *d)
{
    const struct actor *a = c->actor;
    unsigned rel = rel_person(c, &(struct person_facts){d->organisation_id, d->participant_id, d->adviser_id, d->nav_contact_id,
                                                        d->address_protection});
    if (!a->account_id)
        return rel & REL_ORG;
    rel |= document_right_rel((enum document_right)d->may);
    rel = a->account_id == d->owner_account ? rel | REL_SELF : rel & ~(unsigned)REL_SELF; /* whoever it is about: the owner decides */
    if (a->mentor_id && d->paired && (rel & REL_ORG)) /* the same person may be a mentor elsewhere too */
        rel |= REL_PAIR;
    return rel;
}

enum document_right document_right_now(struct ctx *c, const struct document_row *d)
{
    unsigned rel = document_rel(c, d);
    if (d->deleted_at)
        return DOCUMENT_NONE;
    if (may(c, ACT_DOCUMENT_WRITE, rel) == OK && !d->archived_at)
        return DOCUMENT_WRITE;
    if (may(c, ACT_DOCUMENT_COMMENT, rel) == OK)
        return DOCUMENT_COMMENT;
    return may(c, ACT_DOCUMENT_SEE, rel) == OK ? DOCUMENT_READ : DOCUMENT_NONE;
}

static struct document describe(struct ctx *c, const struct document_row *row)
{
    unsigned rel = document_rel(c, row);
    struct document d = {.row = *row, .kind = document_kind_of(row->kind), .right = document_right_now(c, row), .own = rel & REL_SELF,
                         .owner_name = row->owner};
    d.minutes_of = d.kind == DOCUMENT_MINUTES && row->meeting_id > 0;
    d.renames = d.own || (d.minutes_of && (rel & REL_PAIR) && d.right == DOCUMENT_WRITE);
    d.history = may(c, ACT_DOCUMENT_HISTORY, rel) == OK;
    if (d.own)
        d.row.may = DOCUMENT_NONE;
    return d;
}

enum err document_load(struct ctx *c, int64_t id, enum act act, struct document *out)
{
    struct document_row row;
    enum err e = document_get(c->db, c->a, id, c->actor->account_id, &row);
    if (e == ERR_NOT_FOUND || (!e && row.deleted_at)) {
        TRY(may(c, act, 0)); /* the same answer as for one that is not for the actor */
        return ERR_NOT_FOUND;
    }
    TRY(e);
    TRY(may(c, act, document_rel(c, &row)));
    *out = describe(c, &row);
    if (!out->own)
        saw(c, row.organisation_id, row.participant_id, "document");
    return OK;
}

enum err document_open(struct ctx *c, int64_t id, struct document *out)
{
    return document_load(c, id, ACT_DOCUMENT_SEE, out);
}

enum err document_visited(struct ctx *c, int64_t id)
{
    struct document d;
    TRY(document_load(c, id, ACT_DOCUMENT_SEE, &d));
    return document_visit(c->db, id, c->actor->account_id, c->now);
}

enum err document_right_of(struct ctx *c, int64_t id, enum document_right *right)
{
    struct document d;
    enum err e = document_load(c, id, ACT_DOCUMENT_SEE, &d);
    if (e && e != ERR_NOT_FOUND && e != ERR_DENIED)
        return e;
    *right = e ? DOCUMENT_NONE : d.right;
    return OK;
}

/* ---- lists */

/* The words typed, folded; those beyond the third are not looked for. */
static void words_of(struct ctx *c, struct str query, struct str words[DOCUMENT_WORDS])
{
    struct str folded = utf8_fold(c->a, query);
    char *p = arena_alloc(c->a, folded.n + 1);
    for (size_t i = 0; i < folded.n; i++)
        p[i] = folded.p[i] == '%' || folded.p[i] == '_' || (unsigned char)folded.p[i] < ' ' ? ' ' : folded.p[i];
    struct str rest = {p, folded.n};
    for (size_t k = 0; rest.n && k < DOCUMENT_WORDS;) {
        struct str w = str_cut(&rest, ' ');
        if (w.n)
            words[k++] = w;
    }
}

enum err document_list_of(struct ctx *c, struct str query, struct document **rows, size_t *n)
{
    struct document_row *all;
    struct str words[DOCUMENT_WORDS] = {{0}};
    size_t got, k = 0;
    TRY(may(c, ACT_DOCUMENT_LIST, c->actor->account_id ? REL_SELF : 0));
    words_of(c, query, words);
    TRY(document_list(c->db, c->a, c->actor->account_id, words, SCANNED, &all, &got));
    struct document *out = ARENA_ARRAY(c->a, struct document, LISTED);
    for (size_t i = 0; i < got && k < LISTED; i++) {
        struct document d = describe(c, &all[i]);
        if (d.right == DOCUMENT_NONE)
            continue;
        if (!d.own)
            saw(c, d.row.organisation_id, d.row.participant_id, "document");
        out[k++] = d;
    }
    *rows = out;
    *n = k;
    return OK;
}

enum err document_deleted(struct ctx *c, struct document **rows, size_t *n)
{
    struct document_row *all;
    size_t got, k = 0;
    TRY(may(c, ACT_DOCUMENT_LIST, c->actor->account_id ? REL_SELF : 0));
    TRY(document_list_deleted(c->db, c->a, c->actor->account_id, &all, &got));
    struct document *out = ARENA_ARRAY(c->a, struct document, got + 1);
    for (size_t i = 0; i < got; i++)
        if (all[i].deleted_at > c->now - (int64_t)DOCUMENT_KEPT_DAYS * TM_DAY_MS)
            out[k++] = describe(c, &all[i]);
    *rows = out;
    *n = k;
    return OK;
}

/* ---- what its owner does with it */

enum err document_title(struct ctx *c, struct str typed, struct str *out)
{
    TRY(utf8_clean(c->a, typed, false, out));
    return !out->n ? ERR_INVALID : utf8_count(*out) > DOCUMENT_TITLE_MAX ? ERR_LIMIT : OK;
}

enum err document_note(struct ctx *c, const struct document_row *d, const char *kind, const char *outcome)
{
    return event_add(c, (struct event){.organisation_id = d->organisation_id, .subject_id = d->id, .kind = kind, .outcome = outcome});
}

enum err document_rename(struct ctx *c, int64_t id, int64_t version, struct str title)
{
    struct document d;
    struct document_text_row text;
    TRY(document_load(c, id, ACT_DOCUMENT_SEE, &d));
    if (!d.renames)
        return ERR_DENIED;
    TRY(document_title(c, title, &d.row.title));
    d.row.version = version;
    TRY(document_update(c->db, &d.row));
    TRY(document_text_get(c->db, c->a, id, &text));
    struct str both[2] = {d.row.title, text.text};
    return document_text_put(c->db, id, STR(""), utf8_fold(c->a, arena_join(c->a, both, 2, STR("\n"))), 0, 0);
}

static enum err change(struct ctx *c, struct document *d, int64_t version, const char *kind)
{
    d->row.version = version;
    TRY(document_update(c->db, &d->row));
    news_of(c, d->row.id, NEWS_ACCESS);
    return document_note(c, &d->row, kind, "");
}

enum err document_archive(struct ctx *c, int64_t id, int64_t version, bool archived)
{
    struct document d;
    TRY(document_load(c, id, ACT_DOCUMENT_SHARE, &d));
    d.row.archived_at = !archived ? 0 : d.row.archived_at ? d.row.archived_at : c->now;
    return change(c, &d, version, archived ? "document.archived" : "document.taken_out");
}

enum err document_delete(struct ctx *c, int64_t id, int64_t version)
{
    struct document d;
    TRY(document_load(c, id, ACT_DOCUMENT_SHARE, &d));
    d.row.deleted_at = c->now;
    return change(c, &d, version, "document.deleted");
}

enum err document_undelete(struct ctx *c, int64_t id)
{
    struct document_row row;
    int64_t n;
    enum err e = document_get(c->db, c->a, id, c->actor->account_id, &row);
    if (e && e != ERR_NOT_FOUND)
        return e;
    TRY(may(c, ACT_DOCUMENT_SHARE, e ? 0 : document_rel(c, &row)));
    TRY(e);
    if (!row.deleted_at)
        return OK;
    if (row.deleted_at <= c->now - (int64_t)DOCUMENT_KEPT_DAYS * TM_DAY_MS)
        return ERR_NOT_FOUND;
    TRY(document_count_own(c->db, c->a, row.owner_account, &n));
    if (n >= DOCUMENTS_MAX)
        return ERR_LIMIT;
    row.deleted_at = 0;
    struct document d = {.row = row};
    return change(c, &d, row.version, "document.undeleted");
}

/* ---- what stands in it */

static struct rich *copy_tree(struct arena *a, const struct rich *from)
{
    struct rich *to = ARENA_NEW(a, struct rich);
    *to = *from;
    to->next = to->first = to->last = NULL;
    to->text = arena_str(a, from->text);
    to->href = arena_str(a, from->href);
    to->comment = arena_str(a, from->comment);
    to->suggestion = arena_str(a, from->suggestion);
    to->author = arena_str(a, from->author);
    for (const struct rich *r = from->first; r; r = r->next)
        rich_add(to, copy_tree(a, r));
    return to;
}

size_t document_tree_bytes(const struct rich *t)
{
    size_t n = sizeof *t + t->text.n + t->href.n + t->comment.n + t->suggestion.n + t->author.n + 64;
    for (const struct rich *r = t->first; r; r = r->next)
        n += document_tree_bytes(r);
    return n;
}

enum err document_tree(struct arena *a, const struct bytes *updates, size_t n, struct rich **out)
{
    CLEANUP(arena_freep) struct arena *own = NULL;
    struct rich *tree;
    if (!n) {
        *out = rich_new(a, RICH_DOC);
        return OK;
    }
    own = arena_new(PROSE_ARENA_MAX);
    TRY(prose_read(own, updates, n, &tree));
    if (document_tree_bytes(tree) > DOCUMENT_TREE_MAX)
        return ERR_LIMIT;
    *out = copy_tree(a, tree);
    return OK;
}

enum err document_updates(struct ctx *c, struct arena *a, int64_t id, struct bytes **updates, size_t *n)
{
    struct document d;
    size_t k = 0;
    TRY(document_load(c, id, ACT_DOCUMENT_SEE, &d));
    TRY(live_load(c->db, a, id, updates, n, NULL));
    for (size_t i = 0; i < *n; i++)
        if ((*updates)[i].n)
            (*updates)[k++] = (*updates)[i];
    *n = k;
    return OK;
}

enum err document_read(struct ctx *c, int64_t id, struct rich **out)
{
    CLEANUP(arena_freep) struct arena *own = arena_new(DOCUMENT_ARENA);
    struct bytes *updates;
    size_t n;
    TRY(document_updates(c, own, id, &updates, &n));
    return document_tree(c->a, updates, n, out);
}

enum err document_edit(struct ctx *c, int64_t id, struct bytes update)
{
    struct document d;
    TRY(document_load(c, id, ACT_DOCUMENT_WRITE, &d));
    struct live_log_row row = {.document_id = id, .account_id = c->actor->account_id, .from_at = c->now, .at = c->now, .edits = 1, .data = update};
    return live_log_add(c->db, &row);
}

enum err document_index(struct db *db, struct arena *a, int64_t id, struct str title, const struct rich *tree, int64_t changed_at)
{
    struct rich *seen = rich_view(a, tree, RICH_ORIGINAL);
    CLEANUP(buf_free) struct buf plain = {.max = DOCUMENT_BYTES};
    rich_plain(seen, &plain);
    struct str both[2] = {title, buf_view(&plain)};
    struct str folded = utf8_fold(a, arena_join(a, both, 2, STR("\n")));
    return plain.bad ? ERR_LIMIT : document_text_put(db, id, both[1], folded, rich_words(seen), changed_at);
}

/* ---- the advertisement */

enum err document_ad(struct ctx *c, int64_t id, struct document_ad_row *out)
{
    struct document d;
    TRY(document_load(c, id, ACT_DOCUMENT_SEE, &d));
    return document_ad_get(c->db, c->a, id, out);
}

static bool address_ok(struct str url)
{
    return !url.n || str_starts(url, STR("https://")) || str_starts(url, STR("http://"));
}

enum err document_ad_save(struct ctx *c, const struct document_ad_row *ad)
{
    struct document d;
    struct document_ad_row row = *ad;
    TRY(document_load(c, ad->document_id, ACT_DOCUMENT_WRITE, &d));
    if (d.right != DOCUMENT_WRITE || d.kind != DOCUMENT_AD)
        return ERR_STATE;
    TRY(utf8_clean(c->a, ad->employer, false, &row.employer));
    TRY(utf8_clean(c->a, ad->url, false, &row.url));
    TRY(utf8_clean(c->a, ad->text, true, &row.text));
    if (!address_ok(row.url))
        return ERR_INVALID;
    if (utf8_count(row.employer) > DOCUMENT_TITLE_MAX || row.url.n > 2000 || utf8_count(row.text) > AD_MAX)
        return ERR_LIMIT;
    return document_ad_put(c->db, &row);
}
