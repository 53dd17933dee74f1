/* What the kernel alone takes to pass on an edit: b_live_floor [SENDS A SECOND, 8000]. Sends 40 bytes to one after the
 * other of 1,000 connections over loopback, in bursts every 5 ms, to a thread that reads them. A server that writes a
 * delivery with one send() cannot be cheaper. */
#include "base/base.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SOCKETS = 1000, BYTES = 40, BURST_MS = 5, SECONDS = 5 };
static int reader_fd[SOCKETS], writer_fd[SOCKETS];
static atomic_bool stop;

static double clock_of(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    perror(what);
    exit(1);
}

static void connect_all(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    must(listener >= 0 && bind(listener, (struct sockaddr *)&at, sizeof at) == 0 && listen(listener, 128) == 0,
         "listen");
    must(getsockname(listener, (struct sockaddr *)&at, &n) == 0, "getsockname");
    for (int i = 0; i < SOCKETS; i++) {
        reader_fd[i] = socket(AF_INET, SOCK_STREAM, 0);
        must(reader_fd[i] >= 0 && connect(reader_fd[i], (struct sockaddr *)&at, sizeof at) == 0, "connect");
        writer_fd[i] = accept(listener, NULL, NULL);
        must(writer_fd[i] >= 0, "accept");
    }
    close(listener);
}

static void *read_all(void *arg)
{
    struct epoll_event ev[256];
    char bytes[4096];
    int epoll_fd = epoll_create1(0);
    (void)arg;
    for (int i = 0; i < SOCKETS; i++) {
        struct epoll_event e = {.events = EPOLLIN, .data.fd = reader_fd[i]};
        must(epoll_ctl(epoll_fd, EPOLL_CTL_ADD, reader_fd[i], &e) == 0, "epoll_ctl");
    }
    while (!atomic_load(&stop)) {
        int n = epoll_wait(epoll_fd, ev, COUNT(ev), 50);
        for (int i = 0; i < n; i++)
            must(recv(ev[i].data.fd, bytes, sizeof bytes, 0) > 0, "recv");
    }
    close(epoll_fd);
    return NULL;
}

int main(int argc, char **argv)
{
    static const char bytes[BYTES];
    long rate = argc > 1 ? strtol(argv[1], NULL, 10) : 8000, sends = 0;
    pthread_t reader;
    must(rate > 0, "rate");
    connect_all();
    must(pthread_create(&reader, NULL, read_all, NULL) == 0, "thread");
    double begin = clock_of(CLOCK_MONOTONIC), cpu = clock_of(CLOCK_THREAD_CPUTIME_ID);
    for (double now = begin; now - begin < SECONDS; now = clock_of(CLOCK_MONOTONIC)) {
        for (; (double)sends < (now - begin) * (double)rate; sends++)
            must(send(writer_fd[sends % SOCKETS], bytes, BYTES, MSG_NOSIGNAL) == BYTES, "send");
        usleep(BURST_MS * 1000);
    }
    cpu = clock_of(CLOCK_THREAD_CPUTIME_ID) - cpu;
    atomic_store(&stop, true);
    pthread_join(reader, NULL);
    printf("{\"sends\": %ld, \"us_per_send\": %.3f}\n", sends, sends ? cpu / (double)sends * 1e6 : 0);
    return 0;
}
