#include "service/cohort.h"
#include "service/relation.h"
#include "domain/agreement.h"
#include "model/trainee.h"

enum { EVENTS_SHOWN = 20 };

struct cohort_card cohort_card_of(const struct cohort_row *row, int today, int months)
{
    struct cohort_card card = {.row = *row, .seats = intake_seats(row->seats, row->admitted - row->ended, row->open_offers)};
    card.facts = (struct cohort_facts){.today = today, .start_on = row->start_on, .closed = row->closed_at != 0,
                                       .running = row->running, .over = row->completed + row->ended, .paired = row->paired,
                                       .first_meeting_on = row->first_meeting_on, .months = months};
    card.phase = cohort_phase(&card.facts);
    return card;
}

static enum err cards_of(struct ctx *c, const struct cohort_row *rows, size_t n, struct cohort_card **cards)
{
    struct progress_settings s;
    TRY(standing_settings(c, n ? rows[0].organisation_id : c->actor->organisation_id, &s));
    *cards = ARENA_ARRAY(c->a, struct cohort_card, n);
    for (size_t i = 0; i < n; i++)
        (*cards)[i] = cohort_card_of(&rows[i], c->today, s.months);
    return OK;
}

static unsigned own_org(const struct ctx *c)
{
    return rel_org(c, c->actor->organisation_id);
}

enum err cohort_list(struct ctx *c, const struct cohort_row *after, struct cohort_card **cards, size_t *n, bool *more)
{
    TRY(may(c, ACT_COHORT_SEE, own_org(c)));
    struct cohort_row *rows;
    size_t got;
    TRY(cohort_after(c->db, c->a, c->actor->organisation_id, after ? after->start_on : 0, after ? after->id : 0, COHORT_LIST + 1, viewer_of(c), &rows,
                     &got));
    *more = got > COHORT_LIST;
    *n = *more ? COHORT_LIST : got;
    return cards_of(c, rows, *n, cards);
}

enum err cohort_running(struct ctx *c, struct cohort_card **cards, size_t *n)
{
    TRY(may(c, ACT_COHORT_SEE, own_org(c)));
    struct cohort_row *rows;
    TRY(cohort_current(c->db, c->a, c->actor->organisation_id, viewer_of(c), &rows, n));
    return cards_of(c, rows, *n, cards);
}

/* The cohort, if the actor may do that with it. */
static enum err find(struct ctx *c, int64_t id, enum act act, struct cohort_row *out)
{
    struct cohort_row row = {0};
    enum err e = cohort_get(c->db, c->a, id, viewer_of(c), &row);
    if (e && e != ERR_NOT_FOUND)
        return e;
    TRY(may(c, act, rel_org(c, row.organisation_id)));
    if (e)
        return e;
    *out = row;
    return OK;
}

enum err cohort_see(struct ctx *c, int64_t id, struct cohort_card *out)
{
    struct cohort_row row;
    struct cohort_card *card;
    TRY(find(c, id, ACT_COHORT_SEE, &row));
    TRY(cards_of(c, &row, 1, &card));
    *out = *card;
    return OK;
}

static enum err members_of(struct ctx *c, int64_t id, struct cohort_view *out)
{
    struct standing *s;
    struct trainee_row *t;
    size_t n, n_t;
    TRY(standing_list(c, (struct standing_filter){.cohort_id = id, .status = STANDING_ALL, .limit = COHORT_SHOWN}, &s, &n));
    TRY(trainee_of_cohort(c->db, c->a, id, &t, &n_t));
    out->members = ARENA_ARRAY(c->a, struct cohort_member, n);
    out->n_members = n;
    for (size_t i = 0; i < n; i++) {
        out->members[i].s = s[i];
        saw(c, s[i].row.organisation_id, s[i].row.participant_id, "overview");
        for (size_t k = 0; k < n_t; k++)
            if (t[k].id == s[i].row.id) {
                out->members[i].field = t[k].field;
                out->members[i].field_text = t[k].field_text;
            }
    }
    return OK;
}

static enum err people_at(struct ctx *c, enum intake_stage stage, struct participant_row **rows, size_t *n)
{
    struct participant_key next;
    struct participant_filter f = {.organisation_id = c->actor->organisation_id, .stage = (int)stage, .sort = SORT_NAME,
                                   .viewer = c->actor->account_id, .today = c->today};
    TRY(participant_list(c->db, c->a, &f, rows, n, &next));
    if (*n > COHORT_PEOPLE)
        *n = COHORT_PEOPLE;
    for (size_t i = 0; i < *n; i++)
        saw(c, (*rows)[i].organisation_id, (*rows)[i].id, "overview");
    return OK;
}

static enum err open_offers(struct ctx *c, int64_t id, struct cohort_view *out)
{
    struct offer_row *all;
    size_t n;
    TRY(offer_of_cohort(c->db, c->a, id, viewer_of(c), &all, &n));
    out->offers = ARENA_ARRAY(c->a, struct offer_row, COHORT_PEOPLE);
    for (size_t i = 0; i < n && out->n_offers < COHORT_PEOPLE; i++)
        if (all[i].status == OFFER_OPEN) {
            out->offers[out->n_offers++] = all[i];
            saw(c, all[i].organisation_id, all[i].participant_id, "overview");
        }
    return OK;
}

enum err cohort_open(struct ctx *c, int64_t id, struct cohort_view *out)
{
    struct cohort_view v = {0};
    TRY(cohort_see(c, id, &v.card));
    TRY(members_of(c, id, &v));
    v.leader = may(c, ACT_OFFER_MAKE, rel_org(c, v.card.row.organisation_id)) == OK;
    if (v.leader) {
        TRY(open_offers(c, id, &v));
        TRY(event_of_subject(c->db, c->a, c->actor->organisation_id, "cohort.", id, EVENTS_SHOWN, &v.events, &v.n_events));
    }
    if (v.leader && !v.card.row.closed_at) {
        TRY(people_at(c, INTAKE_INTERVIEWED, &v.ready, &v.n_ready));
        TRY(people_at(c, INTAKE_WAITING, &v.waiting, &v.n_waiting));
    }
    *out = v;
    return OK;
}

static enum err note(struct ctx *c, int64_t id, const char *kind, struct str reason)
{
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .subject_id = id, .kind = kind, .outcome = "",
                                       .reason = reason});
}

enum err cohort_add(struct ctx *c, const struct cohort_row *in, int64_t *id)
{
    TRY(may(c, ACT_COHORT_EDIT, own_org(c)));
    struct cohort_row row = {.organisation_id = c->actor->organisation_id, .name = in->name, .start_on = in->start_on, .seats = in->seats,
                             .created_at = c->now};
    int64_t made;
    TRY(cohort_insert(c->db, &row, &made));
    TRY(note(c, made, "cohort.made", STR("")));
    *id = made;
    return OK;
}

enum err cohort_change(struct ctx *c, const struct cohort_row *in)
{
    struct cohort_row row;
    TRY(find(c, in->id, ACT_COHORT_EDIT, &row));
    row.name = in->name;
    row.start_on = in->start_on;
    row.seats = in->seats;
    row.version = in->version;
    TRY(cohort_update(c->db, &row));
    return note(c, in->id, "cohort.changed", STR(""));
}

enum err cohort_close(struct ctx *c, int64_t id, int64_t version, struct str reason, struct say *why)
{
    struct cohort_row row;
    TRY(find(c, id, ACT_COHORT_EDIT, &row));
    if (row.closed_at)
        return ERR_CONFLICT;
    if (row.open_offers) {
        *why = say_n(N_PLURAL("{1} tilbud om plass er ikke besvart. Vent på svaret, eller trekk tilbudet.",
                              "{1} tilbud om plass er ikke besvart. Vent på svarene, eller trekk tilbudene."), row.open_offers);
        return ERR_STATE;
    }
    row.version = version;
    row.closed_at = c->now;
    TRY(cohort_update(c->db, &row));
    return note(c, id, "cohort.closed", reason);
}

enum err cohort_reopen(struct ctx *c, int64_t id, int64_t version, struct str reason)
{
    struct cohort_row row;
    TRY(find(c, id, ACT_COHORT_EDIT, &row));
    if (!row.closed_at)
        return ERR_CONFLICT;
    row.version = version;
    row.closed_at = 0;
    TRY(cohort_update(c->db, &row));
    return note(c, id, "cohort.reopened", reason);
}
