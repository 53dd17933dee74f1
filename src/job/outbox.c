#include "job/outbox.h"
#include "base/log.h"
#include "base/tm.h"
#include "mail/message.h"
#include "mail/smtp.h"
#include "model/outbox.h"

enum { LATEST_MS = 13 * 60 * 60000 }; /* more than any delay */
static const int64_t delays[] = {60000, 5 * 60000, 30 * 60000, 120 * 60000, 720 * 60000};

int64_t outbox_delay_ms(int64_t attempts)
{
    return attempts < 1 ? 0 : attempts > (int64_t)COUNT(delays) ? -1 : delays[attempts - 1];
}

bool outbox_sender(struct str from, struct str *name, struct str *address)
{
    struct str rest = str_trim(from), first = str_cut(&rest, '<');
    if (!rest.n) {
        *name = STR("");
        *address = str_trim(first);
    } else {
        *name = str_trim(first);
        *address = str_trim(str_cut(&rest, '>'));
        if (name->n >= 2 && name->p[0] == '"' && name->p[name->n - 1] == '"')
            *name = (struct str){name->p + 1, name->n - 2};
    }
    return mail_address_ok(*address);
}

struct change { /* one piece for the writer */
    enum { TAKE, SENT, LATER, FAILED } what;
    const struct outbox_row *row;
    int64_t at;
    struct str error;
};

static enum err apply(void *arg, struct db *db)
{
    const struct change *c = arg;
    switch (c->what) {
    case TAKE:
        return outbox_take(db, c->row->id, c->row->attempts, c->at);
    case SENT:
        return outbox_set_sent(db, c->row->id, c->at);
    case LATER:
        return outbox_set_later(db, c->row->id, c->at, c->error);
    case FAILED:
        return outbox_set_failed(db, c->row->id, c->at, c->error);
    }
    return ERR_INTERNAL;
}

struct sender {
    const struct outbox_conf *conf;
    struct arena *a;
    struct smtp *smtp;
    struct str name, address;
    int64_t now;
};

/* Hands one mail to the server; what cannot be made into a message never gets better. */
static enum err hand_over(struct sender *s, const struct outbox_row *m, struct smtp_result *out)
{
    struct mail mail = {.from_name = s->name, .from_mail = s->address, .to_name = m->to_name, .to_mail = m->to_email,
                        .subject = m->subject, .text = m->body, .lang = m->lang.n ? arena_cstr(s->a, m->lang) : NULL,
                        .id = arena_fmt(s->a, "mail-%lld-%lld", (long long)m->id, (long long)m->created_at), .at = s->now,
                        .calendar = m->calendar, .calendar_method = m->calendar.n ? arena_cstr(s->a, m->calendar_method) : NULL};
    struct str text;
    enum err e = mail_message(s->a, &mail, &text);
    if (!e)
        e = smtp_send(s->smtp, s->address, m->to_email, text, out);
    if (e != ERR_INVALID && e != ERR_LIMIT)
        return e;
    *out = (struct smtp_result){.outcome = SMTP_NEVER, .reason = "message"};
    return OK;
}

/* *go_on false: the server is away, or our login is wrong: the others need not be tried now. */
static enum err send_one(struct sender *s, const struct outbox_row *m, struct outbox_done *done, bool *go_on)
{
    struct change c = {.what = TAKE, .row = m, .at = s->now + OUTBOX_TAKEN_MS};
    enum err e = writer_run(s->conf->writer, DB_LANE_OWN, apply, &c);
    if (e == ERR_CONFLICT)
        return OK;
    TRY(e);
    struct smtp_result r = {.outcome = SMTP_LATER, .reason = "internal"};
    e = hand_over(s, m, &r);
    if (e)
        r = (struct smtp_result){.outcome = SMTP_LATER, .reason = "internal"};
    int64_t delay = outbox_delay_ms(m->attempts + 1);
    c = (struct change){.what = SENT, .row = m, .at = s->now,
                        .error = arena_fmt(s->a, "%d%s%s %s", r.code, r.status[0] ? " " : "", r.status, r.reason)};
    if (r.outcome == SMTP_LATER && delay >= 0) {
        c.what = LATER;
        c.at = s->now + delay;
    } else if (r.outcome != SMTP_SENT) {
        c.what = FAILED;
    }
    if (c.what == SENT)
        *s->conf->owed = (struct outbox_owed){m->id, c.at};
    TRY(writer_run(s->conf->writer, DB_LANE_OWN, apply, &c));
    *s->conf->owed = (struct outbox_owed){0};
    done->sent += c.what == SENT;
    done->later += c.what == LATER;
    done->failed += c.what == FAILED;
    if (c.what == FAILED)
        log_warn("outbox", "mail given up", LOG_I("outbox", m->id), LOG_S("error", c.error));
    *go_on = r.outcome != SMTP_LATER || !strcmp(r.reason, "sender_or_receiver") || !strcmp(r.reason, "content");
    return OK;
}

/* What the last run could not note. */
static enum err pay(struct sender *s)
{
    struct outbox_owed *owed = s->conf->owed;
    if (!owed->id)
        return OK;
    struct outbox_row m = {.id = owed->id};
    struct change c = {.what = SENT, .row = &m, .at = owed->at};
    enum err e = writer_run(s->conf->writer, DB_LANE_OWN, apply, &c);
    if (e && e != ERR_CONFLICT) /* the mail is gone with its person */
        return e;
    *owed = (struct outbox_owed){0};
    return OK;
}

static enum err send_all(struct sender *s, struct db *db, struct outbox_done *done)
{
    struct outbox_row *rows;
    size_t n;
    TRY(pay(s));
    TRY(outbox_due(db, s->a, s->now, s->now + LATEST_MS, OUTBOX_BATCH, &rows, &n));
    if (n == 0)
        return OK;
    struct smtp_config config = {.url = s->conf->smtp_url, .login_file = s->conf->login_file};
    CLEANUP(smtp_closep) struct smtp *smtp = NULL;
    TRY(smtp_open(s->a, &config, &smtp));
    s->smtp = smtp;
    bool go_on = true;
    for (size_t i = 0; i < n && go_on && !(s->conf->leave && atomic_load(s->conf->leave)); i++)
        TRY(send_one(s, &rows[i], done, &go_on));
    return OK;
}

enum err outbox_run(const struct outbox_conf *conf, int64_t now, struct outbox_done *out)
{
    CLEANUP(arena_freep) struct arena *a = arena_new((size_t)64 << 20);
    CLEANUP(db_closep) struct db *db = NULL;
    struct sender s = {.conf = conf, .a = a, .now = now};
    *out = (struct outbox_done){0};
    if (!outbox_sender(conf->from, &s.name, &s.address))
        return ERR_INVALID;
    TRY(db_connect(conf->db_url, DB_READ, &db));
    return send_all(&s, db, out);
}
