/* What is sealed opens only where it belongs, and the key's file is nobody else's. */
#include "base/vault.h"
#include "base/secret.h"
#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static struct bytes of(const char *s)
{
    return (struct bytes){(const uint8_t *)s, strlen(s)};
}

static void test_seal(struct arena *a)
{
    struct bytes out, s = vault_seal(a, "pid", 7, of("01017012345"));
    CHECK(vault_open(a, "pid", 7, s, &out) == OK && out.n == 11 && !memcmp(out.p, "01017012345", 11));
    CHECK(vault_open(a, "pid", 8, s, &out) == ERR_INVALID);
    CHECK(vault_open(a, "totp", 7, s, &out) == ERR_INVALID);
    CHECK(memmem(s.p, s.n, "0101701", 7) == NULL);
    int opened = 0;
    for (size_t i = 0; i < s.n; i++) {
        struct bytes bad = {memcpy(arena_alloc(a, s.n), s.p, s.n), s.n};
        ((uint8_t *)(uintptr_t)bad.p)[i] ^= 1;
        opened += vault_open(a, "pid", 7, bad, &out) == OK;
        opened += vault_open(a, "pid", 7, (struct bytes){s.p, i}, &out) == OK;
    }
    CHECK_INT(opened, 0);
    struct bytes empty = vault_seal(a, "x", 1, (struct bytes){0});
    CHECK(vault_open(a, "x", 1, empty, &out) == OK && out.n == 0);
}

static void test_mac(struct arena *a)
{
    struct str m = vault_mac_hex(a, "pid", STR("01017012345"));
    CHECK(m.n == 64 && str_eq(m, vault_mac_hex(a, "pid", STR("01017012345"))));
    CHECK(!str_eq(m, vault_mac_hex(a, "sub", STR("01017012345"))) && !str_eq(m, vault_mac_hex(a, "pid", STR("01017012346"))));
    vault_start_random();
    CHECK(!str_eq(m, vault_mac_hex(a, "pid", STR("01017012345"))));
}

static void test_file(struct arena *a)
{
    char dir[] = "/tmp/sb-vault-XXXXXX";
    CHECK(mkdtemp(dir) != NULL);
    struct str path = arena_fmt(a, "%s/secret.key", dir);
    struct stat st;
    CHECK(vault_start(path.p) == OK);
    CHECK(stat(path.p, &st) == 0 && st.st_size == 32 && (st.st_mode & 0777) == 0600);
    struct str m = vault_mac_hex(a, "x", STR("y"));
    CHECK(vault_start(path.p) == OK && str_eq(m, vault_mac_hex(a, "x", STR("y"))));
    CHECK(chmod(path.p, 0644) == 0 && vault_start(path.p) == ERR_INVALID);
    CHECK(chmod(path.p, 0600) == 0 && truncate(path.p, 31) == 0 && vault_start(path.p) == ERR_INVALID);
    CHECK(truncate(path.p, 33) == 0 && vault_start(path.p) == ERR_INVALID);
    CHECK(vault_start(arena_fmt(a, "%s/not/there", dir).p) == ERR_DENIED);
    CHECK(unlink(path.p) == 0 && rmdir(dir) == 0);
}

int main(void)
{
    struct arena *a = arena_new(1 << 20);
    CHECK(secret_start() == OK);
    vault_start_random();
    test_seal(a);
    test_mac(a);
    test_file(a);
    arena_free(a);
    return test_end();
}
