#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err put(const char *name, struct str bytes, bool only_mine)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, only_mine ? 0600 : 0666);
    if (fd < 0)
        return ERR_FULL;
    bool ok = !only_mine || fchmod(fd, 0600) == 0;
    for (size_t at = 0; ok && at < bytes.n;) {
        ssize_t k = write(fd, bytes.p + at, bytes.n - at);
        ok = k > 0 || (k < 0 && errno == EINTR);
        at += k > 0 ? (size_t)k : 0;
    }
    ok = ok && fsync(fd) == 0;
    return close(fd) == 0 && ok ? OK : ERR_FULL;
}

enum err file_write(const char *name, struct str bytes, bool only_mine)
{
    char part[4096];
    if (snprintf(part, sizeof part, "%s.part", name) >= (int)sizeof part)
        return ERR_LIMIT;
    enum err e = put(part, bytes, only_mine);
    if (!e && rename(part, name))
        e = ERR_FULL;
    if (e) {
        unlink(part);
        return e;
    }
    return file_sync_folder(name);
}

enum err file_read(struct arena *a, const char *name, size_t max, struct str *out)
{
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_DENIED;
    char *p = arena_alloc(a, max + 1);
    size_t n = 0;
    ssize_t k = 1;
    while (n <= max && (k = read(fd, p + n, max + 1 - n)) != 0) {
        if (k < 0 && errno != EINTR)
            break;
        n += k > 0 ? (size_t)k : 0;
    }
    close(fd);
    if (k < 0)
        return ERR_DENIED;
    if (n > max)
        return ERR_LIMIT;
    *out = (struct str){p, n};
    return OK;
}

enum err file_sync_folder(const char *name)
{
    char dir[4096];
    if (snprintf(dir, sizeof dir, "%s", name) >= (int)sizeof dir)
        return ERR_LIMIT;
    char *slash = strrchr(dir, '/');
    if (slash)
        slash[slash == dir] = '\0';
    int fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return done ? OK : ERR_FULL;
}
