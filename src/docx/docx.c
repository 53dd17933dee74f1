#include "docx/docx.h"

#include "docx/parts.h"
#include "docx/zip.h"

enum { PARTS = 8 };

static enum err write_parts(struct arena *a, const struct rich *doc, const struct docx_about *about, struct zip_part *p)
{
    part_types(&p[0].b);
    part_rels(&p[1].b);
    part_core(a, about, &p[2].b);
    part_styles(about, &p[4].b);
    part_settings(about, &p[6].b);
    TRY(part_document(a, doc, about, &p[3].b, &p[5].b, &p[7].b));
    for (size_t i = 0; i < PARTS; i++)
        if (p[i].b.bad)
            return ERR_LIMIT;
    return OK;
}

enum err docx_write(const struct rich *doc, const struct docx_about *about, struct buf *out)
{
    struct zip_part parts[PARTS] = {{"[Content_Types].xml"}, {"_rels/.rels"}, {"docProps/core.xml"}, {"word/document.xml"}, {"word/styles.xml"},
                                {"word/numbering.xml"}, {"word/settings.xml"}, {"word/_rels/document.xml.rels"}};
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)1 << 30);
    for (size_t i = 0; i < PARTS; i++)
        parts[i].b.max = 64 << 20;
    enum err e = write_parts(a, doc, about, parts);
    if (!e)
        e = zip_pack(parts, PARTS, out);
    for (size_t i = 0; i < PARTS; i++)
        buf_free(&parts[i].b);
    return e;
}
