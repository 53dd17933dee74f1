/* message.c: puts a mail together. */
#include "mail/message.h"
#include "base/tm.h"
#include "base/utf8.h"
#include "mail/encode.h"

/* No body can contain these: quoted-printable writes "=" only before a hexadecimal digit or a line end, base64 only at the end. */
#define OUTER "=_springbrett_mixed"
#define INNER "=_springbrett_alternative"

static bool alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The number of labels of a dot-atom of at most `max` octets, 0 if it is none. */
static int dot_atom(struct str s, size_t max, bool domain)
{
    int labels = 0;
    if (s.n == 0 || s.n > max || s.p[s.n - 1] == '.')
        return 0;
    while (s.n) {
        struct str l = str_cut(&s, '.');
        if (l.n == 0 || (domain && (l.n > 63 || l.p[0] == '-' || l.p[l.n - 1] == '-')))
            return 0;
        for (size_t i = 0; i < l.n; i++) {
            char c = l.p[i];
            if (!alnum(c) && !(domain ? c == '-' : c != 0 && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL))
                return 0;
        }
        labels++;
    }
    return labels;
}

bool mail_address_ok(struct str address)
{
    if (address.n > MAIL_ADDRESS_MAX || str_find(address, '@') < 0)
        return false;
    struct str domain = address, local = str_cut(&domain, '@');
    int labels = dot_atom(domain, 253, true);
    return dot_atom(local, 64, false) > 0 && (labels >= 2 || (labels == 1 && str_eq_nocase(domain, STR("localhost"))));
}

static bool id_ok(struct str id)
{
    for (size_t i = 0; i < id.n; i++)
        if (!alnum(id.p[i]) && id.p[i] != '-' && id.p[i] != '_' && id.p[i] != '.')
            return false;
    return dot_atom(id, 40, false) > 0;
}

static bool word_ok(const char *s) /* a language or a method: letters and hyphens */
{
    size_t n = 0;
    for (; s[n]; n++)
        if (!(alnum(s[n]) && s[n] > '9') && s[n] != '-')
            return false;
    return n > 0 && n <= 20;
}

/* The checked and cleaned copy of a mail. */
static enum err clean(struct arena *a, const struct mail *m, struct mail *out)
{
    struct mail c = *m;
    if (m->subject.n > MAIL_SUBJECT_MAX || m->text.n > MAIL_TEXT_MAX || m->calendar.n > MAIL_TEXT_MAX ||
        m->from_name.n > MAIL_NAME_MAX || m->to_name.n > MAIL_NAME_MAX || m->calendar_name.n > MAIL_NAME_MAX)
        return ERR_LIMIT;
    if (!mail_address_ok(m->from_mail) || !mail_address_ok(m->to_mail) || (m->reply_mail.n && !mail_address_ok(m->reply_mail)))
        return ERR_INVALID;
    if (!id_ok(m->id) || m->at <= 0 || (m->lang && !word_ok(m->lang)))
        return ERR_INVALID;
    if (m->calendar.n && (!m->calendar_method || !word_ok(m->calendar_method) || !utf8_valid(m->calendar)))
        return ERR_INVALID;
    TRY(utf8_clean(a, m->from_name, false, &c.from_name));
    TRY(utf8_clean(a, m->to_name, false, &c.to_name));
    TRY(utf8_clean(a, m->subject, false, &c.subject));
    TRY(utf8_clean(a, m->text, true, &c.text));
    TRY(utf8_clean(a, m->calendar_name, false, &c.calendar_name));
    if (!c.calendar_name.n)
        c.calendar_name = STR("invitasjon.ics");
    if (!c.subject.n)
        return ERR_INVALID;
    *out = c;
    return OK;
}

/* In Oslo time with its distance from UTC, as a person's own mail program would write it. */
static void put_date(struct buf *o, int64_t at)
{
    static const char day[7][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char month[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm_civil c = tm_civil(at);
    int64_t civil = (int64_t)tm_on(c.year, c.month, c.day) * TM_DAY_MS + ((c.hour * 60 + c.minute) * 60 + c.second) * INT64_C(1000);
    int hours = (int)((civil - at / 1000 * 1000) / 3600000);
    buf_fmt(o, "Date: %s, %d %s %d %02d:%02d:%02d +%02d00\r\n", day[c.weekday - 1], c.day, month[c.month - 1], c.year, c.hour, c.minute,
            c.second, hours);
}

static void put_headers(struct buf *o, const struct mail *m)
{
    struct str domain = m->from_mail;
    str_cut(&domain, '@');
    put_date(o, m->at);
    mail_header_address(o, "From", m->from_name, m->from_mail);
    mail_header_address(o, "To", m->to_name, m->to_mail);
    if (m->reply_mail.n)
        mail_header_address(o, "Reply-To", STR(""), m->reply_mail);
    mail_header(o, "Subject", m->subject);
    buf_fmt(o, "Message-ID: <%.*s@%.*s>\r\n", STR_FMT(m->id), STR_FMT(domain));
    if (m->lang)
        buf_fmt(o, "Content-Language: %s\r\n", m->lang);
    /* RFC 3834: no holiday answers to a program; the second line says it to Exchange. */
    buf_c(o, "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\nMIME-Version: 1.0\r\n");
}

static void put_text(struct buf *o, struct str text)
{
    bool quoted = mail_mostly_ascii(text);
    buf_fmt(o, "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: %s\r\n\r\n", quoted ? "quoted-printable" : "base64");
    if (quoted) {
        mail_quoted(o, text);
        return;
    }
    CLEANUP(buf_free) struct buf lines = {.max = 2 * MAIL_TEXT_MAX + 2};
    while (text.n) { /* inside base64, too, lines end in CRLF (RFC 2046 4.1.1) */
        buf_str(&lines, str_cut(&text, '\n'));
        buf_c(&lines, "\r\n");
    }
    o->bad |= lines.bad;
    mail_base64(o, buf_view(&lines));
}

/* Outlook and Google act on the alternative part, Apple and others on the attached file; both are the same text. */
static void put_with_calendar(struct buf *o, const struct mail *m)
{
    buf_c(o, "Content-Type: multipart/mixed;\r\n boundary=\"" OUTER "\"\r\n\r\n--" OUTER "\r\n"
             "Content-Type: multipart/alternative;\r\n boundary=\"" INNER "\"\r\n\r\n--" INNER "\r\n");
    put_text(o, m->text);
    buf_fmt(o, "--" INNER "\r\nContent-Type: text/calendar; charset=UTF-8; method=%s\r\nContent-Transfer-Encoding: base64\r\n\r\n",
            m->calendar_method);
    mail_base64(o, m->calendar);
    buf_c(o, "--" INNER "--\r\n--" OUTER "\r\nContent-Type: application/ics");
    mail_param(o, "name", m->calendar_name);
    buf_c(o, "\r\nContent-Disposition: attachment");
    mail_param(o, "filename", m->calendar_name);
    buf_c(o, "\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    mail_base64(o, m->calendar);
    buf_c(o, "--" OUTER "--\r\n");
}

enum err mail_message(struct arena *a, const struct mail *m, struct str *out)
{
    struct mail c;
    TRY(clean(a, m, &c));
    CLEANUP(buf_free) struct buf o = {.max = 4 << 20};
    put_headers(&o, &c);
    if (c.calendar.n)
        put_with_calendar(&o, &c);
    else
        put_text(&o, c.text);
    if (o.bad)
        return ERR_INTERNAL;
    *out = arena_str(a, buf_view(&o));
    return OK;
}
