/* Which passwords are refused, and that good ones are not. */
#include "domain/password.h"
#include "tests/test.h"

int main(void)
{
    struct arena *a = arena_new(16 << 20);
    static const char *const guessed[] = {"password123", "Passord123!", "PASSORD2026", "Sommer2026!", "1234567890", "0987654321", "qwertyuiop",
                                          "poiuytrewq", "abcdefghijkl", "aaaaaaaaaaaa", "abcabcabcabc", "passordpassord", "p@ssw0rd2026", "Trondheim2025",
                                          "!!!hemmelig!!!", "23059012345", "Høsten 2026", "mohammed1990", "1qaz2wsx3edc", "slavaukraini", "habibi123456", "admin12345", "2026sommer2026"};
    static const char *const own[] = {"springbrett-2026", "MinSpringbrettkode", "kari.berg er fin", "Jeg heter Kari nå", "bergbergberg lang"};
    static const char *const good[] = {"tre blå hester", "kaffekoppen min er gul", "kx7-wq92-lmv4", "riktig-passord-1", "السلام عليكم يا صديقي", "мій кіт любить сало",
                                       "hund og katt og ost", "Zq8!nw2#Lm", "grønn traktor i regnet"};
    for (size_t i = 0; i < COUNT(guessed); i++) {
        const char *why = password_fault(a, str_c(guessed[i]), STR("kari.berg@example.no"), STR("Kari Berg"));
        if (!why || !strstr(why, "lett å gjette"))
            printf("# %s: %s\n", guessed[i], why ? why : "taken");
        CHECK(why && strstr(why, "lett å gjette"));
    }
    for (size_t i = 0; i < COUNT(own); i++) {
        const char *why = password_fault(a, str_c(own[i]), STR("kari.berg@example.no"), STR("Kari Berg"));
        CHECK(why && strstr(why, "Ikke bruk navnet"));
    }
    for (size_t i = 0; i < COUNT(good); i++) {
        const char *why = password_fault(a, str_c(good[i]), STR("kari.berg@example.no"), STR("Kari Berg"));
        if (why)
            printf("# %s: %s\n", good[i], why);
        CHECK(!why);
    }
    CHECK(strstr(password_fault(a, STR("kort"), STR("a@b.no"), STR("A")), "minst 10"));
    CHECK(strstr(password_fault(a, STR("ååååååååå"), STR("a@b.no"), STR("A")), "minst 10")); /* letters, not bytes */
    char *long_one = arena_alloc(a, 201);
    for (int i = 0; i < 201; i++)
        long_one[i] = (char)('a' + i * 7 % 26);
    CHECK(strstr(password_fault(a, (struct str){long_one, 201}, STR("a@b.no"), STR("A")), "for langt"));
    CHECK(!password_fault(a, (struct str){long_one, 200}, STR("a@b.no"), STR("A")));
    CHECK(password_fault(a, STR("\xff\xfe kort og feil"), STR("a@b.no"), STR("A")) != NULL);
    CHECK(n_password_words > 3000);
    for (size_t i = 1; i < n_password_words; i++)
        if (strcmp(password_words[i - 1], password_words[i]) >= 0)
            test_check(false, "the words are in order", __FILE__, __LINE__);
    arena_free(a);
    return test_end();
}
