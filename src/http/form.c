/* form.c: every reader returns a value that is safe to use and notes at most one message a field. */
#include "http/form.h"

#include "base/num.h"
#include "base/tm.h"
#include "base/utf8.h"

#define N_(msgid) msgid /* marks a text for the catalogs; http does not know the languages */

static const char m_required[] = N_("Skriv inn dette feltet.");
static const char m_letters[] = N_("Skriv teksten på nytt. Den har tegn som ikke kan leses.");
static const char m_short[] = N_("Skriv minst {1} tegn.");
static const char m_long[] = N_("Skriv høyst {2} tegn.");
static const char m_int[] = N_("Skriv et helt tall fra {1} til {2}.");
static const char m_date[] = N_("Skriv datoen slik: 31.12.2026.");
static const char m_time[] = N_("Skriv klokkeslettet slik: 14.30.");
static const char m_choose[] = N_("Velg et av svarene.");
static const char m_too_many[] = N_("Velg høyst {2}.");
static const char m_email[] = N_("Skriv en e-postadresse, for eksempel navn@eksempel.no.");
static const char m_phone[] = N_("Skriv et telefonnummer med bare tall, for eksempel 22 33 44 55.");

struct form form_of(struct req *r)
{
    return (struct form){.r = r};
}

struct form form_new(const struct pair *given, size_t n)
{
    return (struct form){.given = given, .n_given = n};
}

static void note(struct form *f, const char *field, const char *msg, int64_t arg1, int64_t arg2)
{
    if (!f->r || form_error_at(f, field))
        return;
    if (f->n_err == COUNT(f->err))
        return; /* enough to go on with; the form stays wrong */
    f->err[f->n_err++] = (struct form_error){field, msg, arg1, arg2};
}

/* What was sent: the body of a POST, the query of a GET (search forms). */
static const struct pair *sent(const struct form *f, size_t *n)
{
    bool post = f->r && f->r->method == POST;
    *n = !f->r ? 0 : post ? f->r->n_form : f->r->n_query;
    return !f->r ? NULL : post ? f->r->form : f->r->query;
}

static struct str first(const struct pair *v, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(v[i].k, name))
            return v[i].v;
    return (struct str){NULL, 0};
}

/* The cleaned text; empty (and noted) when it cannot be read. */
static struct str cleaned(struct form *f, const char *name, bool lines)
{
    size_t n;
    const struct pair *v = sent(f, &n);
    struct str out = STR("");
    if (f->r && utf8_clean(f->r->a, first(v, n, name), lines, &out))
        note(f, name, m_letters, 0, 0);
    return out;
}

static struct str words(struct form *f, const char *name, bool lines, size_t min, size_t max)
{
    struct str s = cleaned(f, name, lines);
    size_t n = utf8_count(s);
    const char *msg = n == 0 && min > 0 ? m_required : n > 0 && n < min ? m_short : n > max ? m_long : NULL;
    if (!msg)
        return s;
    note(f, name, msg, (int64_t)min, (int64_t)max);
    return STR("");
}

struct str form_line(struct form *f, const char *name, size_t min, size_t max)
{
    return words(f, name, false, min, max);
}

struct str form_text(struct form *f, const char *name, size_t min, size_t max)
{
    return words(f, name, true, min, max);
}

/* One line without the message for an empty field unless it must be there. False: nothing to read. */
static bool line_given(struct form *f, const char *name, bool must, struct str *out)
{
    *out = cleaned(f, name, false);
    if (out->n == 0 && must)
        note(f, name, m_required, 0, 0);
    return out->n > 0;
}

/* People write 10 000 with a space or a no-break space between the groups. */
static struct str without_spaces(struct arena *a, struct str s)
{
    char *to = arena_alloc(a, s.n + 1);
    size_t n = 0;
    while (s.n > 0) {
        struct str before = s;
        uint32_t cp = utf8_next(&s);
        if (cp == ' ' || cp == 0xa0 || cp == 0x202f)
            continue;
        memcpy(to + n, before.p, before.n - s.n);
        n += before.n - s.n;
    }
    return (struct str){to, n};
}

int64_t form_int(struct form *f, const char *name, bool must, int64_t min, int64_t max)
{
    struct str s;
    int64_t v;
    if (!line_given(f, name, must, &s))
        return 0;
    if (num_i64(without_spaces(f->r->a, s), min, max, &v))
        return v;
    note(f, name, m_int, min, max);
    return 0;
}

int form_date(struct form *f, const char *name, bool must)
{
    struct str s;
    int on;
    if (!line_given(f, name, must, &s))
        return 0;
    if (tm_parse_on(s, &on))
        return on;
    note(f, name, m_date, 0, 0);
    return 0;
}

int64_t form_at(struct form *f, const char *name, bool must)
{
    if (!f->r)
        return 0;
    const char *name_time = arena_fmt(f->r->a, "%s_time", name).p;
    struct str day = cleaned(f, name, false), clock = cleaned(f, name_time, false);
    if (!must && day.n == 0 && clock.n == 0)
        return 0;
    int on = 0, hour = 0, minute = 0;
    bool day_ok = tm_parse_on(day, &on), clock_ok = tm_parse_hm(clock, &hour, &minute);
    if (!day_ok)
        note(f, name, day.n == 0 ? m_required : m_date, 0, 0);
    if (!clock_ok)
        note(f, name_time, clock.n == 0 ? m_required : m_time, 0, 0);
    return day_ok && clock_ok ? tm_at(on, hour, minute) : 0;
}

int form_choice(struct form *f, const char *name, bool must, const struct form_choice *choices)
{
    struct str s = cleaned(f, name, false);
    for (int i = 0; choices[i].value; i++)
        if (s.n > 0 && str_is(s, choices[i].value))
            return i;
    if (s.n > 0 || must)
        note(f, name, m_choose, 0, 0);
    return -1;
}

bool form_check(struct form *f, const char *name)
{
    size_t n;
    const struct pair *v = sent(f, &n);
    struct str s = first(v, n, name);
    return s.n > 0 && !str_is(s, "0");
}

static bool in_set(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* The name before the @: RFC 5322's dot-atom, without the quoted form that nobody has. */
static bool local_part_ok(struct str s)
{
    if (s.n == 0 || s.n > 64 || s.p[0] == '.' || s.p[s.n - 1] == '.')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!letter_or_digit(s.p[i]) && !in_set(s.p[i], ".!#$%&'*+/=?^_`{|}~-"))
            return false;
        if (s.p[i] == '.' && s.p[i + 1] == '.')
            return false;
    }
    return true;
}

static bool domain_ok(struct str s)
{
    size_t labels = 0;
    bool digits = true;
    if (s.n == 0 || s.p[s.n - 1] == '.')
        return false;
    while (s.n > 0) {
        struct str label = str_cut(&s, '.');
        if (label.n == 0 || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
        digits = true;
        for (size_t i = 0; i < label.n; i++) {
            if (!letter_or_digit(label.p[i]) && label.p[i] != '-')
                return false;
            digits = digits && label.p[i] >= '0' && label.p[i] <= '9';
        }
        labels++;
    }
    return labels >= 2 && !digits;
}

struct str form_email_of(struct arena *a, struct str s)
{
    char *low = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        low[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    struct str domain = {low, s.n};
    struct str local = str_cut(&domain, '@');
    return s.n <= 254 && local_part_ok(local) && domain_ok(domain) ? (struct str){low, s.n} : STR("");
}

struct str form_email(struct form *f, const char *name, bool must)
{
    struct str s;
    if (!line_given(f, name, must, &s))
        return STR("");
    struct str email = form_email_of(f->r->a, s);
    if (!email.n)
        note(f, name, m_email, 0, 0);
    return email;
}

struct str form_phone(struct form *f, const char *name, bool must)
{
    struct str s;
    if (!line_given(f, name, must, &s))
        return STR("");
    size_t digits = 0;
    bool ok = s.n >= 5 && s.n <= 20;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        digits += digit;
        ok = ok && (digit || s.p[i] == ' ' || (s.p[i] == '+' && i == 0));
    }
    if (ok && digits >= 5)
        return s;
    note(f, name, m_phone, 0, 0);
    return STR("");
}

int64_t form_id(struct form *f, const char *name, bool must)
{
    struct str s = cleaned(f, name, false);
    int64_t id;
    if (num_i64(s, 1, INT64_MAX, &id))
        return id;
    if (s.n > 0 || must)
        note(f, name, m_choose, 0, 0);
    return 0;
}

size_t form_ids(struct form *f, const char *name, int64_t *out, size_t max)
{
    size_t n, got = 0;
    const struct pair *v = sent(f, &n);
    for (size_t i = 0; i < n; i++) {
        int64_t id;
        if (!str_is(v[i].k, name))
            continue;
        if (!num_i64(v[i].v, 1, INT64_MAX, &id)) {
            note(f, name, m_choose, 0, 0);
            continue;
        }
        size_t k = 0;
        while (k < got && out[k] != id)
            k++;
        if (k < got)
            continue; /* ticked twice is ticked once */
        if (got == max) {
            note(f, name, m_too_many, 0, (int64_t)max);
            break;
        }
        out[got++] = id;
    }
    return got;
}

void form_fail(struct form *f, const char *field, const char *msg)
{
    note(f, field, msg, 0, 0);
}

bool form_ok(const struct form *f)
{
    return f->r && f->n_err == 0;
}

struct str form_value(const struct form *f, const char *name)
{
    size_t n;
    const struct pair *v = sent(f, &n);
    struct str s = first(v, n, name);
    if (!s.p)
        s = first(f->given, f->n_given, name);
    return s.p ? s : STR("");
}

const struct form_error *form_error_at(const struct form *f, const char *name)
{
    for (size_t i = 0; i < f->n_err; i++)
        if (strcmp(f->err[i].field, name) == 0)
            return &f->err[i];
    return NULL;
}

bool form_ticked(const struct form *f, const char *name, const char *value)
{
    size_t n;
    const struct pair *v = sent(f, &n);
    if (!f->r) {
        v = f->given;
        n = f->n_given;
    }
    for (size_t i = 0; i < n; i++)
        if (str_is(v[i].k, name) && str_is(v[i].v, value))
            return true;
    return false;
}
