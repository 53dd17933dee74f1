/* The pages of living documents: each as owner, mentor, leader and stranger; each form with bad input; without JavaScript; hostile words. */
#include "mentoring_data.h"
#include "domain/rich.h"
#include "model/meeting.h"
#include "page/document/rich_html.h"

static struct pt t;
static struct md d;
static struct pt_person other, other_mentor;

#define HOSTILE "%3Cscript%3Ealert(1)%3C/script%3E%22'%3E"

static const char *path(int64_t id, const char *rest)
{
    return arena_fmt(t.a, "/documents/%lld%s", (long long)id, rest).p;
}

static char *letters(size_t n)
{
    char *s = arena_alloc(t.a, n + 1);
    memset(s, 'x', n);
    return s;
}

static int64_t made(const struct req *r)
{
    struct str to = pt_location(r);
    int64_t id = 0;
    for (size_t i = sizeof "/documents/" - 1; i < to.n && to.p[i] >= '0' && to.p[i] <= '9'; i++)
        id = id * 10 + to.p[i] - '0';
    if (r->status != 303 || !id)
        printf("# not made: status %d, went to '%.*s'\n", r->status, STR_FMT(to));
    return id;
}

static int64_t make(enum role role, const char *form)
{
    int64_t id = made(pt_post(&t, role, "/documents/new", form));
    CHECK(id > 0);
    return id;
}

static void making(void)
{
    struct req *r = pt_get(&t, ROLE_TRAINEE, "/documents");
    CHECK(r->status == 200 && pt_has(r, "Du har ingen dokumenter ennå") && pt_has(r, "aria-current=\"page\">Dokumenter"));
    CHECK(pt_has(pt_get(&t, ROLE_MENTOR, "/documents"), "Ingen dokumenter er delt med deg ennå"));
    r = pt_get(&t, ROLE_TRAINEE, "/documents/new?kind=cv");
    CHECK(r->status == 200 && pt_has(r, "value=\"cv-0\" checked") && !pt_has(r, "Hvem er det for?") && !pt_has(r, "minutes-0"));
    CHECK(pt_has(pt_get(&t, ROLE_MENTOR, "/documents/new"), "Amal Haddad")); /* the own trainee can be chosen */
    r = pt_post(&t, ROLE_TRAINEE, "/documents/new", "title=Beholdes");
    CHECK(r->status == 422 && pt_has(r, "Beholdes") && pt_has(r, "id=\"choice-e\""));
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/new", "choice=cv-99&title=a")->status, 422);
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/new", "choice=minutes-0&title=a")->status, 422); /* from its meeting only */
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/new", arena_fmt(t.a, "choice=cv-0&title=%s", letters(121)).p)->status, 422);
    r = pt_post(&t, ROLE_MENTOR, "/documents/new", "choice=cv-0&title=a&for=999");
    CHECK(r->status == 422); /* not one of the choices */
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/new", "choice=minutes-0&meeting=999")->status, 404);
    /* Who may write for nobody and asks for somebody (any more: the list was there when the page was opened) does not get one in the own name. */
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/new", "choice=cv-0&title=a&for=999")->status, 404);
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/new", "choice=cv-99&title=a&for=0")->status, 422);
    int64_t id = made(pt_post(&t, ROLE_TRAINEE, "/documents/new", "choice=cv-0&title=Min+CV&once=a1"));
    CHECK_INT(made(pt_post(&t, ROLE_TRAINEE, "/documents/new", "choice=cv-0&title=Min+CV&once=a1")), id); /* sent twice: one */
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents"), "bare du ser det"));
}

/* What the editor finds: web/editor/texts.md names every word. */
static void editor_words(const struct req *r)
{
    FILE *f = fopen("web/editor/texts.md", "r");
    char line[500], name[60];
    int n = 0, missing = 0;
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "| %50[a-z0-9-] |", name) == 1 && strcmp(name, "name") != 0 && name[0] != '-') {
            bool there = pt_has(r, strcmp(name, "logout-unsaved") ? arena_fmt(t.a, "data-text-%s=\"", name).p : "data-unsaved=\"");
            n++;
            missing += !there;
            if (!there)
                printf("# the page lacks data-text-%s\n", name);
        }
    if (f)
        fclose(f);
    CHECK_INT(missing, 0);
    CHECK(!f || n > 50);
}

static void reading(void)
{
    struct req *r = pt_get(&t, ROLE_TRAINEE, "/documents/1");
    CHECK(r->status == 200 && pt_has(r, "<h1 class=\"ds-heading\" data-size=\"lg\">Min CV</h1>"));
    CHECK(pt_has(r, "Arbeidserfaring</h3>") && pt_has(r, "data-id=\"1\"") && pt_has(r, "data-right=\"write\"") && pt_has(r, "data-kind=\"cv\""));
    CHECK(pt_has(r, "id=\"document-state\"") && pt_has(r, "id=\"document-people\"") && pt_has(r, "id=\"document-tools\"") && pt_has(r, "id=\"comments\""));
    CHECK(pt_has(r, "Bare du ser det") && pt_has(r, "<noscript>") && pt_has(r, "/documents/1/share"));
    editor_words(r);
    static const char *const gets[] = {"", "/comments", "/history", "/history/view?at=1", "/history/view?at=-1", "/history/compare?from=0&to=now", "/print",
                                       "/share", "/file/txt", "/file/pdf", "/file/docx"};
    for (size_t i = 0; i < COUNT(gets); i++) {
        r = pt_get(&t, ROLE_TRAINEE, path(1, gets[i]));
        if (r->status != 200)
            printf("# %s gave %d\n", gets[i], r->status);
        CHECK_INT(r->status, 200);
        CHECK_INT(pt_get(&t, ROLE_MENTOR, path(1, gets[i]))->status, 404); /* not shared: not even the pair's mentor */
        CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, path(1, gets[i]))->status, 404);
        CHECK_INT(pt_get_as(&t, other, path(1, gets[i]))->status, 404);
        CHECK_INT(pt_get(&t, ROLE_ADMINISTRATOR, path(1, gets[i]))->status, 403);
    }
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents/1/file/pdf"), "%PDF-"));
    CHECK(!pt_has(pt_get(&t, ROLE_TRAINEE, "/documents/1/print"), "sb-header"));
    static const char *const none[] = {"/documents/999", "/documents/0", "/documents/x", "/documents/1/file/exe", "/documents/1/history/view?at=99", "/documents/1/ad",
                                       "/documents/1/history/view?at=x", "/documents/1/history/view?version=9", "/documents/1/history/compare?from=9&to=now"};
    for (size_t i = 0; i < COUNT(none); i++)
        CHECK_INT(pt_get(&t, ROLE_TRAINEE, none[i])->status, 404);
    CHECK(pt_went(pt_get(&t, ROLE_TRAINEE, "/documents/1/history/compare?from=x"), "/documents/1/history"));
    CHECK(pt_went(pt_get(&t, ROLE_TRAINEE, "/documents/1/history/view"), "/documents/1/history"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents/1?lang=ar"), "dir=\"rtl\""));
}

static const char *right_of(enum role role, const char *may)
{
    return arena_fmt(t.a, "right-%lld=%s", (long long)t.who[role].account_id, may).p;
}

static void sharing(void)
{
    struct req *r = pt_get(&t, ROLE_TRAINEE, "/documents/1/share");
    CHECK(pt_has(r, "Test mentor") && pt_has(r, "Test project-leader") && !pt_has(r, "Annen Mentor"));
    r = pt_post(&t, ROLE_TRAINEE, "/documents/1/share", right_of(ROLE_MENTOR, "everything"));
    CHECK(r->status == 422 && pt_has(r, "aria-invalid"));
    CHECK_INT(pt_get(&t, ROLE_MENTOR, "/documents/1")->status, 404); /* nothing was given */
    int64_t mails = md_mails(&t);
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/documents/1/share", right_of(ROLE_MENTOR, "comment")), "/documents/1"));
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/documents/1/share", right_of(ROLE_PROJECT_LEADER, "read")), "/documents/1"));
    CHECK_INT(md_mails(&t), mails + 2);
    CHECK(!md_in(md_mail(&t).body, "Min CV"));
    r = pt_get(&t, ROLE_TRAINEE, "/documents/1");
    CHECK(pt_has(r, "kan kommentere") && pt_has(r, "kan lese")); /* who has it is there to be seen */
    r = pt_get(&t, ROLE_MENTOR, "/documents/1");
    CHECK(r->status == 200 && pt_has(r, "data-right=\"comment\"") && !pt_has(r, "/documents/1/share") && !pt_has(r, "/documents/1/history") &&
          !pt_has(r, "/documents/1/delete") && pt_has(r, "Ta det bort fra listen min"));
    r = pt_get(&t, ROLE_PROJECT_LEADER, "/documents/1");
    CHECK(r->status == 200 && pt_has(r, "data-right=\"read\"") && !pt_has(r, "name=\"text\""));
    CHECK(pt_has(pt_get(&t, ROLE_MENTOR, "/documents"), "Min CV") && pt_has(pt_get(&t, ROLE_MENTOR, "/"), "Min CV"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, arena_fmt(t.a, "/trainees/%lld", (long long)d.trainee_id).p), "Min CV"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/"), "Min CV") && pt_has(pt_get(&t, ROLE_TRAINEE, "/workbook/2"), "Min CV"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/workbook/6"), "/documents/new?kind=letter"));
    CHECK_INT(pt_get(&t, ROLE_ADVISER, "/documents/1")->status, 404);
    CHECK_INT(pt_get(&t, ROLE_MENTOR, "/documents/1/share")->status, 404);
    CHECK_INT(pt_get(&t, ROLE_MENTOR, "/documents/1/history")->status, 404); /* who writes may look back */
    CHECK_INT(pt_get_as(&t, other_mentor, "/documents/1")->status, 404);
}

static void commenting(void)
{
    struct req *r = pt_post(&t, ROLE_MENTOR, "/documents/1/comments", "text=");
    CHECK(r->status == 422 && pt_has(r, "id=\"new-text-e\"") && pt_has(r, "Arbeidserfaring")); /* on the document's page, which is still there */
    r = pt_post(&t, ROLE_MENTOR, "/documents/1/comments", "text=Husk&mark=A+B");
    CHECK(r->status == 422 && pt_has(r, "Husk"));
    CHECK_INT(pt_post(&t, ROLE_MENTOR, "/documents/1/comments", arena_fmt(t.a, "text=%s", letters(4001)).p)->status, 422);
    CHECK_INT(pt_post(&t, ROLE_PROJECT_LEADER, "/documents/1/comments", "text=Nei")->status, 404); /* may only read */
    r = pt_post(&t, ROLE_MENTOR, "/documents/1/comments", "text=" HOSTILE "&quote=" HOSTILE "&mark=m-1&back=comments");
    CHECK(pt_went(r, "/documents/1/comments"));
    r = pt_get(&t, ROLE_TRAINEE, "/documents/1");
    CHECK(!pt_has(r, "<script>alert") && pt_has(r, "&lt;script&gt;alert(1)") && pt_has(r, "id=\"thread-1\" data-mark=\"m-1\"") && pt_has(r, "id=\"comment-1\""));
    CHECK(pt_has(r, "Denne teksten er slettet")); /* its mark is not in the text */
    r = pt_post(&t, ROLE_TRAINEE, "/documents/1/comments/1/reply", "text=");
    CHECK(r->status == 422 && pt_has(r, "id=\"r1-text-e\""));
    r = pt_post(&t, ROLE_TRAINEE, "/documents/1/comments/1/reply", "text=&back=comments");
    CHECK(r->status == 422 && pt_has(r, "Tilbake til dokumentet"));
    t.now += 1000;
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/documents/1/comments/1/reply", "text=Takk"), "/documents/1"));
    CHECK(pt_has(pt_get(&t, ROLE_MENTOR, "/documents"), "1 ny kommentar"));
    CHECK(pt_has(pt_get(&t, ROLE_MENTOR, "/documents/1/comments"), "Takk"));
    CHECK_INT(pt_get(&t, ROLE_MENTOR, "/documents/1")->status, 200);
    t.now += 1000;
    CHECK(!pt_has(pt_get(&t, ROLE_MENTOR, "/documents"), "ny kommentar")); /* opened without a script: seen */
    CHECK(pt_went(pt_post(&t, ROLE_MENTOR, "/documents/1/comments/1/resolve", ""), "/documents/1"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents/1"), "data-resolved"));
    CHECK(pt_went(pt_post(&t, ROLE_MENTOR, "/documents/1/comments/1/reopen", ""), "/documents/1"));
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/1/comments/1/delete", "")->status, 403); /* another's */
    CHECK(pt_went(pt_post(&t, ROLE_MENTOR, "/documents/1/comments/1/delete", ""), "/documents/1"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents/1"), "Kommentaren er slettet."));
    static const char *const posts[] = {"/comments", "/comments/1/reply", "/comments/1/resolve", "/comments/1/reopen", "/comments/1/delete"};
    for (size_t i = 0; i < COUNT(posts); i++)
        CHECK_INT(pt_post_as(&t, other, path(1, posts[i]), "text=x")->status, 404);
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/1/comments/99/reply", "text=x")->status, 404);
}

static void history(void)
{
    struct req *r = pt_get(&t, ROLE_TRAINEE, "/documents/1/history");
    CHECK(pt_has(r, "Test trainee") && pt_has(r, "1 endring"));
    r = pt_post(&t, ROLE_TRAINEE, "/documents/1/history", "name=");
    CHECK(r->status == 422 && pt_has(r, "id=\"name-e\""));
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/documents/1/history", "name=Utkast+" HOSTILE), "/documents/1/history"));
    r = pt_get(&t, ROLE_TRAINEE, "/documents/1/history");
    CHECK(!pt_has(r, "<script>alert") && pt_has(r, "Versjonen «Utkast"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents/1/history/view?version=1"), "Hent tilbake denne teksten"));
    r = pt_get(&t, ROLE_TRAINEE, "/documents/1/history/compare?from=0&to=v1");
    CHECK(pt_has(r, "<ins>") && pt_has(r, "Lagt til:") && pt_has(r, "Før noen skrev noe")); /* not by colour alone */
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents/1/history/compare?from=v1&to=now"), "Ordene er de samme."));
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/1/restore", "")->status, 404);
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/1/restore", "at=77")->status, 404);
    CHECK_INT(pt_post(&t, ROLE_MENTOR, "/documents/1/restore", "at=1")->status, 404);
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/documents/1/restore", "version=1"), "/documents/1"));
    CHECK_INT(pt_post(&t, ROLE_MENTOR, "/documents/1/history", "name=x")->status, 404);
}

static void whole(void)
{
    struct req *r = pt_post(&t, ROLE_TRAINEE, "/documents/1/title", "title=&version=1");
    CHECK(r->status == 422 && pt_has(r, "id=\"title-e\""));
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/documents/1/title", "title=" HOSTILE "&version=1"), "/documents/1"));
    r = pt_post(&t, ROLE_TRAINEE, "/documents/1/title", "title=For+sent&version=1");
    CHECK(r->status == 409 && pt_has(r, "For sent") && !pt_has(r, "<script>alert"));
    static const char *const pages[] = {"/documents", "/documents/1", "/documents/1/share", "/documents/1/comments", "/documents/1/history", "/documents/1/print", "/"};
    for (size_t i = 0; i < COUNT(pages); i++) {
        r = pt_get(&t, ROLE_TRAINEE, pages[i]);
        CHECK(r->status == 200 && !pt_has(r, "<script>alert") && pt_has(r, "&lt;script&gt;alert"));
    }
    static const char *const posts[] = {"/title", "/archive", "/delete", "/undelete", "/share", "/restore"};
    for (size_t i = 0; i < COUNT(posts); i++) {
        CHECK_INT(pt_post_as(&t, other, path(1, posts[i]), "version=2&title=x&at=1")->status, 404);
        int mentor = pt_post(&t, ROLE_MENTOR, path(1, posts[i]), "version=2&title=x&at=1")->status;
        CHECK(mentor == 404 || mentor == 403);
    }
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/1/archive", "archived=1&version=1")->status, 409);
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/documents/1/archive", "archived=1&version=2"), "/documents/1"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents/1"), "data-right=\"comment\""));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents"), "Arkivert (1)"));
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/documents/1/archive", "archived=0&version=3"), "/documents/1"));
    r = pt_post(&t, ROLE_TRAINEE, "/documents/1/delete", "version=4");
    CHECK(pt_went(r, "/documents"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, arena_cstr(t.a, pt_location(r))), "Angre slettingen"));
    CHECK_INT(pt_get(&t, ROLE_TRAINEE, "/documents/1")->status, 404);
    CHECK_INT(pt_get(&t, ROLE_MENTOR, "/documents/1")->status, 404);
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents"), "Slettet de siste 30 dagene (1)"));
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, "/documents/1/undelete", ""), "/documents/1"));
    CHECK(pt_went(pt_post(&t, ROLE_MENTOR, "/documents/1/leave", ""), "/documents"));
    CHECK_INT(pt_get(&t, ROLE_MENTOR, "/documents/1")->status, 404);
}

static void advertisement(void)
{
    struct req *r = pt_post(&t, ROLE_TRAINEE, "/documents/new", "choice=ad-0&title=Annonse");
    int64_t id = made(r);
    CHECK(pt_went(r, path(id, "/ad"))); /* the advertisement comes next */
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, path(id, "")), "Lim inn annonsen"));
    r = pt_post(&t, ROLE_TRAINEE, path(id, "/ad"), "employer=Apoteket&url=javascript:alert(1)&deadline_on=99.1.2027&text=Vi+trenger");
    CHECK(r->status == 422 && pt_has(r, "id=\"url-e\"") && pt_has(r, "id=\"deadline_on-e\"") && pt_has(r, "Vi trenger"));
    int64_t version = 1;
    r = pt_get(&t, ROLE_TRAINEE, path(id, "/ad"));
    version = pt_has(r, "name=\"version\" value=\"0\"") ? 0 : 1;
    const char *ok = arena_fmt(t.a, "employer=Apoteket&url=https://x.example/1&deadline_on=1.2.2031&text=%s&version=%lld", HOSTILE, (long long)version).p;
    CHECK(pt_went(pt_post(&t, ROLE_TRAINEE, path(id, "/ad"), ok), path(id, "")));
    r = pt_get(&t, ROLE_TRAINEE, path(id, ""));
    CHECK(pt_has(r, "Apoteket") && pt_has(r, "href=\"https://x.example/1\" rel=\"nofollow noopener\"") && !pt_has(r, "<script>alert") && pt_has(r, "2031"));
    r = pt_post(&t, ROLE_TRAINEE, path(id, "/ad"), ok); /* the old page once more */
    CHECK(r->status == 409 && pt_has(r, "Det som er lagret"));
    CHECK_INT(pt_get(&t, ROLE_MENTOR, path(id, "/ad"))->status, 404);
    CHECK_INT(pt_post_as(&t, other, path(id, "/ad"), ok)->status, 404);
}

static void minutes(void)
{
    struct meeting_row m = {.mentorship_id = d.mentorship_id, .theme = 2, .at = t.now - TM_DAY_MS, .minutes = 60};
    PT_MUST(meeting_insert(t.db, &m, &m.id));
    const char *meeting = arena_fmt(t.a, "/meetings/%lld", (long long)m.id).p, *form = arena_fmt(t.a, "choice=minutes-0&meeting=%lld", (long long)m.id).p;
    CHECK(pt_has(pt_get(&t, ROLE_MENTOR, meeting), "Skriv referat som delt dokument"));
    CHECK(!pt_has(pt_get(&t, ROLE_PROJECT_LEADER, meeting), "Skriv referat som delt dokument")); /* the talk is theirs */
    int64_t id = make(ROLE_MENTOR, form);
    CHECK_INT(made(pt_post(&t, ROLE_TRAINEE, "/documents/new", form)), id); /* one for both */
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, meeting), "Åpne det delte referatet"));
    CHECK(pt_has(pt_get(&t, ROLE_MENTOR, path(id, "")), "data-right=\"write\""));
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, path(id, ""))->status, 404);
    CHECK(pt_went(pt_post(&t, ROLE_MENTOR, path(id, "/title"), "title=Fra+mentoren&version=1"), path(id, "")));
    CHECK_INT(pt_post(&t, ROLE_PROJECT_LEADER, "/documents/new", form)->status, 404);
}

static void for_a_trainee(void)
{
    int64_t id = make(ROLE_MENTOR, arena_fmt(t.a, "choice=letter-0&title=Brev&for=%lld", (long long)d.participant_id).p);
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents?q=brev"), "Nytt for deg"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, path(id, "")), "/delete")); /* hers */
    CHECK(pt_has(pt_get(&t, ROLE_MENTOR, path(id, "")), "data-right=\"write\""));
    t.now += 1000;
    struct req *r = pt_get(&t, ROLE_TRAINEE, "/documents?q=brev");
    CHECK(pt_has(r, "Brev") && !pt_has(r, "Nytt for deg"));
    CHECK(pt_has(pt_get(&t, ROLE_TRAINEE, "/documents?q=finnesikke"), "Ingen dokumenter passer"));
    CHECK_INT(pt_get(&t, ROLE_TRAINEE, arena_fmt(t.a, "/documents?q=%s", letters(3000)).p)->status, 200);
    CHECK(!pt_has(pt_get(&t, ROLE_TRAINEE, "/documents?q=" HOSTILE), "<script>alert"));
}

static void templates(void)
{
    struct req *r = pt_get(&t, ROLE_PROJECT_LEADER, "/settings/documents");
    CHECK(r->status == 200 && pt_has(r, "Dere har ingen egne maler ennå"));
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/settings/documents/new?kind=cv"), "Arbeidserfaring"));
    r = pt_post(&t, ROLE_PROJECT_LEADER, "/settings/documents/new", "kind=cv&lang=xx&title=&text=Beholdes");
    CHECK(r->status == 422 && pt_has(r, "Beholdes") && pt_has(r, "id=\"lang-e\"") && pt_has(r, "id=\"title-e\""));
    r = pt_post(&t, ROLE_PROJECT_LEADER, "/settings/documents/new", "kind=cv&lang=nb&title=&text=**Fet**&preview=1");
    CHECK(r->status == 200 && pt_has(r, "<strong>Fet</strong>")); /* only looked at */
    CHECK(pt_has(pt_get(&t, ROLE_PROJECT_LEADER, "/settings/documents"), "Dere har ingen egne maler ennå"));
    CHECK(pt_went(pt_post(&t, ROLE_PROJECT_LEADER, "/settings/documents/new", "kind=free&lang=nb&title=Vår&text=%23+" HOSTILE), "/settings/documents"));
    CHECK(pt_has(pt_get(&t, ROLE_ADMINISTRATOR, "/settings/documents/1"), "Vår"));
    int64_t id = make(ROLE_TRAINEE, "choice=free-1&title=");
    r = pt_get(&t, ROLE_TRAINEE, path(id, ""));
    CHECK(pt_has(r, "<h2 dir=\"auto\">&lt;script&gt;alert(1)") && !pt_has(r, "<script>alert"));
    r = pt_post(&t, ROLE_PROJECT_LEADER, "/settings/documents/1", "kind=free&lang=nb&title=Sen&text=x&version=9");
    CHECK(r->status == 409 && pt_has(r, "Sen") && pt_has(r, "Vår"));
    CHECK(pt_went(pt_post(&t, ROLE_PROJECT_LEADER, "/settings/documents/1", "kind=free&lang=nb&title=Ny&text=x&version=1"), "/settings/documents"));
    CHECK(pt_went(pt_post(&t, ROLE_PROJECT_LEADER, "/settings/documents/1/end", "version=1"), "/settings/documents/1")); /* look again first */
    CHECK(pt_went(pt_post(&t, ROLE_PROJECT_LEADER, "/settings/documents/1/end", "version=2"), "/settings/documents"));
    CHECK_INT(pt_post(&t, ROLE_TRAINEE, "/documents/new", "choice=free-1")->status, 422); /* no longer offered */
    CHECK_INT(pt_get(&t, ROLE_PROJECT_LEADER, "/settings/documents/99")->status, 404);
    CHECK_INT(pt_get(&t, ROLE_TRAINEE, "/settings/documents")->status, 403);
    CHECK_INT(pt_post(&t, ROLE_MENTOR, "/settings/documents/new", "kind=cv&lang=nb&title=a&text=b")->status, 403);
}

/* The renderer by itself: what no template can bring about. */
static void rendering(void)
{
    struct view v = {.a = t.a, .lang = LANG_NB};
    struct buf o = {0};
    struct rich *doc = rich_new(t.a, RICH_DOC), *p = rich_add(doc, rich_new(t.a, RICH_PARAGRAPH));
    p->align = RICH_CENTER;
    struct rich *run = rich_text(t.a, p, STR("a<b"), RICH_BOLD);
    run->comment = STR("m\"1 m2");
    run->href = STR("https://x.example/?a=1&b=2");
    struct rich *bad = rich_text(t.a, p, STR("js"), 0);
    bad->href = STR("javascript:alert(1)");
    struct rich *own = rich_text(t.a, p, STR("own"), RICH_DELETED);
    own->href = STR("/logout");
    own->suggestion = STR("s1");
    struct rich *deep = doc;
    for (int i = 0; i < 500; i++) /* deeper than any reader makes it */
        deep = rich_add(deep, rich_new(t.a, RICH_QUOTE));
    struct rich *table = rich_add(doc, rich_new(t.a, RICH_TABLE)), *row = rich_add(table, rich_new(t.a, RICH_ROW)), *cell = rich_add(row, rich_new(t.a, RICH_CELL));
    cell->header = true;
    cell->colspan = 1000000;
    struct rich *list = rich_add(doc, rich_new(t.a, RICH_BULLETS)), *item = rich_add(list, rich_new(t.a, RICH_ITEM));
    rich_text(t.a, rich_add(item, rich_new(t.a, RICH_PARAGRAPH)), STR("العربية"), 0);
    html_rich(&o, &v, doc);
    struct str s = arena_str(t.a, buf_view(&o));
    buf_free(&o);
    CHECK(md_in(s, "<ul dir=\"rtl\"><li dir=\"rtl\"><p dir=\"auto\">"));
    CHECK(md_in(s, "<p dir=\"auto\" class=\"sb-align-center\"><mark data-comment=\"m&quot;1 m2\"><a rel=\"nofollow noopener\" href=\"https://x.example/?a=1&amp;b=2\"><strong>a&lt;b</strong></a></mark>"));
    CHECK(!md_in(s, "javascript:") && !md_in(s, "/logout"));
    CHECK(md_in(s, "<del data-suggestion=\"s1\"><span class=\"ds-sr-only\">Fjernet: </span>own</del>"));
    CHECK(md_in(s, "<th dir=\"ltr\" scope=\"col\" colspan=\"100\">"));
    html_rich(&o, &v, NULL);
    CHECK_INT(o.n, 0);
    buf_free(&o);
}

int main(void)
{
    t = pt_start();
    d = md_start(&t);
    other = pt_add(&t, ROLE_TRAINEE, "annen@example.no", "Annen Trainee");
    other_mentor = pt_add(&t, ROLE_MENTOR, "annenmentor@example.no", "Annen Mentor");
    md_pair(&t, d.cohort_id, md_participant(&t, "Yusuf", "Ali", other.account_id, INTAKE_ADMITTED), md_mentor(&t, "Ola", "Vik", other_mentor.account_id));
    making();
    reading();
    sharing();
    commenting();
    history();
    whole();
    advertisement();
    minutes();
    for_a_trainee();
    templates();
    rendering();
    pt_end(&t);
    return test_end();
}
