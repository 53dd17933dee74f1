#include "service/rights.h"
#include "base/num.h"
#include "domain/levels.h"
#include "model/account.h"
#include "model/setting.h"
#include "service/letter.h"
#include "service/participant.h"
#include "service/relation.h"

/* ---- consent */

static unsigned asked(const struct actor *a)
{
    return a->role == ROLE_TRAINEE ? CONSENT_TRAINEE : a->role == ROLE_MENTOR ? CONSENT_MENTOR : 0;
}

/* The state of one purpose among all rows, which are the newest first. */
static struct consent_state state_of(struct arena *a, enum consent what, const struct consent_row *rows, size_t n)
{
    struct consent_row *past = ARENA_ARRAY(a, struct consent_row, n);
    struct consent_state s = {.what = what, .past = past};
    for (size_t i = 0; i < n; i++) {
        if (!str_is(rows[i].purpose, consent_info[what].code))
            continue;
        if (!rows[i].withdrawn_at && rows[i].text_version == consent_info[what].version)
            s.given_at = rows[i].given_at;
        past[s.n_past++] = rows[i];
    }
    return s;
}

static enum err states(struct ctx *c, int64_t organisation_id, int64_t account_id, unsigned who, struct consent_state **out, size_t *n)
{
    struct consent_row *rows;
    size_t n_rows, k = 0;
    struct consent_state *s = ARENA_ARRAY(c->a, struct consent_state, CONSENT_N);
    TRY(consent_of_account(c->db, c->a, organisation_id, account_id, &rows, &n_rows));
    for (enum consent w = 0; w < CONSENT_N; w++)
        if (consent_info[w].who & who)
            s[k++] = state_of(c->a, w, rows, n_rows);
    *out = s;
    *n = k;
    return OK;
}

enum err consent_states(struct ctx *c, struct consent_state **out, size_t *n)
{
    TRY(may(c, ACT_DATA_OWN, REL_SELF));
    return states(c, c->actor->organisation_id, c->actor->account_id, asked(c->actor), out, n);
}

enum err consent_of_person(struct ctx *c, unsigned relations, int64_t organisation_id, int64_t account_id, unsigned who, struct consent_state **out, size_t *n)
{
    TRY(may(c, ACT_RIGHTS_ANSWER, relations));
    return states(c, organisation_id, account_id, who, out, n);
}

enum err consent_list(struct ctx *c, enum consent what, int64_t before_id, struct consent_yes *out)
{
    struct consent_yes x = {0};
    int64_t org = c->actor->organisation_id;
    TRY(may(c, ACT_RIGHTS_ANSWER, rel_org(c, org)));
    TRY(consent_current(c->db, c->a, org, str_c(consent_info[what].code), consent_info[what].version, viewer_of(c), before_id, CONSENT_PAGE + 1, &x.rows, &x.n));
    if (x.n > CONSENT_PAGE) {
        x.n = CONSENT_PAGE;
        x.next = x.rows[CONSENT_PAGE - 1].id;
    }
    for (size_t i = 0; i < x.n; i++) {
        saw(c, org, x.rows[i].participant_id, "list");
        saw_mentor(c, org, x.rows[i].mentor_id, "list");
    }
    *out = x;
    return OK;
}

enum err consent_cv(struct ctx *c, const struct document *d, enum cv_consent *out)
{
    struct participant_row p;
    struct consent_state *s;
    size_t n;
    *out = CV_NOT_ASKED;
    if (c->actor->role != ROLE_PROJECT_LEADER || d->kind != DOCUMENT_CV || !d->row.participant_id || d->own)
        return OK;
    TRY(participant_get(c->db, c->a, d->row.participant_id, &p));
    unsigned rel = participant_rel(c, &p);
    if (!access_may(c->actor->role, ACT_RIGHTS_ANSWER, rel))
        return OK;
    TRY(consent_of_person(c, rel, p.organisation_id, p.account_id, CONSENT_TRAINEE, &s, &n));
    *out = CV_NO;
    for (size_t i = 0; i < n; i++)
        if (s[i].what == CONSENT_cv_business && s[i].given_at)
            *out = CV_YES;
    return OK;
}

enum err consent_given(struct db *db, struct arena *a, int64_t organisation_id, int64_t account_id, enum consent what, bool *given)
{
    struct consent_row *rows;
    size_t n;
    TRY(consent_of_account(db, a, organisation_id, account_id, &rows, &n));
    *given = state_of(a, what, rows, n).given_at > 0;
    return OK;
}

static enum err note(struct ctx *c, const char *kind, int64_t subject_id, const char *outcome)
{
    return event_add(c, (struct event){.organisation_id = c->actor->organisation_id, .participant_id = c->actor->participant_id,
                                       .subject_id = subject_id, .kind = kind, .outcome = outcome});
}

/* The ones who do something on that ground; in the list they see who is not in it any more. */
static enum err tell_withdrawn(struct ctx *c)
{
    struct account_row *who;
    struct participant_row p = {.organisation_id = c->actor->organisation_id};
    size_t n;
    if (c->actor->participant_id)
        TRY(participant_get(c->db, c->a, c->actor->participant_id, &p));
    TRY(relation_leaders(c, &p, &who, &n));
    for (size_t i = 0; i < n; i++) {
        struct letter l = letter_to(c, who[i].lang, who[i].name);
        letter_say(&l, N_("Noen har trukket et samtykke. Det gjelder fra nå."));
        letter_link(&l, N_("Se hvem som har sagt ja:"), "/rights");
        TRY(letter_send(&l, (struct mail){.kind = "consent", .email = who[i].email, .organisation_id = c->actor->organisation_id,
                                          .subject = letter_subject(&l, N_("Et samtykke er trukket"), STR(""))}));
    }
    return OK;
}

enum err consent_set(struct ctx *c, enum consent what, bool give)
{
    bool given;
    int64_t id = 0, changed = 0;
    struct str code = str_c(consent_info[what].code);
    TRY(may(c, ACT_DATA_OWN, REL_SELF));
    if (!(consent_info[what].who & asked(c->actor)))
        return ERR_NOT_FOUND;
    TRY(consent_given(c->db, c->a, c->actor->organisation_id, c->actor->account_id, what, &given));
    if (give && given)
        return OK;
    TRY(consent_withdraw(c->db, c->actor->organisation_id, c->actor->account_id, code, c->now, &changed)); /* also an older text's */
    if (!give) {
        if (!changed)
            return OK;
        TRY(note(c, "consent.withdrawn", 0, consent_info[what].code));
        return tell_withdrawn(c);
    }
    struct consent_row row = {.organisation_id = c->actor->organisation_id, .account_id = c->actor->account_id, .purpose = code,
                              .text_version = consent_info[what].version, .lang = str_c(lang_info[c->lang].code), .given_at = c->now};
    TRY(consent_insert(c->db, &row, &id));
    return note(c, "consent.given", id, consent_info[what].code);
}

/* ---- asking */

static const struct {
    const char *code, *label;
} kinds[REQUEST_N] = {
    [REQUEST_CORRECTION] = {"correction", N_("Rette noe som er feil")},
    [REQUEST_ERASURE] = {"erasure", N_("Slette opplysningene mine")},
    [REQUEST_RESTRICTION] = {"restriction", N_("Ikke bruke opplysningene før noe er avklart")},
};
const char *request_code(enum request_kind k)
{
    return kinds[k].code;
}
const char *request_label(enum request_kind k)
{
    return kinds[k].label;
}
enum request_kind request_kind_of(struct str code)
{
    for (enum request_kind k = 0; k < REQUEST_N; k++)
        if (str_is(code, kinds[k].code))
            return k;
    return REQUEST_CORRECTION;
}

enum err request_send(struct ctx *c, enum request_kind kind, struct str text, int64_t *id)
{
    struct rights_request_row *rows;
    size_t n, open = 0;
    int64_t new_id;
    TRY(request_mine(c, &rows, &n));
    for (size_t i = 0; i < n; i++)
        open += rows[i].answered_at == 0;
    if (!str_trim(text).n)
        return ERR_INVALID;
    if (text.n > 4 * REQUEST_TEXT_MAX || open >= REQUESTS_OPEN_MAX)
        return ERR_LIMIT;
    struct rights_request_row row = {.organisation_id = c->actor->organisation_id, .participant_id = c->actor->participant_id,
                                     .account_id = c->actor->account_id, .kind = str_c(kinds[kind].code), .text = text, .at = c->now};
    TRY(rights_request_insert(c->db, &row, &new_id));
    *id = new_id;
    return note(c, "rights.asked", new_id, kinds[kind].code);
}

enum err request_mine(struct ctx *c, struct rights_request_row **rows, size_t *n)
{
    TRY(may(c, ACT_DATA_OWN, REL_SELF));
    return rights_request_of_account(c->db, c->a, c->actor->account_id, rows, n);
}

/* ---- answering */

static enum err relation_to(struct ctx *c, const struct rights_request_row *r, unsigned *rel)
{
    *rel = rel_org(c, r->organisation_id);
    if (!r->participant_id)
        return OK;
    *rel = rel_person(c, &(struct person_facts){r->organisation_id, r->participant_id, r->adviser_id, r->nav_contact_id, r->address_protection});
    return OK;
}

static enum err visible(struct ctx *c, struct rights_request_row **rows, size_t *n)
{
    struct rights_request_row *all;
    size_t n_all, k = 0;
    TRY(may(c, ACT_RIGHTS_ANSWER, rel_org(c, c->actor->organisation_id)));
    TRY(rights_request_list(c->db, c->a, c->actor->organisation_id, &all, &n_all));
    for (size_t i = 0; i < n_all; i++) {
        unsigned rel;
        TRY(relation_to(c, &all[i], &rel));
        if (!access_may(c->actor->role, ACT_RIGHTS_ANSWER, rel))
            continue;
        all[k++] = all[i];
    }
    *rows = all;
    *n = k;
    return OK;
}

enum err request_list(struct ctx *c, struct rights_request_row **rows, size_t *n)
{
    TRY(visible(c, rows, n));
    for (size_t i = 0; i < *n; i++)
        if ((*rows)[i].participant_id)
            saw(c, (*rows)[i].organisation_id, (*rows)[i].participant_id, "profile");
    return OK;
}

enum err request_open(struct ctx *c, int64_t id, struct rights_request_row *out)
{
    struct rights_request_row r;
    unsigned rel;
    enum err e = rights_request_get(c->db, c->a, id, &r);
    if (e == ERR_NOT_FOUND) {
        TRY(may(c, ACT_RIGHTS_ANSWER, 0));
        return ERR_NOT_FOUND;
    }
    TRY(e);
    TRY(relation_to(c, &r, &rel));
    TRY(may(c, ACT_RIGHTS_ANSWER, rel));
    if (r.participant_id)
        saw(c, r.organisation_id, r.participant_id, "profile");
    *out = r;
    return OK;
}

static enum err tell(struct ctx *c, const struct rights_request_row *r)
{
    struct account_row acc;
    TRY(account_get(c->db, c->a, r->account_id, &acc));
    struct letter l = letter_to(c, acc.lang, acc.name);
    letter_say(&l, N_("Du har fått svar på noe du har bedt om. Logg inn for å lese det."));
    letter_link(&l, N_("Les svaret her:"), "/my-data");
    return letter_send(&l, (struct mail){.organisation_id = r->organisation_id, .kind = "rights", .email = acc.email,
                                         .subject = letter_subject(&l, N_("Du har fått svar"), STR(""))});
}

enum err request_answer(struct ctx *c, int64_t id, struct str answer)
{
    struct rights_request_row r;
    TRY(request_open(c, id, &r));
    if (!str_trim(answer).n)
        return ERR_INVALID;
    if (answer.n > 4 * REQUEST_TEXT_MAX)
        return ERR_LIMIT;
    TRY(rights_request_answer(c->db, id, answer, c->now, c->actor->account_id));
    TRY(event_add(c, (struct event){.organisation_id = r.organisation_id, .participant_id = r.participant_id, .subject_id = r.id,
                                    .kind = "rights.answered", .outcome = request_code(request_kind_of(r.kind))}));
    return tell(c, &r);
}

enum err request_waiting(struct ctx *c, int64_t *n, int64_t *oldest_at)
{
    struct rights_open open;
    TRY(may(c, ACT_RIGHTS_ANSWER, rel_org(c, c->actor->organisation_id)));
    TRY(rights_request_open(c->db, c->a, c->actor->organisation_id, viewer_of(c), &open)); /* a number, no names */
    *n = open.n;
    *oldest_at = open.oldest_at;
    return OK;
}

/* ---- settings */

enum err privacy_settings_get(struct ctx *c, struct privacy_settings *out)
{
    struct organisation_row o = {.id = c->actor->organisation_id};
    struct str months;
    int64_t n;
    struct privacy_settings s = {.months = 24};
    enum err e = o.id ? OK : organisation_first(c->db, c->a, &o);
    if (e == ERR_NOT_FOUND) {
        *out = s;
        return OK;
    }
    TRY(e);
    TRY(setting_get(c->db, c->a, o.id, "privacy.contact", &s.contact));
    TRY(setting_get(c->db, c->a, o.id, "retention.months", &months));
    s.months = num_i64(months, 1, 120, &n) ? (int)n : 24;
    *out = s;
    return OK;
}

enum err privacy_settings_put(struct ctx *c, const struct privacy_settings *s)
{
    int64_t org = c->actor->organisation_id;
    TRY(may(c, ACT_ACCOUNT_ADMIN, rel_org(c, org)));
    struct setting_row row = {.organisation_id = org, .changed_at = c->now, .changed_by = c->actor->account_id, .key = STR("privacy.contact"), .value = s->contact};
    TRY(setting_put(c->db, &row));
    row.key = STR("retention.months");
    row.value = arena_fmt(c->a, "%d", s->months);
    TRY(setting_put(c->db, &row));
    return event_add(c, (struct event){.organisation_id = org, .kind = "settings.privacy", .outcome = ""});
}
