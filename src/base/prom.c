#include "base/prom.h"

void prom_head(struct buf *o, const char *name, enum prom_type type, const char *help)
{
    static const char *const types[] = {[PROM_COUNTER] = "counter", [PROM_GAUGE] = "gauge", [PROM_HISTOGRAM] = "histogram"};
    buf_fmt(o, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, types[type]);
}

static void value_of_label(struct buf *o, struct str v)
{
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '\\' || v.p[i] == '"')
            buf_byte(o, '\\');
        if (v.p[i] == '\n')
            buf_c(o, "\\n");
        else
            buf_byte(o, v.p[i]);
    }
}

static void name_and_labels(struct buf *o, const char *name, const struct prom_label *labels, size_t n)
{
    buf_c(o, name);
    for (size_t i = 0; i < n; i++) {
        buf_fmt(o, "%s%s=\"", i ? "," : "{", labels[i].k);
        value_of_label(o, labels[i].v);
        buf_byte(o, '"');
    }
    buf_c(o, n ? "} " : " ");
}

void prom_sample(struct buf *o, const char *name, const struct prom_label *labels, size_t n, int64_t v)
{
    name_and_labels(o, name, labels, n);
    buf_i64(o, v);
    buf_byte(o, '\n');
}

void prom_sample_us(struct buf *o, const char *name, const struct prom_label *labels, size_t n, int64_t us)
{
    name_and_labels(o, name, labels, n);
    buf_fmt(o, "%lld.%06lld\n", (long long)(us / 1000000), (long long)(us % 1000000));
}

void prom_one(struct buf *o, const char *name, enum prom_type type, const char *help, int64_t v)
{
    prom_head(o, name, type, help);
    prom_sample(o, name, NULL, 0, v);
}

void prom_one_us(struct buf *o, const char *name, enum prom_type type, const char *help, int64_t us)
{
    prom_head(o, name, type, help);
    prom_sample_us(o, name, NULL, 0, us);
}
