/* prom.h: what a monitoring program reads: Prometheus text format 0.0.4. A family is its head, then its samples. Names, helps and names of
 * labels are literals of ours; values of labels are escaped. */
#pragma once
#include "base/buf.h"

enum prom_type { PROM_COUNTER, PROM_GAUGE, PROM_HISTOGRAM };
void prom_head(struct buf *o, const char *name, enum prom_type type, const char *help);

struct prom_label {
    const char *k;
    struct str v;
};
#define PROM_LABELS(...) (const struct prom_label[]){__VA_ARGS__}, sizeof((const struct prom_label[]){__VA_ARGS__}) / sizeof(struct prom_label)
void prom_sample(struct buf *o, const char *name, const struct prom_label *labels, size_t n, int64_t v);
/* In seconds, as the format wants all times. */
void prom_sample_us(struct buf *o, const char *name, const struct prom_label *labels, size_t n, int64_t us);
/* A family of one sample without labels. */
void prom_one(struct buf *o, const char *name, enum prom_type type, const char *help, int64_t v);
void prom_one_us(struct buf *o, const char *name, enum prom_type type, const char *help, int64_t us);
