#include "service/application.h"
#include "model/account.h"
#include "model/log.h"
#include "service/letter.h"
#include "service/relation.h"

static enum err load(struct ctx *c, struct application *x)
{
    struct application_answer_row *rows = NULL;
    size_t n = 0;
    enum err e = application_of(c->db, c->a, x->person.id, &x->row);
    if (e && e != ERR_NOT_FOUND)
        return e;
    if (x->row.id)
        TRY(application_answers(c->db, c->a, x->row.id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].question > 0 && rows[i].question < APPLICATION_NUMBERS) {
            x->answer[rows[i].question] = rows[i].text;
            x->at_version[rows[i].question] = rows[i].at_version;
        }
    for (int part = 1; part <= APPLICATION_PARTS; part++)
        x->answered += application_answered(x->answer, part);
    x->state = application_state((enum intake_stage)x->person.stage, x->row.id > 0, x->row.status == APPLICATION_SENT);
    if (x->person.stage != INTAKE_REOPENED)
        return OK;
    struct event_row *events;
    TRY(event_of_participant(c->db, c->a, x->person.id, 50, &events, &n));
    for (size_t i = 0; i < n && !x->reopened_reason.n; i++)
        if (str_is(events[i].kind, "intake.step") && str_is(events[i].outcome, intake_act_names[INTAKE_REOPEN].code))
            x->reopened_reason = events[i].reason;
    return OK;
}

static enum err own(struct ctx *c, enum act act, struct application *x)
{
    *x = (struct application){0};
    TRY(may(c, act, c->actor->role == ROLE_TRAINEE ? REL_SELF : 0));
    if (!c->actor->participant_id)
        return ERR_NOT_FOUND;
    TRY(participant_open(c, c->actor->participant_id, act, &x->person));
    return load(c, x);
}

enum err application_own(struct ctx *c, struct application *out)
{
    return own(c, ACT_APPLICATION_SEE, out);
}

enum err application_start(struct ctx *c)
{
    struct application x;
    TRY(own(c, ACT_APPLICATION_WRITE, &x));
    if (x.state == APPLICATION_OPEN)
        return OK;
    if (x.state != APPLICATION_INVITED)
        return ERR_STATE;
    int64_t id;
    TRY(application_insert(c->db,
                           &(struct application_row){.participant_id = x.person.id, .step = 1, .lang = str_c(lang_info[c->lang].code),
                                                     .created_at = c->now, .updated_at = c->now},
                           &id));
    return participant_step(c, &x.person, ACT_APPLICATION_WRITE, INTAKE_START, STR(""));
}

enum err application_save(struct ctx *c, int part, int next, int64_t seen, const struct str answer[APPLICATION_NUMBERS],
                          struct application *now)
{
    TRY(own(c, ACT_APPLICATION_WRITE, now));
    if (now->state != APPLICATION_OPEN)
        return ERR_STATE;
    bool changed[APPLICATION_NUMBERS] = {0};
    for (size_t i = 0; i < application_questions_n; i++) {
        int q = application_questions[i].number;
        if (application_questions[i].part != part)
            continue;
        if (application_clash(seen, now->at_version[q], now->answer[q], answer[q]))
            return ERR_CONFLICT;
        changed[q] = !str_eq(now->answer[q], answer[q]);
    }
    now->row.step = next;
    now->row.lang = str_c(lang_info[c->lang].code);
    now->row.updated_at = c->now;
    TRY(application_update(c->db, &now->row));
    now->row.version++;
    for (int q = 0; q < APPLICATION_NUMBERS; q++)
        if (changed[q]) {
            struct application_answer_row a = {.question = q, .text = answer[q], .at_version = now->row.version};
            TRY(application_answer_put(c->db, now->row.id, &a));
            now->answer[q] = answer[q];
            now->at_version[q] = now->row.version;
        }
    return OK;
}

/* Both mails say only that something has happened. */
static enum err tell(struct ctx *c, const struct participant_row *p)
{
    struct letter l = letter_to(c, p->lang, participant_name(c->a, p));
    letter_say(&l, N_("Vi har fått søknaden din til mentorprogrammet. Prosjektleder leser den og svarer deg."));
    letter_link(&l, N_("Her kan du lese søknaden og se hva som skjer videre:"), "/application");
    TRY(letter_send(&l, (struct mail){.organisation_id = p->organisation_id, .kind = "application", .email = p->email,
                                      .subject = letter_subject(&l, N_("Vi har fått søknaden din"), STR(""))}));
    struct account_row *leaders;
    size_t n;
    TRY(relation_leaders(c, p, &leaders, &n));
    for (size_t i = 0; i < n && i < 20; i++) {
        l = letter_to(c, leaders[i].lang, leaders[i].name);
        letter_say(&l, N_("Det er kommet en søknad til mentorprogrammet."));
        letter_link(&l, N_("Logg inn og les den:"), "/participants/%lld/application", (long long)p->id);
        TRY(letter_send(&l, (struct mail){.organisation_id = p->organisation_id, .kind = "application", .email = leaders[i].email,
                                          .subject = letter_subject(&l, N_("Ny søknad"), STR(""))}));
    }
    return OK;
}

enum err application_send(struct ctx *c, int64_t seen)
{
    struct application x;
    TRY(own(c, ACT_APPLICATION_WRITE, &x));
    if (x.state != APPLICATION_OPEN)
        return ERR_STATE;
    if (x.row.version != seen)
        return ERR_CONFLICT;
    if (application_missing(x.answer, 0, NULL))
        return ERR_INVALID;
    x.row.status = APPLICATION_SENT;
    x.row.submitted_at = x.row.updated_at = c->now;
    TRY(application_update(c->db, &x.row));
    TRY(participant_step(c, &x.person, ACT_APPLICATION_WRITE, INTAKE_SUBMIT, STR("")));
    return tell(c, &x.person);
}

enum err application_read(struct ctx *c, int64_t participant_id, struct application *out)
{
    struct application x = {0};
    TRY(participant_open(c, participant_id, ACT_APPLICATION_SEE, &x.person));
    TRY(load(c, &x));
    saw(c, x.person.organisation_id, x.person.id, "application");
    if (x.row.status != APPLICATION_SENT && c->actor->participant_id != x.person.id)
        for (int q = 0; q < APPLICATION_NUMBERS; q++)
            x.answer[q] = STR("");
    *out = x;
    return OK;
}

enum err application_reopen(struct ctx *c, int64_t participant_id, struct str reason)
{
    struct application x = {0};
    TRY(participant_open(c, participant_id, ACT_APPLICATION_REOPEN, &x.person));
    TRY(load(c, &x));
    if (x.state != APPLICATION_DONE)
        return ERR_STATE;
    TRY(participant_step(c, &x.person, ACT_APPLICATION_REOPEN, INTAKE_REOPEN, reason));
    x.row.status = APPLICATION_DRAFT;
    x.row.reopened_at = x.row.updated_at = c->now;
    x.row.step = 1;
    TRY(application_update(c->db, &x.row));
    struct letter l = letter_to(c, x.person.lang, participant_name(c->a, &x.person));
    letter_say(&l, N_("Søknaden din er åpnet igjen. Logg inn og les hvorfor. Du kan endre svarene og sende den på nytt."));
    letter_link(&l, N_("Her er søknaden:"), "/application");
    return letter_send(&l, (struct mail){.organisation_id = x.person.organisation_id, .kind = "application", .email = x.person.email,
                                         .subject = letter_subject(&l, N_("Søknaden er åpnet igjen"), STR(""))});
}
