#include "domain/matching.h"
#include "base/say.h"
#include "base/utf8.h"
#include "domain/field.h"
#include "domain/language.h"
#include "domain/matching_pair.h"

enum { YEARS_FULL = 10, SAME_AGE_YEARS = 5, WORD_LETTERS = 6 };

struct matching_weights matching_defaults(void)
{
    return (struct matching_weights){
        .field = {760, 505, 250, 0},
        .occupation = 55, .specialisation = 30, .experience = 25, .seniority = 15, .network = 40,
        .place = 25, .language = 15, .trainee_wishes = 20, .mentor_wishes = 15,
        .max_distance = 2,
    };
}

static int sum_of_rest(const struct matching_weights *w)
{
    return w->occupation + w->specialisation + w->experience + w->seniority + w->network + w->place + w->language + w->trainee_wishes +
           w->mentor_wishes;
}

enum err matching_weights_check(const struct matching_weights *w, struct say *why)
{
    const int all[] = {w->field[0], w->field[1], w->field[2], w->field[3], w->occupation, w->specialisation, w->experience,
                       w->seniority, w->network, w->place, w->language, w->trainee_wishes, w->mentor_wishes};
    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i] < 0 || all[i] > 1000) {
            *why = say(N_("Hvert tall må være fra 0 til 1000."));
            return ERR_INVALID;
        }
    int rest = sum_of_rest(w);
    if (w->field[0] + rest > 1000) {
        *why = say1(N_("Til sammen gir dette {1} poeng. Det kan være høyst 1000."), SAY_I(w->field[0] + rest));
        return ERR_INVALID;
    }
    for (int d = 0; d < 3; d++)
        if (w->field[d] - w->field[d + 1] <= rest) {
            *why = say1(N_("Faget må telle mest: Hvert trinn i faget må gi mer enn alt det andre til sammen ({1} poeng)."), SAY_I(rest));
            return ERR_INVALID;
        }
    if (w->max_distance < 0 || w->max_distance > FIELD_DISTANCE_MAX) {
        *why = say(N_("Velg hvor nært faget må være."));
        return ERR_INVALID;
    }
    return OK;
}

/* ---- what is looked up once for each person ---- */

static bool is_letter(char c)
{
    unsigned char u = (unsigned char)c;
    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u == '#' || u == '+' || u >= 0x80;
}

static bool is_small_word(struct str s)
{
    static const char *const small[] = {"og", "med", "for", "som", "til", "innen", "fra", "and", "the", "with", "ved", "eller", "inkl",
                                        "mest", "saerlig", "spesielt", "fag", "erfaring", "experience"};
    for (size_t i = 0; i < COUNT(small); i++)
        if (str_is(s, small[i]))
            return true;
    return s.n < 3;
}

static void take_word(struct arena *a, struct str word, struct matching_ready *out)
{
    struct str folded = utf8_fold(a, word);
    if (is_small_word(folded) || out->n_words == MATCHING_WORDS)
        return;
    uint64_t key = 0;
    for (size_t i = 0; i < folded.n && i < WORD_LETTERS; i++)
        key = key << 8 | (unsigned char)folded.p[i];
    for (int i = 0; i < out->n_words; i++)
        if (out->words[i].key == key)
            return;
    out->words[out->n_words++] = (struct matching_word){key, word};
    out->mask |= (uint64_t)1 << (key * 0x9E3779B97F4A7C15u >> 58);
}

/* Who tells a profession but no field has the field that leads to it. */
static int own_field(int field, int work)
{
    return field_level(field) == FIELD_UNKNOWN ? work : field;
}

struct matching_ready matching_ready(struct arena *a, int field, int occupation, struct str specialisation, uint64_t languages)
{
    uint64_t english = language_bit("en");
    struct matching_ready out = {.field = field, .work = occupation_field(occupation)};
    out.home = languages & ~(english | language_bit("nb"));
    out.english = (languages & english) != 0;
    out.field = own_field(field, out.work);
    for (size_t i = 0; i < specialisation.n;) {
        size_t start = i;
        while (i < specialisation.n && is_letter(specialisation.p[i]))
            i++;
        if (i > start)
            take_word(a, (struct str){specialisation.p + start, i - start}, &out);
        else
            i++;
    }
    return out;
}

/* The fields of the occupations count as well, but never as the same field: having worked somewhere is near, not the same. */
int matching_fields_distance(int field_a, int work_a, int field_b, int work_b)
{
    int best = field_distance(field_a, field_b);
    const int others[][2] = {{field_a, work_b}, {work_a, field_b}, {work_a, work_b}};
    for (size_t i = 0; i < COUNT(others) && best > 1; i++) {
        int d = field_distance(others[i][0], others[i][1]);
        d = d < 1 ? 1 : d;
        best = d < best ? d : best;
    }
    return best;
}

/* ---- points ---- */

struct tally {
    int points;
    struct matching_reason *r;
    size_t n;
};

static void add(struct tally *y, struct matching_reason reason)
{
    y->points += reason.points;
    if (y->r)
        y->r[y->n++] = reason;
}

static void add_field(struct tally *y, const struct matching_side *s, const struct matching_weights *w)
{
    static const enum matching_code codes[] = {MATCHING_FIELD_SAME, MATCHING_FIELD_NEAR, MATCHING_FIELD_RELATED, MATCHING_FIELD_OTHER};
    const struct matching_ready *t = s->rt, *m = s->rm;
    struct matching_reason r = {.code = codes[s->distance], .points = w->field[s->distance], .of = w->field[0], .a = t->field, .b = m->field};
    if (!y->r) {
        y->points += r.points;
        return;
    }
    if (s->distance == FIELD_DISTANCE_MAX && (!t->field || !m->field))
        r.code = MATCHING_FIELD_UNKNOWN;
    else if (s->distance && field_distance(t->field, m->field) > s->distance) { /* it is the occupation that brings them near */
        if (field_distance(t->field, m->work) <= s->distance)
            r.b = m->work;
        else if (field_distance(t->work, m->field) <= s->distance)
            r.a = t->work;
        else {
            r.a = t->work;
            r.b = m->work;
        }
        if (r.a == t->field && r.a == r.b) {
            r.code = MATCHING_FIELD_WORK;
            r.a = s->m->occupation;
        }
    }
    add(y, r);
}

static void add_occupation(struct tally *y, const struct matching_side *s, const struct matching_weights *w)
{
    int d = occupation_distance(s->t->occupation, s->m->occupation);
    struct matching_reason r = {.of = w->occupation, .a = s->m->occupation};
    if (d > 2)
        return;
    r.code = d == 0 ? MATCHING_OCCUPATION_SAME : MATCHING_OCCUPATION_NEAR;
    r.points = w->occupation * (3 - d) / 3;
    add(y, r);
}

static void add_specialisation(struct tally *y, const struct matching_side *s, const struct matching_weights *w)
{
    if (!(s->rt->mask & s->rm->mask))
        return;
    int shared = 0;
    struct str text = {0};
    for (int i = 0; i < s->rt->n_words && shared < 2; i++)
        for (int j = 0; j < s->rm->n_words; j++)
            if (s->rt->words[i].key == s->rm->words[j].key) {
                text = shared++ ? text : s->rm->words[j].text;
                break;
            }
    if (shared)
        add(y, (struct matching_reason){
                   .code = MATCHING_SPECIALISATION, .points = w->specialisation * shared / 2, .of = w->specialisation, .text = text});
}

static void add_standing(struct tally *y, const struct matching_side *s, const struct matching_weights *w)
{
    static const int seniority_thirds[MATCHING_SENIORITY_N] = {0, 0, 2, 3, 3};
    int years = s->m->experience_years, own = s->t->experience_years;
    if (years >= 0) {
        int full = years < YEARS_FULL ? years : YEARS_FULL;
        bool less = years < YEARS_FULL && own > years;
        add(y, (struct matching_reason){.code = less ? MATCHING_EXPERIENCE_LESS : MATCHING_EXPERIENCE,
                                        .points = w->experience * full / YEARS_FULL / (less ? 2 : 1), .of = w->experience,
                                        .a = years, .b = less ? own : 0});
    }
    enum matching_seniority level = s->m->seniority;
    if (level > MATCHING_SENIORITY_UNKNOWN && level < MATCHING_SENIORITY_N)
        add(y, (struct matching_reason){.code = MATCHING_SENIORITY, .points = w->seniority * seniority_thirds[level] / 3,
                                        .of = w->seniority, .a = (int)level});
    int network = s->m->network < 0 ? 0 : s->m->network > 3 ? 3 : s->m->network;
    static const enum matching_code codes[] = {MATCHING_NETWORK_NONE, MATCHING_NETWORK_SOME, MATCHING_NETWORK_GOOD, MATCHING_NETWORK_WIDE};
    add(y, (struct matching_reason){.code = codes[network], .points = w->network * network / 3, .of = w->network});
}

static void add_place(struct tally *y, const struct matching_side *s, const struct matching_weights *w)
{
    int a = s->t->municipality, b = s->m->municipality;
    struct matching_reason r = {.code = MATCHING_PLACE_OTHER, .of = w->place};
    if (a <= 0 || b <= 0)
        return;
    if (a == b) {
        r.code = MATCHING_PLACE_SAME;
        r.points = w->place;
    } else if (a / 100 == b / 100) { /* the first two digits are the county */
        r.code = MATCHING_PLACE_NEAR;
        r.points = w->place * 2 / 5;
    }
    add(y, r);
}

static int first_bit(uint64_t set)
{
    return set ? __builtin_ctzll(set) : -1;
}

static void add_language(struct tally *y, const struct matching_side *s, const struct matching_weights *w)
{
    uint64_t both = s->rt->home & s->rm->home;
    if (both)
        add(y, (struct matching_reason){.code = MATCHING_LANGUAGE, .points = w->language, .of = w->language, .a = first_bit(both)});
    else if (s->rt->english && s->rm->english)
        add(y, (struct matching_reason){.code = MATCHING_LANGUAGE_ENGLISH, .points = w->language / 3, .of = w->language});
}

/* ---- wishes ---- */

struct person { /* one side as the other one's wishes see it */
    int sex, birth_year, municipality;
    uint64_t languages;
    enum matching_sector sector;
    enum matching_background background;
};
struct wisher {
    const struct matching_wishes *wishes;
    struct person own, other;
    int year, weight;
    bool by_mentor;
};
enum met { MET_NOT_WISHED, MET_YES, MET_NO, MET_UNKNOWN };

static enum met met_if(bool known, bool yes)
{
    return !known ? MET_UNKNOWN : yes ? MET_YES : MET_NO;
}

static int years(int v)
{
    return v < 0 ? 0 : v > 150 ? 150 : v;
}

static enum met age_met(const struct wisher *x)
{
    int older = x->own.birth_year - x->other.birth_year;
    bool yes = older <= SAME_AGE_YEARS && older >= -SAME_AGE_YEARS;
    if (x->wishes->age == MATCHING_OLDER)
        yes = older > SAME_AGE_YEARS;
    if (x->wishes->age == MATCHING_YOUNGER)
        yes = older < -SAME_AGE_YEARS;
    return met_if(x->own.birth_year > 0 && x->other.birth_year > 0, yes);
}

static enum met wish_met(const struct wisher *x, enum matching_wish wish, int *value)
{
    const struct matching_wishes *w = x->wishes;
    const struct person *own = &x->own, *other = &x->other;
    int age = x->year - other->birth_year;
    switch (wish) {
    case MATCHING_WISH_SEX:
        *value = w->sex;
        return !w->sex ? MET_NOT_WISHED : met_if(other->sex != 0, other->sex == w->sex);
    case MATCHING_WISH_AGE:
        *value = (int)w->age;
        return !w->age ? MET_NOT_WISHED : age_met(x);
    case MATCHING_WISH_AGE_SPAN:
        *value = years(w->age_from) * 1000 + years(w->age_to);
        return !*value ? MET_NOT_WISHED
                       : met_if(x->year > 0 && other->birth_year > 0, age >= years(w->age_from) && (w->age_to <= 0 || age <= years(w->age_to)));
    case MATCHING_WISH_LANGUAGE:
        *value = first_bit(w->languages & other->languages ? w->languages & other->languages : w->languages);
        return !w->languages ? MET_NOT_WISHED : met_if(other->languages != 0, (w->languages & other->languages) != 0);
    case MATCHING_WISH_SECTOR:
        *value = (int)w->sector;
        return !w->sector ? MET_NOT_WISHED : met_if(other->sector != 0, other->sector == w->sector);
    case MATCHING_WISH_BACKGROUND:
        *value = (int)w->background;
        return !w->background ? MET_NOT_WISHED : met_if(other->background != 0, other->background == w->background);
    case MATCHING_WISH_PLACE:
        *value = 0;
        return !w->same_place ? MET_NOT_WISHED
                              : met_if(own->municipality > 0 && other->municipality > 0, own->municipality == other->municipality);
    case MATCHING_WISH_N:
        break;
    }
    return MET_NOT_WISHED;
}

static void add_wishes(struct tally *y, const struct wisher *x)
{
    static const enum matching_code codes[] = {[MET_YES] = MATCHING_WISH_MET, [MET_NO] = MATCHING_WISH_NOT_MET, [MET_UNKNOWN] = MATCHING_WISH_UNKNOWN};
    enum met met[MATCHING_WISH_N];
    int value[MATCHING_WISH_N], stated = 0, at = 0;
    for (int k = 0; k < MATCHING_WISH_N; k++) {
        bool only_trainee = k == MATCHING_WISH_SECTOR || k == MATCHING_WISH_BACKGROUND;
        met[k] = x->by_mentor && only_trainee ? MET_NOT_WISHED : wish_met(x, (enum matching_wish)k, &value[k]);
        stated += met[k] != MET_NOT_WISHED;
    }
    for (int k = 0; k < MATCHING_WISH_N; k++) {
        if (met[k] == MET_NOT_WISHED)
            continue;
        int share = x->weight * (at + 1) / stated - x->weight * at / stated; /* together exactly the weight */
        at++;
        add(y, (struct matching_reason){.code = codes[met[k]], .points = met[k] == MET_YES ? share : 0, .of = share, .a = k, .b = value[k],
                                        .by_mentor = x->by_mentor});
    }
}

static bool has_wishes(const struct matching_wishes *w)
{
    return w->sex || w->age || w->age_from > 0 || w->age_to > 0 || w->languages || w->sector || w->background || w->same_place;
}

int matching_points(const struct matching_side *s, const struct matching_weights *w, struct matching_reason *r, size_t *n)
{
    const struct matching_trainee *t = s->t;
    const struct matching_mentor *m = s->m;
    struct tally y = {.r = r};
    add_field(&y, s, w);
    add_occupation(&y, s, w);
    add_specialisation(&y, s, w);
    add_standing(&y, s, w);
    add_place(&y, s, w);
    add_language(&y, s, w);
    if (has_wishes(&t->wishes) || has_wishes(&m->wishes)) {
        struct person trainee = {.sex = t->sex, .birth_year = t->birth_year, .municipality = t->municipality, .languages = t->languages};
        struct person mentor = {m->sex, m->birth_year, m->municipality, m->languages, m->sector, m->background};
        add_wishes(&y, &(struct wisher){&t->wishes, trainee, mentor, w->today_year, w->trainee_wishes, false});
        add_wishes(&y, &(struct wisher){&m->wishes, mentor, trainee, w->today_year, w->mentor_wishes, true});
    }
    if (n)
        *n = y.n;
    return y.points;
}

int matching_distance(const struct matching_trainee *t, const struct matching_mentor *m)
{
    int tw = occupation_field(t->occupation), mw = occupation_field(m->occupation);
    return matching_fields_distance(own_field(t->field, tw), tw, own_field(m->field, mw), mw);
}

int matching_explain(struct arena *a, const struct matching_trainee *t, const struct matching_mentor *m, const struct matching_weights *w,
                     struct matching_reason *r, size_t *n)
{
    struct matching_ready rt = matching_ready(a, t->field, t->occupation, t->specialisation, t->languages);
    struct matching_ready rm = matching_ready(a, m->field, m->occupation, m->specialisation, m->languages);
    struct matching_side s = {t, m, &rt, &rm, matching_fields_distance(rt.field, rt.work, rm.field, rm.work)};
    return matching_points(&s, w, r, n);
}

int matching_score(struct arena *a, const struct matching_trainee *t, const struct matching_mentor *m, const struct matching_weights *w)
{
    return matching_explain(a, t, m, w, NULL, NULL);
}
