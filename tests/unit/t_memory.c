/* The arena and the buffer. */
#include "base/arena.h"
#include "base/buf.h"
#include "tests/test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void t_sizes(void)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(64 << 20);
    int bad = 0;
    static const size_t sizes[] = {0, 1, 15, 16, 17, 1000, 16383, 16384, 16385, 100000, 1 << 20, 3 << 20};
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < COUNT(sizes); i++)
            for (int k = 0; k < 5; k++) {
                char *p = arena_alloc(a, sizes[i]);
                bad += (uintptr_t)p % 16 != 0;
                for (size_t j = 0; j < sizes[i]; j++)
                    bad += p[j] != 0;
                memset(p, 0xAA, sizes[i]); /* the next round must find zeros again */
            }
        CHECK(arena_used(a) > 20 << 20);
        arena_clear(a);
        CHECK_INT(arena_used(a), 0);
    }
    CHECK_INT(bad, 0);
}

static void t_strings(void)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    char *from = test_exact("abc", 3);
    struct str s = arena_str(a, (struct str){from, 3});
    memset(from, 'x', 3);
    free(from);
    CHECK_STR(s, "abc");
    CHECK_INT(s.p[3], 0);
    CHECK_STR(arena_str(a, (struct str){0}), "");
    CHECK_INT(strlen(arena_cstr(a, STR("abc"))), 3);
    CHECK_STR(arena_fmt(a, "%d-%s", 5, "x"), "5-x");
    for (int n = 250; n < 260; n++) { /* around the size of the first try */
        struct str f = arena_fmt(a, "%*d", n, 7);
        CHECK(f.n == (size_t)n && f.p[n - 1] == '7' && f.p[n] == 0);
    }
    struct str parts[] = {STR("a"), {0}, STR("bc")};
    CHECK_STR(arena_join(a, parts, 3, STR(", ")), "a, , bc");
    CHECK_STR(arena_join(a, parts, 0, STR(", ")), "");
    CHECK_STR(arena_join(a, parts, 1, STR(", ")), "a");
    CHECK_STR(arena_join(a, parts, 3, (struct str){0}), "abc");
    int *n = ARENA_ARRAY(a, int, 100);
    CHECK(n[0] == 0 && n[99] == 0);
    arena_free(NULL);
}

/* Does fn end the process with SIGABRT? */
static bool aborts(void (*fn)(void))
{
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        close(STDERR_FILENO);
        fn();
        _exit(0);
    }
    int status = 0;
    return waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}
static void within(void)
{
    arena_alloc(arena_new(1000), 1000);
}
static void beyond(void)
{
    arena_alloc(arena_new(1000), 1001);
}
static void beyond_in_two(void)
{
    struct arena *a = arena_new(1000);
    arena_alloc(a, 900);
    arena_alloc(a, 101);
}
static void product_overflows(void)
{
    arena_array(arena_new(SIZE_MAX), SIZE_MAX / 8, 16);
}
#if defined(__SANITIZE_ADDRESS__)
static void reads_past_the_end(void)
{
    volatile size_t n = 24; /* the compiler must not see it coming */
    volatile char *p = arena_alloc(arena_new(1000), n);
    _exit(p[n]);
}
static void reads_after_clear(void)
{
    struct arena *a = arena_new(1000);
    volatile char *p = arena_alloc(a, 24);
    arena_clear(a);
    _exit(p[0]);
}
#endif

static void t_ceiling(void)
{
    CHECK(!aborts(within)); /* the control */
    CHECK(aborts(beyond));
    CHECK(aborts(beyond_in_two));
    CHECK(aborts(product_overflows));
#if defined(__SANITIZE_ADDRESS__)
    CHECK(aborts(reads_past_the_end));
    CHECK(aborts(reads_after_clear));
#endif
}

/* ---- inside arena_guard */

static int cleaned;
static void count_up(int *n)
{
    cleaned += *n;
}
static struct arena *small;
static enum err beyond_deep(void *arg)
{
    CLEANUP(count_up) int one = 1;
    if (arg) {
        CLEANUP(count_up) int ten = 10;
        arena_alloc(small, 100);
        TRY(beyond_deep(NULL));
        ten = 1000;
    }
    arena_alloc(small, 950);
    one = 100;
    return OK;
}
static enum err inner(void *arg)
{
    (void)arg;
    CHECK_ERR(arena_guard(beyond_deep, small), ERR_INTERNAL);
    return ERR_STATE;
}
const char *__asan_default_options(void); /* read by the sanitizer: malloc answers NULL, as without it */
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}
static enum err no_machine_has_so_much(void *arg)
{
    arena_alloc(arg, SIZE_MAX / 4);
    return OK;
}

static void t_guard(void)
{
    small = arena_new(1000);
    CHECK_ERR(arena_guard(inner, NULL), ERR_STATE); /* ends the innermost only */
    CHECK_INT(cleaned, 12);                         /* and on the way what is to be cleaned up, in each function */
    arena_lift(small);
    CHECK_ERR(arena_guard(beyond_deep, NULL), OK);
    CHECK_INT(cleaned, 112);
    arena_clear(small);
    arena_alloc(small, 100);
    CHECK_ERR(arena_guard(beyond_deep, NULL), ERR_INTERNAL); /* the lift is over */
    arena_free(small);
    struct arena *large = arena_new(SIZE_MAX);
    CHECK_ERR(arena_guard(no_machine_has_so_much, large), ERR_BUSY);
    arena_free(large);
    CHECK(aborts(beyond)); /* as before, outside */
}

static void t_buf(void)
{
    struct buf b = {0};
    CHECK_STR(buf_view(&b), "");
    buf_c(&b, "a");
    buf_str(&b, STR("bc"));
    buf_str(&b, (struct str){0});
    buf_c(&b, NULL);
    buf_byte(&b, 'd');
    buf_i64(&b, 0);
    buf_i64(&b, -12);
    buf_fmt(&b, "%s|%d", "x", 5);
    CHECK_STR(buf_view(&b), "abcd0-12x|5");
    buf_clear(&b);
    buf_i64(&b, INT64_MIN);
    buf_i64(&b, INT64_MAX);
    CHECK_STR(buf_view(&b), "-92233720368547758089223372036854775807");
    buf_clear(&b);
    for (int n = 250; n < 260; n++)
        buf_fmt(&b, "%*d", n, 7);
    CHECK_INT(b.n, 2545);
    CHECK(!b.bad && b.p[2544] == '7');
    buf_free(&b);
    CHECK(!b.p && !b.n && !b.cap);
    buf_free(&b);
}

static void t_buf_ceiling(void)
{
    int not_all_fits = 0, more_fits = 0;
    for (size_t max = 1; max < 3000; max += 7) {
        struct buf b = {.max = max};
        for (size_t i = 0; i < max; i++)
            buf_byte(&b, 'x');
        not_all_fits += b.bad || b.n != max || b.cap > max;
        buf_byte(&b, 'y');
        more_fits += !b.bad || b.n != max;
        buf_free(&b);
    }
    CHECK_INT(not_all_fits, 0);
    CHECK_INT(more_fits, 0);
    struct buf b = {.max = 10};
    buf_c(&b, "12345678901");
    CHECK(b.bad && b.n == 0);
    buf_c(&b, "1");
    CHECK(b.bad && b.n == 0); /* stays bad */
    CHECK(!buf_reserve(&b, 1));
    buf_clear(&b);
    buf_fmt(&b, "%s", "1234567890");
    CHECK(!b.bad && b.n == 10);
    buf_fmt(&b, "%d", 1);
    CHECK(b.bad && b.n == 10);
    buf_free(&b);

    char *p = buf_reserve(&b, 4);
    CHECK(p != NULL);
    if (p)
        memcpy(p, "wxyz", 4);
    b.n += 4;
    CHECK_STR(buf_view(&b), "wxyz");
    CHECK(buf_reserve(&b, 0) != NULL);
    CHECK(!buf_reserve(&b, SIZE_MAX) && b.bad);
    buf_free(&b);
    struct buf whole = {0}; /* the ceiling nobody asked for: 16 MiB */
    CHECK(buf_reserve(&whole, 16 << 20) != NULL);
    CHECK(buf_reserve(&whole, (16 << 20) + 1) == NULL && whole.bad);
    buf_free(&whole);
}

int main(void)
{
    t_sizes();
    t_strings();
    t_ceiling();
    t_guard();
    t_buf();
    t_buf_ceiling();
    return test_end();
}
