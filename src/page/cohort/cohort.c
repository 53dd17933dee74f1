/* cohort.c: the list of cohorts and the page of one. */
#include "page/cohort/cohort.h"
#include "gen/cohort.html.h"
#include "gen/cohorts.html.h"

struct str cohort_lead(const struct view *v, const struct cohort_card *card)
{
    if (!card->row.admitted)
        return card->row.start_on > v->today ? TF("Starter {1}.", DATE(card->row.start_on)) : TF("Startet {1}.", DATE(card->row.start_on));
    struct str who = TN("{1} trainee", "{1} trainees", card->row.admitted);
    if (card->row.start_on > v->today)
        return TF("{1}. Starter {2}.", who, DATE(card->row.start_on));
    return TF("{1}. Startet {2}.", who, DATE(card->row.start_on));
}

bool cohort_unmatched(const struct cohort_view *x)
{
    for (size_t i = 0; i < x->n_members; i++)
        if (x->members[i].s.row.status == TRAINEE_ACTIVE && x->members[i].s.facts.pair == PAIR_NONE)
            return true;
    return false;
}

size_t cohort_attention_count(const struct cohort_view *x)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n_members; i++)
        if (x->members[i].s.n_attention && x->members[i].s.attention[0].severity != SEVERITY_INFO)
            n++;
    return n;
}

const char *cohort_event(struct str kind)
{
    static const struct {
        const char *kind, *text;
    } words[] = {
        {"cohort.made", N_("Puljen ble laget")},
        {"cohort.changed", N_("Navn, start eller plasser ble endret")},
        {"cohort.closed", N_("Puljen ble avsluttet")},
        {"cohort.reopened", N_("Puljen ble åpnet igjen")},
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(kind, words[i].kind))
            return words[i].text;
    return N_("Endret");
}

/* GET /cohorts */
enum err cohorts_page(struct page *p)
{
    struct cohort_card *cards;
    size_t n;
    bool more;
    struct cohort_row after = {.id = page_query_int(p, "after", 0), .start_on = (int)page_query_int(p, "start", 0)};
    bool first = after.id <= 0;
    TRY(cohort_list(&p->c, first ? NULL : &after, &cards, &n, &more));
    html_cohorts(p->o, &p->v, cards, n, more, first, p->c.actor->role == ROLE_PROJECT_LEADER);
    return OK;
}

/* GET /cohorts/:id */
enum err cohort_page(struct page *p)
{
    int64_t id;
    struct cohort_view x;
    TRY(page_id(p, "id", &id));
    TRY(cohort_open(&p->c, id, &x));
    html_cohort(p->o, &p->v, &x);
    return OK;
}
