#include "page_test.h"
#include "domain/register.h"
#include "model/participant.h"
#include "model/screening.h"

static int64_t add(struct pt *t, const char *reference, const char *first, const char *last, int64_t adviser)
{
    int64_t id;
    struct participant_row p = {.organisation_id = t->organisation_id, .reference = str_c(reference), .first_name = str_c(first),
                                .last_name = str_c(last), .lang = STR("nb"), .experience_years = -1, .adviser_id = adviser, .track = 3,
                                .email = STR("deltaker@example.no"), .created_at = t->now, .updated_at = t->now, .stage_at = t->now};
    PT_MUST(participant_insert(t->db, t->a, &p, &id));
    return id;
}

static struct participant_row get(struct pt *t, int64_t id)
{
    struct participant_row p;
    PT_MUST(participant_get(t->db, t->a, id, &p));
    return p;
}

static struct req *post_to(struct pt *t, enum role role, const char *form, const char *path, int64_t id)
{
    return pt_post(t, role, arena_fmt(t->a, path, (long long)id).p, form);
}
static struct req *get_at(struct pt *t, enum role role, const char *path, int64_t id)
{
    return pt_get(t, role, arena_fmt(t->a, path, (long long)id).p);
}

static void test_list(struct pt *t)
{
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/participants");
    CHECK(r->status == 200 && pt_has(r, "Ingen deltakere ennå"));
    int64_t own = add(t, "A-1", "Amal", "Haddad", t->who[ROLE_ADVISER].account_id);
    add(t, "A-2", "Åse", "Ødegård", 0);
    add(t, "A-3", "Reza", "Zahedi", 0);
    r = pt_get(t, ROLE_PROJECT_LEADER, "/participants");
    CHECK(r->status == 200 && pt_has(r, "Amal Haddad") && pt_has(r, "Åse Ødegård") && pt_has(r, "3 deltakere"));
    const char *z = memmem(r->body.p, r->body.n, "Zahedi", 6), *oe = memmem(r->body.p, r->body.n, "Ødegård", strlen("Ødegård"));
    CHECK(z && oe && z < oe); /* ø stands after z */
    r = pt_get(t, ROLE_ADVISER, "/participants");
    CHECK(pt_has(r, "Amal Haddad") && !pt_has(r, "Zahedi")); /* only the own */
    r = pt_get(t, ROLE_NAV_CONTACT, "/participants");
    CHECK(r->status == 200 && !pt_has(r, "Haddad"));
    CHECK_INT(pt_get(t, ROLE_TRAINEE, "/participants")->status, 403);
    CHECK_INT(pt_get(t, ROLE_MENTOR, "/participants")->status, 403);
    static const struct {
        const char *query, *has, *not;
    } cases[] = {
        {"?q=ama", "Amal Haddad", "Zahedi"},        /* the beginning of a first name */
        {"?q=odeg", "Åse Ødegård", "Haddad"},       /* without marks */
        {"?q=a-3", "Zahedi", "Haddad"},             /* a reference */
        {"?q=reza+zahe", "Zahedi", "Haddad"},       /* two words */
        {"?q=reza+hadd", "Ingen passer", "A-1"},    /* both must fit */
        {"?stage=listed", "Haddad", "Ingen passer"},
        {"?stage=invited", "Ingen passer", "Haddad"},
        {"?track=3&sort=criteria", "Haddad", "Ingen passer"},
        {"?track=2", "Ingen passer", "Haddad"},
        {"?sort=settled&stage=listed", "Haddad", "Ingen passer"},
        {"?q=%25", "Ingen passer", "Haddad"},       /* no wildcard */
        {"?stage=nonsense&track=99&after=-4&sort=x", "Haddad", "Ingen passer"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        r = pt_get(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/participants%s", cases[i].query).p);
        bool ok = r->status == 200 && pt_has(r, cases[i].has) && !pt_has(r, cases[i].not);
        if (!ok)
            printf("# %s\n", cases[i].query);
        CHECK(ok);
    }
    CHECK_INT(get_at(t, ROLE_ADVISER, "/participants/%lld", own)->status, 200);
    CHECK_INT(get_at(t, ROLE_ADVISER, "/participants/%lld", own + 1)->status, 404);
    CHECK_INT(get_at(t, ROLE_NAV_CONTACT, "/participants/%lld", own)->status, 404);
    CHECK_INT(get_at(t, ROLE_PROJECT_LEADER, "/participants/%lld", 99999)->status, 404);
}

/* However many they are, the first page has people on it, and nobody counts them. */
static void test_erased(struct pt *t)
{
    static const char many[] = "INSERT INTO participant (organisation_id, reference, first_name, last_name, sort_name, stage, track, created_at, updated_at)"
                               " WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < %d)"
                               " SELECT %lld, '%s-' || CAST(n AS TEXT), '%s', 'person', '%s', 9, 1, 1, 1 FROM k";
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/participants?stage=admitted");
    CHECK(r->status == 200 && pt_has(r, "Ingen passer"));
    PT_MUST(db_script(t->db, arena_fmt(t->a, many, PARTICIPANT_SCAN + 200, (long long)t->organisation_id, "S", "Slettet", ERASED_SORT).p));
    PT_MUST(db_script(t->db, arena_fmt(t->a, many, 2, (long long)t->organisation_id, "L", "Levende", "levende person").p));
    static const char *const lists[] = {"?stage=admitted", "?track=1", "?stage=admitted&track=1"};
    for (size_t i = 0; i < COUNT(lists); i++) {
        r = pt_get(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/participants%s", lists[i]).p);
        CHECK(r->status == 200 && pt_has(r, "Levende person") && !pt_has(r, "Slettet person") && pt_has(r, "2 deltakere"));
    }
    r = pt_get(t, ROLE_PROJECT_LEADER, "/participants");
    CHECK(pt_has(r, "deltakere") && !pt_has(r, "Slettet person") && !pt_has(r, "Minst"));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/participants?sort=settled&stage=admitted");
    CHECK(pt_has(r, "Levende person") && !pt_has(r, "Slettet person")); /* the newest of those of whom it is not known */
    PT_MUST(db_script(t->db, arena_fmt(t->a, many, PARTICIPANT_COUNT_MAX, (long long)t->organisation_id, "M", "Mange", "mange person").p));
    for (size_t i = 0; i < COUNT(lists); i++)
        CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "/participants%s", lists[i]).p), "Minst 1\u00a0000 deltakere"));
}

static void test_pages(struct pt *t)
{
    for (int i = 0; i < 130; i++)
        add(t, arena_fmt(t->a, "P-%03d", i).p, "Per", arena_fmt(t->a, "Blad%03d", i).p, 0);
    static const char *const sorts[] = {"name", "criteria", "settled"};
    for (size_t s = 0; s < COUNT(sorts); s++) {
        int seen = 0, pages = 0;
        struct str path = arena_fmt(t->a, "/participants?stage=listed&sort=%s", sorts[s]);
        while (path.n && pages < 10) {
            struct req *r = pt_get(t, ROLE_PROJECT_LEADER, path.p);
            CHECK_INT(r->status, 200);
            pages++;
            for (const char *at = r->body.p; (at = memmem(at, (size_t)(r->body.p + r->body.n - at), "sb-initials", 11)) != NULL; at++)
                seen++;
            const char *from = memmem(r->body.p, r->body.n, "<main", 5); /* the language menu above has the page's own "after=" */
            const char *next = from ? memmem(from, (size_t)(r->body.p + r->body.n - from), "after=", 6) : NULL;
            path = next ? arena_fmt(t->a, "/participants?stage=listed&sort=%s&after=%lld", sorts[s], strtoll(next + 6, NULL, 10)) : STR("");
        }
        CHECK_INT(pages, 3);
        CHECK_INT(seen - pages, 133); /* one on each page is the reader's own, in the menu */
    }
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/participants");
    CHECK(pt_has(r, "133 deltakere") && !pt_has(r, "Blad099")); /* a page has fifty */
}

static void test_person(struct pt *t)
{
    int64_t id = add(t, "B-1", "Olena", "Kovalenko", t->who[ROLE_ADVISER].account_id);
    struct req *r = get_at(t, ROLE_PROJECT_LEADER, "/participants/%lld", id);
    CHECK(r->status == 200 && pt_has(r, "Olena Kovalenko") && pt_has(r, "Kriterier") && pt_has(r, "Lagre avgjørelsen"));
    r = get_at(t, ROLE_ADVISER, "/participants/%lld", id);
    CHECK(r->status == 200 && !pt_has(r, "Lagre avgjørelsen") && pt_has(r, "Skriv en anbefaling"));

    /* judging a criterion */
    r = post_to(t, ROLE_ADVISER, "criterion=motivated&verdict=met&note=Snakket+sammen", "/participants/%lld/criteria", id);
    CHECK_INT(r->status, 303);
    r = get_at(t, ROLE_ADVISER, "/participants/%lld", id);
    CHECK(pt_has(r, "Programrådgiver har vurdert dette: ja.") && pt_has(r, "Snakket sammen"));
    int before = get(t, id).criteria_sort;
    r = post_to(t, ROLE_PROJECT_LEADER, "criterion=motivated&verdict=not_met", "/participants/%lld/criteria", id);
    CHECK(r->status == 303 && get(t, id).criteria_sort < before); /* the leader's word goes before */
    r = post_to(t, ROLE_ADVISER, "criterion=motivated&note=beholdt", "/participants/%lld/criteria", id);
    CHECK(r->status == 422 && pt_has(r, "beholdt"));
    CHECK_INT(post_to(t, ROLE_ADVISER, "criterion=nothing&verdict=met", "/participants/%lld/criteria", id)->status, 400);
    CHECK_INT(post_to(t, ROLE_NAV_CONTACT, "criterion=motivated&verdict=met", "/participants/%lld/criteria", id)->status, 403);

    /* recommending */
    r = post_to(t, ROLE_ADVISER, "verdict=yes&reason=", "/participants/%lld/recommendation", id);
    CHECK(r->status == 422 && get(t, id).stage == INTAKE_LISTED);
    r = post_to(t, ROLE_ADVISER, "verdict=yes&reason=Sterk+%3Cb%3Ekandidat%3C%2Fb%3E", "/participants/%lld/recommendation", id);
    CHECK(r->status == 303 && get(t, id).stage == INTAKE_RECOMMENDED);
    r = get_at(t, ROLE_PROJECT_LEADER, "/participants/%lld", id);
    CHECK(pt_has(r, "Sterk &lt;b&gt;kandidat") && !pt_has(r, "<b>kandidat"));
    r = post_to(t, ROLE_ADVISER, "verdict=not_yet&reason=Vil+vente", "/participants/%lld/recommendation", id);
    CHECK(r->status == 303 && get(t, id).stage == INTAKE_LISTED);

    /* gaps */
    r = post_to(t, ROLE_ADVISER, "requirement=Autorisasjon&gap=Mangler+kurs", "/participants/%lld/gaps", id);
    CHECK_INT(r->status, 303);
    struct gap_row *gaps;
    size_t n;
    PT_MUST(gap_of(t->db, t->a, id, &gaps, &n));
    CHECK_INT(n, 1);
    struct str close = arena_fmt(t->a, "/participants/%lld/gaps/%lld/close", (long long)id, (long long)gaps[0].id);
    CHECK_INT(pt_post(t, ROLE_ADVISER, close.p, "")->status, 303);
    CHECK_INT(pt_post(t, ROLE_ADVISER, close.p, "")->status, 404); /* closed already */
    CHECK_INT(post_to(t, ROLE_ADVISER, "requirement=&gap=tekst+som+blir", "/participants/%lld/gaps", id)->status, 422);
}

static void test_decision(struct pt *t)
{
    int64_t id = add(t, "C-1", "Li", "Sen", t->who[ROLE_ADVISER].account_id);
    CHECK_INT(post_to(t, ROLE_ADVISER, "stage=listed&act=invite&reason=x", "/participants/%lld/decision", id)->status, 403);
    struct req *r = post_to(t, ROLE_PROJECT_LEADER, "stage=listed&act=invite&reason=", "/participants/%lld/decision", id);
    CHECK(r->status == 422 && get(t, id).stage == INTAKE_LISTED); /* every decision has a reason */
    r = post_to(t, ROLE_PROJECT_LEADER, "stage=listed&act=offer&reason=x", "/participants/%lld/decision", id);
    CHECK_INT(r->status, 422); /* not a decision of screening */
    r = post_to(t, ROLE_PROJECT_LEADER, "stage=listed&act=not_now&reason=Norsk+f%C3%B8rst", "/participants/%lld/decision", id);
    CHECK(r->status == 303 && get(t, id).stage == INTAKE_NOT_NOW);
    r = post_to(t, ROLE_PROJECT_LEADER, "stage=listed&act=invite&reason=for+sent", "/participants/%lld/decision", id);
    CHECK(r->status == 409 && pt_has(r, "Noen andre har endret dette") && pt_has(r, "for sent")); /* what was typed stays */
    r = post_to(t, ROLE_PROJECT_LEADER, "stage=not_now&act=resume&reason=Har+l%C3%A6rt+mer", "/participants/%lld/decision", id);
    CHECK(r->status == 303 && get(t, id).stage == INTAKE_LISTED);
    r = post_to(t, ROLE_PROJECT_LEADER, "stage=listed&act=invite&reason=Klar", "/participants/%lld/decision", id);
    CHECK(r->status == 303 && get(t, id).stage == INTAKE_INVITED);
    r = get_at(t, ROLE_PROJECT_LEADER, "/participants/%lld", id);
    CHECK(pt_has(r, "Invitasjon sendt på e-post"));
    CHECK(pt_has(r, "Invitert til å søke") && pt_has(r, "Norsk først") && pt_has(r, "Test project-leader"));
    int64_t none = add(t, "C-2", "Uten", "Epost", 0);
    struct participant_row p = get(t, none);
    p.email = STR("");
    PT_MUST(participant_update(t->db, t->a, &p));
    r = post_to(t, ROLE_PROJECT_LEADER, "stage=listed&act=invite&reason=Klar", "/participants/%lld/decision", none);
    CHECK(r->status == 422 && pt_has(r, "Legg inn e-postadressen") && get(t, none).stage == INTAKE_LISTED);
}

static void test_forms(struct pt *t)
{
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/participants/new");
    CHECK(r->status == 200 && pt_has(r, "Ny deltaker"));
    CHECK_INT(pt_get(t, ROLE_NAV_CONTACT, "/participants/new")->status, 403);
    r = pt_post(t, ROLE_PROJECT_LEADER, "/participants", "reference=D-1&first_name=Sara&last_name=&settled_on=32.12.2024&languages=arabisk,+klingonsk");
    CHECK(r->status == 422 && pt_has(r, "value=\"Sara\"") && pt_has(r, "value=\"32.12.2024\"") && pt_has(r, "Vi kjenner ikke alle"));
    r = pt_post(t, ROLE_PROJECT_LEADER, "/participants", "reference=D-1&first_name=Sara&last_name=Nur&settled_on=31.12.2024&languages=arabisk,+engelsk&level=master&track=3");
    CHECK_INT(r->status, 303);
    struct participant_row p;
    PT_MUST(participant_by_reference(t->db, t->a, t->organisation_id, STR("D-1"), &p));
    CHECK_STR(p.languages, "ar,en");
    CHECK(p.education_level == EDU_MASTER && p.experience_years == -1 && p.criteria_sort > 0);
    r = pt_post(t, ROLE_PROJECT_LEADER, "/participants", "reference=D-1&first_name=En&last_name=Annen");
    CHECK(r->status == 422 && pt_has(r, "er brukt på en annen"));

    r = get_at(t, ROLE_PROJECT_LEADER, "/participants/%lld/edit", p.id);
    CHECK(r->status == 200 && pt_has(r, "value=\"31.12.2024\"") && pt_has(r, "value=\"arabisk, engelsk\""));
    CHECK_INT(get_at(t, ROLE_ADVISER, "/participants/%lld/edit", p.id)->status, 404); /* not the adviser's own */
    struct str form = arena_fmt(t->a, "version=%lld&reference=D-1&first_name=Sara&last_name=Noor&block=strict", (long long)p.version);
    CHECK_INT(post_to(t, ROLE_PROJECT_LEADER, form.p, "/participants/%lld", p.id)->status, 303);
    p = get(t, p.id);
    CHECK_STR(p.last_name, "Noor");
    CHECK_INT(p.address_protection, BLOCK_STRICT);
    r = post_to(t, ROLE_PROJECT_LEADER, "version=1&reference=D-1&first_name=Sara&last_name=Gammel", "/participants/%lld", p.id);
    CHECK(r->status == 409 && pt_has(r, "Noor") && pt_has(r, "Gammel")); /* both are shown */
    CHECK_STR(get(t, p.id).last_name, "Noor");
    r = pt_get(t, ROLE_PROJECT_LEADER, "/participants?q=noor");
    CHECK(pt_has(r, "Noor") && pt_has(r, "Strengt fortrolig adresse")); /* the search knows the new name */
    r = pt_post(t, ROLE_ADVISER, "/participants", "reference=D-2&first_name=Min&last_name=Egen");
    CHECK_INT(r->status, 303);
    PT_MUST(participant_by_reference(t->db, t->a, t->organisation_id, STR("D-2"), &p));
    CHECK_INT(p.adviser_id, t->who[ROLE_ADVISER].account_id);
}

static void test_once(struct pt *t)
{
    struct req *one = pt_post(t, ROLE_PROJECT_LEADER, "/participants", "once=abcdefgh&reference=E-1&first_name=To&last_name=Ganger");
    struct req *two = pt_post(t, ROLE_PROJECT_LEADER, "/participants", "once=abcdefgh&reference=E-1&first_name=To&last_name=Ganger");
    CHECK(one->status == 303 && two->status == 303);
    CHECK(str_eq(pt_location(one), pt_location(two)));
}

static void test_screening(struct pt *t)
{
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/screening");
    CHECK(r->status == 200 && pt_has(r, "Begynn med den første"));
    CHECK_INT(pt_get(t, ROLE_ADVISER, "/screening")->status, 403);
    int64_t id = add(t, "F-1", "Først", "Iscreening", 0);
    PT_MUST(participant_set_criteria(t->db, id, 999999, 0));
    r = pt_get(t, ROLE_PROJECT_LEADER, "/screening");
    const char *first = memmem(r->body.p, r->body.n, "/screening/", 11);
    CHECK(first && strtoll(first + 11, NULL, 10) == id); /* best first */
    r = get_at(t, ROLE_PROJECT_LEADER, "/screening/%lld", id);
    CHECK(r->status == 200 && pt_has(r, "Lagre og gå til neste") && pt_has(r, "Hopp over"));
    r = post_to(t, ROLE_PROJECT_LEADER, "stage=listed&act=other_way&reason=", "/screening/%lld", id);
    CHECK_INT(r->status, 422);
    r = post_to(t, ROLE_PROJECT_LEADER, "stage=listed&act=other_way&reason=Vil+studere", "/screening/%lld", id);
    CHECK(r->status == 303 && str_starts(pt_location(r), STR("/screening/")));
    CHECK_INT(get(t, id).stage, INTAKE_OTHER_WAY);
    r = post_to(t, ROLE_PROJECT_LEADER, "stage=listed&act=invite&reason=Igjen", "/screening/%lld", id);
    CHECK_INT(r->status, 409);
}

static void test_criteria(struct pt *t)
{
    struct req *r = pt_get(t, ROLE_ADMINISTRATOR, "/settings/criteria");
    CHECK(r->status == 200 && pt_has(r, "Kriterier for opptak"));
    CHECK_INT(pt_get(t, ROLE_ADVISER, "/settings/criteria")->status, 403);
    const char *good = "refugee_weight=must&programme_weight=must&programme_threshold=4&one_year_weight=off&one_year_threshold=12&norwegian_weight=preferred"
                       "&norwegian_threshold=B2&education_weight=must&education_threshold=master&recognition_weight=preferred&motivated_weight=must"
                       "&months_weight=off&months_threshold=12";
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, "/settings/criteria", good)->status, 303);
    struct criteria_settings s;
    PT_MUST(criteria_load(t->db, t->a, t->organisation_id, &s));
    CHECK(s.of[CRITERION_PROGRAMME].threshold == 4 && s.of[CRITERION_ONE_YEAR].weight == WEIGHT_OFF && s.of[CRITERION_NORWEGIAN].threshold == CEFR_B2 &&
          s.of[CRITERION_EDUCATION].threshold == EDU_MASTER);
    r = pt_post(t, ROLE_PROJECT_LEADER, "/settings/criteria", "recognition_weight=must&programme_threshold=77");
    CHECK(r->status == 422 && pt_has(r, "77")); /* recognition is never a must; what was typed stays */
    PT_MUST(criteria_load(t->db, t->a, t->organisation_id, &s));
    CHECK_INT(s.of[CRITERION_RECOGNITION].weight, WEIGHT_PREFERRED);
}

/* A multipart form with one file, as the server hands it on. */
static struct req *upload(struct pt *t, enum role role, const char *filename, struct str data)
{
    struct str token = t->who[role].token, parts[2] = {STR("form"), token};
    struct str csrf = secret_hash_hex(t->a, arena_join(t->a, parts, 2, STR(":")));
    struct req *r = ARENA_NEW(t->a, struct req);
    PT_MUST(http_fake(t->a, "POST", "/participants/import", arena_fmt(t->a, "sb=%.*s", STR_FMT(token)).p,
                      arena_fmt(t->a, "csrf=%.*s", STR_FMT(csrf)).p, r));
    r->now = t->now;
    if (data.n) {
        r->file = ARENA_NEW(t->a, struct upload);
        *r->file = (struct upload){STR("file"), str_c(filename), data};
        r->n_file = 1;
    }
    app_inline(t->db, t->demo, r);
    pt_keep(t, r);
    return r;
}

static void test_import(struct pt *t)
{
    struct req *r = pt_get(t, ROLE_PROJECT_LEADER, "/participants/import");
    CHECK(r->status == 200 && pt_has(r, "Importer deltakere") && pt_has(r, "Utdanningsland"));
    CHECK_INT(pt_get(t, ROLE_ADVISER, "/participants/import")->status, 403);
    CHECK_INT(upload(t, ROLE_ADVISER, "x.csv", STR("Referanse;Fornavn;Etternavn\n"))->status, 403);
    r = upload(t, ROLE_PROJECT_LEADER, "x.csv", STR(""));
    CHECK(r->status == 422 && pt_has(r, "Velg en fil."));
    r = upload(t, ROLE_PROJECT_LEADER, "bilde.png", (struct str){"\x89PNG\r\n\x00\x01;\x00", 11});
    CHECK(r->status == 422 && pt_has(r, "Dette er ikke en tekstfil"));

    r = upload(t, ROLE_PROJECT_LEADER, "feil.csv", STR("Referanse;Fornavn;Etternavn;Spor\nI-1;Amal;Haddad;7\n"));
    CHECK_INT(r->status, 303);
    r = pt_get(t, ROLE_PROJECT_LEADER, arena_cstr(t->a, pt_location(r)));
    CHECK(r->status == 200 && pt_has(r, "Linje 2, kolonne D (Spor)") && !pt_has(r, "Importer 1 deltaker"));

    r = upload(t, ROLE_PROJECT_LEADER, "<b>liste.csv", STR("Nr hos oss;Fornavn;Etternavn;Spor\nI-1;Amal;Nordli;3\nI-2;Reza;Nordli;3\n"));
    CHECK_INT(r->status, 303);
    const char *look = arena_cstr(t->a, pt_location(r));
    r = pt_get(t, ROLE_PROJECT_LEADER, look);
    CHECK(r->status == 200 && pt_has(r, "Kolonnen «Referanse» mangler.") && pt_has(r, "&lt;b&gt;liste.csv"));
    CHECK_INT(pt_get(t, ROLE_ADMINISTRATOR, look)->status, 404); /* another's file */
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, look, "")->status, 409); /* cannot be imported so */
    r = pt_post(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "%s/columns", look).p, "columns=4&c0=1&c1=2&c2=3&c3=");
    CHECK(pt_went(r, look));
    r = pt_get(t, ROLE_PROJECT_LEADER, look);
    CHECK(pt_has(r, "Importer 2 deltakere") && pt_has(r, "Alle radene kan leses"));
    CHECK_INT(pt_post(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "%s/columns", look).p, "columns=4&c0=77")->status, 400);
    r = pt_post(t, ROLE_PROJECT_LEADER, look, "");
    CHECK_INT(r->status, 303);
    r = pt_get(t, ROLE_PROJECT_LEADER, arena_cstr(t->a, pt_location(r)));
    CHECK(r->status == 200 && pt_has(r, "Importen er ferdig"));
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, look)->status, 404); /* the file is gone */
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, "/participants?q=nordli"), "2 deltakere"));
    r = upload(t, ROLE_PROJECT_LEADER, "igjen.csv", STR("Referanse;Fornavn;Etternavn\nI-1;Amal;Nordli\n"));
    look = arena_cstr(t->a, pt_location(r));
    CHECK(pt_has(pt_get(t, ROLE_PROJECT_LEADER, look), "Det er ingenting å importere"));
    CHECK(pt_went(pt_post(t, ROLE_PROJECT_LEADER, arena_fmt(t->a, "%s/drop", look).p, ""), "/participants/import"));
    CHECK_INT(pt_get(t, ROLE_PROJECT_LEADER, look)->status, 404);
}

int main(void)
{
    struct pt t = pt_start();
    test_list(&t);
    test_pages(&t);
    test_person(&t);
    test_decision(&t);
    test_forms(&t);
    test_once(&t);
    test_screening(&t);
    test_criteria(&t);
    test_import(&t);
    test_erased(&t);
    pt_end(&t);
    return test_end();
}
