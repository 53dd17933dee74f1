/* words.c: how the pages of documents say things. */
#include "base/num.h"
#include "page/document/document.h"

const char *document_icon(enum document_kind k)
{
    static const char *const icons[DOCUMENT_KIND_N] = {
        [DOCUMENT_CV] = "PersonCircle", [DOCUMENT_LETTER] = "EnvelopeClosed", [DOCUMENT_APPLICATION] = "PencilLine",
        [DOCUMENT_MINUTES] = "Chat",    [DOCUMENT_AD] = "Briefcase",          [DOCUMENT_FREE] = "FileText",
    };
    return icons[k < DOCUMENT_KIND_N ? k : DOCUMENT_FREE];
}

const char *document_may_word(enum document_right r)
{
    switch (r) {
    case DOCUMENT_READ:
        return N_("kan lese");
    case DOCUMENT_COMMENT:
        return N_("kan kommentere");
    case DOCUMENT_WRITE:
        return N_("kan skrive");
    case DOCUMENT_NONE:
    case DOCUMENT_RIGHT_N:
        break;
    }
    return N_("ser det ikke");
}

bool document_news(const struct view *v, const struct document_row *d)
{
    return d->changed_by && d->changed_by != v->actor->account_id && d->changed_at > d->visited_at;
}

struct str document_last_text(const struct view *v, const struct document_row *d)
{
    if (d->changed_by == v->actor->account_id)
        return TF("Du skrev sist {1}", WHEN(d->changed_at));
    if (d->changed_by && d->changed_by_name.n)
        return TF("{1} skrev sist {2}", d->changed_by_name, WHEN(d->changed_at));
    return TF("Laget {1}", WHEN(d->created_at));
}

struct str document_path(const struct view *v, int64_t id)
{
    return arena_fmt(v->a, "/documents/%lld", (long long)id);
}

enum err document_of_the_meeting(struct page *p, int64_t meeting_id, int64_t *id)
{
    struct document *rows;
    size_t n;
    *id = 0;
    TRY(document_list_of(&p->c, STR(""), &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].row.meeting_id == meeting_id)
            *id = rows[i].row.id;
    return OK;
}

enum err documents_of(struct page *p, int64_t participant_id, struct document **rows, size_t *n)
{
    size_t all, k = 0;
    TRY(document_list_of(&p->c, STR(""), rows, &all));
    for (size_t i = 0; i < all; i++)
        if ((*rows)[i].row.participant_id == participant_id)
            (*rows)[k++] = (*rows)[i];
    *n = k;
    return OK;
}

size_t document_count(const struct document *rows, size_t n, int64_t participant_id)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        k += rows[i].row.participant_id == participant_id && !rows[i].row.archived_at;
    return k;
}

struct str point_code(const struct view *v, struct document_point p)
{
    if (p.version_id)
        return arena_fmt(v->a, "v%lld", (long long)p.version_id);
    return p.seq < 0 ? STR("now") : arena_fmt(v->a, "%lld", (long long)p.seq);
}

bool point_of(struct str code, struct document_point *out)
{
    int64_t n;
    if (str_is(code, "now"))
        *out = (struct document_point){.seq = -1};
    else if (code.n > 1 && code.p[0] == 'v' && num_i64((struct str){code.p + 1, code.n - 1}, 1, INT64_MAX, &n))
        *out = (struct document_point){.version_id = n};
    else if (num_i64(code, 0, INT64_MAX, &n))
        *out = (struct document_point){.seq = n};
    else
        return false;
    return true;
}

const char *document_you_may(enum document_right r)
{
    return r == DOCUMENT_WRITE ? N_("du kan skrive") : r == DOCUMENT_COMMENT ? N_("du kan kommentere") : N_("du kan lese");
}
