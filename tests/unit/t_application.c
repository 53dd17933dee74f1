/* application.h: when it can be written, what is missing, when two windows get in each other's way. */
#include "domain/application.h"
#include "domain/workbook.h"
#include "tests/test.h"

int main(void)
{
    static const struct {
        enum intake_stage stage;
        bool begun, sent;
        enum application_state want;
        const char *why;
    } states[] = {
        {INTAKE_INVITED, false, false, APPLICATION_INVITED, "invited, not begun"},
        {INTAKE_APPLYING, true, false, APPLICATION_OPEN, "writing"},
        {INTAKE_REOPENED, true, false, APPLICATION_OPEN, "opened again"},
        {INTAKE_APPLIED, true, true, APPLICATION_DONE, "sent"},
        {INTAKE_ADMITTED, true, true, APPLICATION_DONE, "can always be read afterwards"},
        {INTAKE_LISTED, false, false, APPLICATION_CLOSED, "not invited"},
        {INTAKE_NOT_NOW, true, false, APPLICATION_CLOSED, "stopped while writing"},
        {INTAKE_APPLYING, false, false, APPLICATION_CLOSED, "nothing to write in"},
    };
    for (size_t i = 0; i < COUNT(states); i++) {
        printf("# %s\n", states[i].why);
        CHECK_INT(application_state(states[i].stage, states[i].begun, states[i].sent), states[i].want);
    }

    struct str answer[APPLICATION_NUMBERS] = {0};
    int missing[APPLICATION_NUMBERS];
    size_t required = 0;
    for (size_t i = 0; i < application_questions_n; i++) {
        CHECK(application_questions[i].number > 0 && application_questions[i].number < APPLICATION_NUMBERS);
        required += application_questions[i].required;
    }
    CHECK_INT(application_missing(answer, 0, missing), required);
    CHECK_INT(missing[0], 1);
    answer[1] = STR(" \n ");
    CHECK_INT(application_missing(answer, 1, NULL), 2); /* blanks are no answer */
    answer[1] = STR("Jeg er ingeniør.");
    CHECK_INT(application_missing(answer, 1, missing), 1);
    CHECK_INT(missing[0], 2);
    CHECK_INT(application_answered(answer, 1), 1);
    for (size_t i = 0; i < application_questions_n; i++)
        if (application_questions[i].required)
            answer[application_questions[i].number] = STR("x");
    CHECK_INT(application_missing(answer, 0, missing), 0); /* what is optional may stay empty */

    CHECK(application_clash(3, 4, STR("a"), STR("b")));   /* changed after the form was shown */
    CHECK(!application_clash(3, 3, STR("a"), STR("b")));  /* the form saw it */
    CHECK(!application_clash(3, 4, STR("a"), STR("a")));  /* both wrote the same */
    return test_end();
}
