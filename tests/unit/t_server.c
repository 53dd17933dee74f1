/* t_server.c: a real server on a free port and raw sockets, because what matters here is what libraries for clients never send. */
#include "base/secret.h"
#include "base/tm.h"
#include "http/http.h"
#include "tests/test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- the program behind the server ---- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t there = PTHREAD_COND_INITIALIZER;
static struct req *queue[4096];
static size_t n_queue;
static bool workers_end;
static atomic_int n_later, n_answered, hold_answers;

static void *worker(void *arg)
{
    (void)arg;
    for (;;) {
        pthread_mutex_lock(&lock);
        while (n_queue == 0 && !workers_end)
            pthread_cond_wait(&there, &lock);
        struct req *r = n_queue ? queue[--n_queue] : NULL;
        pthread_mutex_unlock(&lock);
        if (!r)
            return NULL;
        while (atomic_load(&hold_answers))
            usleep(1000);
        if (req_query(r, "sleep").n)
            usleep(2000);
        /* reads the request after its client may have gone */
        buf_fmt(&r->body, "later %.*s %.*s", STR_FMT(r->path), STR_FMT(req_header(r, "host")));
        atomic_fetch_add(&n_answered, 1);
        http_answer(r);
    }
}

static enum http_when handle(void *user, int loop, struct req *r)
{
    (void)user, (void)loop;
    if (str_is(r->path, "/later")) {
        atomic_fetch_add(&n_later, 1);
        pthread_mutex_lock(&lock);
        queue[n_queue++] = r;
        pthread_cond_signal(&there);
        pthread_mutex_unlock(&lock);
        return HTTP_LATER;
    }
    if (str_is(r->path, "/big")) {
        static char big[1000000]; /* bytes that cost nothing: the server is tested, not this */
        r->static_body = (struct str){big, sizeof big};
        return HTTP_NOW;
    }
    if (str_is(r->path, "/headers"))
        for (int i = 0; i < 20; i++)
            res_header(r, "X-Long", arena_fmt(r->a, "%0100d", i));
    if (str_is(r->path, "/static"))
        r->static_body = STR("static");
    if (str_is(r->path, "/who"))
        buf_fmt(&r->body, "peer=%.*s secure=%d id=%zu", STR_FMT(r->peer), r->secure, r->id.n);
    if (str_is(r->path, "/away"))
        res_redirect(r, STR("/there"));
    buf_fmt(&r->body, "%s %.*s", r->method == POST ? "POST" : "GET", STR_FMT(r->path));
    for (size_t i = 0; i < r->n_query; i++)
        buf_fmt(&r->body, " q:%.*s=%.*s", STR_FMT(r->query[i].k), STR_FMT(r->query[i].v));
    for (size_t i = 0; i < r->n_form; i++)
        buf_fmt(&r->body, " f:%.*s=%.*s", STR_FMT(r->form[i].k), STR_FMT(r->form[i].v));
    for (size_t i = 0; i < r->n_file; i++)
        buf_fmt(&r->body, " file:%.*s=%zu", STR_FMT(r->file[i].filename), r->file[i].data.n);
    for (size_t i = 0; i < r->n_cookie; i++)
        buf_fmt(&r->body, " c:%.*s=%.*s", STR_FMT(r->cookie[i].k), STR_FMT(r->cookie[i].v));
    return HTTP_NOW;
}

static size_t body_max(void *user, const struct req *r)
{
    (void)user;
    return str_is(r->path, "/nobody") ? 0 : str_is(r->path, "/upload") ? HTTP_UPLOAD_MAX : 1000;
}

static struct http_server *server;

static void start(struct http_conf c)
{
    c.listen = c.listen ? c.listen : "127.0.0.1:0";
    c.handle = handle;
    c.body_max = body_max;
    if (http_start(&c, &server))
        abort();
}

/* ---- the client ---- */

static int dial_from(const char *from)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(server))};
    struct sockaddr_in me = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    inet_pton(AF_INET, from, &me.sin_addr);
    if (fd < 0 || bind(fd, (struct sockaddr *)&me, sizeof me) || connect(fd, (struct sockaddr *)&to, sizeof to)) {
        printf("# no connection: %s\n", strerror(errno));
        abort();
    }
    return fd;
}

static int dial(void)
{
    return dial_from("127.0.0.1");
}

static void say(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t k = send(fd, p, n, MSG_NOSIGNAL);
        if (k <= 0)
            return;
        p += k;
        n -= (size_t)k;
    }
}

static void say_c(int fd, const char *s)
{
    say(fd, s, strlen(s));
}

static char got[4 << 20];
static size_t n_got;

/* Reads until the other side closes, or `want` bytes are there, or nothing comes for `ms`. True: closed. */
static bool hear(int fd, size_t want, int ms)
{
    n_got = 0;
    for (;;) {
        struct pollfd p = {fd, POLLIN, 0};
        if (n_got >= want || poll(&p, 1, ms) <= 0)
            break;
        ssize_t k = recv(fd, got + n_got, sizeof got - 1 - n_got, 0);
        if (k <= 0) {
            got[n_got] = '\0';
            return true;
        }
        n_got += (size_t)k;
    }
    got[n_got] = '\0';
    return false;
}

static int status(void)
{
    int64_t s = 0;
    if (n_got > 12 && memcmp(got, "HTTP/1.", 7) == 0)
        for (int i = 9; i < 12; i++)
            s = s * 10 + (got[i] - '0');
    return (int)s;
}

/* One request on its own connection; the status, 0 when the connection was closed without a word. */
static int ask(const char *p, size_t n)
{
    int fd = dial();
    say(fd, p, n);
    bool closed = hear(fd, SIZE_MAX, 3000);
    close(fd);
    return closed ? status() : -1;
}

static int ask_c(const char *s)
{
    return ask(s, strlen(s));
}

static bool answer_has(const char *s)
{
    return memmem(got, n_got, s, strlen(s)) != NULL;
}

/* ---- what is refused, and what is not ---- */

#define H "Host: localhost\r\n"
#define C "Connection: close\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
static const struct {
    const char *p;
    size_t n;
    int status, or_status; /* or_status: what libmicrohttpd may say before we see it */
    const char *why;
} cases[] = {
#define CASE(text, status, or_status, why) {text, sizeof(text) - 1, status, or_status, why}
    CASE("GET / HTTP/1.1\r\n" H C "\r\n", 200, 200, "a plain request"),
    CASE("GET / HTTP/1.1\r\nHost:localhost\r\n" C "\r\n", 200, 200, "no space behind the colon"),
    CASE("GET / HTTP/1.1\r\nHost: \t localhost \t\r\n" C "\r\n", 200, 200, "white space round a value"),
    CASE("GET / HTTP/1.1\r\nX-Empty:\r\n" H C "\r\n", 200, 200, "an empty value"),
    CASE("GET / HTTP/1.1\r\n" H C "X-Empty:\r\n\r\n", 200, 200, "an empty value at the end"),
    CASE("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n" C "\r\n", 200, 200, "an IPv6 host"),
    CASE("GET / HTTP/1.1\r\nHost: a.b-c.no:80\r\n" C "\r\n", 200, 200, "a host with a port"),
    CASE("GET / HTTP/1.0\r\n" H "\r\n", 200, 200, "an old proxy"),
    CASE("GET /a?b=%C3%B8 HTTP/1.1\r\n" H C "\r\n", 200, 200, "a query"),
    CASE("GET /a HTTP/1.1\r\n" H C "Content-Length: 0\r\n\r\n", 200, 200, "a body of nothing"),
    CASE("GET / HTTP/1.1\r\n" H C "User-Agent: \xe5\xe6\r\n\r\n", 200, 200, "a value in Latin-1 is left out"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length: 3\r\n\r\na=1", 200, 200, "a form"),
    CASE("POST /p HTTP/1.1\r\n" H C "Content-Length: 0\r\n\r\n", 200, 200, "a button without fields"),
    CASE("POST /p HTTP/1.1\r\n" H C "\r\n", 200, 200, "no length is no body"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n", 200, 200, "chunks"),
    CASE("GET / HTTP/1.1\r\n" C "\r\n", 400, 400, "no Host"),
    CASE("GET / HTTP/1.0\r\n\r\n", 400, 400, "no Host, old version"),
    CASE("GET / HTTP/1.1\r\n" H "Host: other\r\n" C "\r\n", 400, 400, "two hosts"),
    CASE("GET / HTTP/1.1\r\n" H H C "\r\n", 400, 400, "the same host twice"),
    CASE("GET / HTTP/1.1\r\nHost:\r\n" C "\r\n", 400, 400, "an empty Host"),
    CASE("GET / HTTP/1.1\r\nHost: a/b\r\n" C "\r\n", 400, 400, "a host with a slash"),
    CASE("GET / HTTP/1.1\r\nHost: a b\r\n" C "\r\n", 400, 400, "a host with a space"),
    CASE("GET / HTTP/1.1\r\nHost: a@b\r\n" C "\r\n", 400, 400, "a host with a user"),
    CASE("GET / HTTP/1.1\r\nHost: a:b\r\n" C "\r\n", 400, 400, "a port of letters"),
    CASE("GET / HTTP/1.1\r\nHost: a:99999\r\n" C "\r\n", 400, 400, "a port too high"),
    CASE("GET / HTTP/1.1\r\nHost: [::1\r\n" C "\r\n", 400, 400, "an open bracket"),
    CASE("GET / HTTP/1.1\r\nHost: [::1]x\r\n" C "\r\n", 400, 400, "something behind the bracket"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length: 3\r\nContent-Length: 3\r\n\r\na=1", 400, 0, "the length twice"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length: 3\r\nContent-Length: 4\r\n\r\na=1", 400, 0, "two lengths"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length: 3, 3\r\n\r\na=1", 400, 0, "a list of lengths"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length: +3\r\n\r\na=1", 400, 0, "a sign"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length: -3\r\n\r\na=1", 400, 0, "a negative length"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length: 0x3\r\n\r\na=1", 400, 0, "a length in hex"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length:\r\n\r\na=1", 400, 0, "an empty length"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length: 99999999999999999999\r\n\r\n", 400, 413, "a length beyond all numbers"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n", 400, 400,
         "a length and chunks"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, 400,
         "chunks of chunks"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400, 0, "an unknown coding"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400, 0, "two codings"),
    CASE("POST /p HTTP/1.0\r\n" H FORM "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, 400, "chunks before they were invented"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Transfer-Encoding: chunked\r\n\r\n17 F\r\na=1", 400, 413, "a crooked chunk size"),
    CASE("GET / HTTP/1.1\r\n" H C "Content-Length: 3\r\n\r\na=1", 400, 400, "a body where none belongs"),
    CASE("GET / HTTP/1.1\r\nHost: local\0host\r\n" C "\r\n", 400, 400, "NUL in Host"),
    CASE("GET / HTTP/1.1\r\n" H C "X: a\0b\r\n\r\n", 400, 400, "NUL in the last value"),
    CASE("GET / HTTP/1.1\r\n" H C "X: a\0\0\0\r\n\r\n", 400, 400, "NULs at the end of the last value"),
    CASE("GET / HTTP/1.1\r\n" H C "\0X: a\r\n\r\n", 400, 400, "NUL where the empty line should be"),
    CASE("GET / HTTP/1.1\r\n" H C "X: a\0\0Y: b\r\n\r\n", 400, 400, "NULs that look like a line end"),
    CASE("GET / HTTP/1.1\r\n" H "X\0Y: b\r\n" C "\r\n", 400, 0, "NUL in a name"),
    CASE("GET /a\0b HTTP/1.1\r\n" H C "\r\n", 400, 400, "NUL in the path"),
    CASE("GET / HTTP/1.1\r\n" H "X: a\x01\r\n" C "\r\n", 400, 400, "a control character"),
    CASE("GET / HTTP/1.1\r\n" H "X: a\r b\r\n" C "\r\n", 400, 400, "a bare CR"),
    CASE("GET / HTTP/1.1\r\n" H "X: a\r\n b\r\n" C "\r\n", 400, 400, "a folded line"),
    CASE("GET / HTTP/1.1\r\n X: a\r\n" H C "\r\n", 400, 0, "a fold before any header"),
    CASE("GET / HTTP/1.1\r\nHost : localhost\r\n" C "\r\n", 400, 400, "a space before the colon"),
    CASE("GET / HTTP/1.1\r\n" H "X Y: a\r\n" C "\r\n", 400, 400, "a space in a name"),
    CASE("GET / HTTP/1.1\r\n" H ": a\r\n" C "\r\n", 400, 400, "no name"),
    CASE("GET / HTTP/1.1\r\n" H "nonsense\r\n" C "\r\n", 400, 0, "no colon"),
    CASE("GET / HTTP/1.1\n" H C "\r\n", 400, 400, "a bare LF behind the first line"),
    CASE("GET / HTTP/1.1\r\nHost: localhost\n" C "\r\n", 400, 400, "a bare LF behind a header"),
    CASE("GET / HTTP/1.9\r\n" H C "\r\n", 505, 505, "a version there is not"),
    CASE("GET / HTTP/2.0\r\n" H C "\r\n", 505, 505, "a version spoken otherwise"),
    CASE("GET /\r\n\r\n", 505, 400, "no version"),
    CASE("GET  / HTTP/1.1\r\n" H C "\r\n", 400, 200, "two spaces: harmless, the library skips one"),
    CASE("GET /a b HTTP/1.1\r\n" H C "\r\n", 400, 0, "a space in the path"),
    CASE("GET http://localhost/ HTTP/1.1\r\n" H C "\r\n", 400, 400, "a request to a proxy"),
    CASE("GET * HTTP/1.1\r\n" H C "\r\n", 400, 400, "no path"),
    CASE("GET /%zz HTTP/1.1\r\n" H C "\r\n", 400, 400, "a crooked code"),
    CASE("GET /a/../b HTTP/1.1\r\n" H C "\r\n", 400, 400, "upwards"),
    CASE("GET /a?b=%00 HTTP/1.1\r\n" H C "\r\n", 400, 400, "NUL in the query"),
    CASE("GET /a#b HTTP/1.1\r\n" H C "\r\n", 400, 400, "a fragment"),
    CASE("PUT / HTTP/1.1\r\n" H C "Content-Length: 3\r\n\r\na=1", 405, 405, "another method"),
    CASE("DELETE / HTTP/1.1\r\n" H C "\r\n", 405, 405, "another method"),
    CASE("OPTIONS / HTTP/1.1\r\n" H C "\r\n", 405, 405, "another method"),
    CASE("TRACE / HTTP/1.1\r\n" H C "\r\n", 405, 405, "another method"),
    CASE("CONNECT a:1 HTTP/1.1\r\n" H C "\r\n", 405, 400, "another method"),
    CASE("get / HTTP/1.1\r\n" H C "\r\n", 405, 405, "methods have a case"),
    CASE("POST /p HTTP/1.1\r\n" H C "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 415, 415, "not a form"),
    CASE("POST /p HTTP/1.1\r\n" H C "Content-Length: 2\r\n\r\n{}", 415, 415, "no type"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length: 3\r\n\r\na=%", 400, 400, "a crooked form"),
    CASE("POST /nobody HTTP/1.1\r\n" H C FORM "Content-Length: 3\r\n\r\na=1", 413, 413, "a page without a form"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Expect: 100-continue\r\nContent-Length: 2000\r\n\r\n", 413, 413, "asked before sending"),
    CASE("POST /p HTTP/1.1\r\n" H C FORM "Content-Length: 999999999\r\n\r\n", 413, 413, "far too much: not even read away"),
};

static void check_cases(void)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        int s = ask(cases[i].p, cases[i].n);
        if (s != cases[i].status && s != cases[i].or_status)
            printf("# %s: %d instead of %d\n", cases[i].why, s, cases[i].status);
        CHECK(s == cases[i].status || s == cases[i].or_status);
        CHECK_INT(ask_c("GET / HTTP/1.1\r\n" H C "\r\n"), 200); /* and the server goes on */
    }
}

static void check_sizes(void)
{
    static char big[100000];
    struct buf b = {0};
    memset(big, 'a', sizeof big);
    buf_fmt(&b, "GET /%.*s HTTP/1.1\r\n" H C "\r\n", 1000, big);
    CHECK_INT(ask(b.p, b.n), 200);
    buf_clear(&b);
    buf_fmt(&b, "GET /%.*s HTTP/1.1\r\n" H C "\r\n", 2000, big);
    CHECK_INT(ask(b.p, b.n), 414);
    buf_clear(&b);
    buf_fmt(&b, "GET /?q=%.*s HTTP/1.1\r\n" H C "\r\n", 3500, big);
    CHECK_INT(ask(b.p, b.n), 200);
    buf_clear(&b);
    buf_fmt(&b, "GET /?q=%.*s HTTP/1.1\r\n" H C "\r\n", 5000, big);
    CHECK_INT(ask(b.p, b.n), 414);
    buf_clear(&b);
    buf_fmt(&b, "GET /?q=%.*s HTTP/1.1\r\n" H C "\r\n", 90000, big);
    CHECK_INT(ask(b.p, 40000), 414);
    buf_clear(&b);
    buf_fmt(&b, "GET /headers HTTP/1.1\r\n" H C "Cookie: a=%.*s\r\nReferer: %.*s\r\n\r\n", 3800, big, 3000, big);
    CHECK_INT(ask(b.p, b.n), 200); /* the largest cookie of a browser and a long page before; the answer has 2 kB of headers */
    CHECK(answer_has("GET /headers"));
    buf_clear(&b);
    buf_fmt(&b, "GET / HTTP/1.1\r\n" H C "X: %.*s\r\n\r\n", 9000, big);
    CHECK_INT(ask(b.p, b.n), 431);
    buf_clear(&b);
    buf_fmt(&b, "GET / HTTP/1.1\r\n" H C "X: %.*s\r\n\r\n", 90000, big);
    CHECK_INT(ask(b.p, 20000), 431);
    buf_clear(&b);
    buf_c(&b, "GET / HTTP/1.1\r\n" H C);
    for (int i = 0; i < 200; i++)
        buf_c(&b, "X: 1\r\n");
    buf_c(&b, "\r\n");
    CHECK_INT(ask(b.p, b.n), 431);
    buf_clear(&b);
    buf_c(&b, "POST /p HTTP/1.1\r\n" H C FORM "Content-Length: 1000\r\n\r\na=");
    buf_add(&b, big, 998);
    CHECK_INT(ask(b.p, b.n), 200);
    buf_clear(&b);
    buf_c(&b, "POST /p HTTP/1.1\r\n" H C FORM "Content-Length: 100000\r\n\r\n");
    buf_add(&b, big, sizeof big);
    CHECK_INT(ask(b.p, b.n), 413); /* read away, so that the answer is seen */
    CHECK(answer_has("For stort"));
    buf_clear(&b);
    buf_c(&b, "POST /p HTTP/1.1\r\n" H C FORM "Transfer-Encoding: chunked\r\n\r\n186a0\r\n");
    buf_add(&b, big, sizeof big);
    buf_c(&b, "\r\n0\r\n\r\n");
    CHECK_INT(ask(b.p, b.n), 413);
    buf_free(&b);
}

static void check_upload(void)
{
    struct buf b = {.max = 4 << 20};
    enum { SIZE = 3000000 };
    static const char head[] = "--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.bin\"\r\n\r\n";
    static const char tail[] = "\r\n--X\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nhei\r\n--X--\r\n";
    buf_fmt(&b, "POST /upload HTTP/1.1\r\n" H C "Content-Type: multipart/form-data; boundary=\"X\"\r\nContent-Length: %zu\r\n\r\n",
            sizeof head - 1 + SIZE + sizeof tail - 1);
    buf_c(&b, head);
    char *room = buf_reserve(&b, SIZE);
    if (!room)
        abort();
    memset(room, 0xfe, SIZE);
    b.n += SIZE;
    buf_c(&b, tail);
    CHECK_INT(ask(b.p, b.n), 200);
    CHECK(answer_has("file:a.bin=3000000"));
    CHECK(answer_has("f:t=hei"));
    buf_free(&b);
}

static void check_answers(void)
{
    CHECK_INT(ask_c("GET /a?x=1&y=2 HTTP/1.1\r\n" H C "Cookie: s=1; t=2\r\n\r\n"), 200);
    CHECK(answer_has("GET /a q:x=1 q:y=2 c:s=1 c:t=2"));
    CHECK(answer_has("Content-Type: text/html; charset=utf-8\r\n"));
    CHECK(answer_has("Content-Length: 30\r\n"));
    CHECK(answer_has("Date: "));
    CHECK_INT(ask_c("GET /a HTTP/1.1\r\n" H C "Cookie: s=1\r\nCookie: t=2\r\n\r\n"), 200);
    CHECK(answer_has("c:s=1 c:t=2"));
    CHECK_INT(ask_c("HEAD /a HTTP/1.1\r\n" H C "\r\n"), 200);
    CHECK(answer_has("Content-Length: 6\r\n") && !answer_has("GET /a"));
    CHECK_INT(ask_c("GET /static HTTP/1.1\r\n" H C "\r\n"), 200);
    CHECK(answer_has("\r\n\r\nstatic"));
    CHECK_INT(ask_c("GET /away HTTP/1.1\r\n" H C "\r\n"), 303);
    CHECK(answer_has("Location: /there\r\n"));
    CHECK_INT(ask_c("GET /big HTTP/1.1\r\n" H C "\r\n"), 200);
    CHECK(n_got > 1000000);
    CHECK_INT(ask_c("GET /who HTTP/1.1\r\n" H C "X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: https\r\n\r\n"), 200);
    CHECK(answer_has("peer=127.0.0.1 secure=0 id=16")); /* nobody is trusted here */
    CHECK_INT(ask_c("DELETE /a HTTP/1.1\r\n" H C "\r\n"), 405);
    CHECK(answer_has("Allow: GET, HEAD, POST\r\n"));
}

static int count_answers(const char *mark)
{
    int n = 0;
    for (const char *p = got; (p = strstr(p, mark)) != NULL; p++)
        n++;
    return n;
}

static void check_keep_alive(void)
{
    int fd = dial();
    for (int i = 0; i < 5; i++) {
        say_c(fd, "GET /a HTTP/1.1\r\n" H "\r\n");
        CHECK(!hear(fd, SIZE_MAX, 50));
        CHECK_INT(status(), 200);
    }
    close(fd);
    /* pipelining: plain ones, forms and late ones in a row are answered in order */
    static const char many[] = "GET /1 HTTP/1.1\r\n" H "\r\n"
                               "POST /2 HTTP/1.1\r\n" H FORM "Content-Length: 3\r\n\r\na=1"
                               "GET /later HTTP/1.1\r\n" H "\r\n"
                               "HEAD /4 HTTP/1.1\r\n" H "\r\n"
                               "POST /5 HTTP/1.1\r\n" H FORM "Transfer-Encoding: chunked\r\n\r\n3\r\nb=2\r\n0\r\n\r\n"
                               "GET /6 HTTP/1.1\r\n" H C "\r\n";
    fd = dial();
    say(fd, many, sizeof many - 1);
    CHECK(hear(fd, SIZE_MAX, 3000));
    CHECK_INT(count_answers("HTTP/1.1 200"), 6);
    const char *a1 = strstr(got, "GET /1"), *a2 = strstr(got, "POST /2 f:a=1"), *a3 = strstr(got, "later /later localhost");
    const char *a5 = strstr(got, "POST /5 f:b=2"), *a6 = strstr(got, "GET /6");
    CHECK(a1 && a2 && a3 && a5 && a6 && a1 < a2 && a2 < a3 && a3 < a5 && a5 < a6);
    close(fd);
    /* byte by byte */
    fd = dial();
    for (size_t i = 0; i < sizeof many - 1; i++)
        say(fd, many + i, 1);
    CHECK(hear(fd, SIZE_MAX, 3000));
    CHECK_INT(count_answers("HTTP/1.1 200"), 6);
    close(fd);
    /* the server asks for the body, then reads it */
    fd = dial();
    static const char expect[] = "POST /p HTTP/1.1\r\n" H C FORM "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n";
    say(fd, expect, sizeof expect - 1);
    hear(fd, 25, 2000);
    CHECK_INT(status(), 100);
    say(fd, "a=1", 3);
    CHECK(hear(fd, SIZE_MAX, 2000));
    CHECK(answer_has("POST /p f:a=1"));
    close(fd);
}

static void wait_answered(void)
{
    for (int i = 0; i < 5000 && atomic_load(&n_later) != atomic_load(&n_answered); i++)
        usleep(1000);
}

/* Answers from other threads: at once (before the connection is suspended), late, and after the client has gone. */
static void check_later(void)
{
    int good = 0;
    atomic_store(&n_later, 0);
    atomic_store(&n_answered, 0);
    int fd = dial();
    for (int i = 0; i < 1000; i++) {
        const char *s = i % 2 ? "GET /later HTTP/1.1\r\n" H "\r\n" : "GET /later?sleep=1 HTTP/1.1\r\n" H "\r\n";
        if (i % 10 == 0) {
            int gone = dial();
            say(gone, s, strlen(s));
            close(gone);
        }
        say(fd, s, strlen(s));
        n_got = 0;
        hear(fd, 1, 3000);
        good += status() == 200 && answer_has("later /later");
    }
    close(fd);
    CHECK_INT(good, 1000);
    wait_answered();
    CHECK_INT(atomic_load(&n_answered), 1100);
    CHECK_INT(ask_c("GET / HTTP/1.1\r\n" H C "\r\n"), 200);
}

static void check_parallel(void)
{
    enum { N = 500 };
    static int fd[N];
    int good = 0;
    for (int i = 0; i < N; i++)
        fd[i] = dial();
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < N; i++) {
            const char *s = i % 3 ? "GET /a HTTP/1.1\r\n" H "\r\n" : "GET /later HTTP/1.1\r\n" H "\r\n";
            say(fd[i], s, strlen(s));
        }
    for (int i = 0; i < N; i++) {
        size_t all = 0;
        int answers = 0;
        while (answers < 3 && all < 100000) {
            hear(fd[i], 1, 3000);
            if (n_got == 0)
                break;
            all += n_got;
            answers += count_answers("HTTP/1.1 200");
        }
        good += answers == 3;
        close(fd[i]);
    }
    CHECK_INT(good, N);
}

/* ---- limits in time and number ---- */

static void check_per_address(void)
{
    start((struct http_conf){.per_address_max = 5, .loops = 2});
    int fd[5];
    for (int i = 0; i < 5; i++) {
        fd[i] = dial();
        say_c(fd[i], "GET /a HTTP/1.1\r\n" H "\r\n");
        hear(fd[i], 1, 2000);
        CHECK_INT(status(), 200);
    }
    CHECK_INT(ask_c("GET /a HTTP/1.1\r\n" H C "\r\n"), 0); /* one too many is closed */
    int other = dial_from("127.0.0.2");                    /* and another address does not notice */
    say_c(other, "GET /a HTTP/1.1\r\n" H "\r\n");
    hear(other, 1, 2000);
    CHECK_INT(status(), 200);
    close(other);
    close(fd[0]);
    int s = 0;
    for (int i = 0; i < 50 && s != 200; i++) { /* a place is free as soon as the server has seen the end */
        usleep(10000);
        s = ask_c("GET /a HTTP/1.1\r\n" H C "\r\n");
    }
    CHECK_INT(s, 200);
    for (int i = 1; i < 5; i++)
        close(fd[i]);
    http_stop(server);
}

static void check_proxy(void)
{
    start((struct http_conf){.per_address_max = 1, .trusted_proxy = "127.0.0.1", .loops = 1});
    int fd = dial(), fd2 = dial(); /* the proxy has as many as it likes */
    static const char s[] = "GET /who HTTP/1.1\r\n" H C "X-Forwarded-For: 1.1.1.1, 10.0.0.7\r\nX-Forwarded-Proto: https\r\n\r\n";
    say(fd, s, sizeof s - 1);
    CHECK(hear(fd, SIZE_MAX, 2000));
    CHECK(answer_has("peer=10.0.0.7 secure=1"));
    static const char bad[] = "GET /who HTTP/1.1\r\n" H C "X-Forwarded-For: <script>\r\n\r\n";
    say(fd2, bad, sizeof bad - 1);
    CHECK(hear(fd2, SIZE_MAX, 2000));
    CHECK(answer_has("peer=127.0.0.1 secure=0"));
    close(fd);
    close(fd2);
    http_stop(server);
}

/* Twenty places, and fifty who say nothing, or not to the end: whoever asks is answered, and who is in the middle of something keeps their place. */
static void check_full(void)
{
    static const char *const says[] = {"", "GET /a HTTP/1.1\r\nX: "};
    for (size_t what = 0; what < COUNT(says); what++) {
        int fd[50], busy;
        start((struct http_conf){.loops = 1, .connections_max = 20});
        int before = atomic_load(&n_later);
        atomic_store(&hold_answers, 1);
        busy = dial();
        say_c(busy, "GET /later HTTP/1.1\r\n" H "\r\n");
        for (int i = 0; i < 2000 && atomic_load(&n_later) == before; i++)
            usleep(1000);
        for (size_t i = 0; i < COUNT(fd); i++) {
            fd[i] = dial();
            say_c(fd[i], says[what]);
        }
        for (int i = 0; i < 5; i++)
            CHECK_INT(ask_c("GET /a HTTP/1.1\r\n" H C "\r\n"), 200);
        atomic_store(&hold_answers, 0);
        hear(busy, 1, 2000);
        CHECK_INT(status(), 200);
        int open = 0;
        for (size_t i = 0; i < COUNT(fd); i++) {
            char c;
            open += recv(fd[i], &c, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN;
            close(fd[i]);
        }
        CHECK(open > 0 && open <= 20); /* control: not all of them, and not more than there is room for */
        close(busy);
        http_stop(server);
    }
}

static void check_idle(void)
{
    start((struct http_conf){.idle_timeout_s = 1, .loops = 1});
    int fd = dial();
    int64_t t = tm_mono_ms();
    CHECK(hear(fd, SIZE_MAX, 5000)); /* a silent one is closed */
    CHECK(tm_mono_ms() - t < 4000);
    close(fd);
    http_stop(server);
}

/* A client that sends a byte now and then is never idle; the deadline for the head cuts it. */
static void check_slow(void)
{
    start((struct http_conf){.idle_timeout_s = 60, .head_timeout_s = 1, .loops = 1});
    int slow = dial(), slow_body = dial();
    int64_t t = tm_mono_ms();
    bool cut = false, cut_body = false;
    say_c(slow, "GET / HTTP/1.1\r\n" H);
    static const char head[] = "POST /p HTTP/1.1\r\n" H FORM "Content-Length: 100\r\n\r\n";
    say(slow_body, head, sizeof head - 1);
    while (tm_mono_ms() - t < 6000 && !(cut && cut_body)) {
        struct pollfd p[2] = {{slow, POLLIN, 0}, {slow_body, POLLIN, 0}};
        say(slow, "X", 1);
        say(slow_body, "a", 1);
        poll(p, 2, 0);
        cut = cut || p[0].revents;
        cut_body = cut_body || p[1].revents;
        CHECK_INT(ask_c("GET / HTTP/1.1\r\n" H C "\r\n"), 200); /* others are served meanwhile */
        usleep(200000);
    }
    CHECK(cut && cut_body);
    CHECK(tm_mono_ms() - t >= 900); /* control: not cut for another reason */
    close(slow);
    close(slow_body);
    http_stop(server);
}

/* ---- stopping ---- */

static atomic_bool flood_end;

static void *flood(void *arg)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)*(int *)arg)};
    int fd[200];
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    while (!atomic_load(&flood_end)) {
        size_t n = 0;
        while (n < COUNT(fd)) {
            fd[n] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            if (fd[n] < 0)
                break;
            (void)!connect(fd[n], (struct sockaddr *)&to, sizeof to);
            n++;
        }
        usleep(1000);
        for (size_t i = 0; i < n; i++) {
            static const char *const what[] = {"GET /later HTTP/1.1\r\n" H "\r\n", "GET /big HTTP/1.1\r\n" H "\r\n", "GET / HT"};
            say(fd[i], what[i % 3], strlen(what[i % 3]));
        }
        for (size_t i = 0; i < n; i++)
            close(fd[i]);
    }
    return NULL;
}

static void check_stop_in_flood(void)
{
    for (int i = 0; i < 5; i++) {
        start((struct http_conf){.connections_max = 300, .per_address_max = 10000, .loops = 2});
        int port = http_port(server);
        pthread_t t;
        atomic_store(&flood_end, false);
        if (pthread_create(&t, NULL, flood, &port))
            abort();
        usleep(200000);
        int64_t from = tm_mono_ms();
        http_stop(server);
        int64_t took = tm_mono_ms() - from;
        CHECK(took < 5000);
        atomic_store(&flood_end, true);
        pthread_join(t, NULL);
    }
    wait_answered();
}

/* Requests that handlers still keep when the server stops: the stop does not wait for ever, and their answers do no harm. */
static void check_stop_unanswered(void)
{
    start((struct http_conf){.loops = 2});
    atomic_store(&hold_answers, 1);
    int fd[20];
    int before = atomic_load(&n_later);
    for (size_t i = 0; i < COUNT(fd); i++) {
        fd[i] = dial();
        say_c(fd[i], "GET /later HTTP/1.1\r\n" H "\r\n");
    }
    for (int i = 0; i < 2000 && atomic_load(&n_later) < before + 20; i++)
        usleep(1000);
    CHECK_INT(atomic_load(&n_later), before + 20);
    int64_t from = tm_mono_ms();
    http_stop(server);
    CHECK(tm_mono_ms() - from < 5500);
    atomic_store(&hold_answers, 0);
    wait_answered();
    for (size_t i = 0; i < COUNT(fd); i++)
        close(fd[i]);
}

/* What is under way is finished. */
static void check_stop_polite(void)
{
    start((struct http_conf){.loops = 2});
    int before = atomic_load(&n_later), idle = dial();
    atomic_store(&hold_answers, 1);
    int fd = dial();
    say_c(fd, "GET /later HTTP/1.1\r\n" H "\r\n");
    for (int i = 0; i < 2000 && atomic_load(&n_later) == before; i++)
        usleep(1000);
    atomic_store(&hold_answers, 0);
    http_stop(server);
    CHECK(hear(fd, SIZE_MAX, 1000));
    CHECK_INT(status(), 200);
    CHECK(hear(idle, SIZE_MAX, 1000));
    close(fd);
    close(idle);
}

static void check_start(void)
{
    static const char *const wrong[] = {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "localhost:80", "[::1]", ":80"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct http_conf c = {.listen = wrong[i], .handle = handle};
        struct http_server *s;
        CHECK_ERR(http_start(&c, &s), ERR_INVALID);
    }
    char taken[32];
    snprintf(taken, sizeof taken, "127.0.0.1:%d", http_port(server));
    struct http_conf c = {.listen = taken, .handle = handle};
    struct http_server *s;
    CHECK_ERR(http_start(&c, &s), ERR_CONFLICT);
    c.listen = "[::1]:0";
    if (http_start(&c, &s) == OK) { /* a machine may be without IPv6 */
        CHECK(http_port(s) > 0);
        http_stop(s);
    }
}

int main(void)
{
    struct rlimit files = {4096, 4096};
    pthread_t workers[3];
    setrlimit(RLIMIT_NOFILE, &files);
    if (secret_start())
        abort();
    for (size_t i = 0; i < COUNT(workers); i++)
        if (pthread_create(&workers[i], NULL, worker, NULL))
            abort();
    start((struct http_conf){.loops = 2, .per_address_max = 1000});
    check_start();
    check_cases();
    check_sizes();
    check_upload();
    check_answers();
    check_keep_alive();
    check_later();
    check_parallel();
    http_stop(server);
    check_per_address();
    check_proxy();
    check_full();
    check_idle();
    check_slow();
    check_stop_polite();
    check_stop_unanswered();
    check_stop_in_flood();
    pthread_mutex_lock(&lock);
    workers_end = true;
    pthread_cond_broadcast(&there);
    pthread_mutex_unlock(&lock);
    for (size_t i = 0; i < COUNT(workers); i++)
        pthread_join(workers[i], NULL);
    return test_end();
}
