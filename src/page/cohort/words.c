/* words.c: cohorts and trainees in words. */
#include "page/cohort/cohort.h"
#include "base/tm.h"
#include "domain/field.h"
#include "domain/match.h"
#include "service/attention.h"

struct str person_name(const struct view *v, struct str first, struct str last)
{
    struct str parts[2] = {first, last};
    return arena_join(v->a, parts, last.n ? 2 : 1, STR(" "));
}

struct str cohort_results(const struct view *v, const struct cohort_card *card)
{
    const struct cohort_row *r = &card->row;
    struct str part[4];
    size_t n = 0;
    if (r->completed)
        part[n++] = TF("{1} fullført", I(r->completed));
    if (r->field_jobs)
        part[n++] = TF("{1} i fagrelevant jobb", I(r->field_jobs));
    if (r->on_leave)
        part[n++] = TF("{1} i permisjon", I(r->on_leave));
    if (r->ended)
        part[n++] = TF("{1} sluttet før tiden", I(r->ended));
    return arena_join(v->a, part, n, STR(", "));
}

const char *cohort_phase_color(enum cohort_phase phase)
{
    static const char *const colors[COHORT_PHASE_N + 1] = {
        [COHORT_ADMISSION] = "info", [COHORT_MATCHING] = "info", [COHORT_MENTORING] = "success",
        [COHORT_TO_WORK] = "success", [COHORT_ENDING] = "warning", [COHORT_DONE] = "neutral",
    };
    return colors[phase];
}

static struct str when_of(const struct view *v, struct cohort_span s)
{
    if (s.from_on && s.until_on) {
        struct str from = text_month(v->a, v->lang, s.from_on), until = text_month(v->a, v->lang, s.until_on);
        return str_eq(from, until) ? from : TF("{1} til {2}", from, until);
    }
    if (s.from_on)
        return TF("fra {1}", text_month(v->a, v->lang, s.from_on));
    return s.until_on ? TF("til {1}", text_month(v->a, v->lang, s.until_on)) : STR("");
}

struct phase *cohort_phases(const struct view *v, const struct cohort_card *card)
{
    struct phase *p = ARENA_ARRAY(v->a, struct phase, COHORT_PHASE_N);
    for (enum cohort_phase i = COHORT_ADMISSION; i < COHORT_PHASE_N; i++)
        p[i] = (struct phase){S(T(cohort_phase_names[i])), when_of(v, cohort_span(&card->facts, i)),
                              i < card->phase ? PHASE_DONE : i == card->phase ? PHASE_NOW : PHASE_NEXT};
    return p;
}

struct str field_words(const struct view *v, struct str code, struct str text)
{
    int field = field_code(code);
    return field ? S(T(field_name(field))) : text;
}

struct standing_word standing_word(const struct standing *s)
{
    switch (s->row.status) {
    case TRAINEE_COMPLETED:
        return (struct standing_word){"success", N_("Fullført")};
    case TRAINEE_ENDED:
        return (struct standing_word){"neutral", N_("Sluttet")};
    case TRAINEE_ACTIVE:
    case TRAINEE_ON_LEAVE:
        break;
    }
    if (s->clock.on_leave || s->row.status == TRAINEE_ON_LEAVE)
        return (struct standing_word){"info", N_("I permisjon")};
    if (s->n_attention && s->attention[0].severity == SEVERITY_NOW)
        return (struct standing_word){"danger", attention_names[s->attention[0].kind].name};
    if (s->n_attention && s->attention[0].severity == SEVERITY_SOON)
        return (struct standing_word){"warning", attention_names[s->attention[0].kind].name};
    if (s->facts.pair != PAIR_ACTIVE && s->row.match_id && match_status_names[s->row.match_status].open)
        return (struct standing_word){"info", match_status_names[s->row.match_status].name};
    if (s->facts.pair == PAIR_NONE)
        return (struct standing_word){"info", N_("Uten mentor")};
    return (struct standing_word){"success", N_("I rute")};
}

struct str meetings_text(const struct view *v, const struct standing *s)
{
    return TF("{1} av {2} møter holdt", I(s->facts.meetings_held), I(s->settings.meetings));
}

struct str when_short(const struct view *v, int64_t at)
{
    int on = tm_on_of(at);
    if (on >= v->today && on <= v->today + 1)
        return TF("{1} {2}", DAY(on), TIME(at));
    return TF("{1} {2} {3}", text_day_short(v->a, v->lang, on), text_month_short(v->a, v->lang, on), TIME(at));
}

struct str attention_title(const struct view *v, const struct standing *s)
{
    return TF("{1}: {2}", person_name(v, s->row.first_name, s->row.last_name), S(T(attention_names[s->attention[0].kind].name)));
}

struct url attention_url(const struct view *v, int64_t trainee_id)
{
    return url_make(arena_fmt(v->a, "/trainees/%lld", (long long)trainee_id));
}

const char *attention_icon(enum attention_kind kind)
{
    switch (kind) {
    case ATTENTION_NO_MINUTES:
        return "FileText";
    case ATTENTION_TASKS_OVERDUE:
        return "Tasklist";
    case ATTENTION_MATCH_NOT_ASKED:
    case ATTENTION_MATCH_UNANSWERED:
        return "Handshake";
    case ATTENTION_NOT_SIGNED:
        return "PencilLine";
    case ATTENTION_NO_FIRST_MEETING:
    case ATTENTION_NO_NEXT_MEETING:
    case ATTENTION_MIDWAY_DUE:
    case ATTENTION_FINAL_DUE:
        return "Calendar";
    case ATTENTION_NO_MEETING:
    case ATTENTION_PAST_END:
        return "ExclamationmarkTriangle";
    case ATTENTION_OFFER_UNANSWERED:
    case ATTENTION_LEAVE_OVER:
        return "Hourglass";
    case ATTENTION_N:
        break;
    }
    return "Bell";
}
