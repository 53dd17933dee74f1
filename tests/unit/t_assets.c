/* The built-in files: found by address, sent in the form that the browser reads. The table itself may be empty (no web/dist). */
#include "http/assets.h"
#include "tests/test.h"

static const struct asset both = {.name = "a.css", .path = {"/assets/a-0123456789ab.css", 26}, .plain = {"", 0},
                                  .raw = {"rawraw", 6}, .br = {"b", 1}, .gz = {"gz", 2}};
static const struct asset bare = {.name = "a.woff2", .raw = {"rawraw", 6}};

static const struct {
    const char *header, *want, *why;
} cases[] = {
    {"gzip, deflate, br, zstd", "br", "brotli is the smallest of what both know"},
    {"gzip, deflate", "gzip", "older browsers and proxies"},
    {"", "", "no header: the plain bytes"},
    {"identity", "", "said to want nothing"},
    {"BR", "br", "names of encodings have no case"},
    {"br;q=0, gzip", "gzip", "brotli refused"},
    {"br; q=0.000 ,gzip;q=0", "", "both refused"},
    {"br;q=0.5", "br", "any weight above nothing accepts"},
    {"gzip;q=1.0, br;q=0.1", "br", "weights choose between what costs the same; the smaller is ours to choose"},
    {"*", "", "a star names nothing"},
    {"brotli, xgzip, gzi", "", "only whole names"},
    {",,;;, br", "br", "empty pieces are skipped"},
    {"br;", "br", "an empty parameter says nothing"},
};

static void choice_of_encoding(void)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *got = "?";
        struct str body = asset_body(&both, str_c(cases[i].header), &got);
        if (strcmp(got ? got : "", cases[i].want) != 0)
            printf("# %s\n", cases[i].why);
        CHECK_STR(str_c(got), cases[i].want);
        CHECK_INT(body.n, got == NULL ? 6 : *got == 'b' ? 1 : 2);
    }
    const char *got = "?";
    CHECK_INT(asset_body(&bare, STR("br, gzip"), &got).n, 6);
    CHECK(got == NULL);
}

static void addresses(void)
{
    CHECK(asset_find(STR("")) == NULL); /* the plain address of most files is empty and must not match */
    CHECK(asset_find(STR("/assets/")) == NULL);
    CHECK(asset_find(STR("/assets/site.css")) == NULL);
    CHECK(asset_find(STR("/assets/../etc/passwd")) == NULL);
    CHECK_STR(asset_url("nothing.css").s, "/assets/missing");
    CHECK(asset_find(asset_url("nothing.css").s) == NULL);
    for (size_t i = 0; i < n_assets; i++) {
        const struct asset *f = &assets[i];
        CHECK(asset_find(f->path) == f);
        CHECK(str_eq(asset_url(f->name).s, f->path));
        CHECK(f->raw.n > 0 && f->raw.p[f->raw.n] == 0); /* all of it is there, and the end mark after it */
        CHECK(f->br.n < f->raw.n && f->gz.n < f->raw.n);
        CHECK_INT(f->path.n, strlen("/assets/-") + strlen(f->name) + strlen(f->hash));
    }
    CHECK(assets[n_assets].name == NULL);
}

static void caching(void)
{
    CHECK_STR(str_c(asset_caching(&both, both.path)), "public, max-age=31536000, immutable");
    CHECK_STR(str_c(asset_caching(&both, STR("/favicon.svg"))), "public, max-age=86400");
}

/* What the stylesheet asks for must be there under that very address: two programs make the two sides. */
static void fonts_of_the_stylesheet(void)
{
    const struct asset *css = asset_find(asset_url("site.css").s);
    if (!css)
        return;
    int fonts = 0;
    for (const char *p = css->raw.p, *end = p + css->raw.n; (p = memmem(p, (size_t)(end - p), "/assets/", 8)); p += 8) {
        size_t n = strcspn(p, "\")");
        CHECK(asset_find((struct str){p, n}) != NULL);
        fonts++;
    }
    CHECK_INT(fonts, 3);
    CHECK(asset_find(STR("/favicon.svg")) != NULL);
}

int main(void)
{
    choice_of_encoding();
    addresses();
    caching();
    fonts_of_the_stylesheet();
    return test_end();
}
