#include "base/vault.h"
#include "base/secret.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY = crypto_aead_xchacha20poly1305_ietf_KEYBYTES, NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
       TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };
static unsigned char key[KEY];
static bool ready;

static enum err read_key(int fd, unsigned char out[KEY])
{
    struct stat st;
    unsigned char more;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode) || (st.st_mode & 077))
        return ERR_INVALID;
    return read(fd, out, KEY) == KEY && read(fd, &more, 1) == 0 ? OK : ERR_INVALID;
}

/* Under another name first and linked when it is whole: two programs that start at once end with the same key. */
static enum err make_key(const char *path)
{
    char tmp[4200];
    unsigned char fresh[KEY];
    snprintf(tmp, sizeof tmp, "%s.%ld", path, (long)getpid());
    int fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return ERR_DENIED;
    secret_random(fresh, KEY);
    bool done = write(fd, fresh, KEY) == KEY && fsync(fd) == 0;
    done = close(fd) == 0 && done;
    sodium_memzero(fresh, KEY);
    if (done)
        done = link(tmp, path) == 0 || errno == EEXIST;
    unlink(tmp);
    return done ? OK : ERR_DENIED;
}

enum err vault_read_key(const char *path, unsigned char out[VAULT_KEY_BYTES])
{
    static_assert((int)VAULT_KEY_BYTES == (int)KEY, "one size");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_DENIED;
    enum err e = read_key(fd, out);
    close(fd);
    return e;
}

enum err vault_start(const char *path)
{
    enum err e = vault_read_key(path, key);
    if (e == ERR_NOT_FOUND) {
        TRY(make_key(path));
        e = vault_read_key(path, key);
    }
    ready = e == OK;
    return e == ERR_NOT_FOUND ? ERR_DENIED : e;
}

void vault_start_random(void)
{
    secret_random(key, KEY);
    ready = true;
}

static struct str bound_to(struct arena *a, const char *purpose, int64_t owner)
{
    return arena_fmt(a, "%s:%lld", purpose, (long long)owner);
}

struct bytes vault_seal(struct arena *a, const char *purpose, int64_t owner, struct bytes plain)
{
    struct str to = bound_to(a, purpose, owner);
    unsigned char *out = arena_alloc(a, NONCE + plain.n + TAG);
    unsigned long long n = 0;
    if (!ready)
        abort();
    secret_random(out, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, &n, plain.p, plain.n, (const unsigned char *)to.p, to.n, NULL, out, key);
    return (struct bytes){out, NONCE + (size_t)n};
}

enum err vault_open(struct arena *a, const char *purpose, int64_t owner, struct bytes sealed, struct bytes *plain)
{
    struct str to = bound_to(a, purpose, owner);
    unsigned long long n = 0;
    if (!ready)
        abort();
    if (sealed.n < NONCE + TAG)
        return ERR_INVALID;
    unsigned char *out = arena_alloc(a, sealed.n - NONCE);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &n, NULL, sealed.p + NONCE, sealed.n - NONCE, (const unsigned char *)to.p, to.n,
                                                   sealed.p, key))
        return ERR_INVALID;
    *plain = (struct bytes){out, (size_t)n};
    return OK;
}

struct str vault_name(struct arena *a)
{
    struct str all = vault_mac_hex(a, "name of the key", STR(""));
    return (struct str){all.p, all.n / 2};
}

struct str vault_mac_hex(struct arena *a, const char *purpose, struct str s)
{
    unsigned char mac[32];
    char hex[65];
    if (!ready)
        abort();
    struct str parts[2] = {str_c(purpose), s}, all = arena_join(a, parts, 2, STR("\n"));
    crypto_generichash(mac, sizeof mac, (const unsigned char *)all.p, all.n, key, KEY);
    sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
    return arena_str(a, str_c(hex));
}
