/* log.h: one event a line on stderr: `2026-11-22T10:00:00.123Z level area msg key=value ...`, or the same as a JSON object: time, level,
 * area, message and the values, whole in every line ("cut": true when a value did not fit). Values are escaped (quotes, control
 * characters); keys and messages are literals. Never names, addresses (IP addresses neither: they tell where somebody is), bodies, tokens or
 * whole URLs: route pattern and ids only.
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
enum log_format { LOG_TEXT, LOG_JSON };
void log_set_format(enum log_format f);
bool log_level_of(struct str name, enum log_level *out);   /* "debug", "info", "warn", "error"; false: none of them */
bool log_format_of(struct str name, enum log_format *out); /* "text", "json"; false: none of them */
/* Until log_gather_end(), lines below warn wait up to 0.1 s and are written together. For the program that serves: a thread of its own. */
void log_gather(void);
void log_gather_end(void); /* fine without a beginning */
struct log_counts {
    int64_t bugs, peers, lost; /* lost: lines that would have had to wait for who reads them, or could not be written */
};
struct log_counts log_counts(void);
