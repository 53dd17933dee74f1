#include "docx/zip.h"

#include <zip.h>

static enum err add_one(zip_t *z, const struct zip_part *part)
{
    zip_source_t *s = zip_source_buffer(z, part->b.p, part->b.n, 0);
    if (!s)
        return ERR_INTERNAL;
    zip_int64_t i = zip_file_add(z, part->name, s, ZIP_FL_ENC_UTF_8);
    if (i < 0) {
        zip_source_free(s);
        return ERR_INTERNAL;
    }
    return zip_file_set_dostime(z, (zip_uint64_t)i, 0, 1 << 5 | 1, 0) ? ERR_INTERNAL : OK;
}

static enum err add_all(zip_t *z, const struct zip_part *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        TRY(add_one(z, &parts[i]));
    return OK;
}

static enum err read_all(zip_source_t *s, struct buf *out)
{
    zip_stat_t st;
    if (zip_source_stat(s, &st) || !(st.valid & ZIP_STAT_SIZE) || zip_source_open(s))
        return ERR_INTERNAL;
    char *to = buf_reserve(out, st.size);
    zip_int64_t n = to ? zip_source_read(s, to, st.size) : -1;
    zip_source_close(s);
    if (!to)
        return ERR_LIMIT;
    if (n != (zip_int64_t)st.size)
        return ERR_INTERNAL;
    out->n += (size_t)n;
    return OK;
}

enum err zip_pack(const struct zip_part *parts, size_t n, struct buf *out)
{
    zip_error_t fault;
    zip_error_init(&fault);
    zip_source_t *s = zip_source_buffer_create(NULL, 0, 0, &fault);
    zip_t *z = s ? zip_open_from_source(s, ZIP_TRUNCATE, &fault) : NULL;
    zip_error_fini(&fault);
    if (!z) {
        zip_source_free(s);
        return ERR_INTERNAL;
    }
    zip_source_keep(s); /* closing the container would let it go */
    enum err e = add_all(z, parts, n);
    if (e || zip_close(z)) {
        zip_discard(z);
        e = e ? e : ERR_INTERNAL;
    }
    if (!e)
        e = read_all(s, out);
    zip_source_free(s);
    return e;
}
