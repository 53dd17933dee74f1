/* oidc.c: `springbrett oidc NAME`: what has to be told to a provider of logins. */
#include "cli/cli.h"
#include "oidc/jws.h"
#include <stdio.h>

enum { KEY_MAX = 32 << 10 };

static const struct oidc_conf *named(const struct cli *cli, const char *name)
{
    for (size_t i = 0; i < cli->conf.n_oidc; i++)
        if (str_is(cli->conf.oidc[i].name, name))
            return &cli->conf.oidc[i];
    return NULL;
}

/* The public half of the key, for the provider to check our proof with. */
static int print_keys(const struct cli *cli, const struct oidc_conf *p)
{
    const char *path = arena_cstr(cli->a, p->client_key_file);
    FILE *f = fopen(path, "re");
    if (!f)
        return cli_fail("%s cannot be read", path);
    char *text = arena_alloc(cli->a, KEY_MAX);
    size_t n = fread(text, 1, KEY_MAX, f);
    fclose(f);
    struct str jwks;
    if (n == KEY_MAX || oidc_jws_public(cli->a, (struct str){text, n}, p->client_key_id, &jwks))
        return cli_fail("%s holds no private RSA key of 2048 bits or more", path);
    printf("%.*s\n", STR_FMT(jwks));
    return 0;
}

int cli_oidc(struct cli *cli)
{
    const char *name = cli_word(cli, 0);
    if (!name || cli->argc > 1)
        return cli_usage(cli, "oidc needs the name of one provider");
    const struct oidc_conf *p = named(cli, name);
    if (!p)
        return cli_fail("springbrett.conf has no oidc.%s", name);
    struct str base = cli->conf.base_url;
    if (!base.n)
        return cli_fail("base_url is not set: the provider has to know the address that people use");
    static const char *const ends[] = {"callback", "frontchannel-logout", "backchannel-logout"};
    for (size_t i = 0; i < COUNT(ends); i++)
        printf("%s\t%.*s/login/oidc/%s/%s\n", ends[i], STR_FMT(base), name, ends[i]);
    printf("after-logout\t%.*s/login\n", STR_FMT(base));
    return p->client_key_file.n ? print_keys(cli, p) : 0;
}
