/* document_new.c: making a document: for whom, with what, and who has it from the beginning (service/document.h). */
#include "base/tm.h"
#include "base/utf8.h"
#include "domain/workbook.h"
#include "live/prose.h"
#include "model/account.h"
#include "model/live.h"
#include "service/document_cv.h"
#include "service/document_parts.h"
#include "service/meeting.h"
#include "service/mentoring.h"
#include "service/participant.h"

struct maker { /* what is being made */
    const struct document_make *make;
    struct document_row row;
    struct participant_row person; /* the owner; id 0: somebody who is no participant */
    struct meeting_row meeting;    /* of minutes */
    struct document_ad_row ad;
    int64_t mentor_account;        /* the meeting's, 0 none */
    enum lang lang;                /* it begins in */
};

static enum err refuse(struct say *why, const char *msgid)
{
    *why = say(msgid);
    return ERR_STATE;
}

/* Is the actor the mentor of a running pair with this participant? */
static enum err pair_rel(struct ctx *c, int64_t participant_id, unsigned *rel)
{
    struct mentorship_row *rows;
    size_t n;
    if (c->actor->role != ROLE_MENTOR || !c->actor->mentor_id)
        return OK;
    TRY(mentoring_pairs(c, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].participant_id == participant_id && rows[i].status == MENTORSHIP_ACTIVE)
            *rel |= REL_PAIR;
    return OK;
}

static enum err for_participant(struct ctx *c, struct maker *m, int64_t id)
{
    enum err e = participant_get(c->db, c->a, id, &m->person);
    if (e == ERR_NOT_FOUND)
        return ERR_NOT_FOUND;
    TRY(e);
    unsigned rel = participant_rel(c, &m->person);
    if (c->actor->account_id && m->person.account_id == c->actor->account_id)
        rel |= REL_SELF;
    else
        rel &= ~(unsigned)REL_SELF;
    TRY(pair_rel(c, id, &rel));
    if (may(c, ACT_DOCUMENT_NEW, rel))
        return ERR_NOT_FOUND;
    m->row.organisation_id = m->person.organisation_id; /* the person's, also when the actor works in one that cooperates */
    m->row.owner_account = m->person.account_id;
    return OK;
}

/* Who owns it: the actor, or a trainee the actor stands to. */
static enum err find_owner(struct ctx *c, struct maker *m, struct say *why)
{
    m->row.organisation_id = c->actor->organisation_id;
    if (m->make->participant_id) {
        TRY(for_participant(c, m, m->make->participant_id));
        if (!m->row.owner_account)
            return refuse(why, N_("Personen kan ikke logge inn ennå. Dokumentet må ha en eier som kan det."));
    } else {
        TRY(may(c, ACT_DOCUMENT_NEW, c->actor->account_id ? REL_SELF : 0));
        m->row.owner_account = c->actor->account_id;
        enum err e = participant_by_account(c->db, c->a, c->actor->account_id, &m->person);
        if (e && e != ERR_NOT_FOUND)
            return e;
        if (e || m->person.organisation_id != c->actor->organisation_id)
            m->person = (struct participant_row){0};
    }
    m->row.participant_id = m->person.id;
    return OK;
}

/* Minutes belong to the trainee of the meeting, whoever of the two begins them; the talk is theirs, so nobody else does. */
static enum err find_meeting(struct ctx *c, struct maker *m, int64_t *id, struct say *why)
{
    struct mentorship_row pair;
    struct document_row there;
    if (!m->make->meeting_id)
        return refuse(why, N_("Velg hvilket møte referatet er fra."));
    TRY(meeting_open(c, m->make->meeting_id, &m->meeting, &pair));
    unsigned rel = mentoring_rel(c, &pair);
    if (may(c, ACT_MINUTES_READ, rel) || may(c, ACT_DOCUMENT_NEW, rel & ~(unsigned)REL_ORG))
        return ERR_NOT_FOUND;
    enum err e = document_of_meeting(c->db, c->a, m->meeting.id, &there);
    if (!e) {
        *id = there.id;
        return refuse(why, N_("Møtet har alt et referat."));
    }
    if (e != ERR_NOT_FOUND)
        return e;
    if (!pair.trainee_account_id)
        return refuse(why, N_("Personen kan ikke logge inn ennå. Dokumentet må ha en eier som kan det."));
    TRY(participant_get(c->db, c->a, pair.participant_id, &m->person));
    m->row.organisation_id = pair.organisation_id;
    m->row.owner_account = pair.trainee_account_id;
    m->row.participant_id = pair.participant_id;
    m->row.meeting_id = m->meeting.id;
    m->mentor_account = pair.mentor_account_id;
    return OK;
}

/* What employers read begins in Norwegian, whichever language the owner has on the screen; minutes begin in the owner's own. */
static enum err find_lang(struct ctx *c, struct maker *m)
{
    struct account_row owner;
    TRY(account_get(c->db, c->a, m->row.owner_account, &owner));
    m->row.owner = owner.name;
    m->lang = LANG_NB;
    (void)lang_of(owner.lang, &m->lang);
    if (m->make->kind != DOCUMENT_MINUTES && m->lang != LANG_NN)
        m->lang = LANG_NB;
    return OK;
}

static const char *theme_title(const struct maker *m)
{
    const struct workbook_theme *t = workbook_theme(m->meeting.theme);
    return t ? t->title : N_("Møte");
}

static enum err find_title(struct ctx *c, struct maker *m)
{
    if (str_trim(m->make->title).n)
        return document_title(c, m->make->title, &m->row.title);
    struct str label = str_c(text_get(m->lang, document_kind_label(m->make->kind)));
    if (m->make->kind == DOCUMENT_MINUTES)
        label = arena_fmt(c->a, "%.*s: %s", STR_FMT(label), text_get(m->lang, theme_title(m)));
    else if (m->make->kind == DOCUMENT_AD && m->ad.employer.n)
        label = arena_fmt(c->a, "%.*s: %.*s", STR_FMT(label), STR_FMT(m->ad.employer));
    enum err e = document_title(c, label, &m->row.title);
    if (e != ERR_LIMIT)
        return e;
    m->row.title = str_c(text_get(m->lang, document_kind_label(m->make->kind)));
    return OK;
}

static enum err find_ad(struct ctx *c, struct maker *m)
{
    const struct document_make *k = m->make;
    if (k->kind != DOCUMENT_AD)
        return OK;
    TRY(utf8_clean(c->a, k->ad_employer, false, &m->ad.employer));
    if (utf8_count(m->ad.employer) > DOCUMENT_TITLE_MAX)
        return ERR_LIMIT;
    m->ad.url = k->ad_url;
    m->ad.text = k->ad_text;
    m->ad.deadline_on = k->ad_deadline_on;
    return OK;
}

/* The markup it begins with. */
static enum err find_template(struct ctx *c, const struct maker *m, struct str *markup)
{
    struct document_template_row t;
    *markup = STR("");
    if (m->make->template_id < 0)
        return OK;
    if (!m->make->template_id) {
        *markup = str_c(m->make->kind == DOCUMENT_FREE ? "" : text_get(m->lang, document_kind_template(m->make->kind)));
        return OK;
    }
    TRY(document_template_get(c->db, c->a, m->make->template_id, &t));
    if (t.organisation_id != m->row.organisation_id || t.ended_at || !str_is(t.kind, document_kind_code(m->make->kind)))
        return ERR_NOT_FOUND;
    *markup = t.text;
    return OK;
}

static enum err begin(struct ctx *c, const struct maker *m, struct rich **tree)
{
    struct document_about about = {0};
    struct str markup;
    TRY(find_template(c, m, &markup));
    if (m->person.id)
        TRY(document_about_person(c, &m->person, m->lang, &about));
    else
        document_about_add(&about, "navn", m->row.owner);
    document_about_add(&about, "dato", text_date(c->a, m->lang, m->meeting.id ? tm_on_of(m->meeting.at) : c->today));
    document_about_add(&about, "tema", m->meeting.id ? str_c(text_get(m->lang, theme_title(m))) : STR(""));
    document_about_add(&about, "arbeidsgiver", m->ad.employer);
    *tree = rich_from_markup(c->a, markup);
    document_fill(c->a, *tree, about.fact, about.n);
    return OK;
}

static enum err write_first(struct ctx *c, int64_t id, const struct maker *m)
{
    struct rich *tree;
    TRY(begin(c, m, &tree));
    TRY(document_index(c->db, c->a, id, m->row.title, tree, c->now));
    if (!tree->first)
        return OK;
    CLEANUP(buf_free) struct buf update = {.max = DOCUMENT_BYTES};
    enum err e = prose_write(tree, DOCUMENT_CLIENT + 1, &update);
    if (!e)
        e = update.bad ? ERR_LIMIT : document_edit(c, id, (struct bytes){(const uint8_t *)update.p, update.n});
    return e;
}

/* Who made it for somebody else can write in it; minutes are the pair's. */
static enum err share_first(struct ctx *c, int64_t id, const struct maker *m)
{
    int64_t with[2] = {c->actor->account_id, m->mentor_account};
    for (size_t i = 0; i < COUNT(with); i++)
        if (with[i] && with[i] != m->row.owner_account)
            TRY(document_share_put(c->db, &(struct document_share_row){.document_id = id, .account_id = with[i], .may = DOCUMENT_WRITE,
                                                                       .given_by = c->actor->account_id, .given_at = c->now}));
    return OK;
}

static enum err save(struct ctx *c, struct maker *m, int64_t *id)
{
    TRY(document_insert(c->db, &m->row, &m->row.id));
    TRY(share_first(c, m->row.id, m));
    TRY(write_first(c, m->row.id, m));
    if (m->make->kind == DOCUMENT_AD) {
        m->ad.document_id = m->row.id;
        TRY(document_ad_save(c, &m->ad));
    }
    TRY(document_visit(c->db, m->row.id, c->actor->account_id, c->now));
    TRY(document_note(c, &m->row, "document.made", document_kind_code(m->make->kind)));
    *id = m->row.id;
    return OK;
}

enum err document_new(struct ctx *c, const struct document_make *make, int64_t *id, struct say *why)
{
    struct maker m = {.make = make};
    int64_t n;
    if (make->kind >= DOCUMENT_KIND_N)
        return ERR_INVALID;
    if (make->kind == DOCUMENT_MINUTES)
        TRY(find_meeting(c, &m, id, why));
    else
        TRY(find_owner(c, &m, why));
    TRY(document_count_own(c->db, c->a, m.row.owner_account, &n));
    if (n >= DOCUMENTS_MAX)
        return ERR_LIMIT;
    TRY(find_ad(c, &m));
    TRY(find_lang(c, &m));
    TRY(find_title(c, &m));
    m.row.kind = str_c(document_kind_code(make->kind));
    m.row.created_by = m.row.changed_by = c->actor->account_id;
    m.row.created_at = m.row.changed_at = c->now;
    return save(c, &m, id);
}
