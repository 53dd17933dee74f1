#include "domain/password.h"
#include "base/utf8.h"

#define N_(s) s

static bool known(struct str w)
{
    size_t from = 0, to = n_password_words;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        int d = str_cmp(w, str_c(password_words[mid]));
        if (d == 0)
            return true;
        if (d < 0)
            to = mid;
        else
            from = mid + 1;
    }
    return false;
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Without the digits and signs before and after: what people put round a word to please a rule. */
static struct str core_of(struct str s)
{
    while (s.n && !letter(s.p[0]))
        s = (struct str){s.p + 1, s.n - 1};
    while (s.n && !letter(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* "p@ssw0rd" is "password". */
static struct str unmasked(struct arena *a, struct str s)
{
    static const char from[] = "@48310$57!|", to[] = "aabeiosstil";
    char *p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        const char *at = s.p[i] ? strchr(from, s.p[i]) : NULL;
        p[i] = at ? to[at - from] : s.p[i];
    }
    p[s.n] = '\0';
    return (struct str){p, s.n};
}

static bool within(struct str part, const char *whole)
{
    return part.n >= 4 && memmem(whole, strlen(whole), part.p, part.n) != NULL;
}

/* A walk along the keyboard, the alphabet or the digits, either way. */
static bool walk(struct arena *a, struct str s)
{
    static const char *const rows[] = {"qwertyuiopqwertyuiop", "asdfghjklasdfghjkl", "zxcvbnmzxcvbnm", "abcdefghijklmnopqrstuvwxyz",
                                       "012345678901234567890123456789", "qazwsxedcrfvtgbyhnujm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm"};
    char *back = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        back[i] = s.p[s.n - 1 - i];
    for (size_t i = 0; i < COUNT(rows); i++)
        if (within(s, rows[i]) || within((struct str){back, s.n}, rows[i]))
            return true;
    return false;
}

/* The same again and again: "abcabcabcabc", "passordpassord". */
static bool repeated(struct str s)
{
    for (size_t unit = 1; unit <= s.n / 2; unit++) {
        if (s.n % unit || memcmp(s.p, s.p + unit, s.n - unit) != 0)
            continue;
        if (unit <= 4 || known((struct str){s.p, unit}))
            return true;
    }
    return false;
}

static bool first_guess(struct arena *a, struct str s)
{
    struct str core = core_of(s), headed = s;
    while (headed.n && !letter(headed.p[headed.n - 1]))
        headed.n--;
    struct str plain = unmasked(a, headed); /* "$ommer2026": the sign in front is a letter */
    if (!core.n || known(s) || known(core) || known(unmasked(a, s)) || known(plain) || known(unmasked(a, core)))
        return true; /* without any letter: a telephone, a date, a national identity number */
    return repeated(s) || repeated(core) || walk(a, s) || walk(a, core);
}

static bool holds(struct str s, struct str word)
{
    return word.n >= 4 && memmem(s.p, s.n, word.p, word.n) != NULL;
}

static bool own(struct arena *a, struct str s, struct str email, struct str name)
{
    struct str mail = utf8_fold(a, email), box = mail, words = utf8_fold(a, name);
    box = str_cut(&mail, '@');
    if (holds(s, STR("springbrett")) || holds(s, box))
        return true;
    while (words.n)
        if (holds(s, str_cut(&words, ' ')))
            return true;
    return false;
}

const char *password_fault(struct arena *a, struct str password, struct str email, struct str name)
{
    if (!utf8_valid(password))
        return N_("Passordet har tegn som ikke kan brukes. Velg et annet.");
    if (utf8_count(password) < PASSWORD_MIN)
        return N_("Passordet må ha minst 10 tegn.");
    if (password.n > PASSWORD_MAX)
        return N_("Passordet er for langt. Velg et kortere.");
    struct str s = utf8_fold(a, password);
    if (own(a, s, email, name))
        return N_("Ikke bruk navnet ditt, e-postadressen din eller ordet «springbrett». Velg noe andre ikke vet.");
    if (first_guess(a, s))
        return N_("Dette passordet er lett å gjette. Sett sammen tre eller fire ord som ikke hører sammen.");
    return NULL;
}
