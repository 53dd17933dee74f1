#include "service/meeting.h"
#include "domain/protection.h"
#include "base/tm.h"
#include "calendar/ical.h"
#include "domain/workbook.h"
#include "service/letter.h"
#include "service/mentoring.h"

/* ---- mail */

enum notice { NOTICE_PLANNED, NOTICE_MOVED, NOTICE_CANCELLED };
static const struct {
    const char *kind, *subject, *text, *without_time; /* of somebody whose address is protected */
} news_words[] = {
    [NOTICE_PLANNED] = {"meeting.planned", N_("Nytt møte i mentorprogrammet"), N_("Det er avtalt et møte: {1}."),
                        N_("Det er avtalt et møte. Logg inn og se når og hvor.")},
    [NOTICE_MOVED] = {"meeting.moved", N_("Møtet er flyttet"), N_("Møtet er flyttet. Ny tid: {1}."), N_("Møtet er flyttet. Logg inn og se den nye tiden.")},
    [NOTICE_CANCELLED] = {"meeting.cancelled", N_("Møtet er avlyst"), N_("Møtet {1} er avlyst."), N_("Et møte er avlyst. Logg inn og se hvilket.")},
};

/* The name of our server without scheme and port: for names of calendar objects and a sender who cannot be answered. */
static struct str host_of(const struct ctx *c)
{
    struct str rest = c->base_url, host;
    for (size_t i = 0; i + 3 <= rest.n; i++)
        if (memcmp(rest.p + i, "://", 3) == 0) {
            rest.p += i + 3;
            rest.n -= i + 3;
            break;
        }
    host = str_cut(&rest, '/');
    struct str name = str_cut(&host, ':');
    return name.n ? name : STR("springbrett.invalid");
}

static enum err calendar_of(struct ctx *c, const struct meeting_row *m, enum lang lang, struct ical_person to, struct str *out)
{
    bool cancelled = m->status == MEETING_CANCELLED;
    struct str place = m->place, host = host_of(c);
    if (m->digital && !place.n)
        place = str_c(text_get(lang, N_("Digitalt møte")));
    struct ical_event e = {
        .uid = arena_fmt(c->a, "meeting-%lld@%.*s", (long long)m->id, STR_FMT(host)), .sequence = m->sequence, .stamp_at = c->now,
        .start_at = m->at, .end_at = m->at + (int64_t)m->minutes * 60000, .cancelled = cancelled,
        .summary = str_c(text_get(lang, N_("Samarbeidsmøte"))), .place = place,
        .url = arena_fmt(c->a, "%.*s/meetings/%lld", STR_FMT(c->base_url), (long long)m->id),
        .organizer = {STR("Springbrett"), arena_fmt(c->a, "noreply@%.*s", STR_FMT(host))}, .attendees = &to, .attendee_n = 1};
    return ical_invitation(c->a, cancelled ? ICAL_CANCEL : ICAL_REQUEST, &e, out);
}

static enum err mail_one(struct ctx *c, enum notice news, const struct meeting_row *m, const struct mentorship_row *pair, bool to_mentor)
{
    struct str email = to_mentor ? pair->mentor_email : pair->trainee_email;
    if (!email.n)
        return OK;
    struct str name = to_mentor ? mentoring_mentor_name(c->a, pair) : mentoring_trainee_name(c->a, pair);
    struct letter l = letter_to(c, to_mentor ? pair->mentor_lang : pair->trainee_lang, name);
    struct str calendar = STR("");
    if (protection_leaves(pair->address_protection)) {
        TRY(calendar_of(c, m, l.lang, (struct ical_person){name, email}, &calendar));
        letter_say1(&l, news_words[news].text, text_when(c->a, l.lang, m->at, 0));
        if (news != NOTICE_CANCELLED)
            letter_say(&l, N_("Åpne vedlegget for å legge møtet i kalenderen din."));
    } else {
        letter_say(&l, news_words[news].without_time);
    }
    letter_link(&l, N_("Se møtet i Springbrett:"), "/meetings/%lld", (long long)m->id);
    return letter_send(&l, (struct mail){.organisation_id = pair->organisation_id, .kind = news_words[news].kind, .email = email,
                                         .subject = letter_subject(&l, news_words[news].subject, STR("")), .calendar = calendar,
                                         .calendar_method = !calendar.n ? NULL : ical_method_name(news == NOTICE_CANCELLED ? ICAL_CANCEL : ICAL_REQUEST)});
}

/* To the other side; to both when it is done by the leader. */
static enum err mail_news(struct ctx *c, enum notice news, const struct meeting_row *m, const struct mentorship_row *pair)
{
    unsigned rel = mentoring_rel(c, pair);
    if (!(rel & REL_PAIR))
        TRY(mail_one(c, news, m, pair, true));
    if (!(rel & REL_SELF))
        TRY(mail_one(c, news, m, pair, false));
    return OK;
}

/* ---- meetings */

static enum err load(struct ctx *c, int64_t id, enum act act, struct meeting_row *m, struct mentorship_row *pair)
{
    struct meeting_row row;
    enum err e = meeting_get(c->db, c->a, id, &row);
    if (e == ERR_NOT_FOUND)
        TRY(may(c, act, 0)); /* the same answer as for one that is not for the actor */
    TRY(e);
    TRY(mentoring_open(c, row.mentorship_id, act, pair));
    *m = row;
    return OK;
}

static enum err note(struct ctx *c, const struct meeting_row *m, const struct mentorship_row *pair, const char *kind, const char *outcome)
{
    return event_add(c, (struct event){.organisation_id = pair->organisation_id, .participant_id = pair->participant_id,
                                       .subject_id = m->id, .kind = kind, .outcome = outcome});
}

static enum err is_running(const struct mentorship_row *pair, struct say *why)
{
    if (pair->status == MENTORSHIP_ACTIVE)
        return OK;
    *why = say(N_("Samarbeidet er avsluttet. Møtene kan ikke endres lenger."));
    return ERR_STATE;
}

enum err meeting_list(struct ctx *c, const struct mentorship_row *pair, struct meeting_row **rows, size_t *n)
{
    TRY(may(c, ACT_MEETING_SEE, mentoring_rel(c, pair)));
    saw(c, pair->organisation_id, pair->participant_id, "meeting");
    return meeting_of_mentorship(c->db, c->a, pair->id, rows, n);
}

enum err meeting_open(struct ctx *c, int64_t id, struct meeting_row *m, struct mentorship_row *pair)
{
    TRY(load(c, id, ACT_MEETING_SEE, m, pair));
    saw(c, pair->organisation_id, pair->participant_id, "meeting");
    return OK;
}

enum err meeting_add(struct ctx *c, int64_t mentorship_id, const struct meeting_plan *plan, int64_t *id, struct say *why)
{
    struct mentorship_row pair;
    TRY(mentoring_open(c, mentorship_id, ACT_MEETING_PLAN, &pair));
    TRY(is_running(&pair, why));
    struct meeting_row m = {.mentorship_id = pair.id, .theme = plan->theme, .at = plan->at, .minutes = plan->minutes, .place = plan->place,
                            .digital = plan->digital, .status = MEETING_PLANNED, .created_by = c->actor->account_id, .created_at = c->now};
    TRY(meeting_insert(c->db, &m, &m.id));
    TRY(note(c, &m, &pair, "meeting.planned", ""));
    if (m.at > c->now)
        TRY(mail_news(c, NOTICE_PLANNED, &m, &pair));
    *id = m.id;
    return OK;
}

enum err meeting_move(struct ctx *c, int64_t id, int64_t version, const struct meeting_plan *plan, struct say *why)
{
    struct meeting_row m;
    struct mentorship_row pair;
    TRY(load(c, id, ACT_MEETING_PLAN, &m, &pair));
    if (m.version != version)
        return ERR_CONFLICT;
    TRY(is_running(&pair, why));
    bool was_cancelled = m.status == MEETING_CANCELLED;
    bool moved = was_cancelled || m.at != plan->at || m.minutes != plan->minutes || m.digital != plan->digital || !str_eq(m.place, plan->place);
    TRY(meeting_next(m.status, MEETING_MOVE, m.at, m.has_minutes, c->now, &m.status, why));
    m.theme = plan->theme;
    m.at = plan->at;
    m.minutes = plan->minutes;
    m.place = plan->place;
    m.digital = plan->digital;
    m.sequence += moved;
    TRY(meeting_update(c->db, &m));
    TRY(note(c, &m, &pair, "meeting.moved", moved ? "" : "theme"));
    return moved && m.at > c->now ? mail_news(c, was_cancelled ? NOTICE_PLANNED : NOTICE_MOVED, &m, &pair) : OK;
}

/* The twelve months count from the earliest meeting held. */
static enum err count_from_first(struct ctx *c, const struct mentorship_row *pair)
{
    struct meeting_row *rows;
    struct mentorship_row m = *pair;
    size_t n;
    int first = 0;
    TRY(meeting_of_mentorship(c->db, c->a, pair->id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].status == MEETING_HELD && (!first || rows[i].held_on < first))
            first = rows[i].held_on;
    if (first == m.first_meeting_on)
        return OK;
    m.first_meeting_on = first;
    return mentorship_update(c->db, &m);
}

static enum err change(struct ctx *c, struct meeting_row *m, const struct mentorship_row *pair, enum meeting_act act, struct say *why)
{
    static const char *const kinds[MEETING_ACT_N] = {[MEETING_HOLD] = "meeting.held", [MEETING_CANCEL] = "meeting.cancelled",
                                                     [MEETING_UNDO] = "meeting.undone"};
    enum meeting_stage before = m->status;
    TRY(meeting_next(m->status, act, m->at, m->has_minutes, c->now, &m->status, why));
    bool counts = m->status == MEETING_CANCELLED || before == MEETING_CANCELLED; /* the calendar hears of it */
    m->held_on = m->status == MEETING_HELD ? tm_on_of(m->at) : 0;
    m->sequence += counts;
    TRY(meeting_update(c->db, m));
    TRY(note(c, m, pair, kinds[act], ""));
    TRY(count_from_first(c, pair));
    if (!counts || m->at <= c->now)
        return OK;
    return mail_news(c, m->status == MEETING_CANCELLED ? NOTICE_CANCELLED : NOTICE_PLANNED, m, pair);
}

enum err meeting_do(struct ctx *c, int64_t id, int64_t version, enum meeting_act act, struct say *why)
{
    struct meeting_row m;
    struct mentorship_row pair;
    TRY(load(c, id, ACT_MEETING_PLAN, &m, &pair));
    if (m.version != version)
        return ERR_CONFLICT;
    TRY(is_running(&pair, why));
    return change(c, &m, &pair, act, why);
}

enum err meeting_cancel_planned(struct ctx *c, const struct mentorship_row *pair)
{
    struct meeting_row *rows;
    size_t n;
    struct say why;
    TRY(may(c, ACT_MENTORSHIP_END, mentoring_rel(c, pair)));
    TRY(meeting_of_mentorship(c->db, c->a, pair->id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].status == MEETING_PLANNED)
            TRY(change(c, &rows[i], pair, MEETING_CANCEL, &why));
    return OK;
}

/* ---- minutes */

enum err minutes_open(struct ctx *c, int64_t meeting_id, struct minutes_row *out)
{
    struct meeting_row m;
    struct mentorship_row pair;
    TRY(load(c, meeting_id, ACT_MINUTES_READ, &m, &pair));
    TRY(minutes_get(c->db, c->a, meeting_id, out));
    saw(c, pair.organisation_id, pair.participant_id, "minutes");
    return OK;
}

enum err minutes_write(struct ctx *c, const struct minutes_row *r, struct say *why)
{
    struct meeting_row m;
    struct mentorship_row pair;
    struct minutes_row row = *r;
    TRY(load(c, r->meeting_id, ACT_MINUTES_WRITE, &m, &pair));
    if (m.status != MEETING_HELD) {
        TRY(is_running(&pair, why));
        TRY(change(c, &m, &pair, MEETING_HOLD, why));
    }
    row.by_account = c->actor->account_id;
    row.written_at = c->now;
    TRY(r->version ? minutes_update(c->db, &row) : minutes_insert(c->db, &row));
    return note(c, &m, &pair, "minutes.written", r->version ? "changed" : "");
}
