/* Living documents as services: made, shared, seen by each role, commented, changed, restored, found; and what ends with what. */
#include "mentoring_data.h"
#include "live/prose.h"
#include "model/application.h"
#include "model/live.h"
#include "model/meeting.h"
#include "service/comment.h"
#include "service/document_history.h"
#include "service/document_parts.h"
#include "service/mentoring.h"
#include "service/participant.h"

static struct pt t;
static struct md d;
static int64_t next_day;

/* Somebody at work: the services as the edge gives them. */
static struct ctx *as_person(struct pt_person who, enum role role)
{
    struct ctx *c = ARENA_NEW(t.a, struct ctx);
    struct actor *a = ARENA_NEW(t.a, struct actor);
    struct participant_row p;
    struct mentor_row m;
    *a = (struct actor){.account_id = who.account_id, .organisation_id = t.organisation_id, .role = role, .name = STR("Noen")};
    if (role == ROLE_TRAINEE && participant_by_account(t.db, t.a, who.account_id, &p) == OK)
        a->participant_id = p.id;
    if (role == ROLE_MENTOR && mentor_by_account(t.db, t.a, t.organisation_id, who.account_id, &m) == OK) {
        a->mentor_id = m.id;
        a->unbound = !m.confidentiality_at;
    }
    int64_t now = t.now + next_day++ * 1000;
    *c = (struct ctx){.a = t.a, .db = t.db, .actor = a, .now = now, .today = tm_on_of(now), .base_url = STR("http://x"), .request = STR("")};
    return c;
}
static struct ctx *as(enum role role)
{
    return as_person(t.who[role], role);
}

static int64_t make(struct ctx *c, enum document_kind kind, const char *title)
{
    int64_t id = 0;
    struct say why;
    struct document_make m = {.kind = kind, .title = str_c(title)};
    CHECK_ERR(document_new(c, &m, &id, &why), OK);
    return id;
}

static struct str plain(struct ctx *c, int64_t id)
{
    struct rich *tree;
    struct buf b = {0};
    CHECK_ERR(document_read(c, id, &tree), OK);
    rich_plain(tree, &b);
    struct str s = arena_str(t.a, buf_view(&b));
    buf_free(&b);
    return s;
}

/* An edit as a client would send it: everything becomes this text. */
static void write_over(struct ctx *c, int64_t id, const char *markup, uint64_t client)
{
    struct bytes *updates;
    size_t n;
    struct buf b = {0};
    CLEANUP(arena_freep) struct arena *own = arena_new(DOCUMENT_ARENA);
    PT_MUST(document_updates(c, own, id, &updates, &n));
    struct rich *tree = rich_from_markup(t.a, str_c(markup));
    PT_MUST(n ? prose_replace(own, updates, n, tree, client, &b) : prose_write(tree, client, &b));
    PT_MUST(document_edit(c, id, (struct bytes){(const uint8_t *)b.p, b.n}));
    buf_free(&b);
}

static bool news(const struct ctx *c, int64_t id, unsigned what)
{
    for (size_t i = 0; i < c->n_news; i++)
        if (c->news[i].document_id == id && (c->news[i].what & what))
            return true;
    return false;
}

static enum document_right right(enum role role, int64_t id)
{
    enum document_right r = DOCUMENT_RIGHT_N;
    CHECK_ERR(document_right_of(as(role), id, &r), OK);
    return r;
}

static void making(void)
{
    int64_t id, app;
    struct document doc;
    struct say why;
    PT_MUST(application_insert(t.db, &(struct application_row){.participant_id = d.participant_id, .lang = STR("nb")}, &app));
    PT_MUST(application_answer_put(t.db, app, &(struct application_answer_row){.question = 10, .text = STR("Apotek i Damaskus.\nLeder i to år.")}));
    id = make(as(ROLE_TRAINEE), DOCUMENT_CV, "");
    CHECK_ERR(document_open(as(ROLE_TRAINEE), id, &doc), OK);
    CHECK(doc.own && doc.right == DOCUMENT_WRITE && doc.renames && doc.history && doc.kind == DOCUMENT_CV && str_is(doc.row.title, "CV"));
    CHECK_INT(doc.row.participant_id, d.participant_id);
    struct str text = plain(as(ROLE_TRAINEE), id);
    CHECK(md_in(text, "Amal Haddad") && md_in(text, "Apotek i Damaskus.") && md_in(text, "Leder i to år.") && md_in(text, "Amal@deltaker.no"));
    CHECK(md_in(text, "Referanser oppgis") && !md_in(text, "{"));
    CHECK(make(as(ROLE_TRAINEE), DOCUMENT_FREE, "Notater") > id);
    CHECK_ERR(document_new(as(ROLE_TRAINEE), &(struct document_make){.kind = DOCUMENT_FREE, .title = STR("x"), .template_id = 77}, &id, &why), ERR_NOT_FOUND);
    CHECK_ERR(document_new(as(ROLE_TRAINEE), &(struct document_make){.kind = DOCUMENT_KIND_N, .title = STR("x")}, &id, &why), ERR_INVALID);
    char title[DOCUMENT_TITLE_MAX + 2];
    memset(title, 'x', sizeof title);
    CHECK_ERR(document_new(as(ROLE_TRAINEE), &(struct document_make){.title = {title, sizeof title}}, &id, &why), ERR_LIMIT);
    CHECK_ERR(document_new(as(ROLE_TRAINEE), &(struct document_make){.kind = DOCUMENT_AD, .ad_url = STR("javascript:alert(1)")}, &id, &why), ERR_INVALID);
}

/* Somebody else begins one for the trainee: the trainee owns it, and nobody learns what that somebody may not read. */
static void making_for(void)
{
    int64_t id = 0;
    struct say why = {0};
    struct document doc;
    struct document_make m = {.kind = DOCUMENT_CV, .participant_id = d.participant_id};
    CHECK_ERR(document_new(as(ROLE_MENTOR), &m, &id, &why), OK);
    CHECK_ERR(document_open(as(ROLE_TRAINEE), id, &doc), OK);
    CHECK(doc.own);
    CHECK_ERR(document_open(as(ROLE_MENTOR), id, &doc), OK);
    CHECK(!doc.own && doc.right == DOCUMENT_WRITE && !doc.renames);
    CHECK(right(ROLE_PROJECT_LEADER, id) == DOCUMENT_NONE);
    struct str text = plain(as(ROLE_MENTOR), id);
    CHECK(md_in(text, "Amal Haddad") && !md_in(text, "Damaskus") && !md_in(text, "deltaker.no"));
    CHECK_ERR(document_new(as(ROLE_PROJECT_LEADER), &m, &id, &why), OK);
    CHECK(!md_in(plain(as(ROLE_PROJECT_LEADER), id), "Damaskus")); /* not sent yet */
    CHECK_ERR(document_new(as(ROLE_ADMINISTRATOR), &m, &id, &why), ERR_NOT_FOUND);
    int64_t stranger = md_participant(&t, "Ukjent", "Person", 0, INTAKE_ADMITTED);
    m.participant_id = stranger;
    CHECK_ERR(document_new(as(ROLE_MENTOR), &m, &id, &why), ERR_NOT_FOUND);
    CHECK_ERR(document_new(as(ROLE_PROJECT_LEADER), &m, &id, &why), ERR_STATE);
    CHECK(why.msgid && strstr(why.msgid, "logge inn"));
}

static void minutes(void)
{
    struct meeting_row m = {.mentorship_id = d.mentorship_id, .theme = 2, .at = t.now - TM_DAY_MS, .minutes = 60, .status = MEETING_HELD, .created_at = t.now};
    int64_t meeting, id = 0, again = 0;
    struct say why = {0};
    struct document doc;
    PT_MUST(meeting_insert(t.db, &m, &meeting));
    struct document_make make_it = {.kind = DOCUMENT_MINUTES, .meeting_id = meeting};
    CHECK_ERR(document_new(as(ROLE_PROJECT_LEADER), &make_it, &id, &why), ERR_NOT_FOUND); /* the talk is theirs */
    CHECK_ERR(document_new(as(ROLE_MENTOR), &make_it, &id, &why), OK);
    CHECK_ERR(document_open(as(ROLE_TRAINEE), id, &doc), OK);
    CHECK(doc.own && doc.minutes_of && md_in(doc.row.title, "CV-gjennomgang"));
    CHECK_ERR(document_open(as(ROLE_MENTOR), id, &doc), OK);
    CHECK(doc.right == DOCUMENT_WRITE && doc.renames);
    CHECK_ERR(document_rename(as(ROLE_MENTOR), id, doc.row.version, STR("Et godt møte")), OK);
    CHECK_ERR(document_new(as(ROLE_TRAINEE), &make_it, &again, &why), ERR_STATE);
    CHECK_INT(again, id);
    CHECK(md_in(plain(as(ROLE_TRAINEE), id), "CV-gjennomgang") && md_in(plain(as(ROLE_TRAINEE), id), "Hva lærte jeg?"));
    make_it.meeting_id = 0;
    CHECK_ERR(document_new(as(ROLE_TRAINEE), &make_it, &again, &why), ERR_STATE);
    make_it.meeting_id = 999;
    CHECK_ERR(document_new(as(ROLE_TRAINEE), &make_it, &again, &why), ERR_NOT_FOUND);
}

struct seen_count {
    int64_t n;
};
static int64_t looks(struct ctx *c)
{
    return (int64_t)c->n_seen;
}

static void sharing(void)
{
    int64_t id = make(as(ROLE_TRAINEE), DOCUMENT_LETTER, "Brev");
    static const enum role others[] = {ROLE_MENTOR, ROLE_PROJECT_LEADER, ROLE_ADVISER, ROLE_NAV_CONTACT};
    struct document doc;
    struct document_person *people;
    size_t n;
    for (size_t i = 0; i < COUNT(others); i++) {
        struct ctx *c = as(others[i]);
        CHECK_ERR(document_open(c, id, &doc), ERR_NOT_FOUND); /* being in the circle opens nothing */
        CHECK_INT(looks(c), 0);
    }
    CHECK_ERR(document_circle(as(ROLE_TRAINEE), id, &people, &n), OK);
    CHECK_INT(n, 4);
    CHECK(people[0].role == ROLE_MENTOR && people[0].account_id == t.who[ROLE_MENTOR].account_id && people[0].right == DOCUMENT_NONE);
    for (size_t i = 0; i < COUNT(others); i++)
        for (enum document_right r = DOCUMENT_READ; r <= DOCUMENT_WRITE; r++) {
            int64_t mails = md_mails(&t);
            struct ctx *c = as(ROLE_TRAINEE), *other = as(others[i]);
            CHECK_ERR(document_share(c, id, t.who[others[i]].account_id, r), OK);
            CHECK(news(c, id, NEWS_ACCESS));
            CHECK_INT(md_mails(&t), mails + (r == DOCUMENT_READ)); /* the first time only */
            CHECK_ERR(document_open(other, id, &doc), OK);
            CHECK(doc.right == r && !doc.own && doc.history == (r == DOCUMENT_WRITE) && looks(other) == 1);
            CHECK_ERR(document_archive(as(others[i]), id, doc.row.version, true), ERR_NOT_FOUND);
            CHECK_ERR(document_delete(as(others[i]), id, doc.row.version), ERR_NOT_FOUND);
            CHECK_ERR(document_share(as(others[i]), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_WRITE), ERR_NOT_FOUND);
            CHECK_ERR(document_rename(as(others[i]), id, doc.row.version, STR("Mitt")), ERR_DENIED);
        }
    struct outbox_row m = md_mail(&t);
    CHECK(str_is(m.kind, "document.shared") && !md_in(m.body, "Brev") && !md_in(m.subject, "Brev") && md_in(m.body, "/documents/"));
    CHECK_ERR(document_open(as(ROLE_ADMINISTRATOR), id, &doc), ERR_NOT_FOUND);
    CHECK_ERR(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_ADMINISTRATOR].account_id, DOCUMENT_READ), ERR_INVALID);
    CHECK_ERR(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_TRAINEE].account_id, DOCUMENT_READ), ERR_INVALID);
    struct ctx *c = as(ROLE_NAV_CONTACT);
    CHECK_ERR(document_leave(c, id), OK);
    CHECK(news(c, id, NEWS_ACCESS) && right(ROLE_NAV_CONTACT, id) == DOCUMENT_NONE);
    CHECK_ERR(document_circle(as(ROLE_MENTOR), id, &people, &n), OK);
    CHECK_INT(n, 3); /* others see who has it, not who could */
    CHECK_ERR(document_leave(as(ROLE_TRAINEE), id), ERR_STATE);
    CHECK_ERR(document_open(as(ROLE_TRAINEE), id, &doc), OK);
    CHECK_ERR(document_archive(as(ROLE_TRAINEE), id, doc.row.version, true), OK);
    CHECK(right(ROLE_MENTOR, id) == DOCUMENT_COMMENT && right(ROLE_TRAINEE, id) == DOCUMENT_COMMENT);
    CHECK_ERR(document_archive(as(ROLE_TRAINEE), id, doc.row.version, false), ERR_CONFLICT);
    CHECK_ERR(document_archive(as(ROLE_TRAINEE), id, doc.row.version + 1, false), OK);
    CHECK(right(ROLE_MENTOR, id) == DOCUMENT_WRITE);
}

/* The account decides, whichever of its roles is in use; a share holds only in a role that is in the circle. */
static void several_roles(void)
{
    int64_t id = make(as(ROLE_TRAINEE), DOCUMENT_FREE, "To roller"), role_id;
    struct document doc;
    PT_MUST(role_insert(t.db, &(struct role_row){.account_id = t.who[ROLE_TRAINEE].account_id, .organisation_id = t.organisation_id,
                                                 .role = STR("adviser"), .from_at = t.now}, &role_id));
    CHECK_ERR(document_open(as_person(t.who[ROLE_TRAINEE], ROLE_ADVISER), id, &doc), OK);
    CHECK(doc.own && doc.right == DOCUMENT_WRITE);
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_WRITE));
    CHECK_ERR(document_open(as_person(t.who[ROLE_MENTOR], ROLE_ADVISER), id, &doc), ERR_NOT_FOUND);
    CHECK_ERR(document_open(as_person(t.who[ROLE_MENTOR], ROLE_ADMINISTRATOR), id, &doc), ERR_NOT_FOUND);
    CHECK_ERR(document_open(as(ROLE_MENTOR), id, &doc), OK);
    struct ctx *c = as(ROLE_MENTOR);
    ((struct actor *)(uintptr_t)c->actor)->unbound = true; /* has not promised confidentiality */
    CHECK_ERR(document_open(c, id, &doc), ERR_NOT_FOUND);
}

static struct comment_thread *threads(struct ctx *c, int64_t id, size_t *n)
{
    struct comment_thread *rows;
    struct rich *tree;
    PT_MUST(document_read(c, id, &tree));
    CHECK_ERR(comment_threads(c, id, tree, &rows, n), OK);
    return rows;
}

static void comments(void)
{
    int64_t id = make(as(ROLE_TRAINEE), DOCUMENT_LETTER, "Kommentert"), one = 0, two = 0, x;
    struct comment_thread *rows;
    size_t n;
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_COMMENT));
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_PROJECT_LEADER].account_id, DOCUMENT_READ));
    struct ctx *c = as(ROLE_MENTOR);
    CHECK_ERR(comment_add(c, id, STR("c-1"), STR("[stilling]"), STR(" Hvilken stilling? "), &one), OK);
    CHECK(news(c, id, NEWS_COMMENTS));
    CHECK_ERR(comment_add(as(ROLE_TRAINEE), id, STR(""), STR(""), STR("Om alt"), &two), OK);
    CHECK_ERR(comment_add(as(ROLE_PROJECT_LEADER), id, STR(""), STR(""), STR("Nei"), &x), ERR_NOT_FOUND);
    CHECK_ERR(comment_add(as(ROLE_MENTOR), id, STR("c-1"), STR(""), STR("Igjen"), &x), ERR_CONFLICT);
    CHECK_ERR(comment_add(as(ROLE_MENTOR), id, STR("C 1"), STR(""), STR("Merket"), &x), ERR_INVALID);
    CHECK_ERR(comment_add(as(ROLE_MENTOR), id, STR(""), STR(""), STR(" \n "), &x), ERR_INVALID);
    char *large = arena_alloc(t.a, COMMENT_MAX + 1);
    memset(large, 'x', COMMENT_MAX + 1);
    CHECK_ERR(comment_add(as(ROLE_MENTOR), id, STR(""), STR(""), (struct str){large, COMMENT_MAX + 1}, &x), ERR_LIMIT);
    rows = threads(as(ROLE_TRAINEE), id, &n);
    CHECK(n == 2 && rows[0].first.id == one && rows[0].is_new && !rows[1].is_new && rows[0].lost && !rows[1].lost);
    CHECK(str_is(rows[0].first.text, "Hvilken stilling?") && str_is(rows[0].first.who, "Test mentor"));
    PT_MUST(document_visited(as(ROLE_TRAINEE), id));
    CHECK_ERR(comment_reply(as(ROLE_TRAINEE), id, one, STR("Farmasøyt")), OK);
    CHECK_ERR(comment_reply(as(ROLE_TRAINEE), id, 9999, STR("Hva?")), ERR_NOT_FOUND);
    CHECK_ERR(comment_resolve(as(ROLE_MENTOR), id, one, true), OK);
    rows = threads(as(ROLE_TRAINEE), id, &n);
    CHECK(n == 2 && rows[0].first.id == two && rows[1].first.resolved_at && rows[1].n_reply == 1 && !rows[1].is_new);
    CHECK_ERR(comment_reply(as(ROLE_MENTOR), id, one, STR("Da er det klart")), OK); /* opens it again */
    rows = threads(as(ROLE_TRAINEE), id, &n);
    CHECK(rows[0].first.id == one && rows[0].n_reply == 2 && rows[0].is_new);
    CHECK_ERR(comment_delete(as(ROLE_TRAINEE), id, one), ERR_DENIED);
    CHECK_ERR(comment_delete(as(ROLE_MENTOR), id, one), OK);
    CHECK_ERR(comment_delete(as(ROLE_TRAINEE), id, two), OK);
    rows = threads(as(ROLE_TRAINEE), id, &n);
    CHECK(n == 1 && rows[0].first.deleted_at && !rows[0].first.text.n && !rows[0].first.quote.n && rows[0].n_reply == 2); /* its answers stay */
    int64_t other = make(as(ROLE_TRAINEE), DOCUMENT_FREE, "Et annet");
    CHECK_ERR(comment_reply(as(ROLE_TRAINEE), other, one, STR("Feil dokument")), ERR_NOT_FOUND);
    CHECK_ERR(comment_delete(as(ROLE_MENTOR), other, one), ERR_NOT_FOUND);
}

static int64_t digest(int64_t later_ms)
{
    struct actor nobody = {.role = ROLE_NONE};
    struct ctx c = {.a = t.a, .db = t.db, .actor = &nobody, .now = t.now + next_day * 1000 + later_ms, .base_url = STR("http://x"), .request = STR("")};
    int64_t sent = -1;
    CHECK_ERR(comment_digest(&c, &sent), OK);
    return sent;
}

static void told(void)
{
    int64_t id = make(as(ROLE_TRAINEE), DOCUMENT_FREE, "Hemmelig tittel"), x;
    while (digest(COMMENT_WAIT_MS * 2 + 5 * 3600 * 1000) > 0) { /* what the other tests said */
    }
    t.now += 10LL * 3600 * 1000;
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_COMMENT));
    for (int i = 0; i < 3; i++)
        PT_MUST(comment_add(as(ROLE_MENTOR), id, STR(""), STR(""), STR("Hemmelig innhold"), &x));
    int64_t mails = md_mails(&t);
    CHECK_INT(digest(1000), 0); /* the round may not be over */
    CHECK_INT(digest(COMMENT_WAIT_MS + 60000), 1);
    CHECK_INT(md_mails(&t), mails + 1);
    struct outbox_row m = md_mail(&t);
    CHECK(str_is(m.kind, "document.comments") && str_is(m.to_email, "trainee@example.no") && md_in(m.body, "3 nye kommentarer") && !md_in(m.body, "Hemmelig"));
    CHECK_INT(digest(COMMENT_WAIT_MS + 120000), 0);
    t.now += 30 * 60000;
    PT_MUST(comment_add(as(ROLE_MENTOR), id, STR(""), STR(""), STR("En til"), &x));
    CHECK_INT(digest(2 * COMMENT_WAIT_MS), 0); /* at most one in four hours */
    CHECK_INT(digest(5 * 3600 * 1000), 1);
    t.now += 10LL * 3600 * 1000;
    PT_MUST(comment_add(as(ROLE_MENTOR), id, STR(""), STR(""), STR("Enda en"), &x));
    PT_MUST(document_visited(as(ROLE_TRAINEE), id));
    CHECK_INT(digest(3600 * 1000), 0); /* seen */
    PT_MUST(comment_add(as(ROLE_TRAINEE), id, STR(""), STR(""), STR("Svar"), &x));
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_NONE));
    CHECK_INT(digest(3600 * 1000), 0); /* not shared any more */
}

static void history(void)
{
    int64_t id = make(as(ROLE_TRAINEE), DOCUMENT_FREE, "Historie"), version = 0;
    struct document_sitting *rows;
    struct document_version_row *versions;
    struct document_change change;
    struct rich *tree;
    size_t n;
    CHECK_ERR(document_sittings(as(ROLE_TRAINEE), id, 0, &rows, &n), OK);
    CHECK_INT(n, 0);
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_WRITE));
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_PROJECT_LEADER].account_id, DOCUMENT_COMMENT));
    write_over(as(ROLE_TRAINEE), id, "Jeg er farmasøyt.", 11);
    write_over(as(ROLE_TRAINEE), id, "Jeg er en farmasøyt.", 12);
    CHECK_ERR(document_version_add(as(ROLE_TRAINEE), id, STR("Før rettelsen"), &version), OK);
    write_over(as(ROLE_MENTOR), id, "Jeg er utdannet farmasøyt.", 13);
    t.now += 31 * 60000;
    write_over(as(ROLE_MENTOR), id, "Jeg er utdannet farmasøyt og leder.", 14);
    CHECK_ERR(document_sittings(as(ROLE_TRAINEE), id, 0, &rows, &n), OK);
    CHECK_INT(n, 3);
    CHECK(rows[0].seq == 4 && rows[1].seq == 3 && rows[2].seq == 2 && rows[2].first_seq == 1 && rows[2].edits == 2);
    CHECK(str_is(rows[0].who, "Test mentor") && str_is(rows[2].who, "Test trainee"));
    CHECK_ERR(document_sittings(as(ROLE_TRAINEE), id, rows[1].first_seq, &rows, &n), OK);
    CHECK(n == 1 && rows[0].seq == 2);
    CHECK_ERR(document_sittings(as(ROLE_PROJECT_LEADER), id, 0, &rows, &n), ERR_NOT_FOUND); /* for who may write */
    CHECK_ERR(document_at(as(ROLE_TRAINEE), id, (struct document_point){.seq = 99}, &tree), ERR_NOT_FOUND);
    CHECK_ERR(document_at(as(ROLE_TRAINEE), id, (struct document_point){.version_id = 99}, &tree), ERR_NOT_FOUND);
    CHECK_ERR(document_at(as(ROLE_TRAINEE), id, (struct document_point){.seq = 0}, &tree), OK);
    CHECK(!tree->first);
    CHECK_ERR(document_compare(as(ROLE_TRAINEE), id, (struct document_point){.version_id = version}, (struct document_point){.seq = -1}, &change), OK);
    CHECK(change.added == 3 && change.removed == 1); /* "en" became "utdannet", "og leder" came */
    CHECK_ERR(document_version_add(as(ROLE_TRAINEE), id, STR(" "), &version), ERR_INVALID);
    CHECK_ERR(document_versions(as(ROLE_TRAINEE), id, &versions, &n), OK);
    CHECK(n == 1 && str_is(versions[0].name, "Før rettelsen"));
    struct ctx *c = as(ROLE_MENTOR);
    CHECK_ERR(document_restore(c, id, (struct document_point){.version_id = version}), OK);
    CHECK(news(c, id, NEWS_CONTENT));
    CHECK(md_in(plain(as(ROLE_TRAINEE), id), "Jeg er en farmasøyt.") && !md_in(plain(as(ROLE_TRAINEE), id), "leder"));
    CHECK_ERR(document_restore(as(ROLE_TRAINEE), id, (struct document_point){.seq = 4}), OK); /* and back again: nothing was lost */
    CHECK(md_in(plain(as(ROLE_TRAINEE), id), "og leder."));
    CHECK_ERR(document_restore(as(ROLE_PROJECT_LEADER), id, (struct document_point){.seq = 1}), ERR_NOT_FOUND);
    int64_t other = make(as(ROLE_TRAINEE), DOCUMENT_FREE, "Et annet");
    CHECK_ERR(document_at(as(ROLE_TRAINEE), other, (struct document_point){.version_id = version}, &tree), ERR_NOT_FOUND);
}

static bool found(enum role role, const char *query, int64_t id)
{
    struct document *rows;
    size_t n;
    CHECK_ERR(document_list_of(as(role), str_c(query), &rows, &n), OK);
    for (size_t i = 0; i < n; i++)
        if (rows[i].row.id == id)
            return true;
    return false;
}

static void search(void)
{
    int64_t id = make(as(ROLE_TRAINEE), DOCUMENT_FREE, "Søknad til Ødegård apotek");
    struct document doc;
    CHECK(found(ROLE_TRAINEE, "", id) && found(ROLE_TRAINEE, "odegard", id) && found(ROLE_TRAINEE, "APOTEK søk", id));
    CHECK(!found(ROLE_TRAINEE, "sykehus", id) && !found(ROLE_TRAINEE, "apotek sykehus", id));
    CHECK(found(ROLE_TRAINEE, "%", id)); /* no wildcards: nothing is asked for */
    CHECK(!found(ROLE_MENTOR, "", id) && !found(ROLE_MENTOR, "apotek", id));
    CHECK(!found(ROLE_PROJECT_LEADER, "apotek", id));
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_READ));
    CHECK(found(ROLE_MENTOR, "apotek", id));
    PT_MUST(document_open(as(ROLE_TRAINEE), id, &doc));
    PT_MUST(document_rename(as(ROLE_TRAINEE), id, doc.row.version, STR("Til bokhandelen")));
    CHECK(found(ROLE_TRAINEE, "bokhandel", id) && !found(ROLE_TRAINEE, "odegard", id));
    struct document_row *stale;
    size_t n, k = 0;
    write_over(as(ROLE_TRAINEE), id, "Jeg liker bøker om sopp.", 21);
    CHECK(!found(ROLE_TRAINEE, "sopp", id));
    PT_MUST(document_open(as(ROLE_TRAINEE), id, &doc));
    int64_t at = doc.row.changed_at;
    CHECK_ERR(document_stale_text(t.db, t.a, 0, at + 2000, 3000, 50, &stale, &n), OK);
    for (size_t i = 0; i < n; i++)
        CHECK(stale[i].id != id); /* somebody may be writing still */
    CHECK_ERR(document_stale_text(t.db, t.a, 0, at + 9000, 3000, 50, &stale, &n), OK);
    while (k < n && stale[k].id != id)
        k++;
    CHECK(k < n);
    struct rich *tree;
    PT_MUST(document_read(as(ROLE_TRAINEE), id, &tree));
    PT_MUST(document_index(t.db, t.a, id, STR("Til bokhandelen"), tree, k < n ? stale[k].changed_at : 0));
    CHECK(found(ROLE_TRAINEE, "sopp", id) && found(ROLE_MENTOR, "sopp bok", id));
    CHECK_ERR(document_stale_text(t.db, t.a, 0, at + 9000, 3000, 50, &stale, &n), OK);
    for (size_t i = 0; i < n; i++)
        CHECK(stale[i].id != id);
}

static void deleting(void)
{
    int64_t id = make(as(ROLE_TRAINEE), DOCUMENT_FREE, "Kastes"), gone;
    struct document doc, *rows;
    size_t n;
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_WRITE));
    CHECK_ERR(document_delete(as(ROLE_TRAINEE), id, 9), ERR_CONFLICT);
    struct ctx *c = as(ROLE_TRAINEE);
    CHECK_ERR(document_delete(c, id, 1), OK);
    CHECK(news(c, id, NEWS_ACCESS));
    CHECK_ERR(document_open(as(ROLE_TRAINEE), id, &doc), ERR_NOT_FOUND);
    CHECK(right(ROLE_MENTOR, id) == DOCUMENT_NONE && !found(ROLE_MENTOR, "", id));
    CHECK_ERR(document_deleted(as(ROLE_TRAINEE), &rows, &n), OK);
    CHECK(n == 1 && rows[0].row.id == id);
    CHECK_ERR(document_undelete(as(ROLE_MENTOR), id), ERR_NOT_FOUND);
    CHECK_ERR(document_undelete(as(ROLE_TRAINEE), id), OK);
    CHECK(right(ROLE_MENTOR, id) == DOCUMENT_WRITE);
    CHECK_ERR(document_delete(as(ROLE_TRAINEE), id, 3), OK);
    t.now += (int64_t)(DOCUMENT_KEPT_DAYS + 1) * TM_DAY_MS;
    CHECK_ERR(document_undelete(as(ROLE_TRAINEE), id), ERR_NOT_FOUND);
    CHECK_ERR(document_sweep(t.db, t.a, t.now - (int64_t)DOCUMENT_KEPT_DAYS * TM_DAY_MS, 10, &gone), OK);
    CHECK_INT(gone, 1);
    CHECK_ERR(document_undelete(as(ROLE_TRAINEE), id), ERR_NOT_FOUND);
}

static void templates(void)
{
    int64_t id = 0, own = 0;
    struct say why;
    struct document_choice *rows;
    struct document_template_row tpl = {.kind = STR("letter"), .lang = STR("nb"), .title = STR("Søknadsbrev"), .text = STR("## Vårt brev\n\nHilsen {navn}")};
    size_t n;
    CHECK_ERR(document_choices(as(ROLE_TRAINEE), &rows, &n), OK);
    CHECK_INT(n, DOCUMENT_KIND_N);
    CHECK_ERR(document_template_save(as(ROLE_MENTOR), &tpl, &own), ERR_DENIED);
    CHECK_ERR(document_template_save(as(ROLE_PROJECT_LEADER), &tpl, &own), OK);
    CHECK_ERR(document_choices(as(ROLE_TRAINEE), &rows, &n), OK);
    CHECK_INT(n, DOCUMENT_KIND_N); /* it takes the place of the built-in one with that name */
    CHECK(rows[1].kind == DOCUMENT_LETTER && rows[1].template_id == own);
    tpl.title = STR("Kort brev");
    CHECK_ERR(document_template_save(as(ROLE_ADMINISTRATOR), &tpl, &id), OK);
    CHECK_ERR(document_choices(as(ROLE_TRAINEE), &rows, &n), OK);
    CHECK_INT(n, DOCUMENT_KIND_N + 1);
    struct document_make m = {.kind = DOCUMENT_LETTER, .template_id = own};
    CHECK_ERR(document_new(as(ROLE_TRAINEE), &m, &id, &why), OK);
    CHECK(md_in(plain(as(ROLE_TRAINEE), id), "Vårt brev") && md_in(plain(as(ROLE_TRAINEE), id), "Hilsen Amal Haddad"));
    m.kind = DOCUMENT_CV;
    CHECK_ERR(document_new(as(ROLE_TRAINEE), &m, &id, &why), ERR_NOT_FOUND); /* of another kind */
    tpl.kind = STR("novel");
    CHECK_ERR(document_template_save(as(ROLE_PROJECT_LEADER), &tpl, &id), ERR_INVALID);
    CHECK_ERR(document_template_end(as(ROLE_PROJECT_LEADER), own, 7), ERR_CONFLICT);
    CHECK_ERR(document_template_end(as(ROLE_PROJECT_LEADER), own, 1), OK);
    m.kind = DOCUMENT_LETTER;
    CHECK_ERR(document_new(as(ROLE_TRAINEE), &m, &id, &why), ERR_NOT_FOUND);
}

static void ads(void)
{
    int64_t id = 0;
    struct say why;
    struct document_ad_row ad;
    struct document_make m = {.kind = DOCUMENT_AD, .ad_employer = STR("Fjordby sykehus"), .ad_text = STR("Vi søker farmasøyt.")};
    CHECK_ERR(document_new(as(ROLE_TRAINEE), &m, &id, &why), OK);
    CHECK(md_in(plain(as(ROLE_TRAINEE), id), "Fjordby sykehus"));
    CHECK_ERR(document_ad(as(ROLE_TRAINEE), id, &ad), OK);
    CHECK(str_is(ad.text, "Vi søker farmasøyt.") && ad.version == 1);
    CHECK_ERR(document_ad(as(ROLE_MENTOR), id, &ad), ERR_NOT_FOUND);
    ad.url = STR("https://jobb.example/1");
    CHECK_ERR(document_ad_save(as(ROLE_TRAINEE), &ad), OK);
    CHECK_ERR(document_ad_save(as(ROLE_TRAINEE), &ad), ERR_CONFLICT);
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_COMMENT));
    ad.version = 2;
    CHECK_ERR(document_ad(as(ROLE_MENTOR), id, &ad), OK);
    CHECK_ERR(document_ad_save(as(ROLE_MENTOR), &ad), ERR_NOT_FOUND);
}

static void files(void)
{
    int64_t id = make(as(ROLE_TRAINEE), DOCUMENT_CV, "CV på norsk");
    struct document_file f;
    CHECK_ERR(document_export(as(ROLE_TRAINEE), id, DOCUMENT_TXT, &f), OK);
    CHECK_STR(f.name, "cv-pa-norsk-test-trainee.txt");
    CHECK(md_in(buf_view(&f.bytes), "Amal Haddad"));
    buf_free(&f.bytes);
    CHECK_ERR(document_export(as(ROLE_TRAINEE), id, DOCUMENT_PDF, &f), OK);
    CHECK(f.bytes.n > 1000 && !memcmp(f.bytes.p, "%PDF-", 5));
    buf_free(&f.bytes);
    CHECK_ERR(document_export(as(ROLE_TRAINEE), id, DOCUMENT_DOCX, &f), OK);
    CHECK(f.bytes.n > 1000 && !memcmp(f.bytes.p, "PK", 2));
    buf_free(&f.bytes);
    CHECK_ERR(document_export(as(ROLE_MENTOR), id, DOCUMENT_TXT, &f), ERR_NOT_FOUND);
}

DB_EXEC(q_many, 3, "INSERT INTO document (organisation_id, owner_account, kind, title, created_by, created_at, changed_at) VALUES ($1, $2, 'free', 'x', $2, $3, $3)");
static void limits(void)
{
    int64_t n = 0, id;
    struct say why;
    PT_MUST(document_count_own(t.db, t.a, t.who[ROLE_ADVISER].account_id, &n));
    for (; n < DOCUMENTS_MAX; n++)
        PT_MUST(db_run(t.db, &q_many, NULL, DB_IN(t.organisation_id, t.who[ROLE_ADVISER].account_id, t.now)));
    CHECK_ERR(document_new(as(ROLE_ADVISER), &(struct document_make){.kind = DOCUMENT_FREE, .title = STR("En til")}, &id, &why), ERR_LIMIT);
    struct document *rows;
    size_t shown;
    CHECK_ERR(document_list_of(as(ROLE_ADVISER), STR(""), &rows, &shown), OK);
    CHECK_INT(shown, 200);
}

static void the_end(void)
{
    int64_t id = make(as(ROLE_TRAINEE), DOCUMENT_CV, "Deles til slutt");
    struct say why = {0};
    struct trainee_row tr;
    struct document_person *people;
    size_t n;
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_WRITE));
    PT_MUST(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_ADVISER].account_id, DOCUMENT_READ));
    CHECK(right(ROLE_MENTOR, id) == DOCUMENT_WRITE && right(ROLE_ADVISER, id) == DOCUMENT_READ);
    /* the same person at work as a mentor of another organisation, which knows nothing of this trainee */
    struct ctx *elsewhere = as(ROLE_MENTOR);
    struct actor other = *elsewhere->actor;
    other.organisation_id++;
    elsewhere->actor = &other;
    struct document seen;
    CHECK_ERR(document_open(elsewhere, id, &seen), ERR_NOT_FOUND);
    PT_MUST(trainee_get(t.db, t.a, d.trainee_id, &tr));
    struct ctx *c = as(ROLE_PROJECT_LEADER);
    CHECK_ERR(mentoring_end(c, d.trainee_id, tr.version, c->today, STR("Flyttet"), false, &why), OK);
    CHECK(news(c, 0, NEWS_ACCESS));
    CHECK(right(ROLE_MENTOR, id) == DOCUMENT_NONE && !found(ROLE_MENTOR, "", id));
    CHECK(right(ROLE_TRAINEE, id) == DOCUMENT_WRITE); /* what the trainee wrote stays the trainee's */
    CHECK_ERR(document_circle(as(ROLE_TRAINEE), id, &people, &n), OK);
    size_t was = 0;
    for (size_t i = 0; i < n; i++)
        was += people[i].was && people[i].account_id == t.who[ROLE_MENTOR].account_id;
    CHECK_INT(was, 1);
    CHECK_ERR(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_WRITE), ERR_INVALID);
    CHECK_ERR(document_share(as(ROLE_TRAINEE), id, t.who[ROLE_MENTOR].account_id, DOCUMENT_NONE), OK);
    struct participant_row p;
    bool taken;
    PT_MUST(participant_get(t.db, t.a, d.participant_id, &p));
    p.adviser_id = 0;
    c = as(ROLE_PROJECT_LEADER);
    CHECK_ERR(participant_change(c, &p, &taken), OK);
    CHECK(news(c, 0, NEWS_ACCESS) && right(ROLE_ADVISER, id) == DOCUMENT_NONE);
}

int main(void)
{
    t = pt_start();
    d = md_start(&t);
    making();
    making_for();
    minutes();
    sharing();
    several_roles();
    comments();
    told();
    history();
    search();
    templates();
    ads();
    files();
    deleting();
    limits();
    the_end();
    pt_end(&t);
    return test_end();
}
