#include "service/erasures.h"
#include "base/file.h"
#include "domain/erasures.h"
#include "model/rights.h"

enum { LIST_MAX = 256 << 20 };

struct listing {
    struct buf text;
    int64_t n;
};

static enum err add(void *arg, const void *row)
{
    const struct erasure_row *r = row;
    struct listing *l = arg;
    erasures_add(&l->text, &(struct erasure_line){r->organisation_id, r->participant_id, r->mentor_id, r->account_id, r->at, r->by_account, r->kind,
                                                  r->why, r->kept});
    l->n++;
    return OK;
}

enum err erasures_keep(struct db *db, const char *file)
{
    CLEANUP(arena_freep) struct arena *a = arena_new(1 << 20);
    struct listing l = {.text = {.max = LIST_MAX}};
    erasures_begin(&l.text);
    enum err e = erasure_each(db, a, add, &l);
    erasures_end(&l.text, l.n);
    if (!e)
        e = l.text.bad ? ERR_LIMIT : file_write(file, buf_view(&l.text), true);
    buf_free(&l.text);
    return e;
}

/* One of the three that a line may name. A number may have been given anew since: then it is somebody who came later. */
static enum err again(struct ctx *c, enum person_is is, int64_t id, int64_t at, struct erasures_done *done, bool *found)
{
    struct erase_plan plan;
    int64_t created_at;
    if (!id)
        return OK;
    TRY(erasure_created(c->db, c->a, is == PERSON_PARTICIPANT ? id : 0, is == PERSON_MENTOR ? id : 0, is == PERSON_ACCOUNT ? id : 0, &created_at));
    if (!created_at || created_at > at)
        return OK;
    enum err e = erase_look(c, (struct person_ref){is, id}, &plan);
    if (e == ERR_NOT_FOUND || (!e && plan.who.facts.erased))
        return OK;
    TRY(e);
    done->running += plan.who.facts.running > 0;
    *found = true;
    return person_erase(c, (struct person_ref){is, id}, ERASE_AGAIN, STR(""), false, &plan);
}

static enum err replay_line(struct ctx *c, const struct erasure_line *l, struct erasures_done *done)
{
    struct actor program = {.organisation_id = l->organisation_id, .role = ROLE_ADMINISTRATOR, .name = c->actor->name};
    struct ctx theirs = *c;
    bool known, found = false;
    int64_t id;
    struct erasure_row row = {.organisation_id = l->organisation_id, .participant_id = l->participant_id, .account_id = l->account_id,
                              .mentor_id = l->mentor_id, .at = l->at, .by_account = l->by_account, .kind = l->kind, .why = l->why, .kept = l->kept};
    theirs.actor = &program;
    done->listed++;
    TRY(erasure_known(c->db, c->a, &row, &known));
    if (known)
        return OK;
    TRY(again(&theirs, PERSON_PARTICIPANT, l->participant_id, l->at, done, &found));
    TRY(again(&theirs, PERSON_MENTOR, l->mentor_id, l->at, done, &found));
    TRY(again(&theirs, PERSON_ACCOUNT, l->account_id, l->at, done, &found));
    done->again += found;
    return erasure_insert(c->db, &row, &id);
}

enum err erasures_replay(struct ctx *c, struct str list, struct erasures_done *done)
{
    struct erasures_in in;
    struct erasure_line l;
    struct erasures_done d = {0};
    TRY(erasures_open(list, &in));
    while (erasures_next(&in, &l))
        TRY(replay_line(c, &l, &d));
    *done = d;
    return OK;
}
