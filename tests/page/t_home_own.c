/* The start pages of adviser and NAV contact, with the handbook's people and some on their way in. */
#include "handbook.h"

static int64_t candidate(struct pt *t, const char *first, int stage, int64_t days_ago, bool left)
{
    int64_t id;
    int today = tm_on_of(t->now);
    struct participant_row p = {.organisation_id = t->organisation_id, .reference = arena_fmt(t->a, "K-%s", first), .first_name = str_c(first),
                                .last_name = STR("Kandidat"), .sex = STR("female"), .lang = STR("nb"), .field = STR("0916"), .track = 3,
                                .education_level = EDU_MASTER, .norwegian_oral = CEFR_B2, .norwegian_written = CEFR_B2,
                                .settled_on = today - 500, .programme_start_on = today - 480, .programme_end_on = left ? today - 30 : today + 200,
                                .experience_years = 5, .stage = stage, .stage_at = t->now - days_ago * TM_DAY_MS,
                                .adviser_id = t->who[ROLE_ADVISER].account_id, .nav_contact_id = t->who[ROLE_NAV_CONTACT].account_id,
                                .created_at = t->now};
    PT_MUST(participant_insert(t->db, t->a, &p, &id));
    return id;
}

int main(void)
{
    struct pt t = pt_start();
    struct req *r = pt_get(&t, ROLE_ADVISER, "/");
    CHECK(r->status == 200 && pt_has(r, "Du har ingen deltakere ennå") && pt_has(r, "/participants/new"));
    r = pt_get(&t, ROLE_NAV_CONTACT, "/");
    CHECK(r->status == 200 && pt_has(r, "Ingen er knyttet til deg ennå"));

    struct handbook h = handbook_enter(&t);
    candidate(&t, "Aster", INTAKE_LISTED, 3, false);
    candidate(&t, "Bilal", INTAKE_LISTED, 3, true);
    candidate(&t, "Celine", INTAKE_OFFERED, 20, false);
    candidate(&t, "Dina", INTAKE_APPLIED, 20, false);
    struct actor actor;
    struct ctx c = handbook_ctx(&t, &actor, h.today);
    struct outcome_fault fault = {0};
    struct outcome_row job = {.kind = OUTCOME_JOB, .from_on = h.today - 100, .until_on = h.today + 10, .percent = 100, .subsidy = SUBSIDY_WAGE,
                              .field_relevant = RELEVANT_YES, .permanent = TEMPORARY, .employer = STR("Hemmelig AS")};
    PT_MUST(outcome_save(&c, h.trainee[13], &job, &fault));

    r = pt_get(&t, ROLE_ADVISER, "/");
    CHECK(r->status == 200 && pt_has(r, "Hvem kan du anbefale?") && pt_has(r, "Aster Kandidat") && pt_has(r, "Bilal Kandidat"));
    CHECK(pt_has(r, "Celine Kandidat") && pt_has(r, "har ikke svart") && pt_has(r, "Ta kontakt"));
    CHECK(pt_has(r, "Prosjektlederen leser søknaden.")); /* what Dina waits for; nothing for the adviser to do */
    CHECK(pt_has(r, "Rania Khalil") && !pt_has(r, "Amal Haddad")); /* running ones only */
    CHECK(!pt_has(r, "Hemmelig AS"));

    r = pt_get(&t, ROLE_NAV_CONTACT, "/");
    CHECK(r->status == 200 && pt_has(r, "Kateryna Melnyk") && pt_has(r, "Jobben med tilskudd slutter") && pt_has(r, "Planlegg neste steg"));
    CHECK(pt_has(r, "Tidligere deltakere som kan passe") && pt_has(r, "Bilal Kandidat") && !pt_has(r, "Aster Kandidat"));
    CHECK(!pt_has(r, "Hemmelig AS"));

    /* Another adviser and another NAV contact see none of them. */
    struct pt_person other = pt_add(&t, ROLE_ADVISER, "annen@example.no", "En annen");
    r = pt_get_as(&t, other, "/");
    CHECK(r->status == 200 && !pt_has(r, "Kandidat") && !pt_has(r, "Rania"));
    other = pt_add(&t, ROLE_NAV_CONTACT, "nav2@example.no", "En til");
    r = pt_get_as(&t, other, "/");
    CHECK(r->status == 200 && !pt_has(r, "Kandidat") && !pt_has(r, "Rania") && !pt_has(r, "Melnyk"));
    pt_end(&t);
    return test_end();
}
