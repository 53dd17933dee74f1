/* smtp_stand_in.h: a mail server for tests that says what the case wants. All addresses are invented.
 *
 *     struct stand_in s = {.script = {.rcpt = "550 5.1.1 nobody"}};
 *     stand_in_start(&s); ... s.port ... stand_in_stop(&s); ... s.seen
 */
#pragma once
#include <arpa/inet.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What the stand-in answers at each step; "" closes the connection instead, NULL is the usual good answer. */
struct script {
    const char *greeting, *ehlo, *mail, *rcpt, *data, *end;
    bool silent; /* never says a word */
};
struct stand_in {
    int listener, port, connections;
    struct script script;
    char seen[32768]; /* every byte the client sent */
    size_t n;
    pthread_t thread;
};

static bool say_line(int fd, const char *given, const char *usual)
{
    const char *s = given ? given : usual;
    return *s && send(fd, s, strlen(s), MSG_NOSIGNAL) > 0 && send(fd, "\r\n", 2, MSG_NOSIGNAL) > 0;
}

static bool read_line(struct stand_in *s, int fd, char *line, size_t size)
{
    size_t n = 0;
    while (n + 1 < size) {
        char c;
        if (recv(fd, &c, 1, 0) != 1)
            return false;
        if (s->n < sizeof s->seen - 1)
            s->seen[s->n++] = c;
        line[n++] = c;
        if (c == '\n')
            break;
    }
    line[n] = 0;
    return true;
}

static bool answer(struct stand_in *s, int fd, const char *line)
{
    const struct script *sc = &s->script;
    char more[1024];
    if (strncmp(line, "EHLO", 4) == 0)
        return say_line(fd, sc->ehlo, "250-stand-in\r\n250 8BITMIME");
    if (strncmp(line, "HELO", 4) == 0)
        return say_line(fd, sc->ehlo, "250 stand-in");
    if (strncmp(line, "MAIL", 4) == 0)
        return say_line(fd, sc->mail, "250 2.1.0 ok");
    if (strncmp(line, "RCPT", 4) == 0)
        return say_line(fd, sc->rcpt, "250 2.1.5 ok");
    if (strncmp(line, "DATA", 4) == 0) {
        if (!say_line(fd, sc->data, "354 go on"))
            return false;
        if (sc->data)
            return true;
        do {
            if (!read_line(s, fd, more, sizeof more))
                return false;
        } while (strcmp(more, ".\r\n") != 0);
        return say_line(fd, sc->end, "250 2.0.0 taken");
    }
    if (strncmp(line, "QUIT", 4) == 0) {
        say_line(fd, NULL, "221 bye");
        return false;
    }
    return say_line(fd, NULL, "250 ok");
}

static void *serve(void *ctx)
{
    struct stand_in *s = ctx;
    int fd;
    while ((fd = accept(s->listener, NULL, NULL)) >= 0) { /* until shutdown() of the listener */
        char line[1024];
        s->connections++;
        if (s->script.silent)
            while (read_line(s, fd, line, sizeof line))
                ;
        else if (say_line(fd, s->script.greeting, "220 stand-in"))
            while (read_line(s, fd, line, sizeof line) && answer(s, fd, line))
                ;
        close(fd);
    }
    return NULL;
}

static void listen_here(struct stand_in *s)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    s->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (s->listener < 0 || bind(s->listener, (struct sockaddr *)&at, n) || listen(s->listener, 4) ||
        getsockname(s->listener, (struct sockaddr *)&at, &n))
        abort();
    s->port = ntohs(at.sin_port);
}

static void stand_in_start(struct stand_in *s)
{
    listen_here(s);
    if (pthread_create(&s->thread, NULL, serve, s))
        abort();
}

static void stand_in_stop(struct stand_in *s)
{
    shutdown(s->listener, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->listener);
    s->seen[s->n] = 0;
}
