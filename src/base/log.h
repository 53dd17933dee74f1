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
void log_line(enum log_level level, const char *area, const char *msg, const struct log_kv *kv, size_t n);
#define LOG_KV_(...) (const struct log_kv[]){__VA_ARGS__}, sizeof((const struct log_kv[]){__VA_ARGS__}) / sizeof(struct log_kv)
#define log_info(area, msg, ...) log_line(LOG_INFO, area, msg, LOG_KV_(__VA_ARGS__))
#define log_warn(area, msg, ...) log_line(LOG_WARN, area, msg, LOG_KV_(__VA_ARGS__))
#define log_error(area, msg, ...) log_line(LOG_ERROR, area, msg, LOG_KV_(__VA_ARGS__))
void log_bug_at(const char *file, int line, const char *msg);
#define log_bug(msg) log_bug_at(__FILE__, __LINE__, (msg))
void log_peer(const char *area, const char *msg);
void log_set_level(enum log_level least);
void log_counts(int64_t *bugs, int64_t *peers);
