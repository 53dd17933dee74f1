/* words.c: mentors in words. */
#include "domain/field.h"
#include "domain/language.h"
#include "page/mentor/mentor.h"

struct str mentor_full_name(const struct view *v, const struct mentor_row *m)
{
    struct str parts[2] = {m->first_name, m->last_name};
    return arena_join(v->a, parts, 2, STR(" "));
}

struct str mentor_work(const struct view *v, const struct mentor_row *m)
{
    struct str parts[2] = {m->job_title, m->employer};
    if (!parts[0].n && occupation_code(m->occupation))
        parts[0] = S(T(occupation_name(occupation_code(m->occupation))));
    return !parts[0].n ? parts[1] : !parts[1].n ? parts[0] : arena_join(v->a, parts, 2, STR(", "));
}

struct str mentor_fields(const struct view *v, const struct mentor_row *m)
{
    int code = field_code(m->field);
    struct str parts[2] = {code ? S(T(field_name(code))) : STR(""), m->specialisation};
    return !parts[0].n ? parts[1] : !parts[1].n ? parts[0] : arena_join(v->a, parts, 2, STR(": "));
}

struct str language_names(const struct view *v, struct str codes)
{
    struct str parts[64];
    size_t n = 0, n_all;
    const struct language *all = language_all(&n_all);
    uint64_t set = language_set_parse(v->a, codes, NULL);
    for (size_t i = 0; i < n_all && n < COUNT(parts); i++)
        if (set & language_bit(all[i].code))
            parts[n++] = S(T(all[i].name));
    return arena_join(v->a, parts, n, STR(", "));
}

bool mentor_paused(const struct view *v, const struct mentor_row *m)
{
    return m->paused_until_on >= v->today;
}

struct mentor_word mentor_word(const struct view *v, const struct mentor_row *m)
{
    if (m->ended_at)
        return (struct mentor_word){"neutral", S(T("Har sluttet"))};
    if (mentor_paused(v, m))
        return (struct mentor_word){"info", TF("Pause til {1}", DATE(m->paused_until_on))};
    int left = m->capacity - m->trainees;
    if (left > 0)
        return (struct mentor_word){"success", TN("{1} ledig plass", "{1} ledige plasser", left)};
    return (struct mentor_word){"neutral", S(T("Ingen ledig plass"))};
}

const char *mentor_event(struct str kind)
{
    static const struct {
        const char *kind, *text;
    } words[] = {
        {"mentor.added", N_("Lagt inn i registeret")}, {"mentor.changed", N_("Opplysninger endret")},
        {"mentor.imported", N_("Importert fra fil")},  {"mentor.promised", N_("Lovet å holde taushet")},
        {"mentor.paused", N_("Pause")},                {"mentor.unpaused", N_("Tilbake fra pause")},
        {"mentor.ended", N_("Sluttet som mentor")},    {"mentor.returned", N_("Tilbake i registeret")},
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(kind, words[i].kind))
            return words[i].text;
    return N_("Endret");
}

struct str mentor_wishes(const struct view *v, const struct mentor_row *m)
{
    const char *sex = str_is(m->wish_sex, "female") ? T("Helst en kvinne") : str_is(m->wish_sex, "male") ? T("Helst en mann") : "";
    struct str parts[2] = {str_c(sex), m->wish_text};
    return !*sex ? m->wish_text : m->wish_text.n ? arena_join(v->a, parts, 2, STR(". ")) : parts[0];
}

bool language_common(const char *code)
{
    static const char *const common[] = {"nb", "en", "ar", "uk", "ru", "fa", "prs", "ti", "so", "tr", "es", "fr", "de", "pl"};
    for (size_t i = 0; i < COUNT(common); i++)
        if (!strcmp(code, common[i]))
            return true;
    return false;
}
