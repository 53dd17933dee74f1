#include "oidc/fetch.h"
#include "base/buf.h"
#include "oidc/url.h"
#include <curl/curl.h>
#include <pthread.h>

static pthread_once_t started = PTHREAD_ONCE_INIT;
static CURLcode start_result;
static void start(void)
{
    start_result = curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void free_list(struct curl_slist **l)
{
    curl_slist_free_all(*l);
}
static void free_curl(CURL **c)
{
    curl_easy_cleanup(*c);
}

static size_t take(char *p, size_t size, size_t n, void *ctx)
{
    struct buf *b = ctx;
    buf_add(b, p, size * n);
    return b->bad ? 0 : size * n;
}

static void prepare(CURL *curl, struct arena *a, const struct oidc_request *q, struct buf *into)
{
    curl_easy_setopt(curl, CURLOPT_URL, arena_cstr(a, q->url));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, oidc_url_local(q->url) ? "http,https" : "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L); /* other threads run beside us */
    curl_easy_setopt(curl, CURLOPT_PROXY, "");    /* goes where the configuration says */
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)(q->connect_ms > 0 ? q->connect_ms : 5000));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)(q->total_ms > 0 ? q->total_ms : 10000));
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE, (long)q->max);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, into);
    if (q->post) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, q->form.n ? q->form.p : "");
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)q->form.n);
    }
    if (q->user.n) {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        curl_easy_setopt(curl, CURLOPT_USERNAME, arena_cstr(a, q->user));
        curl_easy_setopt(curl, CURLOPT_PASSWORD, arena_cstr(a, q->password));
    }
}

static enum err judge(CURLcode got, long status, bool full, const char **why)
{
    if (full || got == CURLE_FILESIZE_EXCEEDED) {
        *why = "too_long";
        return ERR_INVALID;
    }
    if (got != CURLE_OK) {
        *why = got == CURLE_OPERATION_TIMEDOUT                                         ? "timeout"
               : got == CURLE_COULDNT_RESOLVE_HOST || got == CURLE_COULDNT_CONNECT     ? "connect"
               : got == CURLE_SSL_CONNECT_ERROR || got == CURLE_PEER_FAILED_VERIFICATION ? "tls"
                                                                                       : "broken_off";
        return ERR_BUSY;
    }
    if (status == 200)
        return OK;
    *why = status >= 500 ? "status_5xx" : status >= 400 ? "status_4xx" : status >= 300 ? "redirect" : "status_other";
    return status >= 500 ? ERR_BUSY : ERR_INVALID;
}

enum err oidc_fetch(struct arena *a, const struct oidc_request *q, struct str *body, const char **why)
{
    *why = "address";
    if (!oidc_url_ok(q->url))
        return ERR_INVALID;
    pthread_once(&started, start);
    CLEANUP(free_curl) CURL *curl = start_result == CURLE_OK ? curl_easy_init() : NULL;
    CLEANUP(free_list) struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
    CLEANUP(buf_free) struct buf into = {.max = q->max};
    if (!curl || !headers)
        return ERR_INTERNAL;
    prepare(curl, a, q, &into);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    CURLcode got = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    TRY(judge(got, status, into.bad, why));
    *body = arena_str(a, buf_view(&into));
    return OK;
}
