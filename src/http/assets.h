/* assets.h: the files that are built into the program: stylesheet, script, icons, fonts (web/, tools/web, tools/assets.py).
 *
 * Every file has an address with a piece of its content's hash, /assets/site-3f2a90b1c4de.css, so browsers keep it for ever and a
 * new version is a new address. Everything here is constant: no allocation, no locks, callable from any thread. */
#pragma once
#include "http/html.h"

struct asset {
    const char *name;      /* "site.css" */
    struct str path;       /* "/assets/site-3f2a90b1c4de.css" */
    struct str plain;      /* "/favicon.svg", or "": also found without the hash */
    const char *type;      /* the Content-Type */
    const char *hash;      /* first 12 hex digits of the SHA-256 of raw */
    struct str raw, br, gz; /* br and gz are empty where they would not help */
};
extern const struct asset assets[]; /* ends with name NULL */
extern const size_t n_assets;

/* The file at that address, or NULL. */
const struct asset *asset_find(struct str path);
/* For templates: the address of "site.css". A name that is not built in gives "/assets/missing", which is no file: the
 * program then lacks its look, as in a build without web/dist. */
struct url asset_url(const char *name);
/* The bytes to send to a browser that accepts these encodings (the Accept-Encoding header, may be empty); *encoding becomes "br",
 * "gzip" or NULL for none. */
struct str asset_body(const struct asset *f, struct str accept_encoding, const char **encoding);
/* The Cache-Control header: for ever when asked for by its hash, a day otherwise. */
const char *asset_caching(const struct asset *f, struct str path);
/* Answers a GET for one of these files, with its headers; false when there is no such file. */
struct req;
bool asset_serve(struct req *r);
