/* log.h: one event a line on stderr: `2026-11-22T10:00:00.123Z level area msg key=value ...`. Values are escaped (quotes, control
 * characters); keys and messages are literals. Never names, addresses, bodies, tokens or whole URLs: route pattern and ids only.
 * log_bug: our fault, counted (metrics). log_peer: the other side's fault, at most 10 a second written, all counted. */
#pragma once
#include "base/base.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };
struct log_kv {
    const char *k;
    struct str s;
    int64_t i;
    bool is_int;
};
#define LOG_S(key, val) ((struct log_kv){.k = (key), .s = (val)})
#define LOG_I(key, val) ((struct log_kv){.k = (key), .i = (int64_t)(val), .is_int = true})
/* Entries without a key are passed over: the macros put one at the end, so that a line may have no values at all. */
void log_line(enum log_level level, const char *area, const char *msg, const struct log_kv *kv, size_t n);
/* log_info(area, msg), or with values behind: log_info(area, msg, LOG_S("key", s), LOG_I("key", 5)). */
#define log_info(...) LOG_LINE_(LOG_INFO, __VA_ARGS__, LOG_NONE_)
#define log_warn(...) LOG_LINE_(LOG_WARN, __VA_ARGS__, LOG_NONE_)
#define log_error(...) LOG_LINE_(LOG_ERROR, __VA_ARGS__, LOG_NONE_)
#define LOG_NONE_ ((struct log_kv){0})
#define LOG_KV_(...) (const struct log_kv[]){__VA_ARGS__}
#define LOG_LINE_(level, area, msg, ...) \
    log_line(level, area, msg, LOG_KV_(__VA_ARGS__), sizeof(LOG_KV_(__VA_ARGS__)) / sizeof(struct log_kv))
void log_bug_at(const char *file, int line, const char *msg);
#define log_bug(msg) log_bug_at(__FILE__, __LINE__, (msg))
void log_peer(const char *area, const char *msg);
void log_set_level(enum log_level least);
void log_counts(int64_t *bugs, int64_t *peers);
