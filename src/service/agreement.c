#include "service/agreement.h"
#include "service/relation.h"
#include "base/buf.h"
#include "base/secret.h"
#include "base/tm.h"
#include "model/account.h"
#include "model/mentorship.h"
#include "model/trainee.h"
#include "service/letter.h"
#include "service/mentor.h"

static enum lang lang_code(struct str code)
{
    enum lang l = LANG_NB;
    return lang_of(code, &l) ? l : LANG_NB;
}

/* The program's own text in a language: headings and paragraphs between blank lines. */
static struct str default_text(struct arena *a, enum lang lang)
{
    CLEANUP(buf_free) struct buf b = {.max = AGREEMENT_TEXT_MAX};
    for (size_t i = 0; i < agreement_default_n; i++) {
        buf_fmt(&b, "%s## %s\n", i ? "\n" : "", text_get(lang, agreement_default[i].heading));
        for (size_t k = 0; k < COUNT(agreement_default[i].paragraphs) && agreement_default[i].paragraphs[k]; k++)
            buf_fmt(&b, "\n%s\n", text_get(lang, agreement_default[i].paragraphs[k]));
    }
    struct str text = arena_str(a, buf_view(&b));
    return text;
}

static enum err template_of(struct ctx *c, int64_t organisation_id, enum lang lang, struct str *text, bool *own)
{
    struct agreement_template_row t;
    enum err e = agreement_template_newest(c->db, c->a, organisation_id, str_c(lang_info[lang].code), &t);
    if (e && e != ERR_NOT_FOUND)
        return e;
    *own = e == OK;
    *text = e == OK ? t.text : default_text(c->a, lang);
    return OK;
}

/* How the actor stands to the agreement of a match; *side 0 leader, 1 trainee, 2 mentor. */
static enum err stands(struct ctx *c, const struct match_row *m, unsigned *rel, int *side)
{
    struct mentorship_row pair;
    *rel = rel_person(c, &(struct person_facts){.organisation_id = m->organisation_id, .participant_id = m->participant_id,
                                                .address_protection = m->address_protection});
    *side = 0;
    if (*rel & REL_SELF) {
        *side = 1;
    } else if (c->actor->mentor_id && c->actor->mentor_id == m->mentor_id) {
        enum err e = m->status == MATCH_RUNNING ? mentorship_of_trainee(c->db, c->a, m->trainee_id, &pair) : ERR_NOT_FOUND;
        if (e && e != ERR_NOT_FOUND)
            return e;
        bool runs = !e && pair.match_id == m->id && pair.status == MENTORSHIP_ACTIVE;
        *rel |= m->status == MATCH_ACCEPTED ? REL_MATCH : runs ? REL_PAIR : 0;
        *side = 2;
    }
    return OK;
}

enum err agreement_make(struct ctx *c, const struct match_row *m)
{
    unsigned rel;
    int side;
    TRY(stands(c, m, &rel, &side));
    TRY(may(c, ACT_AGREEMENT_SEE, rel));
    /* In bokmål, nynorsk or English: the two have to be able to read the same text together. */
    enum lang lang = lang_code(m->trainee_lang) == LANG_EN && lang_code(m->mentor_lang) == LANG_EN ? LANG_EN : lang_code(m->mentor_lang);
    if (lang == LANG_AR)
        lang = LANG_NB;
    struct str template, text, bad;
    bool own;
    TRY(template_of(c, m->organisation_id, lang, &template, &own));
    struct str t[2] = {m->trainee_first_name, m->trainee_last_name}, p[2] = {m->mentor_first_name, m->mentor_last_name};
    struct organisation_row org;
    struct account_row leader = {0};
    struct trainee_row trainee;
    TRY(organisation_get(c->db, c->a, m->organisation_id, &org));
    TRY(trainee_get(c->db, c->a, m->trainee_id, &trainee));
    enum err found = account_get(c->db, c->a, m->by_account, &leader);
    if (found && found != ERR_NOT_FOUND)
        return found;
    struct agreement_value values[] = {{"trainee", arena_join(c->a, t, 2, STR(" "))},
                                       {"mentor", arena_join(c->a, p, 2, STR(" "))},
                                       {"prosjektleder", leader.name},
                                       {"organisasjon", org.name},
                                       {"mål", trainee.goals},
                                       {"forventninger_trainee", trainee.expectations},
                                       {"måneder", text_int(c->a, lang, AGREEMENT_MONTHS)},
                                       {"møter", text_int(c->a, lang, 12)}};
    enum err e = agreement_text(c->a, template, values, COUNT(values), &text, &bad);
    if (e)
        return e == ERR_INVALID ? ERR_INTERNAL : e;
    struct agreement_row g = {.match_id = m->id, .text = text, .text_hash = secret_hash_hex(c->a, text), .created_at = c->now,
                              .updated_at = c->now};
    int64_t id;
    return agreement_insert(c->db, &g, &id);
}

static enum err load(struct ctx *c, int64_t id, struct agreement_view *v, unsigned *rel)
{
    TRY(agreement_get(c->db, c->a, id, &v->agreement));
    TRY(match_get(c->db, c->a, v->agreement.match_id, &v->match));
    const struct match_row *m = &v->match;
    TRY(stands(c, m, rel, &v->side));
    struct signature_row *all;
    size_t n;
    TRY(signature_of_agreement(c->db, c->a, id, &all, &n));
    v->signatures = ARENA_ARRAY(c->a, struct signature_row, n + 1);
    v->n_signatures = 0;
    v->facts = (struct agreement_facts){.matching_held_at = m->meeting_held_on ? tm_at(m->meeting_held_on, 12, 0) : 0,
                                        .yes = {m->trainee_answer == MATCH_YES, m->mentor_answer == MATCH_YES},
                                        .ended = m->status != MATCH_ACCEPTED && m->status != MATCH_RUNNING,
                                        .hash = v->agreement.text_hash, .now = c->now};
    for (size_t i = 0; i < n; i++)
        if (!all[i].void_at && all[i].side >= 1 && all[i].side <= PARTY_N) {
            v->signatures[v->n_signatures++] = all[i];
            v->facts.signatures[all[i].side - 1] = (struct agreement_signature){all[i].at, all[i].text_hash};
        }
    return OK;
}

enum err agreement_see(struct ctx *c, int64_t id, struct agreement_view *out)
{
    struct agreement_view v = {0};
    unsigned rel;
    TRY(load(c, id, &v, &rel));
    TRY(may(c, ACT_AGREEMENT_SEE, rel));
    TRY(mentor_confidential(c));
    v.may_edit = v.match.status == MATCH_ACCEPTED && may(c, ACT_AGREEMENT_EDIT, rel) == OK;
    if (v.side) {
        enum agreement_party who = v.side == 1 ? PARTY_TRAINEE : PARTY_MENTOR;
        v.may_sign = !agreement_signed(&v.facts, who) && agreement_may_sign(&v.facts, who, v.agreement.text_hash, &v.why_not) == OK;
    }
    saw(c, v.match.organisation_id, v.match.participant_id, "agreement");
    *out = v;
    return OK;
}

enum err agreement_own(struct ctx *c, int64_t *id)
{
    TRY(may(c, ACT_AGREEMENT_SEE, c->actor->participant_id ? REL_SELF : 0));
    return agreement_newest_of_participant(c->db, c->a, c->actor->participant_id, id);
}

/* Signatures under another text are void: each side is told, also who did it. */
static enum err tell_void(struct ctx *c, const struct match_row *m, int64_t id, int side)
{
    struct str parts[2] = {side == 1 ? m->trainee_first_name : m->mentor_first_name, side == 1 ? m->trainee_last_name : m->mentor_last_name};
    struct letter l = letter_to(c, side == 1 ? m->trainee_lang : m->mentor_lang, arena_join(c->a, parts, 2, STR(" ")));
    letter_say(&l, N_("Teksten i avtalen er endret. Underskrifter fra før gjelder ikke lenger. Les den nye teksten, og skriv under på nytt."));
    letter_link(&l, N_("Les avtalen:"), "/agreements/%lld", (long long)id);
    return letter_send(&l, (struct mail){.organisation_id = m->organisation_id, .kind = "agreement",
                                         .email = side == 1 ? m->trainee_email : m->mentor_email,
                                         .subject = letter_subject(&l, N_("Avtalen er endret"), STR(""))});
}

enum err agreement_change(struct ctx *c, int64_t id, int64_t version, struct str text)
{
    struct agreement_view v = {0};
    unsigned rel;
    TRY(load(c, id, &v, &rel));
    TRY(may(c, ACT_AGREEMENT_EDIT, rel));
    if (v.match.status != MATCH_ACCEPTED)
        return ERR_STATE;
    if (version != v.agreement.version)
        return ERR_CONFLICT;
    struct agreement_row g = v.agreement;
    g.text = text;
    g.text_hash = secret_hash_hex(c->a, text);
    g.updated_at = c->now;
    TRY(agreement_update(c->db, &g));
    bool voids = v.n_signatures && !str_eq(g.text_hash, v.agreement.text_hash);
    if (voids) {
        TRY(signature_void(c->db, id, c->now));
        TRY(tell_void(c, &v.match, id, 1));
        TRY(tell_void(c, &v.match, id, 2));
    }
    return event_add(c, (struct event){v.match.organisation_id, v.match.participant_id, id, "agreement.changed",
                                       voids ? "signatures_void" : "", STR("")});
}

enum err agreement_sign(struct ctx *c, int64_t id, struct str shown_hash, struct str name, struct say *why)
{
    struct agreement_view v = {0};
    unsigned rel;
    TRY(load(c, id, &v, &rel));
    TRY(may(c, ACT_AGREEMENT_SIGN, rel));
    enum agreement_party who = v.side == 1 ? PARTY_TRAINEE : PARTY_MENTOR;
    if (agreement_signed(&v.facts, who))
        return ERR_STATE;
    TRY(agreement_may_sign(&v.facts, who, shown_hash, why));
    struct signature_row s = {.agreement_id = id, .account_id = c->actor->account_id, .side = v.side, .name = name,
                              .text_hash = v.agreement.text_hash, .at = c->now};
    TRY(signature_insert(c->db, &s));
    TRY(event_add(c, (struct event){v.match.organisation_id, v.match.participant_id, id, "agreement.signed",
                                    v.side == 1 ? "trainee" : "mentor", STR("")}));
    v.facts.signatures[who] = (struct agreement_signature){c->now, v.agreement.text_hash};
    if (!agreement_complete(&v.facts))
        return OK;
    struct match_row m = v.match;
    TRY(match_next(m.status, MATCH_START, &m.status));
    TRY(match_update(c->db, &m));
    struct mentorship_row p = {.organisation_id = m.organisation_id, .match_id = m.id, .trainee_id = m.trainee_id,
                               .mentor_id = m.mentor_id, .started_at = c->now};
    int64_t mentorship;
    TRY(mentorship_insert(c->db, &p, &mentorship));
    return event_add(c, (struct event){m.organisation_id, m.participant_id, mentorship, "mentorship.started", "", STR("")});
}

enum err agreement_template_see(struct ctx *c, enum lang lang, struct str *text, bool *own)
{
    TRY(may(c, ACT_AGREEMENT_TEMPLATE, rel_org(c, c->actor->organisation_id)));
    return template_of(c, c->actor->organisation_id, lang, text, own);
}

enum err agreement_template_change(struct ctx *c, enum lang lang, struct str text, struct str *bad)
{
    TRY(may(c, ACT_AGREEMENT_TEMPLATE, rel_org(c, c->actor->organisation_id)));
    TRY(agreement_template_check(text, bad));
    struct agreement_template_row t = {.organisation_id = c->actor->organisation_id, .lang = str_c(lang_info[lang].code), .text = text,
                                       .by_account = c->actor->account_id, .at = c->now};
    TRY(agreement_template_insert(c->db, &t));
    return event_add(c, (struct event){c->actor->organisation_id, 0, 0, "agreement.template_changed", lang_info[lang].code, STR("")});
}
