#include "base/num.h"
#include "cli/cli.h"
#include "domain/logchain.h"
#include "model/account.h"
#include "model/participant.h"
#include "service/document.h"
#include <stdio.h>

struct document_cli {
    const char *owner, *title, *kind, *format, *file;
    int64_t id;
};

/* The account as who it is: a trainee before anything else. */
static enum err actor_of(struct cli *cli, struct db *db, const struct ctx *c, const struct account_row *acc, struct actor *out)
{
    struct role_row *roles;
    struct participant_row p;
    size_t n, k = 0;
    TRY(role_of_account(db, cli->a, acc->id, c->now, &roles, &n));
    if (!n || acc->disabled_at)
        return ERR_STATE;
    for (size_t i = 0; i < n; i++)
        if (role_of(roles[i].role) == ROLE_TRAINEE)
            k = i;
    *out = (struct actor){.account_id = acc->id, .organisation_id = roles[k].organisation_id, .account_role_id = roles[k].id,
                          .role = role_of(roles[k].role), .name = acc->name};
    enum err e = participant_by_account(db, cli->a, acc->id, &p);
    if (!e && out->role == ROLE_TRAINEE)
        out->participant_id = p.id;
    return e == ERR_NOT_FOUND ? OK : e;
}

static enum err make(struct cli *cli, struct ctx *c, const struct document_cli *d, int64_t *id)
{
    struct account_row acc;
    struct actor owner;
    struct say why = {0};
    struct document_make m = {.title = str_c(d->title)};
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    if (!document_kind_is(str_c(d->kind ? d->kind : "free"), &m.kind) || !str_trim(m.title).n)
        return ERR_INVALID;
    TRY(db_begin(c->db, &tx));
    TRY(account_by_email(c->db, cli->a, str_c(d->owner), &acc));
    TRY(actor_of(cli, c->db, c, &acc, &owner));
    struct ctx theirs = *c;
    theirs.actor = &owner;
    TRY(document_new(&theirs, &m, id, &why));
    return db_commit(&tx);
}

static int new_document(struct cli *cli, struct ctx *c, const struct document_cli *d)
{
    int64_t id;
    enum err e = make(cli, c, d, &id);
    if (e == ERR_NOT_FOUND)
        return cli_fail("there is no account %s", d->owner);
    if (e == ERR_STATE)
        return cli_fail("%s is closed or has no role now; no document was made", d->owner);
    if (e)
        return cli_fail("no document was made (%s)", err_name(e));
    printf("%lld\n", (long long)id);
    return 0;
}

/* As its owner sees it. That it went out stands in the log before the file is there. */
static enum err export_bytes(struct cli *cli, struct ctx *c, const struct document_cli *d, enum document_format format, struct document_file *out)
{
    struct document_row row;
    struct account_row acc;
    struct actor owner;
    TRY(document_get(c->db, cli->a, d->id, 0, &row));
    TRY(account_get(c->db, cli->a, row.owner_account, &acc));
    owner = (struct actor){.account_id = acc.id, .organisation_id = row.organisation_id, .role = ROLE_TRAINEE, .name = acc.name};
    struct ctx theirs = *c;
    theirs.actor = &owner;
    TRY(document_export(&theirs, d->id, format, out));
    CLEANUP(db_tx_end) struct db_tx tx = {0};
    TRY(db_begin(c->db, &tx));
    TRY(log_add(c, (struct log_note){.organisation_id = row.organisation_id, .participant_id = row.participant_id, .subject_id = row.id, .act = LOG_EXPORT,
                                     .what = STR("document"), .outcome = "command"}));
    return db_commit(&tx);
}

static int export_document(struct cli *cli, struct ctx *c, const struct document_cli *d)
{
    static const char *const formats[] = {[DOCUMENT_PDF] = "pdf", [DOCUMENT_DOCX] = "docx", [DOCUMENT_TXT] = "txt"};
    size_t k = 0;
    while (k < COUNT(formats) && strcmp(formats[k], d->format))
        k++;
    if (k == COUNT(formats))
        return cli_usage(cli, "the format %s is not known; there are pdf, docx, txt", d->format);
    struct document_file f = {0};
    enum err e = export_bytes(cli, c, d, (enum document_format)k, &f);
    if (e == ERR_NOT_FOUND)
        return cli_fail("there is no document %lld", (long long)d->id);
    if (e) {
        buf_free(&f.bytes);
        return cli_fail("document %lld could not be exported (%s)", (long long)d->id, err_name(e));
    }
    int rc = cli_write(d->file, &f.bytes);
    buf_free(&f.bytes);
    return rc;
}

static int run(struct cli *cli, bool make_one, const struct document_cli *d)
{
    CLEANUP(db_closep) struct db *db = NULL;
    struct actor actor;
    struct ctx c;
    int rc = cli_open(cli, &db);
    if (rc)
        return rc;
    if (cli_ctx(cli, db, ROLE_ADMINISTRATOR, &actor, &c) != OK)
        return cli_fail("%s has no organisation yet; make it with springbrett init", cli->data);
    return make_one ? new_document(cli, &c, d) : export_document(cli, &c, d);
}

int cli_document(struct cli *cli)
{
    struct document_cli d = {.owner = cli_option(cli, "--owner"), .title = cli_option(cli, "--title"), .kind = cli_option(cli, "--kind"),
                             .format = cli_option(cli, "--format")};
    enum document_kind kind;
    const char *what = cli_word(cli, 0), *id = cli_word(cli, 1);
    bool make_one = what && !strcmp(what, "new");
    if (!make_one && (!what || strcmp(what, "export")))
        return cli_usage(cli, "say what to do: springbrett document new|export");
    if (cli->argc != (make_one ? 1 : 3))
        return cli_usage(cli, make_one ? "document new does not know %s" : "document export wants ID --format pdf|docx|txt FILE, not %s",
                         cli->argv[cli->argc - 1]);
    if (make_one && (!d.owner || !d.title))
        return cli_usage(cli, "document new wants --owner EMAIL --title TEXT");
    if (make_one && d.kind && !document_kind_is(str_c(d.kind), &kind))
        return cli_usage(cli, "the kind %s is not known; there are cv, letter, application, minutes, ad, free", d.kind);
    if (!make_one && (!d.format || !num_i64(str_c(id), 1, INT64_MAX, &d.id)))
        return cli_usage(cli, "document export wants ID --format pdf|docx|txt FILE");
    d.file = make_one ? NULL : cli_word(cli, 2);
    return run(cli, make_one, &d);
}
