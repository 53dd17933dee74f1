/* Property: a path that is taken starts with a slash, is UTF-8 without control characters, has no empty piece and no piece of dots
 * that goes anywhere, as many slashes as were sent, and gives itself when it is coded and read again. Matching it against a pattern
 * made of it succeeds, and the piece taken out is the piece that was there. */
#include "base/utf8.h"
#include "http/route.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

static size_t slashes(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '/';
    return n;
}

static void check_pieces(struct str path)
{
    str_cut(&path, '/');
    while (path.n > 0) {
        struct str piece = str_cut(&path, '/');
        must(piece.n > 0 && !str_is(piece, ".") && !str_is(piece, ".."));
    }
}

static void check_route(struct arena *a, struct str path)
{
    struct str rest = path;
    str_cut(&rest, '/');
    struct str piece = str_cut(&rest, '/');
    if (piece.n == 0 || memmem(path.p, path.n, "/:", 2))
        return;
    size_t tail = path.n - 1 - piece.n;
    struct str pattern = arena_fmt(a, "/:first%.*s", (int)tail, path.p + 1 + piece.n);
    struct pair var[4];
    must(route_match(arena_cstr(a, path), path, var) && var[0].k.n == 0);
    must(route_match(arena_cstr(a, pattern), path, var) && str_eq(var[0].v, piece));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(64 << 20);
    struct str raw = {(const char *)data, size}, path, again;
    struct buf b = {0};
    struct req r;
    if (str_find(raw, '\0') < 0)
        (void)!http_fake(a, "GET", arena_cstr(a, raw), NULL, NULL, &r); /* path and query */
    if (http_parse_path(a, raw, &path))
        return 0;
    must(path.n > 0 && path.p[0] == '/' && path.n <= raw.n && utf8_valid(path) && slashes(path) == slashes(raw));
    for (size_t i = 0; i < path.n; i++)
        must((unsigned char)path.p[i] >= ' ' && path.p[i] != 0x7f);
    check_pieces(path);
    check_route(a, path);
    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] == '/')
            buf_byte(&b, '/');
        else
            buf_fmt(&b, "%%%02x", (unsigned char)path.p[i]);
    if (b.n <= HTTP_PATH_MAX)
        must(!b.bad && http_parse_path(a, buf_view(&b), &again) == OK && str_eq(path, again));
    buf_free(&b);
    return 0;
}
