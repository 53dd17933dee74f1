#include "service/matching.h"
#include "domain/protection.h"
#include "service/relation.h"
#include "base/num.h"
#include "base/tm.h"
#include "calendar/ical.h"
#include "domain/language.h"
#include "domain/levels.h"
#include "model/account.h"
#include "service/agreement.h"
#include "service/mentor.h"

static int number(struct str s)
{
    int64_t v;
    return num_i64(s, 0, 99999999, &v) ? (int)v : 0;
}

static int sex_of(struct str code)
{
    int sex = SEX_UNKNOWN;
    if (!level_of(sex_names, SEX_N, code, &sex))
        sex = str_is(code, "female") ? SEX_WOMAN : str_is(code, "male") ? SEX_MAN : SEX_UNKNOWN;
    return sex;
}

static struct matching_trainee trainee_facts(struct arena *a, const struct match_need *n)
{
    return (struct matching_trainee){
        .id = n->id, .field = number(n->field), .occupation = number(n->occupation), .specialisation = n->field_text,
        .experience_years = n->experience_years, .municipality = protection_leaves(n->address_protection) ? number(n->municipality) : 0,
        .languages = language_set_parse(a, n->languages, NULL), .sex = sex_of(n->sex), .birth_year = n->birth_year,
        .wishes = {.sex = sex_of(n->wish_sex),
                   .age = (enum matching_age)matching_name_find(matching_age_names, MATCHING_AGE_N, n->wish_age),
                   .languages = language_set_parse(a, n->wish_language, NULL),
                   .sector = (enum matching_sector)matching_name_find(matching_sector_names, MATCHING_SECTOR_N, n->wish_sector)}};
}

static struct matching_mentor mentor_facts(struct arena *a, const struct mentor_row *m, int taken, int today)
{
    return (struct matching_mentor){
        .id = m->id, .field = number(m->field), .occupation = number(m->occupation), .specialisation = m->specialisation,
        .experience_years = m->experience_years, .seniority = (enum matching_seniority)m->seniority, .network = m->network,
        .sector = (enum matching_sector)matching_name_find(matching_sector_names, MATCHING_SECTOR_N, m->sector),
        .municipality = number(m->municipality), .languages = language_set_parse(a, m->languages, NULL), .sex = sex_of(m->sex),
        .birth_year = m->birth_year, .capacity = m->paused_until_on > today ? 0 : m->capacity - taken,
        .wishes = {.sex = sex_of(m->wish_sex)}};
}

static int taken_of(const struct match_place *p, size_t n, int64_t mentor_id)
{
    for (size_t i = 0; i < n; i++)
        if (p[i].mentor_id == mentor_id)
            return p[i].taken;
    return 0;
}

static bool is_need(const struct match_need *n, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (n[i].id == id)
            return true;
    return false;
}

/* Pins of trainees who are not in this task are none of its business. */
static size_t couples(struct arena *a, const struct matching_board *b, enum match_wish_kind kind, struct matching_couple **out)
{
    struct matching_couple *v = ARENA_ARRAY(a, struct matching_couple, b->n_wishes + 1);
    size_t n = 0;
    for (size_t i = 0; i < b->n_wishes; i++)
        if (b->wishes[i].kind == kind && is_need(b->needs, b->n_needs, b->wishes[i].trainee_id))
            v[n++] = (struct matching_couple){b->wishes[i].trainee_id, b->wishes[i].mentor_id};
    *out = v;
    return n;
}

/* The trainees who wait; of the mentors those who are proposed or are next best. */
static void saw_board(struct ctx *c, int64_t org, const struct matching_board *b)
{
    const struct matching_proposal *p = &b->proposal;
    for (size_t i = 0; i < b->n_needs; i++) {
        saw(c, org, b->needs[i].participant_id, "matching");
        for (size_t k = 0; p->n_alternatives && k < p->n_alternatives[i]; k++)
            saw_mentor(c, org, b->mentors[p->alternatives[i][k].mentor].id, "matching");
    }
    for (size_t i = 0; i < p->n_pairs; i++)
        saw_mentor(c, org, b->mentors[p->pairs[i].mentor].id, "matching");
    for (size_t i = 0; i < b->n_open; i++) {
        saw(c, org, b->open[i].participant_id, "matching");
        saw_mentor(c, org, b->open[i].mentor_id, "matching");
    }
}

enum err matching_board(struct ctx *c, int64_t cohort_id, enum matching_reach reach, struct matching_board *out)
{
    int64_t org = c->actor->organisation_id;
    TRY(may(c, ACT_MATCH_LEAD, rel_org(c, org)));
    struct matching_board b = {.cohort_id = cohort_id, .reach = reach};
    struct match_place *places;
    size_t n_places;
    TRY(match_needs(c->db, c->a, org, cohort_id, viewer_of(c), &b.needs, &b.n_needs));
    TRY(mentor_all(c->db, c->a, org, &b.mentors, &b.n_mentors));
    TRY(match_places(c->db, c->a, org, viewer_of(c), &places, &n_places));
    TRY(match_wish_all(c->db, c->a, org, viewer_of(c), &b.wishes, &b.n_wishes));
    TRY(match_of_organisation(c->db, c->a, org, viewer_of(c), &b.open, &b.n_open));

    struct matching_trainee *t = ARENA_ARRAY(c->a, struct matching_trainee, b.n_needs + 1);
    struct matching_mentor *m = ARENA_ARRAY(c->a, struct matching_mentor, b.n_mentors + 1);
    for (size_t i = 0; i < b.n_needs; i++)
        t[i] = trainee_facts(c->a, &b.needs[i]);
    for (size_t i = 0; i < b.n_mentors; i++)
        m[i] = mentor_facts(c->a, &b.mentors[i], taken_of(places, n_places, b.mentors[i].id), c->today);
    struct matching_couple *pins, *forbids;
    struct matching_task task = {.trainees = t, .mentors = m, .n_trainees = b.n_needs, .n_mentors = b.n_mentors,
                                 .weights = matching_defaults()};
    task.weights.today_year = tm_ymd(c->today).year;
    task.weights.reach = reach;
    b.cut = b.n_needs == MATCH_NEEDS_MAX || b.n_mentors == MENTOR_ALL_MAX;
    task.n_pins = couples(c->a, &b, MATCH_PIN, &pins);
    task.n_forbids = couples(c->a, &b, MATCH_FORBID, &forbids);
    task.pins = pins;
    task.forbids = forbids;
    enum err e = matching_propose(c->a, &task, &b.proposal, &b.bad);
    if (e == ERR_CONFLICT)
        b.contradiction = true;
    else if (e)
        return e;
    saw_board(c, org, &b);
    *out = b;
    return OK;
}

static unsigned trainee_rel(struct ctx *c, const struct trainee_row *t)
{
    return rel_person(c, &(struct person_facts){t->organisation_id, t->participant_id, t->adviser_id, t->nav_contact_id, t->address_protection});
}

/* Both belong to the actor's organisation? */
static enum err both(struct ctx *c, int64_t trainee_id, int64_t mentor_id, struct trainee_row *t, struct mentor_row *m)
{
    TRY(trainee_get(c->db, c->a, trainee_id, t));
    TRY(mentor_get(c->db, c->a, mentor_id, m));
    unsigned rel = trainee_rel(c, t);
    return may(c, ACT_MATCH_LEAD, rel_org(c, m->organisation_id) ? rel : rel & ~(unsigned)REL_ORG);
}

/* Not in the participant's history, which the adviser reads too: the reason was asked for with the words that only leaders see it. */
static enum err wish_event(struct ctx *c, const struct trainee_row *t, const char *kind, struct str reason)
{
    return event_add(c, (struct event){.organisation_id = t->organisation_id, .subject_id = t->id, .kind = kind, .reason = reason});
}

enum err matching_wish(struct ctx *c, int64_t trainee_id, int64_t mentor_id, enum match_wish_kind kind, struct str reason)
{
    struct trainee_row t;
    struct mentor_row m;
    TRY(both(c, trainee_id, mentor_id, &t, &m));
    TRY(may(c, ACT_MATCH_LEAD, trainee_rel(c, &t)));
    struct match_wish_row w = {.trainee_id = trainee_id, .mentor_id = mentor_id, .kind = kind, .reason = reason,
                               .by_account = c->actor->account_id, .at = c->now};
    TRY(match_wish_put(c->db, &w));
    return wish_event(c, &t, kind == MATCH_PIN ? "matching.pinned" : "matching.forbidden", reason);
}

enum err matching_wish_clear(struct ctx *c, int64_t trainee_id, int64_t mentor_id)
{
    struct trainee_row t;
    struct mentor_row m;
    TRY(both(c, trainee_id, mentor_id, &t, &m));
    TRY(may(c, ACT_MATCH_LEAD, trainee_rel(c, &t)));
    TRY(match_wish_remove(c->db, trainee_id, mentor_id));
    return wish_event(c, &t, "matching.wish_cleared", STR(""));
}

static enum err is_forbidden(struct ctx *c, const struct trainee_row *t, int64_t mentor_id, bool *yes)
{
    struct match_wish_row *w;
    size_t n;
    *yes = false;
    TRY(match_wish_all(c->db, c->a, t->organisation_id, viewer_of(c), &w, &n));
    for (size_t i = 0; i < n; i++)
        *yes = *yes || (w[i].kind == MATCH_FORBID && w[i].trainee_id == t->id && w[i].mentor_id == mentor_id);
    return OK;
}

enum err matching_choose(struct ctx *c, int64_t trainee_id, int64_t mentor_id, int64_t *id)
{
    struct match_need *needs, *need = NULL;
    struct trainee_row t;
    struct mentor_row m;
    size_t n_needs;
    TRY(both(c, trainee_id, mentor_id, &t, &m));
    TRY(may(c, ACT_MATCH_LEAD, trainee_rel(c, &t)));
    TRY(match_needs(c->db, c->a, t.organisation_id, t.cohort_id, viewer_of(c), &needs, &n_needs));
    for (size_t i = 0; i < n_needs; i++)
        if (needs[i].id == trainee_id)
            need = &needs[i];
    struct match_place *places;
    size_t n_places;
    TRY(match_places(c->db, c->a, t.organisation_id, viewer_of(c), &places, &n_places));
    struct matching_mentor mf = mentor_facts(c->a, &m, taken_of(places, n_places, mentor_id), c->today);
    bool forbidden;
    TRY(is_forbidden(c, &t, mentor_id, &forbidden));
    if (!need || mf.capacity <= 0 || m.ended_at || forbidden)
        return ERR_STATE;
    struct matching_trainee tf = trainee_facts(c->a, need);
    struct matching_weights w = matching_defaults();
    w.today_year = tm_ymd(c->today).year;
    struct matching_reason r[MATCHING_REASONS_MAX];
    size_t n = 0;
    int points = matching_explain(c->a, &tf, &mf, &w, r, &n);
    struct match_row row = {.organisation_id = t.organisation_id, .trainee_id = trainee_id, .mentor_id = mentor_id, .points = points,
                            .reasons = matching_reasons_write(c->a, r, n), .status = MATCH_PROPOSED,
                            .by_account = c->actor->account_id, .at = c->now};
    TRY(match_insert(c->db, &row, id));
    return event_add(c, (struct event){t.organisation_id, t.participant_id, *id, "match.proposed", "", STR("")});
}

/* Loads a match and how the actor stands to it. To the two it exists when a meeting is planned, not before. */
static enum err load(struct ctx *c, int64_t id, struct match_row *m, unsigned *rel, int *side)
{
    TRY(match_get(c->db, c->a, id, m));
    *rel = rel_person(c, &(struct person_facts){.organisation_id = m->organisation_id, .participant_id = m->participant_id,
                                                .address_protection = m->address_protection});
    bool self = *rel & REL_SELF;
    *rel &= ~(unsigned)REL_SELF;
    *side = 0;
    if (!m->meeting_at)
        return OK;
    if (self) {
        *rel |= REL_SELF;
        *side = 1;
    }
    if (c->actor->mentor_id && c->actor->mentor_id == m->mentor_id && match_status_names[m->status].open) {
        *rel |= REL_MATCH;
        *side = 2;
    }
    return OK;
}

enum err matching_see(struct ctx *c, int64_t id, struct match_row *out, int *side)
{
    struct match_row m;
    unsigned rel;
    int s;
    TRY(load(c, id, &m, &rel, &s));
    TRY(may(c, c->actor->role == ROLE_PROJECT_LEADER ? ACT_MATCH_LEAD : ACT_MATCH_SEE, rel));
    if (s) {
        TRY(mentor_confidential(c));
        m.reasons = STR("");
        m.points = 0;
    }
    if (s == 1) {
        m.mentor_answer = MATCH_NO_ANSWER;
        m.mentor_answer_at = 0;
        m.mentor_comment = STR("");
    } else if (s == 2) {
        m.trainee_answer = MATCH_NO_ANSWER;
        m.trainee_answer_at = 0;
        m.trainee_comment = STR("");
    }
    saw(c, m.organisation_id, m.participant_id, "matching");
    saw_mentor(c, m.organisation_id, m.mentor_id, "matching");
    *out = m;
    *side = s;
    return OK;
}

static enum lang lang_code(struct str code)
{
    enum lang l = LANG_NB;
    return lang_of(code, &l) ? l : LANG_NB;
}

/* The receiver is the only guest in it: the two do not get each other's address from us. */
static enum err meeting_file(struct ctx *c, const struct match_row *m, const char *method, enum lang lang, struct ical_person to, struct str *out)
{
    struct account_row leader = {0};
    *out = STR("");
    enum err e = account_get(c->db, c->a, m->by_account, &leader);
    if (e && e != ERR_NOT_FOUND)
        return e;
    if (!leader.email.n || !to.mail.n)
        return OK;
    bool cancel = str_is(STR("CANCEL"), method);
    struct ical_event ev = {.uid = arena_fmt(c->a, "match-%lld@springbrett", (long long)m->id), .sequence = m->sequence,
                            .stamp_at = c->now, .start_at = m->meeting_at, .end_at = m->meeting_at + 3600000, .cancelled = cancel,
                            .summary = str_c(text_get(lang, N_("Matchingmøte"))),
                            .place = m->meeting_place, .url = c->base_url,
                            .organizer = {leader.name, leader.email}, .attendees = &to, .attendee_n = 1};
    return ical_invitation(c->a, cancel ? ICAL_CANCEL : ICAL_REQUEST, &ev, out);
}

/* One mail to each side: that there is news; with a calendar file when `method` is "REQUEST" or "CANCEL" and no address is protected. */
static enum err tell_both(struct ctx *c, const struct match_row *m, const char *subject, const char *text, const char *method)
{
    const struct {
        struct str email, first, last, lang;
    } to[2] = {{m->trainee_email, m->trainee_first_name, m->trainee_last_name, m->trainee_lang},
               {m->mentor_email, m->mentor_first_name, m->mentor_last_name, m->mentor_lang}};
    for (int i = 0; i < 2; i++) {
        enum lang l = lang_code(to[i].lang);
        struct str args[3] = {to[i].first, c->base_url, str_c(text_get(l, text))}, parts[2] = {to[i].first, to[i].last};
        struct str name = arena_join(c->a, parts, 2, STR(" ")), file = STR("");
        struct str body = text_fmt(c->a, text_get(l, N_("Hei {1}\n\n{3}\n\nLogg inn her:\n{2}/\n\nHilsen mentorprogrammet")), args, 3);
        if (method && protection_leaves(m->address_protection))
            TRY(meeting_file(c, m, method, l, (struct ical_person){name, to[i].email}, &file));
        TRY(mail_add(c, (struct mail){.organisation_id = m->organisation_id, .kind = "match", .email = to[i].email, .name = name,
                                      .lang = l, .subject = str_c(text_get(l, subject)), .body = body, .calendar = file,
                                      .calendar_method = file.n ? method : NULL}));
    }
    return OK;
}

/* Leader's acts start alike. */
static enum err lead(struct ctx *c, int64_t id, int64_t version, enum match_act act, struct match_row *m)
{
    unsigned rel;
    int side;
    TRY(load(c, id, m, &rel, &side));
    TRY(may(c, ACT_MATCH_LEAD, rel));
    if (version != m->version)
        return ERR_CONFLICT;
    return match_next(m->status, act, &m->status);
}

enum err matching_plan_meeting(struct ctx *c, int64_t id, int64_t version, int64_t at, struct str place)
{
    struct match_row m;
    TRY(may(c, ACT_MATCH_LEAD, rel_org(c, c->actor->organisation_id)));
    TRY(lead(c, id, version, MATCH_PLAN_MEETING, &m));
    bool moved = m.meeting_at != 0;
    m.meeting_at = at;
    m.meeting_place = place;
    m.sequence += moved;
    TRY(match_update(c->db, &m));
    TRY(tell_both(c, &m, moved ? N_("Møtet er flyttet") : N_("Dere er invitert til et møte"),
                  N_("Du er invitert til et første møte i mentorprogrammet. Logg inn og se når og hvor."), "REQUEST"));
    return event_add(c, (struct event){m.organisation_id, m.participant_id, id, moved ? "match.meeting_moved" : "match.meeting_planned", "", STR("")});
}

enum err matching_hold_meeting(struct ctx *c, int64_t id, int64_t version, int held_on)
{
    struct match_row m;
    TRY(may(c, ACT_MATCH_LEAD, rel_org(c, c->actor->organisation_id)));
    TRY(lead(c, id, version, MATCH_HOLD_MEETING, &m));
    if (held_on > c->today)
        return ERR_STATE;
    m.meeting_held_on = held_on;
    TRY(match_update(c->db, &m));
    return event_add(c, (struct event){m.organisation_id, m.participant_id, id, "match.meeting_held", "", STR("")});
}

enum err matching_ask(struct ctx *c, int64_t id, int64_t version, struct say *why)
{
    struct match_row m;
    TRY(may(c, ACT_MATCH_LEAD, rel_org(c, c->actor->organisation_id)));
    TRY(lead(c, id, version, MATCH_ASK, &m));
    TRY(match_may_ask(m.meeting_held_on, c->today, why));
    m.asked_at = c->now;
    TRY(match_update(c->db, &m));
    TRY(tell_both(c, &m, N_("Vi vil gjerne høre fra deg"),
                  N_("Dere har møttes. Nå vil vi vite om du har lyst til å gå videre. Svaret er mellom deg og prosjektlederen."), NULL));
    return event_add(c, (struct event){m.organisation_id, m.participant_id, id, "match.asked", "", STR("")});
}

/* It came to nothing: the same words to both, whether somebody said no or the leader took it back. */
static enum err tell_over(struct ctx *c, const struct match_row *m)
{
    return tell_both(c, m, N_("Nytt fra mentorprogrammet"),
                     N_("Dette ble ikke noe av, og det er helt greit. Prosjektlederen finner et nytt forslag."), NULL);
}

/* The two are not proposed again. No words, no name: who said no stays in confidence. */
static enum err never_again(struct ctx *c, const struct match_row *m)
{
    struct match_wish_row w = {.trainee_id = m->trainee_id, .mentor_id = m->mentor_id, .kind = MATCH_FORBID, .reason = STR(""),
                               .by_account = 0, .at = c->now};
    return match_wish_put(c->db, &w);
}

static enum err declined(struct ctx *c, const struct match_row *m)
{
    static const struct actor nobody;
    const struct actor *before = c->actor;
    TRY(never_again(c, m));
    TRY(tell_over(c, m));
    c->actor = &nobody; /* who answered last is not who said no, and history shall not look so */
    enum err e = event_add(c, (struct event){m->organisation_id, m->participant_id, m->id, "match.declined", "", STR("")});
    c->actor = before;
    return e;
}

enum err matching_answer(struct ctx *c, int64_t id, enum match_answer answer, struct str comment)
{
    struct match_row m;
    unsigned rel;
    int side;
    TRY(load(c, id, &m, &rel, &side));
    TRY(may(c, ACT_MATCH_ANSWER, rel));
    if (m.status != MATCH_ASKED || (side == 1 ? m.trainee_answer : m.mentor_answer) != MATCH_NO_ANSWER)
        return ERR_STATE;
    if (side == 1) {
        m.trainee_answer = (int)answer;
        m.trainee_answer_at = c->now;
        m.trainee_comment = comment;
    } else {
        m.mentor_answer = (int)answer;
        m.mentor_answer_at = c->now;
        m.mentor_comment = comment;
    }
    m.status = match_answered((enum match_answer)m.trainee_answer, (enum match_answer)m.mentor_answer);
    TRY(match_update(c->db, &m));
    if (m.status == MATCH_DECLINED)
        TRY(declined(c, &m));
    if (m.status == MATCH_ACCEPTED) {
        TRY(agreement_make(c, &m));
        TRY(tell_both(c, &m, N_("Nytt fra mentorprogrammet"), N_("Begge har sagt ja. Neste steg er å lese avtalen og skrive under."), NULL));
        TRY(event_add(c, (struct event){m.organisation_id, m.participant_id, id, "match.accepted", "", STR("")}));
    }
    /* That somebody answered is between them and the leader: not in the participant's history. */
    return event_add(c, (struct event){.organisation_id = m.organisation_id, .subject_id = id, .kind = "match.answered"});
}

enum err matching_take_back(struct ctx *c, int64_t id, int64_t version, struct str reason)
{
    struct match_row m;
    TRY(may(c, ACT_MATCH_LEAD, rel_org(c, c->actor->organisation_id)));
    enum match_status before;
    TRY(match_get(c->db, c->a, id, &m));
    before = m.status;
    TRY(lead(c, id, version, MATCH_TAKE_BACK, &m));
    if (before == MATCH_MEETING_PLANNED && m.meeting_at > c->now) {
        m.sequence++;
        TRY(tell_both(c, &m, N_("Møtet er avlyst"), N_("Møtet dere var invitert til, er avlyst. Prosjektlederen tar kontakt."), "CANCEL"));
    } else if (before != MATCH_PROPOSED) {
        TRY(tell_over(c, &m));
    }
    if (m.trainee_answer == MATCH_NO || m.mentor_answer == MATCH_NO)
        TRY(never_again(c, &m));
    TRY(match_update(c->db, &m));
    return event_add(c, (struct event){m.organisation_id, m.participant_id, id, "match.taken_back", "", reason});
}

enum err matching_own_preparation(struct ctx *c, struct trainee_row *out)
{
    TRY(may(c, ACT_MATCH_PREPARE, c->actor->participant_id ? REL_SELF : 0));
    return trainee_of_participant(c->db, c->a, c->actor->participant_id, out);
}

enum err matching_prepare(struct ctx *c, const struct trainee_row *t)
{
    struct trainee_row own;
    TRY(may(c, ACT_MATCH_PREPARE, c->actor->participant_id ? REL_SELF : 0));
    TRY(trainee_of_participant(c->db, c->a, c->actor->participant_id, &own));
    if (own.id != t->id)
        return ERR_NOT_FOUND;
    return trainee_set_preparation(c->db, t);
}
