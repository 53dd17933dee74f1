/* person.c: `springbrett person export|erase`: everything of one person in a file, or gone. The same services as the pages. */
#include "base/num.h"
#include "cli/cli.h"
#include "model/account.h"
#include "page/rights/rights.h"
#include "service/erasures.h"
#include "service/live.h"
#include <stdio.h>

static bool read_ref(const char *word, struct person_ref *ref)
{
    struct str s = str_c(word);
    ref->is = PERSON_PARTICIPANT;
    if (s.n > 2 && s.p[1] == '-' && (s.p[0] == 'M' || s.p[0] == 'K')) {
        ref->is = s.p[0] == 'M' ? PERSON_MENTOR : PERSON_ACCOUNT;
        s = (struct str){s.p + 2, s.n - 2};
    }
    return num_i64(s, 1, INT64_MAX, &ref->id);
}

/* Documents are read as their owner sees them. */
static enum err owner_of(struct ctx *c, struct person_ref ref, struct actor *out)
{
    struct person who;
    struct account_row acc = {0};
    TRY(person_load(c, ref, ACT_PERSON_ERASE, &who));
    if (who.facts.account_id)
        TRY(account_get(c->db, c->a, who.facts.account_id, &acc));
    *out = (struct actor){.account_id = who.facts.account_id, .organisation_id = who.facts.organisation_id, .name = acc.name,
                          .role = ref.is == PERSON_MENTOR ? ROLE_MENTOR : ref.is == PERSON_PARTICIPANT ? ROLE_TRAINEE : ROLE_PROJECT_LEADER,
                          .participant_id = who.facts.participant_id, .mentor_id = who.facts.mentor_id};
    if (acc.id)
        (void)lang_of(acc.lang, &c->lang);
    return OK;
}

static enum err export_bytes(struct ctx *c, struct person_ref ref, struct buf *zip)
{
    struct actor owner;
    struct ctx theirs = *c;
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(c->db, &tx));
    TRY(owner_of(&theirs, ref, &owner));
    if (owner.account_id)
        theirs.actor = &owner;
    TRY(my_data_zip(&theirs, ref, zip));
    TRY(event_add(c, (struct event){.organisation_id = owner.organisation_id, .participant_id = owner.participant_id, .subject_id = ref.id,
                                    .kind = "data.exported", .outcome = "command"}));
    return db_commit(&tx);
}

static int do_export(struct ctx *c, struct person_ref ref, const char *name, const char *file)
{
    struct buf zip = {0};
    enum err e = export_bytes(c, ref, &zip);
    if (e == ERR_NOT_FOUND)
        return cli_fail("there is no person %s", name);
    if (e)
        return cli_fail("the data of %s could not be written out (%s)", name, err_name(e));
    int rc = cli_write(file, &zip);
    buf_free(&zip);
    if (!rc)
        puts(file);
    return rc;
}

static void print_plan(const struct erase_plan *p, bool dry)
{
    printf("%s\t%s\n", dry ? "would go" : "gone", p->whole ? "the person, but for the log" : "the person's name and everything in words; counts stay");
    for (size_t k = 0; k < DATA_N; k++)
        if (p->goes[k] || p->stays[k])
            printf("%s\t%s\n", register_kinds[k].code, p->stays[k] ? register_kinds[k].stays : "-");
    printf("documents\t%zu\n", p->documents);
}

/* A dry run changes nothing but the log: it looks at the person. After a crash edits may wait in the journal: into the logs with them first. */
static enum err erase_in_tx(struct ctx *c, struct person_ref ref, bool dry, struct erase_plan *plan)
{
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(c->db, &tx));
    if (dry) {
        TRY(erase_look(c, ref, plan));
        TRY(seen_save(c));
        return db_commit(&tx);
    }
    TRY(person_erase(c, ref, ERASE_COMMAND, STR(""), false, plan));
    return db_commit(&tx);
}

static int do_erase(struct cli *cli, struct ctx *c, struct person_ref ref, const char *name, bool dry)
{
    struct erase_plan plan = {0};
    bool done;
    enum err e = erase_in_tx(c, ref, dry, &plan);
    if (e == ERR_NOT_FOUND)
        return cli_fail("there is no person %s", name);
    if (e == ERR_STATE || (!e && dry && plan.not_now.msgid && !plan.asked)) /* a command does not wait for an answer that is owed */
        return cli_fail("not now: %.*s", STR_FMT(say_plain(cli->a, plan.not_now)));
    if (e)
        return cli_fail("nothing was erased (%s)", err_name(e));
    print_plan(&plan, dry);
    if (dry)
        return 0;
    if (erasures_keep(c->db, arena_fmt(cli->a, "%s/erasures.list", cli->data).p))
        return cli_fail("erased, but the list of erasures in %s could not be written; the server does it, or the next erasure", cli->data);
    e = erase_scrub(c->db, cli->a, c->now, &done);
    if (e)
        return cli_fail("erased, but it could not be cleared from the file's free room now (%s); the server does it, or the next erasure", err_name(e));
    return 0;
}

int cli_person(struct cli *cli)
{
    bool dry = cli_flag(cli, "--dry-run");
    const char *what = cli_word(cli, 0), *name = cli_word(cli, 1), *file = cli_word(cli, 2);
    bool out = what && !strcmp(what, "export");
    struct person_ref ref;
    if (!what || (!out && strcmp(what, "erase")))
        return cli_usage(cli, "say what to do: springbrett person export|erase");
    if (cli->argc > (out ? 3 : 2) || cli->argc < 2 || (out && dry) || !read_ref(name, &ref))
        return cli_usage(cli, out ? "person export wants ID [FILE]" : "person erase wants ID [--dry-run]");
    if (out && !file)
        file = arena_fmt(cli->a, "person-%s.zip", name).p; /* where one stands */
    CLEANUP(db_closep) struct db *db = NULL;
    struct actor actor;
    struct ctx c;
    int rc = cli_open(cli, &db);
    if (rc)
        return rc;
    if (cli_ctx(cli, db, ROLE_ADMINISTRATOR, &actor, &c) != OK)
        return cli_fail("%s has no organisation yet; make it with springbrett init", cli->data);
    return out ? do_export(&c, ref, name, file) : do_erase(cli, &c, ref, name, dry);
}
