/* shim.c: for exhaust.test: stands between the program and the C library. The file SHIM_FILE, four numbers of 8 bytes, is looked at at each call and
 * can be written while the program runs: [0] milliseconds that the time of day is ahead, [1] of how many allocations one fails (0: none),
 * [2] how large one must be for that, [3] how many have failed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t *told;

__attribute__((constructor)) static void start(void)
{
    static int64_t nothing[4];
    const char *name = getenv("SHIM_FILE");
    int fd = name ? open(name, O_RDWR) : -1;
    void *p = fd < 0 ? MAP_FAILED : mmap(NULL, 32, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    told = p == MAP_FAILED ? nothing : p;
    if (fd >= 0)
        close(fd);
}

int clock_gettime(clockid_t which, struct timespec *t)
{
    static int (*real)(clockid_t, struct timespec *);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    int rc = real(which, t);
    if (rc == 0 && which == CLOCK_REALTIME && told)
        t->tv_sec += told[0] / 1000;
    return rc;
}

#ifdef SHIM_MALLOC
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

static int fails(size_t n)
{
    static uint64_t count;
    if (!told || !told[1] || n < (size_t)told[2])
        return 0;
    if (__atomic_add_fetch(&count, 1, __ATOMIC_RELAXED) % (uint64_t)told[1])
        return 0;
    __atomic_add_fetch((int64_t *)&told[3], 1, __ATOMIC_RELAXED);
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t n)
{
    return fails(n) ? NULL : __libc_malloc(n);
}
void *calloc(size_t n, size_t size)
{
    return fails(n * size) ? NULL : __libc_calloc(n, size);
}
void *realloc(void *p, size_t n)
{
    return fails(n) ? NULL : __libc_realloc(p, n);
}
#endif
