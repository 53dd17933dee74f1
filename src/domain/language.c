#include "domain/language.h"
#include "base/say.h"
#include "domain/field_table.h"

static const struct language languages[] = {
    {"ak", N_("akan"), "ak|akan|twi"},
    {"sq", N_("albansk"), "sq|albansk|albanian"},
    {"am", N_("amharisk"), "am|amharisk|amharic"},
    {"ar", N_("arabisk"), "ar|arabisk|arabic|arabic levantine"},
    {"az", N_("aserbajdsjansk"), "az|aserbajdsjansk|azerbaijani|aserisk"},
    {"bn", N_("bengali"), "bn|bengali|bangla"},
    {"bs", N_("bosnisk"), "bs|bosnisk|bosnian|bosnisk kroatisk serbisk"},
    {"my", N_("burmesisk"), "my|burmesisk|burmese"},
    {"da", N_("dansk"), "da|dansk|danish"},
    {"prs", N_("dari"), "prs|dari|afghansk"},
    {"en", N_("engelsk"), "en|engelsk|english"},
    {"et", N_("estisk"), "et|estisk|estonian"},
    {"fi", N_("finsk"), "fi|finsk|finnish"},
    {"fr", N_("fransk"), "fr|fransk|french"},
    {"el", N_("gresk"), "el|gresk|greek"},
    {"gu", N_("gujarati"), "gu|gujarati"},
    {"he", N_("hebraisk"), "he|hebraisk|hebrew"},
    {"hi", N_("hindi"), "hi|hindi"},
    {"it", N_("italiensk"), "it|italiensk|italian"},
    {"ja", N_("japansk"), "ja|japansk|japanese"},
    {"kar", N_("karen"), "kar|karen"},
    {"zh", N_("kinesisk"), "zh|kinesisk|chinese|mandarin"},
    {"rw", N_("kinyarwanda"), "rw|kinyarwanda"},
    {"rn", N_("kirundi"), "rn|kirundi|rundi"},
    {"ko", N_("koreansk"), "ko|koreansk|korean"},
    {"hr", N_("kroatisk"), "hr|kroatisk|croatian"},
    {"kmr", N_("kurmanji"), "kmr|kurmanji|nordkurdisk|kurdisk kurmanji|kurdisk|kurdish|ku|kurmandji"},
    {"lv", N_("latvisk"), "lv|latvisk|latvian"},
    {"ln", N_("lingala"), "ln|lingala"},
    {"lt", N_("litauisk"), "lt|litauisk|lithuanian"},
    {"ms", N_("malayisk"), "ms|malayisk|malay"},
    {"nl", N_("nederlandsk"), "nl|nederlandsk|dutch"},
    {"ne", N_("nepalsk"), "ne|nepalsk|nepali|nepalesisk"},
    {"nb", N_("norsk"), "nb|norsk|norwegian|no|nn|bokmal|nynorsk|norsk bokmal|norsk nynorsk"},
    {"om", N_("oromo"), "om|oromo|oromifa"},
    {"ps", N_("pashto"), "ps|pashto"},
    {"fa", N_("persisk"), "fa|persisk|persian|farsi"},
    {"pl", N_("polsk"), "pl|polsk|polish"},
    {"pt", N_("portugisisk"), "pt|portugisisk|portuguese"},
    {"pa", N_("punjabi"), "pa|punjabi|panjabi"},
    {"ro", N_("rumensk"), "ro|rumensk|romanian"},
    {"ru", N_("russisk"), "ru|russisk|russian"},
    {"se", N_("samisk"), "se|samisk|sami|nordsamisk"},
    {"sr", N_("serbisk"), "sr|serbisk|serbian"},
    {"so", N_("somali"), "so|somali|somalisk"},
    {"ckb", N_("sorani"), "ckb|sorani|sentralkurdisk|kurdisk sorani"},
    {"es", N_("spansk"), "es|spansk|spanish"},
    {"sv", N_("svensk"), "sv|svensk|swedish"},
    {"sw", N_("swahili"), "sw|swahili"},
    {"tl", N_("tagalog"), "tl|tagalog|filippinsk|filipino"},
    {"ta", N_("tamil"), "ta|tamil|tamilsk"},
    {"th", N_("thai"), "th|thai|thailandsk"},
    {"ti", N_("tigrinja"), "ti|tigrinja|tigrinya|tigrinsk|tigrinia"},
    {"cs", N_("tsjekkisk"), "cs|tsjekkisk|czech"},
    {"tr", N_("tyrkisk"), "tr|tyrkisk|turkish"},
    {"de", N_("tysk"), "de|tysk|german"},
    {"ug", N_("uigurisk"), "ug|uigurisk|uyghur"},
    {"uk", N_("ukrainsk"), "uk|ukrainsk|ukrainian"},
    {"hu", N_("ungarsk"), "hu|ungarsk|hungarian"},
    {"ur", N_("urdu"), "ur|urdu"},
    {"uz", N_("usbekisk"), "uz|usbekisk|uzbek"},
    {"vi", N_("vietnamesisk"), "vi|vietnamesisk|vietnamese"},
    {"yo", N_("yoruba"), "yo|yoruba"},
};
_Static_assert(COUNT(languages) <= 64, "a set is 64 bits");

const struct language *language_all(size_t *n)
{
    *n = COUNT(languages);
    return languages;
}

static int find_folded(struct str folded)
{
    for (size_t i = 0; i < COUNT(languages); i++)
        if (words_have(languages[i].words, folded))
            return (int)i;
    return -1;
}

int language_find(struct arena *a, struct str text)
{
    return text.n > 40 ? -1 : find_folded(words_fold(a, text));
}

uint64_t language_bit(const char *code)
{
    for (size_t i = 0; i < COUNT(languages); i++)
        if (strcmp(languages[i].code, code) == 0)
            return (uint64_t)1 << i;
    return 0;
}

/* Takes the longest language name of at most three words off the front of *rest; -1 and one word when there is none. */
static int take(struct str *rest)
{
    struct str s = *rest;
    for (int words = 3; words > 0; words--) {
        struct str left = s;
        size_t end = 0;
        for (int i = 0; i < words; i++)
            end += str_cut(&left, ' ').n + (i > 0);
        end = end < s.n ? end : s.n;
        int found = find_folded((struct str){s.p, end});
        if (found >= 0 || words == 1) {
            *rest = left;
            return found;
        }
    }
    return -1;
}

uint64_t language_set_parse(struct arena *a, struct str text, int *unknown)
{
    uint64_t set = 0;
    int lost = 0;
    for (struct str rest = text.n > 400 ? STR("") : text; rest.n;) {
        size_t k = 0;
        while (k < rest.n && !memchr(",;/", rest.p[k], 3))
            k++;
        struct str part = words_fold(a, (struct str){rest.p, k});
        rest = (struct str){rest.p + k + (k < rest.n), rest.n - k - (k < rest.n)};
        while (part.n) {
            int i = take(&part);
            if (i >= 0)
                set |= (uint64_t)1 << i;
            else
                lost++;
        }
    }
    if (unknown)
        *unknown = lost;
    return set;
}

struct str language_set_codes(struct arena *a, uint64_t set)
{
    struct str parts[COUNT(languages)];
    size_t n = 0;
    for (size_t i = 0; i < COUNT(languages); i++) {
        if (!(set >> i & 1))
            continue;
        struct str code = str_c(languages[i].code);
        size_t at = n++;
        for (; at > 0 && str_cmp(parts[at - 1], code) > 0; at--)
            parts[at] = parts[at - 1];
        parts[at] = code;
    }
    return arena_join(a, parts, n, STR(","));
}
