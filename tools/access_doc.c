/* access_doc: docs/access.md from the table in domain/access.c, on stdout. */
#include "domain/access.h"
#include <stdio.h>

static const char *const columns[ROLE_N] = {[ROLE_PROJECT_LEADER] = "Project leader", [ROLE_ADVISER] = "Adviser",
                                            [ROLE_NAV_CONTACT] = "NAV contact",       [ROLE_TRAINEE] = "Trainee, applicant",
                                            [ROLE_MENTOR] = "Mentor",                 [ROLE_SUPERVISOR] = "Supervisor",
                                            [ROLE_ADMINISTRATOR] = "Administrator"};
static const enum role order[] = {ROLE_PROJECT_LEADER, ROLE_ADVISER, ROLE_NAV_CONTACT, ROLE_TRAINEE, ROLE_MENTOR, ROLE_SUPERVISOR, ROLE_ADMINISTRATOR};
/* Short words; what they mean stands above the table. The organisation goes without saying where a closer relation is asked for. */
static const struct {
    unsigned bit;
    const char *word;
} words[] = {{REL_SELF, "own"},   {REL_ADVISER, "adviser"}, {REL_NAV, "NAV contact"},
             {REL_PAIR, "pair"},  {REL_MATCH, "match"},     {REL_DEMO, "demo"},
             {REL_DOC_READ, "shared"}, {REL_DOC_COMMENT, "shared to comment"}, {REL_DOC_WRITE, "shared to write"},
             {REL_COOP, "cooperating organisation"}, {REL_SUPERVISOR, "internship"}, {REL_NAMED, "named"}};

static void cell(enum role role, enum act act)
{
    size_t n, shown = 0;
    const struct access_rule *rules = access_rules(&n);
    for (size_t i = 0; i < n; i++) {
        if (rules[i].role != role || rules[i].act != act)
            continue;
        printf("%s", shown++ ? " or " : " ");
        unsigned close = rules[i].need & ~(unsigned)REL_ORG;
        if (!close)
            printf("organisation");
        for (size_t k = 0, said = 0; k < COUNT(words); k++)
            if (close & words[k].bit)
                printf("%s%s", said++ ? " and " : "", words[k].word);
    }
    printf(shown ? " |" : " – |");
}

int main(void)
{
    puts("# Who may do what\n\n"
         "This page is made by `tools/access-doc` from the table in `src/domain/access.c`; a test keeps the two equal. No line there, no\n"
         "access. A service finds out how the actor stands to the thing asked for, and asks the table before it does or shows anything.\n"
         "What one may not know of answers like what does not exist.\n\n"
         "The words in the table say which relation must hold:\n\n"
         "- *organisation*: the thing belongs to the actor's organisation. In lists, advisers and NAV contacts see only their own people.\n"
         "- *own*: it is about the actor.\n"
         "- *adviser*, *NAV contact*: the actor is that of the participant, in the same organisation; with *cooperating organisation*: in one\n"
         "  that the participant's organisation lets see its data today.\n"
         "- *pair*: the actor is the mentor in a running mentorship with the trainee.\n"
         "- *match*: the actor is the mentor in a match under way with the trainee.\n"
         "- *internship*: the actor is the supervisor of the trainee's internship, from the invitation until 12 weeks after its last day.\n"
         "- *demo*: only in a demo, in the actor's organisation.\n"
         "- *shared*, *shared to comment*, *shared to write*: the owner has shared the document with the actor, with that right or a wider\n"
         "  one. Without a word in front of it: in the same organisation.\n");
    printf("| may |");
    for (size_t i = 0; i < COUNT(order); i++)
        printf(" %s |", columns[order[i]]);
    puts("\n|---|---|---|---|---|---|---|---|");
    for (enum act act = ACT_UNSET + 1; act < ACT_N; act++) {
        printf("| %s |", act_sentence(act));
        for (size_t i = 0; i < COUNT(order); i++)
            cell(order[i], act);
        putchar('\n');
    }
    return 0;
}
