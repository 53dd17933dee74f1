/* person_file.c: all of a person's data in one ZIP (service/person.h). */
#include "docx/zip.h"
#include "service/document.h"
#include "service/person.h"

struct file {
    struct ctx *c;
    struct zip_part *part;
    size_t n;
    size_t bytes; /* of the documents so far */
};

static enum err add(struct file *f, struct str name, struct buf *b)
{
    f->bytes += b->n;
    if (b->bad || f->bytes > PERSON_FILE_MAX)
        return ERR_LIMIT;
    f->part[f->n++] = (struct zip_part){.name = arena_cstr(f->c->a, name), .b = *b};
    *b = (struct buf){0};
    return OK;
}

/* One own document, in an arena of its own: a large one must not stay until the end. */
static enum err add_document(struct file *f, int64_t id, enum document_format format)
{
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)1 << 30);
    struct ctx theirs = *f->c;
    struct document_file out = {0};
    theirs.a = a;
    theirs.seen = NULL;
    theirs.n_seen = theirs.seen_max = 0;
    enum err e = document_export(&theirs, id, format, &out);
    if (e == ERR_NOT_FOUND)
        return OK; /* deleted by the person, and still to be taken back */
    TRY(e);
    e = add(f, arena_fmt(f->c->a, "dokumenter/%lld-%.*s", (long long)id, STR_FMT(out.name)), &out.bytes);
    buf_free(&out.bytes);
    return e;
}

static enum err fill(struct file *f, const struct person_data *d, const struct person_document_row *docs, size_t n, struct buf *page)
{
    CLEANUP(buf_free) struct buf json = {.max = PERSON_FILE_MAX};
    TRY(add(f, STR("mine-opplysninger.html"), page));
    person_json(d, &json);
    enum err e = add(f, STR("data.json"), &json);
    TRY(e);
    for (size_t i = 0; i < n; i++) {
        if (docs[i].deleted_at)
            continue;
        TRY(add_document(f, docs[i].id, DOCUMENT_PDF));
        TRY(add_document(f, docs[i].id, DOCUMENT_TXT));
    }
    return OK;
}

enum err person_file(struct ctx *c, const struct person_data *d, struct buf *page, struct buf *zip)
{
    struct person_document_row *docs;
    size_t n;
    TRY(may(c, ACT_DATA_OWN, REL_SELF));
    TRY(person_documents(c->db, c->a, &d->who.ids, &docs, &n));
    struct file f = {.c = c, .part = ARENA_ARRAY(c->a, struct zip_part, 2 + 2 * n)};
    struct buf out = {.max = PERSON_FILE_MAX};
    enum err e = fill(&f, d, docs, n, page);
    if (!e)
        e = zip_pack(f.part, f.n, &out);
    for (size_t i = 0; i < f.n; i++)
        buf_free(&f.part[i].b);
    if (e) {
        buf_free(&out);
        return e;
    }
    *zip = out;
    return OK;
}
