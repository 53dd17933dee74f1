#include "page/edge.h"
#include "base/num.h"
#include "base/secret.h"

struct str edge_once_key(const struct req *r)
{
    CLEANUP(buf_free) struct buf all = {.max = HTTP_UPLOAD_MAX + HTTP_BODY_MAX};
    buf_str(&all, r->target);
    for (size_t i = 0; i < r->n_form; i++) {
        buf_byte(&all, 0);
        buf_str(&all, r->form[i].k);
        buf_byte(&all, 1);
        buf_str(&all, r->form[i].v);
    }
    for (size_t i = 0; i < r->n_file; i++) {
        buf_byte(&all, 2);
        buf_str(&all, r->file[i].data);
    }
    struct str key = all.bad ? (struct str){0} : secret_hash_hex(r->a, buf_view(&all));
    return key;
}

struct str edge_location(const struct req *r)
{
    for (size_t i = 0; i < r->n_out; i++)
        if (str_is(r->out[i].k, "Location"))
            return r->out[i].v;
    return (struct str){0};
}

void edge_other_method(struct req *r)
{
    r->status = 405;
    res_header(r, "Allow", r->method == POST ? STR("GET, HEAD") : STR("POST"));
}

bool edge_has_scope(struct str scopes, const char *scope)
{
    while (scopes.n)
        if (str_is(str_cut(&scopes, ','), scope))
            return true;
    return false;
}

void edge_blank(struct req *r)
{
    r->n_out = 0;
    r->type = "text/html; charset=utf-8";
    r->static_body = (struct str){0};
    buf_clear(&r->body);
}

void edge_bare(struct req *r)
{
    edge_blank(r);
    r->status = 503;
    r->static_body = STR("<!doctype html>\n<html lang=\"nb\"><head><meta charset=\"utf-8\"><title>Prøv igjen</title></head>\n<body><h1>Prøv igjen om litt</h1>"
                         "<p>Det er for mye å gjøre hos oss akkurat nå. Kanskje det du sendte, er lagret. Gå tilbake, last siden på nytt og se etter før du sender det igjen.</p></body></html>\n");
    r->out[r->n_out++] = (struct pair){STR("Retry-After"), STR("5")};
    r->out[r->n_out++] = (struct pair){STR("Cache-Control"), STR("no-store")};
    r->out[r->n_out++] = (struct pair){STR("Content-Security-Policy"), STR("default-src 'none'; frame-ancestors 'none'")};
}

void edge_security(struct req *r, struct str form_to, struct str framed_by)
{
    res_header(r, "Content-Security-Policy",
               arena_fmt(r->a, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                               "connect-src 'self'; manifest-src 'self'; form-action 'self'%s%.*s; frame-ancestors %.*s; base-uri 'none'",
                         form_to.n ? " " : "", STR_FMT(form_to), STR_FMT(framed_by.n ? framed_by : STR("'none'"))));
    res_header(r, "X-Content-Type-Options", STR("nosniff"));
    res_header(r, "Referrer-Policy", STR("same-origin"));
    res_header(r, "Cross-Origin-Opener-Policy", STR("same-origin"));
    res_header(r, "Cross-Origin-Resource-Policy", STR("same-origin"));
    res_header(r, "Permissions-Policy", STR("camera=(), geolocation=(), microphone=(), payment=(), usb=()"));
}

int64_t edge_number(const struct req *r, const char *route)
{
    int64_t number = 0;
    return strchr(route, ':') && num_i64(r->var[0].v, 1, INT64_MAX, &number) ? number : 0;
}
