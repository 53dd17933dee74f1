/* document_template.c: what a new document can begin with: the built-in ones and the organisation's (service/document.h). */
#include "base/utf8.h"
#include "service/document_parts.h"

/* Does an own template stand in the place of the built-in one? */
static bool replaces(const struct document_template_row *t, enum document_kind kind)
{
    enum lang lang = LANG_NB;
    (void)lang_of(t->lang, &lang);
    return str_is(t->kind, document_kind_code(kind)) && str_is(t->title, text_get(lang, document_kind_label(kind)));
}

enum err document_choices(struct ctx *c, struct document_choice **rows, size_t *n)
{
    struct document_template_row *own;
    size_t n_own, k = 0;
    TRY(may(c, ACT_DOCUMENT_NEW, c->actor->account_id ? REL_SELF : 0));
    TRY(document_template_list(c->db, c->a, c->actor->organisation_id, &own, &n_own));
    struct document_choice *out = ARENA_ARRAY(c->a, struct document_choice, DOCUMENT_KIND_N + n_own);
    for (enum document_kind kind = DOCUMENT_CV; kind < DOCUMENT_KIND_N; kind++) {
        struct str about = str_c(text_get(c->lang, document_kind_about(kind)));
        bool replaced = false;
        for (size_t i = 0; i < n_own; i++)
            replaced |= replaces(&own[i], kind);
        if (!replaced)
            out[k++] = (struct document_choice){kind, 0, str_c(text_get(c->lang, document_kind_label(kind))), about};
        for (size_t i = 0; i < n_own; i++)
            if (str_is(own[i].kind, document_kind_code(kind)))
                out[k++] = (struct document_choice){kind, own[i].id, own[i].title, about};
    }
    *rows = out;
    *n = k;
    return OK;
}

static enum err allowed(struct ctx *c)
{
    return may(c, ACT_DOCUMENT_TEMPLATE, rel_org(c, c->actor->organisation_id));
}

enum err document_templates(struct ctx *c, struct document_template_row **rows, size_t *n)
{
    TRY(allowed(c));
    return document_template_list(c->db, c->a, c->actor->organisation_id, rows, n);
}

enum err document_template_open(struct ctx *c, int64_t id, struct document_template_row *out)
{
    struct document_template_row t;
    TRY(allowed(c));
    TRY(document_template_get(c->db, c->a, id, &t));
    if (t.organisation_id != c->actor->organisation_id || t.ended_at)
        return ERR_NOT_FOUND;
    *out = t;
    return OK;
}

static enum err note(struct ctx *c, int64_t id, const char *kind)
{
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .subject_id = id, .kind = kind, .outcome = ""});
}

enum err document_template_save(struct ctx *c, const struct document_template_row *t, int64_t *id)
{
    struct document_template_row row = *t, was;
    enum document_kind kind;
    enum lang lang;
    TRY(allowed(c));
    TRY(document_title(c, t->title, &row.title));
    TRY(utf8_clean(c->a, t->text, true, &row.text));
    if (!document_kind_is(t->kind, &kind) || !lang_of(t->lang, &lang))
        return ERR_INVALID;
    if (utf8_count(row.text) > TEMPLATE_MAX)
        return ERR_LIMIT;
    row.lang = str_c(lang_info[lang].code);
    row.organisation_id = c->actor->organisation_id;
    row.changed_by = c->actor->account_id;
    row.changed_at = c->now;
    row.ended_at = 0;
    if (t->id) {
        TRY(document_template_open(c, t->id, &was));
        TRY(document_template_update(c->db, &row));
    } else {
        TRY(document_template_insert(c->db, &row, &row.id));
    }
    TRY(note(c, row.id, t->id ? "document_template.changed" : "document_template.added"));
    *id = row.id;
    return OK;
}

enum err document_template_end(struct ctx *c, int64_t id, int64_t version)
{
    struct document_template_row t;
    TRY(document_template_open(c, id, &t));
    t.version = version;
    t.ended_at = t.changed_at = c->now;
    t.changed_by = c->actor->account_id;
    TRY(document_template_update(c->db, &t));
    return note(c, id, "document_template.ended");
}
