/* results.c: what the programme achieved: the page and its two downloads. */
#include "page/results/results.h"
#include "gen/results.html.h"
#include "page/results/results_view.h"

static const int64_t not_chosen = INT64_MIN;
/* latest: without any choice, of the last years only. from=0 is a choice: all years. */
static enum err look(struct page *p, bool latest, struct results_page *out)
{
    int64_t from = page_query_int(p, "from", not_chosen), to = page_query_int(p, "to", 0), cohort = page_query_int(p, "cohort", 0);
    struct results_filter f = {.cohort_id = cohort > 0 ? cohort : 0, .from_year = from >= 1900 && from < 2200 ? (int)from : 0,
                               .to_year = to >= 1900 && to < 2200 ? (int)to : 0, .latest = latest && from == not_chosen};
    return results_see(&p->c, f, out);
}

/* GET /results?cohort=&from=&to= */
enum err results_page(struct page *p)
{
    struct results_page found;
    TRY(look(p, true, &found));
    struct results_view x = results_view(&p->v, &found);
    html_results(p->o, &p->v, &x);
    return OK;
}

/* GET /results.csv, with the same choices */
enum err results_csv_page(struct page *p)
{
    struct results_page found;
    TRY(look(p, false, &found));
    page_download(p, "text/csv; charset=utf-8", "results.csv");
    results_csv(p->o, p->c.a, p->c.lang, &found.r);
    return OK;
}

/* GET /results.json: the same object as `springbrett report results --json` */
enum err results_json_page(struct page *p)
{
    struct results_page found;
    TRY(look(p, false, &found));
    page_download(p, "application/json", "results.json");
    results_json(p->o, &found.r);
    return OK;
}
