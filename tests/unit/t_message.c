/* t_message.c: which addresses a mail may have. What a mail looks like is told by tests/mail. */
#include "mail/message.h"
#include "tests/test.h"

int main(void)
{
    static const struct {
        const char *address;
        bool want;
        const char *why;
    } cases[] = {
        {"kari@example.org", true, "the usual"},
        {"kari.o'nordmann+spring=brett@mail.example.org", true, "what RFC 5321 allows in an atom"},
        {"kari@localhost", true, "a test machine"},
        {"kari@xn--blbr-roah.example", true, "a Norwegian domain as it is written in mail"},
        {"kari@example", false, "a domain of one label"},
        {"kari", false, "no domain"},
        {"@example.org", false, "no name"},
        {"kari@", false, "an empty domain"},
        {"kari@@example.org", false, "two signs"},
        {"kari@example.org.", false, "a dot at the end"},
        {".kari@example.org", false, "a dot first"},
        {"ka..ri@example.org", false, "two dots"},
        {"kari@-example.org", false, "a hyphen first"},
        {"kari@example_a.org", false, "no underscore in a domain"},
        {"kari @example.org", false, "a space"},
        {"\"kari\"@example.org", false, "a quoted name"},
        {"kari@[127.0.0.1]", false, "a literal"},
        {"kåre@example.org", false, "beyond ASCII"},
        {"kari@example.org\n", false, "a line break"},
        {"a,b@example.org", false, "two in one"},
        {"", false, "nothing"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t n = strlen(cases[i].address);
        char *exact = test_exact(cases[i].address, n);
        printf("# %s\n", cases[i].why);
        CHECK(mail_address_ok((struct str){exact, n}) == cases[i].want);
        free(exact);
    }
    char name[80];
    memset(name, 'a', sizeof name);
    memcpy(name + 64, "@example.org", 12);
    CHECK(mail_address_ok((struct str){name, 76}));
    name[64] = 'a';
    name[65] = '@';
    memcpy(name + 66, "example.org", 11);
    CHECK(!mail_address_ok((struct str){name, 77})); /* 65 before the sign */
    CHECK(!mail_address_ok((struct str){"a\0b@example.org", 15}));
    return test_end();
}
