/* encode.c: base64, quoted-printable, encoded words, encoded parameters. */
#include "mail/encode.h"

enum { LINE = 76 };

static void base64_group(struct buf *o, const unsigned char *p, size_t n)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned v = (unsigned)p[0] << 16 | (n > 1 ? (unsigned)p[1] << 8 : 0) | (n > 2 ? (unsigned)p[2] : 0);
    char out[4] = {digit[v >> 18], digit[v >> 12 & 63], n > 1 ? digit[v >> 6 & 63] : '=', n > 2 ? digit[v & 63] : '='};
    buf_add(o, out, 4);
}

static void base64_plain(struct buf *o, struct str s)
{
    for (size_t i = 0; i < s.n; i += 3)
        base64_group(o, (const unsigned char *)s.p + i, s.n - i);
}

void mail_base64(struct buf *o, struct str s)
{
    enum { BYTES = LINE / 4 * 3 };
    for (size_t i = 0; i < s.n; i += BYTES) {
        base64_plain(o, (struct str){s.p + i, s.n - i < BYTES ? s.n - i : BYTES});
        buf_c(o, "\r\n");
    }
}

/* What old mail programs change on the way when it begins a line: a dot alone, and "From ". */
static bool fragile_start(struct str s)
{
    return str_starts(s, STR(".")) || str_starts(s, STR("From "));
}

void mail_quoted(struct buf *o, struct str s)
{
    size_t column = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '\n') {
            buf_c(o, "\r\n");
            column = 0;
            continue;
        }
        bool ends = i + 1 == s.n || s.p[i + 1] == '\n';
        bool plain = (c > ' ' && c < 0x7f && c != '=') || ((c == ' ' || c == '\t') && !ends);
        size_t need = plain ? 1 : 3;
        if (column + need > LINE - 1) { /* room for the "=" that says the line goes on */
            buf_c(o, "=\r\n");
            column = 0;
        }
        if (column == 0 && fragile_start((struct str){s.p + i, s.n - i}))
            plain = false;
        if (plain)
            buf_byte(o, (char)c);
        else
            buf_fmt(o, "=%02X", c);
        column += plain ? 1 : 3;
    }
    if (column)
        buf_c(o, "\r\n");
}

bool mail_mostly_ascii(struct str s)
{
    size_t other = 0;
    for (size_t i = 0; i < s.n; i++)
        other += (unsigned char)s.p[i] >= 0x80;
    return other < s.n / 6 + 8; /* three octets for one against four for three */
}

/* May the text stand as it is? Printable ASCII, short enough for one line, and nothing that looks like an encoded word. */
static bool plain_value(struct str s, size_t room)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || (unsigned char)s.p[i] >= 0x7f || (s.p[i] == '=' && i + 1 < s.n && s.p[i + 1] == '?'))
            return false;
    return s.n <= room;
}

/* Encoded words, each on a line of its own after the first; `taken` octets of the first line are used. */
static void encoded_words(struct buf *o, struct str s, size_t taken)
{
    enum { OVERHEAD = sizeof "=?UTF-8?B?" "?=" - 1 };
    while (s.n) {
        size_t bytes = (LINE - 1 - taken - OVERHEAD) / 4 * 3, n = s.n < bytes ? s.n : bytes;
        while (n && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
            n--; /* never through a character */
        buf_c(o, "=?UTF-8?B?");
        base64_plain(o, (struct str){s.p, n});
        buf_c(o, "?=");
        s.p += n;
        s.n -= n;
        if (s.n)
            buf_c(o, "\r\n ");
        taken = 1;
    }
}

void mail_header(struct buf *o, const char *name, struct str value)
{
    size_t taken = strlen(name) + 2;
    buf_fmt(o, "%s: ", name);
    if (plain_value(value, LINE - taken))
        buf_str(o, value);
    else
        encoded_words(o, value, taken);
    buf_c(o, "\r\n");
}

void mail_header_address(struct buf *o, const char *name, struct str who, struct str address)
{
    buf_fmt(o, "%s: ", name);
    if (!who.n) {
        buf_str(o, address);
        buf_c(o, "\r\n");
        return;
    }
    if (plain_value(who, 30)) { /* at most twice as long with the backslashes */
        buf_byte(o, '"');
        for (size_t i = 0; i < who.n; i++) {
            if (who.p[i] == '"' || who.p[i] == '\\')
                buf_byte(o, '\\');
            buf_byte(o, who.p[i]);
        }
        buf_byte(o, '"');
    } else {
        encoded_words(o, who, strlen(name) + 2);
    }
    buf_c(o, "\r\n <"); /* a new line, so that name and address may both be long */
    buf_str(o, address);
    buf_c(o, ">\r\n");
}

static bool attribute_char(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_';
}

void mail_param(struct buf *o, const char *name, struct str value)
{
    enum { PLAIN_MAX = 60, PIECE = 48 };
    bool plain = value.n <= PLAIN_MAX;
    for (size_t i = 0; i < value.n; i++)
        plain = plain && (attribute_char((unsigned char)value.p[i]) || value.p[i] == ' ');
    if (plain) {
        buf_fmt(o, ";\r\n %s=\"%.*s\"", name, STR_FMT(value));
        return;
    }
    size_t at = 0;
    for (int piece = 0; at < value.n; piece++) {
        buf_fmt(o, ";\r\n %s*%d*=%s", name, piece, piece ? "" : "UTF-8''");
        for (size_t column = 0; at < value.n && column < PIECE; at++) {
            unsigned char c = (unsigned char)value.p[at];
            if (attribute_char(c))
                buf_byte(o, (char)c);
            else
                buf_fmt(o, "%%%02X", c);
            column += attribute_char(c) ? 1 : 3;
        }
    }
}
