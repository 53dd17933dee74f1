/* smtp.c: sending by libcurl. */
#include "mail/smtp.h"
#include "mail/message.h"
#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>

struct smtp {
    CURL *curl;
    struct arena *a;
    struct str body;    /* what is still to be given to libcurl */
    bool body_begun;    /* the server has asked for it */
    char status[12];
};

static pthread_once_t started = PTHREAD_ONCE_INIT;
static CURLcode start_result;
static void start(void)
{
    start_result = curl_global_init(CURL_GLOBAL_DEFAULT);
}

static size_t give_body(char *to, size_t size, size_t n, void *ctx)
{
    struct smtp *s = ctx;
    size_t room = size * n, give = s->body.n < room ? s->body.n : room;
    if (give)
        memcpy(to, s->body.p, give);
    s->body.p += give;
    s->body.n -= give;
    s->body_begun = true;
    return give;
}

/* A line of the server: keeps the enhanced status of a refusal, "550 5.1.1 ...", and nothing else of it. */
static size_t hear(char *p, size_t size, size_t n, void *ctx)
{
    struct smtp *s = ctx;
    size_t len = size * n, at = 4;
    if (len < 9 || (p[0] != '4' && p[0] != '5') || p[4] != p[0] || p[5] != '.')
        return len;
    while (at < len && at - 4 < sizeof s->status - 1 && (p[at] == '.' || (p[at] >= '0' && p[at] <= '9')))
        at++;
    memcpy(s->status, p + 4, at - 4);
    s->status[at - 4] = 0;
    return len;
}

/* The two lines of the login file, without their line ends. */
static enum err read_login(struct arena *a, struct str path, const char **user, const char **password)
{
    char text[600];
    FILE *f = fopen(arena_cstr(a, path), "re");
    if (!f)
        return ERR_NOT_FOUND;
    size_t n = fread(text, 1, sizeof text, f);
    fclose(f);
    struct str rest = {text, n};
    struct str line[2] = {str_trim(str_cut(&rest, '\n')), {0}};
    line[1] = str_trim(str_cut(&rest, '\n'));
    if (n == sizeof text || !line[0].n || !line[1].n || str_find(line[0], 0) >= 0 || str_find(line[1], 0) >= 0)
        return ERR_NOT_FOUND;
    *user = arena_cstr(a, line[0]);
    *password = arena_cstr(a, line[1]);
    return OK;
}

/* Splits "?tls=required" off; the rest must be smtp:// or smtps:// without a login. */
static enum err read_url(struct arena *a, struct str url, const char **out, bool *must_tls)
{
    struct str query = url, base = str_cut(&query, '?');
    bool secure = str_starts(base, STR("smtps://"));
    size_t scheme = secure ? 8 : 7;
    if ((!secure && !str_starts(base, STR("smtp://"))) || base.n == scheme || base.p[scheme] == '/' || base.n > 300)
        return ERR_INVALID;
    for (size_t i = 0; i < base.n; i++)
        if ((unsigned char)base.p[i] <= ' ' || (unsigned char)base.p[i] >= 0x7f || base.p[i] == '@' || base.p[i] == '#')
            return ERR_INVALID;
    if (query.n && !str_is(query, "tls=required"))
        return ERR_INVALID;
    *out = arena_cstr(a, base);
    *must_tls = secure || query.n;
    return OK;
}

enum err smtp_open(struct arena *a, const struct smtp_config *c, struct smtp **out)
{
    const char *url, *user = NULL, *password = NULL;
    bool must_tls;
    TRY(read_url(a, c->url, &url, &must_tls));
    if (c->login_file.n)
        TRY(read_login(a, c->login_file, &user, &password));
    pthread_once(&started, start);
    CURL *curl = start_result == CURLE_OK ? curl_easy_init() : NULL;
    if (!curl)
        return ERR_INTERNAL;
    struct smtp *s = ARENA_NEW(a, struct smtp);
    s->curl = curl;
    s->a = a;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    /* A password never goes over a line that can be read. */
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(must_tls || user ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    if (c->ca_file.n)
        curl_easy_setopt(curl, CURLOPT_CAINFO, arena_cstr(a, c->ca_file));
    if (user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
    }
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)(c->connect_ms > 0 ? c->connect_ms : 10000));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)(c->total_ms > 0 ? c->total_ms : 60000));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L); /* other threads run beside us */
    curl_easy_setopt(curl, CURLOPT_PROXY, "");    /* mail goes where the configuration says */
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_body);
    curl_easy_setopt(curl, CURLOPT_READDATA, s);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, s);
    *out = s;
    return OK;
}

void smtp_close(struct smtp *s)
{
    if (!s)
        return;
    curl_easy_cleanup(s->curl);
    s->curl = NULL;
}
void smtp_closep(struct smtp **s)
{
    smtp_close(*s);
    *s = NULL;
}

/* What a failed transfer means. The server's word is final only if it was about this mail: a 5xx as greeting or at login says that our
 * set-up is wrong, and all mails would be lost. */
static void judge(const struct smtp *s, CURLcode got, struct smtp_result *r)
{
    bool refused = r->code >= 500 && r->code < 600;
    bool login = got == CURLE_LOGIN_DENIED || r->code == 530 || r->code == 534 || r->code == 535 || r->code == 538;
    r->outcome = SMTP_LATER;
    if (got == CURLE_COULDNT_RESOLVE_HOST || got == CURLE_COULDNT_CONNECT)
        r->reason = "connect";
    else if (got == CURLE_OPERATION_TIMEDOUT)
        r->reason = "timeout";
    else if (got == CURLE_USE_SSL_FAILED || got == CURLE_SSL_CONNECT_ERROR || got == CURLE_PEER_FAILED_VERIFICATION ||
             got == CURLE_SSL_CACERT_BADFILE)
        r->reason = "tls";
    else if (login)
        r->reason = "login";
    else if (got == CURLE_REMOTE_ACCESS_DENIED || (got == CURLE_WEIRD_SERVER_REPLY && !s->body_begun))
        r->reason = "greeting";
    else if (r->code < 400)
        r->reason = "broken_off"; /* the last word was a good one: the connection ended */
    else {
        r->reason = s->body_begun ? "content" : "sender_or_receiver";
        r->outcome = refused ? SMTP_NEVER : SMTP_LATER;
    }
}

enum err smtp_send(struct smtp *s, struct str from, struct str to, struct str message, struct smtp_result *out)
{
    if (!mail_address_ok(from) || !mail_address_ok(to) || !message.n)
        return ERR_INVALID;
    struct curl_slist *receiver = curl_slist_append(NULL, arena_cstr(s->a, to));
    if (!receiver)
        return ERR_INTERNAL;
    s->body = message;
    s->body_begun = false;
    s->status[0] = 0;
    curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, arena_cstr(s->a, from));
    curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, receiver);
    CURLcode got = curl_easy_perform(s->curl);
    curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(receiver);

    struct smtp_result r = {.outcome = SMTP_SENT, .reason = "sent"};
    long code = 0;
    curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &code);
    r.code = (int)code;
    memcpy(r.status, s->status, sizeof r.status);
    if (got != CURLE_OK)
        judge(s, got, &r);
    *out = r;
    return OK;
}
