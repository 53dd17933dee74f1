#include "domain/application.h"
#include "domain/workbook.h"

enum application_state application_state(enum intake_stage stage, bool begun, bool sent)
{
    if (begun && sent)
        return APPLICATION_DONE;
    if (stage == INTAKE_INVITED && !begun)
        return APPLICATION_INVITED;
    return begun && (stage == INTAKE_APPLYING || stage == INTAKE_REOPENED) ? APPLICATION_OPEN : APPLICATION_CLOSED;
}

size_t application_missing(const struct str answer[APPLICATION_NUMBERS], int part, int out[APPLICATION_NUMBERS])
{
    size_t n = 0;
    for (size_t i = 0; i < application_questions_n && n < APPLICATION_NUMBERS; i++) {
        const struct application_question *q = &application_questions[i];
        if (!q->required || (part && q->part != part) || str_trim(answer[q->number]).n)
            continue;
        if (out)
            out[n] = q->number;
        n++;
    }
    return n;
}

size_t application_answered(const struct str answer[APPLICATION_NUMBERS], int part)
{
    size_t n = 0;
    for (size_t i = 0; i < application_questions_n; i++)
        n += application_questions[i].part == part && str_trim(answer[application_questions[i].number]).n > 0;
    return n;
}

bool application_clash(int64_t seen, int64_t changed, struct str now, struct str typed)
{
    return changed > seen && !str_eq(now, typed);
}
