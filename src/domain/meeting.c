#include "domain/meeting.h"

const struct level_name meeting_stage_names[MEETING_STAGE_N] = {
    [MEETING_PLANNED] = {"planned", N_("Planlagt")},
    [MEETING_HELD] = {"held", N_("Gjennomført")},
    [MEETING_CANCELLED] = {"cancelled", N_("Avlyst")},
    [MEETING_MOVED] = {"moved", N_("Flyttet")},
};

const struct level_name meeting_act_names[MEETING_ACT_N] = {
    [MEETING_MOVE] = {"move", N_("Flytt møtet")},
    [MEETING_HOLD] = {"hold", N_("Møtet er gjennomført")},
    [MEETING_CANCEL] = {"cancel", N_("Avlys møtet")},
    [MEETING_UNDO] = {"undo", N_("Angre")},
};

enum meeting_stage meeting_shown(enum meeting_stage stage, int sequence)
{
    return stage == MEETING_PLANNED && sequence > 0 ? MEETING_MOVED : stage;
}

static struct say refusal(enum meeting_stage stage, enum meeting_act act, int64_t at, bool has_minutes, int64_t now)
{
    bool held = stage == MEETING_HELD, cancelled = stage == MEETING_CANCELLED;
    switch (act) {
    case MEETING_MOVE:
        return held ? say(N_("Møtet er gjennomført og kan ikke flyttes.")) : (struct say){0};
    case MEETING_HOLD:
        if (held)
            return say(N_("Møtet er alt merket som gjennomført."));
        if (cancelled)
            return say(N_("Møtet er avlyst. Angre avlysningen først."));
        return now < at ? say(N_("Møtet har ikke begynt ennå.")) : (struct say){0};
    case MEETING_CANCEL:
        if (cancelled)
            return say(N_("Møtet er alt avlyst."));
        return held ? say(N_("Møtet er gjennomført og kan ikke avlyses.")) : (struct say){0};
    case MEETING_UNDO:
        if (held && has_minutes)
            return say(N_("Møtet har et referat. Derfor står det som gjennomført."));
        return held || cancelled ? (struct say){0} : say(N_("Det er ingenting å angre."));
    case MEETING_ACT_N:
        break;
    }
    return say(N_("Dette kan ikke gjøres med møtet."));
}

enum err meeting_next(enum meeting_stage stage, enum meeting_act act, int64_t at, bool has_minutes, int64_t now, enum meeting_stage *next,
                      struct say *why)
{
    struct say no = refusal(stage, act, at, has_minutes, now);
    if (no.msgid) {
        *why = no;
        return ERR_STATE;
    }
    *next = act == MEETING_HOLD ? MEETING_HELD : act == MEETING_CANCEL ? MEETING_CANCELLED : MEETING_PLANNED;
    return OK;
}
