/* invitation.h: one-time links by mail (A6): to apply, to be a mentor, to work in the system, to get a new password.
 *
 * A link holds 256 random bits; the table keeps their hash only. Looking at it changes nothing (mail scanners do that); it is used up when
 * the account is made or the password set. A newer link ends the older ones to the same person. */
#pragma once
#include "model/account.h"
#include "service/ctx.h"

enum { INVITATION_DAYS = 30, PASSWORD_LINK_MINUTES = 120, PASSWORD_ASK_EVERY_MS = 5 * 60 * 1000 };

/* Mails the participant a link to make an account and apply; a person who can log in already gets a mail without one. Does not move the
 * intake (participant_step does). Event "invitation.sent". ERR_INVALID: there is no e-mail address to send to. */
enum err invitation_send(struct ctx *c, int64_t participant_id) MUST_CHECK;
/* The same for a mentor of the register. */
enum err invitation_mentor(struct ctx *c, int64_t mentor_id) MUST_CHECK;
/* For staff (administrator, project leader, adviser, NAV contact): ERR_INVALID for another role. */
enum err invitation_staff(struct ctx *c, struct str email, struct str name, enum role role) MUST_CHECK;
/* The same for the first administrator of another organisation; the caller has looked whether the actor may (service/organisation.h). */
enum err invitation_first_administrator(struct ctx *c, int64_t organisation_id, struct str email, struct str name) MUST_CHECK;
/* For the supervisor of an internship, in the business; the caller has looked whether the actor may (service/supervision.h). */
enum err invitation_supervisor(struct ctx *c, int64_t business_id, int64_t internship_id, struct str email, struct str name) MUST_CHECK;
/* Somebody forgot the password. Public: no actor yet. OK whether there is such an account or not; at most one mail in five minutes. */
enum err invitation_password(struct ctx *c, struct str email) MUST_CHECK;

enum invitation_state { INVITATION_OPEN, INVITATION_USED, INVITATION_OLD };
enum invitation_kind { INVITE_PARTICIPANT, INVITE_MENTOR, INVITE_STAFF, INVITE_SUPERVISOR, NEW_PASSWORD, INVITATION_KIND_N };
struct invitation {
    struct link_row link;
    enum invitation_kind kind;
    enum invitation_state state;
    struct str organisation, inviter; /* inviter "" for a new password */
    int64_t account_id;               /* the account with that address, 0 for none */
};
/* Who invites whom to what. Public: the token is the right. ERR_NOT_FOUND: no such link. */
enum err invitation_look(struct ctx *c, struct str token, struct invitation *out) MUST_CHECK;
/* Uses the link up: makes the account (or ties the one that is there: the caller has checked its password), gives the role, ties
 * participant or mentor to it; for a new password sets it and ends all sessions. `hash` is the new password's, unused when the account is
 * there already. *account_id is who may log in now. ERR_STATE: used or old. ERR_CONFLICT: the account belongs to another participant or
 * mentor, or the participant has another account. */
enum err invitation_accept(struct ctx *c, const struct invitation *seen, struct str hash, int64_t *account_id) MUST_CHECK;
