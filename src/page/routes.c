/* routes.c: every address of the program, one line each. Start reading here: line -> page function -> service -> rule, model, template.
 *
 *     method  path                          who                      roles                 page            prep        body */
#include "page/about/about.h"
#include "page/cohort/cohort.h"
#include "page/confidentiality/confidentiality.h"
#include "page/design/design.h"
#include "page/document/document.h"
#include "page/agreement/agreement.h"
#include "page/application/application.h"
#include "page/design/design.h"
#include "page/handover/handover.h"
#include "page/home/home.h"
#include "page/interview/interview.h"
#include "page/link/link.h"
#include "page/log/log.h"
#include "page/live/live.h"
#include "page/login/login.h"
#include "page/mail/mail.h"
#include "page/matching/matching.h"
#include "page/mentor/mentor.h"
#include "page/participant/participant.h"
#include "page/participant/protected.h"
#include "page/screening/screening.h"
#include "page/offer/offer.h"
#include "page/oidc/oidc.h"
#include "page/meeting/meeting.h"
#include "page/organisation/organisation.h"
#include "page/outcome/outcome.h"
#include "page/results/results.h"
#include "page/rights/rights.h"
#include "page/supervisor/supervisor.h"
#include "page/system/system.h"
#include "page/user/user.h"
#include "page/task/task.h"
#include "page/trainee/trainee.h"
#include "page/workbook/workbook.h"

#define LEADER ROLE_BIT(ROLE_PROJECT_LEADER)
#define ADVISER ROLE_BIT(ROLE_ADVISER)
#define NAV ROLE_BIT(ROLE_NAV_CONTACT)
#define TRAINEE ROLE_BIT(ROLE_TRAINEE)
#define MENTOR ROLE_BIT(ROLE_MENTOR)
#define SUPERVISOR ROLE_BIT(ROLE_SUPERVISOR)
#define ADMIN ROLE_BIT(ROLE_ADMINISTRATOR)
#define WRITERS (TRAINEE | MENTOR | LEADER | ADVISER | NAV) /* who has documents */

const struct route routes[] = {
    {GET, "/", AUTH_LOGGED_IN, ROLES_ALL, home_page, NULL, 0},

    /* the system */
    {GET, "/healthz", AUTH_ANYONE, 0, healthz_page, NULL, 0},
    {GET, "/readyz", AUTH_ANYONE, 0, readyz_page, NULL, 0},
    {GET, "/privacy", AUTH_ANYONE, 0, privacy_page, NULL, 0},
    {GET, "/accessibility", AUTH_ANYONE, 0, accessibility_page, NULL, 0},
    {GET, "/design", AUTH_ANYONE, 0, design_page, NULL, 0}, /* in the demo: every part of the look on one page */

    /* living documents: the socket (AUTH_ANYONE: who may not come in is let in and told why) */
    {GET, "/ws/documents/:id", AUTH_ANYONE, 0, live_page, NULL, 0, .scope = "documents"},

    /* logging in, the own account */
    {GET, "/login", AUTH_ANYONE, 0, login_page, NULL, 0},
    {POST, "/login", AUTH_ANYONE, 0, login_post, login_prep, 0},
    {GET, "/login/step", AUTH_ANYONE, 0, login_step_page, NULL, 0}, /* the second step: a one-time code */
    {POST, "/login/step", AUTH_ANYONE, 0, login_step_post, NULL, 0},
    {GET, "/login/link", AUTH_ANYONE, 0, login_link_page, NULL, 0},
    {POST, "/login/link", AUTH_ANYONE, 0, login_link_post, NULL, 0},
    {GET, "/login/link/:token", AUTH_ANYONE, 0, login_link_open_page, NULL, 0},
    {POST, "/login/link/:token", AUTH_ANYONE, 0, login_link_open_post, NULL, 0},
    {GET, "/login/code", AUTH_ANYONE, 0, login_code_page, NULL, 0},
    {POST, "/login/code", AUTH_ANYONE, 0, login_code_post, login_code_prep, 0},
    {POST, "/logout", AUTH_LOGGED_IN, ROLES_ALL, logout_post, NULL, 0},
    {GET, "/account", AUTH_LOGGED_IN, ROLES_ALL, account_page, NULL, 0},
    {POST, "/account/language", AUTH_LOGGED_IN, ROLES_ALL, lang_post, NULL, 0},
    {POST, "/account/role", AUTH_LOGGED_IN, ROLES_ALL, role_post, NULL, 0},
    {POST, "/account/stay", AUTH_LOGGED_IN, ROLES_ALL, stay_post, NULL, 0}, /* the script asks how long the login lasts, or makes it go on */
    {GET, "/account/password", AUTH_LOGGED_IN, ROLES_ALL, own_password_page, NULL, 0},
    {POST, "/account/password", AUTH_LOGGED_IN, ROLES_ALL, own_password_post, own_password_prep, 0},
    {GET, "/account/code", AUTH_LOGGED_IN, ROLES_ALL, factor_page, NULL, 0},
    {POST, "/account/code/start", AUTH_LOGGED_IN, ROLES_ALL, factor_start_post, NULL, 0},
    {POST, "/account/code/confirm", AUTH_LOGGED_IN, ROLES_ALL, factor_confirm_post, NULL, 0},
    {POST, "/account/code/prove", AUTH_LOGGED_IN, ROLES_ALL, factor_prove_post, NULL, 0},
    {POST, "/account/code/recovery", AUTH_LOGGED_IN, ROLES_ALL, factor_recover_post, NULL, 0},
    {POST, "/account/code/off", AUTH_LOGGED_IN, ROLES_ALL, factor_off_post, factor_off_prep, 0},
    {POST, "/account/sessions/:id/end", AUTH_LOGGED_IN, ROLES_ALL, session_end_post, NULL, 0},
    {POST, "/account/sessions/end-others", AUTH_LOGGED_IN, ROLES_ALL, session_end_others_post, NULL, 0},
    {POST, "/login/oidc/:name", AUTH_ANYONE, 0, oidc_go_post, oidc_go_prep, 0, .outside = true},
    {GET, "/login/oidc/:name/callback", AUTH_ANYONE, 0, oidc_back_page, oidc_back_prep, 0, .outside = true, .writes = true},
    {GET, "/login/oidc/:name/frontchannel-logout", AUTH_ANYONE, 0, oidc_front_logout_page, NULL, 0, .writes = true},
    {POST, "/login/oidc/:name/backchannel-logout", AUTH_ANYONE, 0, oidc_back_logout_post, oidc_back_logout_prep, 0, .outside = true, .machine = true},
    {GET, "/account/oidc", AUTH_LOGGED_IN, ROLES_ALL, oidc_own_page, NULL, 0},
    {POST, "/account/oidc/:name", AUTH_LOGGED_IN, ROLES_ALL, oidc_tie_post, oidc_go_prep, 0, .outside = true},
    {POST, "/account/oidc/:id/remove", AUTH_LOGGED_IN, ROLES_ALL, oidc_forget_post, NULL, 0},
    {POST, "/link/:token/oidc/:name", AUTH_ANYONE, 0, oidc_link_post, oidc_go_prep, 0, .outside = true},

    /* the log */
    {GET, "/my-log", AUTH_LOGGED_IN, TRAINEE | MENTOR, my_log_page, NULL, 0},
    {GET, "/log", AUTH_LOGGED_IN, ADMIN, log_page, page_slow, 0},
    {POST, "/log", AUTH_LOGGED_IN, ADMIN, log_post, NULL, 0},
    {POST, "/log/limits", AUTH_LOGGED_IN, ADMIN, log_limits_post, NULL, 0},

    /* participants, import, screening */
    {GET, "/participants", AUTH_LOGGED_IN, LEADER | ADVISER | NAV, participant_list_page, NULL, 0},
    {POST, "/participants", AUTH_LOGGED_IN, LEADER | ADVISER, participant_create, NULL, 0},
    {GET, "/participants/new", AUTH_LOGGED_IN, LEADER | ADVISER, participant_new_page, NULL, 0},
    {GET, "/participants/import", AUTH_LOGGED_IN, LEADER | ADMIN, import_page, NULL, 0},
    {POST, "/participants/import", AUTH_LOGGED_IN, LEADER | ADMIN, import_upload, NULL, 16 << 20},
    {GET, "/participants/import/:id", AUTH_LOGGED_IN, LEADER | ADMIN, import_look_page, import_look_prep, 0},
    {POST, "/participants/import/:id", AUTH_LOGGED_IN, LEADER | ADMIN, import_use, NULL, 0},
    {POST, "/participants/import/:id/columns", AUTH_LOGGED_IN, LEADER | ADMIN, import_columns_post, NULL, 0},
    {POST, "/participants/import/:id/drop", AUTH_LOGGED_IN, LEADER | ADMIN, import_drop, NULL, 0},
    {GET, "/participants/imported/:id", AUTH_LOGGED_IN, LEADER | ADMIN, import_done_page, NULL, 0},
    {GET, "/participants/:id", AUTH_LOGGED_IN, LEADER | ADVISER | NAV, participant_page, NULL, 0},
    {POST, "/participants/:id", AUTH_LOGGED_IN, LEADER | ADVISER, participant_save, NULL, 0},
    {GET, "/participants/:id/login-code", AUTH_LOGGED_IN, LEADER | ADVISER, code_give_page, NULL, 0},
    {POST, "/participants/:id/login-code", AUTH_LOGGED_IN, LEADER | ADVISER, code_give_post, code_give_prep, 0},
    {GET, "/participants/:id/protection", AUTH_LOGGED_IN, LEADER | ADVISER, protection_page, NULL, 0},
    {POST, "/participants/:id/protection", AUTH_LOGGED_IN, LEADER | ADVISER, protection_post, NULL, 0},
    {POST, "/participants/:id/protection/:relation/end", AUTH_LOGGED_IN, LEADER | ADVISER, protection_end_post, NULL, 0},
    {GET, "/participants/:id/edit", AUTH_LOGGED_IN, LEADER | ADVISER, participant_edit_page, NULL, 0},
    {POST, "/participants/:id/criteria", AUTH_LOGGED_IN, LEADER | ADVISER, participant_judge, NULL, 0},
    {POST, "/participants/:id/recommendation", AUTH_LOGGED_IN, LEADER | ADVISER | NAV, participant_recommend, NULL, 0},
    {POST, "/participants/:id/gaps", AUTH_LOGGED_IN, LEADER | ADVISER, participant_gap_add, NULL, 0},
    {POST, "/participants/:id/gaps/:gap/close", AUTH_LOGGED_IN, LEADER | ADVISER, participant_gap_close, NULL, 0},
    {POST, "/participants/:id/decision", AUTH_LOGGED_IN, LEADER, participant_decide, NULL, 0},
    {GET, "/participants/:id/handover", AUTH_LOGGED_IN, LEADER | ADVISER | NAV, handover_page, NULL, 0},
    {POST, "/participants/:id/handover", AUTH_LOGGED_IN, LEADER | ADVISER, handover_post, NULL, 0},
    {POST, "/participants/:id/handover/:handover/back", AUTH_LOGGED_IN, LEADER | ADVISER, handover_back_post, NULL, 0},
    {GET, "/screening", AUTH_LOGGED_IN, LEADER, screening_page, NULL, 0},
    {GET, "/screening/:id", AUTH_LOGGED_IN, LEADER, screening_one_page, NULL, 0},
    {POST, "/screening/:id", AUTH_LOGGED_IN, LEADER, screening_one_post, NULL, 0},
    {GET, "/settings/criteria", AUTH_LOGGED_IN, LEADER | ADMIN, criteria_page, NULL, 0},
    {POST, "/settings/criteria", AUTH_LOGGED_IN, LEADER | ADMIN, criteria_save, NULL, 0},

    /* invitation, application, interview, mail */
    {GET, "/link/:token", AUTH_ANYONE, 0, link_page, NULL, 0},
    {POST, "/link/:token", AUTH_ANYONE, 0, link_post, link_prep, 0},
    {GET, "/password", AUTH_ANYONE, 0, password_page, NULL, 0},
    {POST, "/password", AUTH_ANYONE, 0, password_post, NULL, 0},
    {GET, "/application", AUTH_LOGGED_IN, TRAINEE, application_page, NULL, 0},
    {POST, "/application/start", AUTH_LOGGED_IN, TRAINEE, application_start_post, NULL, 0},
    {GET, "/application/review", AUTH_LOGGED_IN, TRAINEE, application_review_page, NULL, 0},
    {POST, "/application/send", AUTH_LOGGED_IN, TRAINEE, application_send_post, NULL, 0},
    {GET, "/application/:step", AUTH_LOGGED_IN, TRAINEE, application_step_page, NULL, 0},
    {POST, "/application/:step", AUTH_LOGGED_IN, TRAINEE, application_step_post, NULL, 0},
    {GET, "/participants/:id/application", AUTH_LOGGED_IN, LEADER, participant_application_page, NULL, 0},
    {POST, "/participants/:id/application/reopen", AUTH_LOGGED_IN, LEADER, participant_application_reopen_post, NULL, 0},
    {GET, "/participants/:id/interview", AUTH_LOGGED_IN, LEADER, interview_plan_page, NULL, 0},
    {POST, "/participants/:id/interview", AUTH_LOGGED_IN, LEADER, interview_plan_post, NULL, 0},
    {POST, "/participants/:id/interview/cancel", AUTH_LOGGED_IN, LEADER, interview_cancel_post, NULL, 0},
    {GET, "/participants/:id/interview/calendar", AUTH_LOGGED_IN, LEADER, interview_calendar_page, NULL, 0},
    {POST, "/participants/:id/interview/questions", AUTH_LOGGED_IN, LEADER, interview_question_post, NULL, 0},
    {POST, "/participants/:id/interview/questions/:question/remove", AUTH_LOGGED_IN, LEADER, interview_question_remove_post, NULL, 0},
    {GET, "/participants/:id/interview/hold", AUTH_LOGGED_IN, LEADER, interview_hold_page, NULL, 0},
    {POST, "/participants/:id/interview/hold", AUTH_LOGGED_IN, LEADER, interview_hold_post, NULL, 0},
    {GET, "/participants/:id/interview/feedback", AUTH_LOGGED_IN, LEADER, interview_feedback_page, NULL, 0},
    {POST, "/participants/:id/interview/feedback", AUTH_LOGGED_IN, LEADER, interview_feedback_post, NULL, 0},
    {GET, "/interview", AUTH_LOGGED_IN, TRAINEE, interview_own_page, NULL, 0},
    {GET, "/programme", AUTH_LOGGED_IN, ROLES_ALL, programme_page, NULL, 0},
    {GET, "/demo/mail", AUTH_LOGGED_IN, LEADER | ADMIN, demo_mail_page, NULL, 0},
    {GET, "/demo/mail/:id", AUTH_LOGGED_IN, LEADER | ADMIN, demo_mail_one_page, NULL, 0},
    {GET, "/demo/mail/:id/calendar", AUTH_LOGGED_IN, LEADER | ADMIN, demo_mail_calendar_page, NULL, 0},
    {GET, "/mail", AUTH_LOGGED_IN, ADMIN, mail_queue_page, NULL, 0},
    {POST, "/mail/:id/again", AUTH_LOGGED_IN, ADMIN, mail_again_post, NULL, 0},

    /* cohorts, offers, mentors */
    {GET, "/cohorts", AUTH_LOGGED_IN, LEADER, cohorts_page, NULL, 0},
    {POST, "/cohorts", AUTH_LOGGED_IN, LEADER, cohort_new_post, NULL, 0},
    {GET, "/cohorts/new", AUTH_LOGGED_IN, LEADER, cohort_new_page, NULL, 0},
    {GET, "/cohorts/:id", AUTH_LOGGED_IN, LEADER | ADVISER | NAV, cohort_page, NULL, 0},
    {GET, "/cohorts/:id/edit", AUTH_LOGGED_IN, LEADER, cohort_edit_page, NULL, 0},
    {POST, "/cohorts/:id/edit", AUTH_LOGGED_IN, LEADER, cohort_edit_post, NULL, 0},
    {GET, "/cohorts/:id/close", AUTH_LOGGED_IN, LEADER, cohort_close_page, NULL, 0},
    {POST, "/cohorts/:id/close", AUTH_LOGGED_IN, LEADER, cohort_close_post, NULL, 0},
    {POST, "/cohorts/:id/reopen", AUTH_LOGGED_IN, LEADER, cohort_reopen_post, NULL, 0},
    {GET, "/participants/:id/offer", AUTH_LOGGED_IN, LEADER, offer_page, NULL, 0},
    {POST, "/participants/:id/offer", AUTH_LOGGED_IN, LEADER, offer_post, NULL, 0},
    {POST, "/participants/:id/offer/decide", AUTH_LOGGED_IN, LEADER, offer_decide_post, NULL, 0},
    {GET, "/offer", AUTH_LOGGED_IN, TRAINEE, my_offer_page, NULL, 0}, /* the applicant's own */
    {POST, "/offer", AUTH_LOGGED_IN, TRAINEE, my_offer_post, NULL, 0},
    {GET, "/mentors", AUTH_LOGGED_IN, LEADER, mentors_page, NULL, 0},
    {POST, "/mentors", AUTH_LOGGED_IN, LEADER, mentor_new_post, NULL, 0},
    {GET, "/mentors/new", AUTH_LOGGED_IN, LEADER, mentor_new_page, NULL, 0},
    {GET, "/mentors/:id", AUTH_LOGGED_IN, LEADER, mentor_page, NULL, 0},
    {GET, "/mentors/:id/edit", AUTH_LOGGED_IN, LEADER, mentor_edit_page, NULL, 0},
    {POST, "/mentors/:id/edit", AUTH_LOGGED_IN, LEADER, mentor_edit_post, NULL, 0},
    {GET, "/mentors/:id/pause", AUTH_LOGGED_IN, LEADER, mentor_pause_page, NULL, 0},
    {POST, "/mentors/:id/pause", AUTH_LOGGED_IN, LEADER, mentor_pause_post, NULL, 0},
    {GET, "/mentors/:id/end", AUTH_LOGGED_IN, LEADER, mentor_end_page, NULL, 0},
    {POST, "/mentors/:id/end", AUTH_LOGGED_IN, LEADER, mentor_end_post, NULL, 0},
    {POST, "/mentors/:id/return", AUTH_LOGGED_IN, LEADER, mentor_return_post, NULL, 0},
    {POST, "/mentors/:id/invite", AUTH_LOGGED_IN, LEADER, mentor_invite_post, NULL, 0},
    {GET, "/mentor", AUTH_LOGGED_IN, MENTOR, my_mentor_page, NULL, 0}, /* the mentor's own */
    {GET, "/mentor/edit", AUTH_LOGGED_IN, MENTOR, my_mentor_edit_page, NULL, 0},
    {POST, "/mentor/edit", AUTH_LOGGED_IN, MENTOR, my_mentor_edit_post, NULL, 0},
    {GET, "/mentor/pause", AUTH_LOGGED_IN, MENTOR, my_mentor_pause_page, NULL, 0},
    {POST, "/mentor/pause", AUTH_LOGGED_IN, MENTOR, my_mentor_pause_post, NULL, 0},
    {GET, "/confidentiality", AUTH_LOGGED_IN, MENTOR | SUPERVISOR, confidentiality_page, NULL, 0}, /* before anything else */
    {POST, "/confidentiality", AUTH_LOGGED_IN, MENTOR | SUPERVISOR, confidentiality_post, NULL, 0},

    /* matching, agreement */
    {GET, "/matching", AUTH_LOGGED_IN, LEADER, matching_page, page_slow, 0},
    {POST, "/matching/wish", AUTH_LOGGED_IN, LEADER, matching_wish_post, NULL, 0},
    {POST, "/matching/clear", AUTH_LOGGED_IN, LEADER, matching_clear_post, NULL, 0},
    {POST, "/matching/choose", AUTH_LOGGED_IN, LEADER, matching_choose_post, NULL, 0},
    {GET, "/matches/:id", AUTH_LOGGED_IN, LEADER | TRAINEE | MENTOR, match_page, NULL, 0},
    {POST, "/matches/:id/meeting", AUTH_LOGGED_IN, LEADER, match_meeting_post, NULL, 0},
    {POST, "/matches/:id/held", AUTH_LOGGED_IN, LEADER, match_held_post, NULL, 0},
    {POST, "/matches/:id/ask", AUTH_LOGGED_IN, LEADER, match_ask_post, NULL, 0},
    {POST, "/matches/:id/take-back", AUTH_LOGGED_IN, LEADER, match_take_back_post, NULL, 0},
    {POST, "/matches/:id/answer", AUTH_LOGGED_IN, TRAINEE | MENTOR, match_answer_post, NULL, 0},
    {GET, "/match", AUTH_LOGGED_IN, TRAINEE, match_own_page, NULL, 0},
    {GET, "/preparation", AUTH_LOGGED_IN, TRAINEE, preparation_page, NULL, 0},
    {POST, "/preparation", AUTH_LOGGED_IN, TRAINEE, preparation_post, NULL, 0},
    {GET, "/agreement", AUTH_LOGGED_IN, TRAINEE, agreement_own_page, NULL, 0},
    {GET, "/agreements/:id", AUTH_LOGGED_IN, LEADER | TRAINEE | MENTOR, agreement_page, NULL, 0},
    {GET, "/agreements/:id/edit", AUTH_LOGGED_IN, LEADER | TRAINEE | MENTOR, agreement_edit_page, NULL, 0},
    {POST, "/agreements/:id/edit", AUTH_LOGGED_IN, LEADER | TRAINEE | MENTOR, agreement_edit_post, NULL, 0},
    {POST, "/agreements/:id/sign", AUTH_LOGGED_IN, TRAINEE | MENTOR, agreement_sign_post, NULL, 0},
    {GET, "/settings/agreement", AUTH_LOGGED_IN, LEADER | ADMIN, agreement_template_page, NULL, 0},
    {POST, "/settings/agreement", AUTH_LOGGED_IN, LEADER | ADMIN, agreement_template_post, NULL, 0},

    /* mentoring: workbook, meetings, minutes, tasks, evaluation, leave */
    {GET, "/workbook", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, workbook_page, NULL, 0},
    {GET, "/workbook/:n", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, workbook_theme_page, NULL, 0},
    {POST, "/workbook/:n/task", AUTH_LOGGED_IN, TRAINEE | MENTOR, workbook_task_post, NULL, 0},
    {GET, "/meetings", AUTH_LOGGED_IN, TRAINEE | MENTOR, meetings_page, NULL, 0},
    {POST, "/meetings", AUTH_LOGGED_IN, TRAINEE | MENTOR, meeting_add_post, NULL, 0},
    {GET, "/meetings/new", AUTH_LOGGED_IN, TRAINEE | MENTOR, meeting_new_page, NULL, 0},
    {GET, "/meetings/:id", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, meeting_page, NULL, 0},
    {GET, "/meetings/:id/move", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, meeting_move_page, NULL, 0},
    {POST, "/meetings/:id/move", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, meeting_move_post, NULL, 0},
    {POST, "/meetings/:id/held", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, meeting_held_post, NULL, 0},
    {POST, "/meetings/:id/cancel", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, meeting_cancel_post, NULL, 0},
    {POST, "/meetings/:id/undo", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, meeting_undo_post, NULL, 0},
    {GET, "/meetings/:id/minutes", AUTH_LOGGED_IN, TRAINEE, minutes_page, NULL, 0},
    {POST, "/meetings/:id/minutes", AUTH_LOGGED_IN, TRAINEE, minutes_post, NULL, 0},
    {GET, "/trainees", AUTH_LOGGED_IN, LEADER | ADVISER | NAV, trainees_page, NULL, 0},
    {GET, "/trainees/:id", AUTH_LOGGED_IN, LEADER | ADVISER | NAV, trainee_page, NULL, 0},
    {GET, "/trainees/:id/evaluations/:kind", AUTH_LOGGED_IN, LEADER, evaluation_page, NULL, 0},
    {POST, "/trainees/:id/evaluations/:kind", AUTH_LOGGED_IN, LEADER, evaluation_post, NULL, 0},
    {GET, "/trainees/:id/leave", AUTH_LOGGED_IN, LEADER, leave_page, NULL, 0},
    {POST, "/trainees/:id/leave", AUTH_LOGGED_IN, LEADER, leave_post, NULL, 0},
    {POST, "/trainees/:id/leave/:leave", AUTH_LOGGED_IN, LEADER, leave_change_post, NULL, 0},
    {GET, "/trainees/:id/complete", AUTH_LOGGED_IN, LEADER, complete_page, NULL, 0},
    {POST, "/trainees/:id/complete", AUTH_LOGGED_IN, LEADER, complete_post, NULL, 0},
    {GET, "/trainees/:id/end", AUTH_LOGGED_IN, LEADER, end_page, NULL, 0},
    {POST, "/trainees/:id/end", AUTH_LOGGED_IN, LEADER, end_post, NULL, 0},
    {GET, "/self-assessment", AUTH_LOGGED_IN, TRAINEE, self_page, NULL, 0},
    {GET, "/self-assessment/:moment", AUTH_LOGGED_IN, TRAINEE, self_moment_page, NULL, 0},
    {POST, "/self-assessment/:moment", AUTH_LOGGED_IN, TRAINEE, self_post, NULL, 0},
    {GET, "/tasks", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, tasks_page, NULL, 0},
    {POST, "/tasks", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, task_add_post, NULL, 0},
    {POST, "/tasks/done", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, tasks_done_post, NULL, 0},
    {POST, "/tasks/:id/open", AUTH_LOGGED_IN, TRAINEE | MENTOR | LEADER, task_open_post, NULL, 0},

    /* living documents */
    {GET, "/documents", AUTH_LOGGED_IN, WRITERS, documents_page, NULL, 0},
    {GET, "/documents/new", AUTH_LOGGED_IN, WRITERS, document_new_page, NULL, 0},
    {POST, "/documents/new", AUTH_LOGGED_IN, WRITERS, document_new_post, NULL, 0},
    {GET, "/documents/:id", AUTH_LOGGED_IN, WRITERS, document_page, page_slow, 0},
    {POST, "/documents/:id/title", AUTH_LOGGED_IN, WRITERS, document_title_post, NULL, 0},
    {POST, "/documents/:id/archive", AUTH_LOGGED_IN, WRITERS, document_archive_post, NULL, 0},
    {POST, "/documents/:id/delete", AUTH_LOGGED_IN, WRITERS, document_delete_post, NULL, 0},
    {POST, "/documents/:id/undelete", AUTH_LOGGED_IN, WRITERS, document_undelete_post, NULL, 0},
    {POST, "/documents/:id/leave", AUTH_LOGGED_IN, WRITERS, document_leave_post, NULL, 0},
    {GET, "/documents/:id/share", AUTH_LOGGED_IN, WRITERS, document_share_page, NULL, 0},
    {POST, "/documents/:id/share", AUTH_LOGGED_IN, WRITERS, document_share_post, NULL, 0},
    {GET, "/documents/:id/comments", AUTH_LOGGED_IN, WRITERS, comments_page, page_slow, 0},
    {POST, "/documents/:id/comments", AUTH_LOGGED_IN, WRITERS, comment_post, NULL, 0},
    {POST, "/documents/:id/comments/:comment/reply", AUTH_LOGGED_IN, WRITERS, comment_reply_post, NULL, 0},
    {POST, "/documents/:id/comments/:comment/resolve", AUTH_LOGGED_IN, WRITERS, comment_resolve_post, NULL, 0},
    {POST, "/documents/:id/comments/:comment/reopen", AUTH_LOGGED_IN, WRITERS, comment_reopen_post, NULL, 0},
    {POST, "/documents/:id/comments/:comment/delete", AUTH_LOGGED_IN, WRITERS, comment_delete_post, NULL, 0},
    {GET, "/documents/:id/history", AUTH_LOGGED_IN, WRITERS, document_history_page, NULL, 0},
    {POST, "/documents/:id/history", AUTH_LOGGED_IN, WRITERS, document_version_post, NULL, 0},
    {GET, "/documents/:id/history/view", AUTH_LOGGED_IN, WRITERS, document_then_page, page_slow, 0},
    {GET, "/documents/:id/history/compare", AUTH_LOGGED_IN, WRITERS, document_compare_page, page_slow, 0},
    {POST, "/documents/:id/restore", AUTH_LOGGED_IN, WRITERS, document_restore_post, NULL, 0},
    {GET, "/documents/:id/file/:format", AUTH_LOGGED_IN, WRITERS, document_file_page, page_slow, 0},
    {GET, "/documents/:id/print", AUTH_LOGGED_IN, WRITERS, document_print_page, page_slow, 0},
    {GET, "/documents/:id/ad", AUTH_LOGGED_IN, WRITERS, document_ad_page, NULL, 0},
    {POST, "/documents/:id/ad", AUTH_LOGGED_IN, WRITERS, document_ad_post, NULL, 0},
    {GET, "/settings/documents", AUTH_LOGGED_IN, LEADER | ADMIN, document_templates_page, NULL, 0},
    {GET, "/settings/documents/new", AUTH_LOGGED_IN, LEADER | ADMIN, document_template_new_page, NULL, 0},
    {POST, "/settings/documents/new", AUTH_LOGGED_IN, LEADER | ADMIN, document_template_new_post, NULL, 0},
    {GET, "/settings/documents/:id", AUTH_LOGGED_IN, LEADER | ADMIN, document_template_page, NULL, 0},
    {POST, "/settings/documents/:id", AUTH_LOGGED_IN, LEADER | ADMIN, document_template_post, NULL, 0},
    {POST, "/settings/documents/:id/end", AUTH_LOGGED_IN, LEADER | ADMIN, document_template_end_post, NULL, 0},

    /* outcome, results */
    {GET, "/outcome", AUTH_LOGGED_IN, TRAINEE, outcome_own_page, NULL, 0},
    {GET, "/trainees/:id/outcome", AUTH_LOGGED_IN, LEADER | ADVISER | NAV, outcome_page, NULL, 0},
    {POST, "/trainees/:id/outcome", AUTH_LOGGED_IN, LEADER | NAV, outcome_add_post, NULL, 0},
    {GET, "/trainees/:id/outcome/new", AUTH_LOGGED_IN, LEADER | NAV, outcome_new_page, NULL, 0},
    {GET, "/trainees/:id/outcome/:outcome", AUTH_LOGGED_IN, LEADER | NAV, outcome_edit_page, NULL, 0},
    {POST, "/trainees/:id/outcome/:outcome", AUTH_LOGGED_IN, LEADER | NAV, outcome_edit_post, NULL, 0},
    {POST, "/trainees/:id/outcome/:outcome/end", AUTH_LOGGED_IN, LEADER | NAV, outcome_end_post, NULL, 0},
    {POST, "/trainees/:id/internships", AUTH_LOGGED_IN, LEADER | NAV, internship_add_post, NULL, 0},
    {GET, "/trainees/:id/internships/new", AUTH_LOGGED_IN, LEADER | NAV, internship_new_page, NULL, 0},
    {GET, "/trainees/:id/internships/:internship", AUTH_LOGGED_IN, LEADER | NAV, internship_edit_page, NULL, 0},
    {POST, "/trainees/:id/internships/:internship", AUTH_LOGGED_IN, LEADER | NAV, internship_edit_post, NULL, 0},
    {POST, "/trainees/:id/internships/:internship/end", AUTH_LOGGED_IN, LEADER | NAV, internship_end_post, NULL, 0},
    {GET, "/trainees/:id/internships/:internship/supervisor", AUTH_LOGGED_IN, LEADER, supervisor_page, NULL, 0},
    {POST, "/trainees/:id/internships/:internship/supervisor", AUTH_LOGGED_IN, LEADER, supervisor_post, NULL, 0},
    {POST, "/trainees/:id/internships/:internship/supervisor/:relation/end", AUTH_LOGGED_IN, LEADER, supervisor_end_post, NULL, 0},
    {GET, "/internships/:id", AUTH_LOGGED_IN, SUPERVISOR, supervised_page, NULL, 0}, /* the supervisor's own */
    {GET, "/results", AUTH_LOGGED_IN, LEADER | NAV | ADMIN, results_page, page_slow, 0},
    {GET, "/results.csv", AUTH_LOGGED_IN, LEADER | NAV | ADMIN, results_csv_page, page_slow, 0},
    {GET, "/results.json", AUTH_LOGGED_IN, LEADER | NAV | ADMIN, results_json_page, page_slow, 0},

    /* a person's rights: the own data; requests, erasing */
    {GET, "/my-data", AUTH_LOGGED_IN, ROLES_ALL, my_data_page, page_slow, 0},
    {POST, "/my-data/download", AUTH_LOGGED_IN, ROLES_ALL, my_data_download_post, my_data_download_prep, 0},
    {POST, "/my-data/consent", AUTH_LOGGED_IN, TRAINEE | MENTOR, my_data_consent_post, NULL, 0},
    {GET, "/my-data/ask", AUTH_LOGGED_IN, ROLES_ALL, my_data_ask_page, NULL, 0},
    {POST, "/my-data/ask", AUTH_LOGGED_IN, ROLES_ALL, my_data_ask_post, NULL, 0},
    {GET, "/rights", AUTH_LOGGED_IN, LEADER | ADMIN, rights_page, page_slow, 0},
    {GET, "/rights/:id", AUTH_LOGGED_IN, LEADER | ADMIN, rights_one_page, NULL, 0},
    {POST, "/rights/:id", AUTH_LOGGED_IN, LEADER | ADMIN, rights_answer_post, NULL, 0},
    {GET, "/participants/:id/erase", AUTH_LOGGED_IN, LEADER | ADMIN, participant_erase_page, NULL, 0},
    {POST, "/participants/:id/erase", AUTH_LOGGED_IN, LEADER | ADMIN, participant_erase_post, NULL, 0},
    {GET, "/mentors/:id/erase", AUTH_LOGGED_IN, LEADER | ADMIN, mentor_erase_page, NULL, 0},
    {POST, "/mentors/:id/erase", AUTH_LOGGED_IN, LEADER | ADMIN, mentor_erase_post, NULL, 0},
    {GET, "/users/:id/erase", AUTH_LOGGED_IN, ADMIN, user_erase_page, NULL, 0},
    {POST, "/users/:id/erase", AUTH_LOGGED_IN, ADMIN, user_erase_post, NULL, 0},
    {GET, "/settings/privacy", AUTH_LOGGED_IN, ADMIN, privacy_settings_page, NULL, 0},
    {POST, "/settings/privacy", AUTH_LOGGED_IN, ADMIN, privacy_settings_post, NULL, 0},

    /* users, settings */
    {GET, "/users", AUTH_LOGGED_IN, ADMIN, users_page, NULL, 0},
    {GET, "/users/invite", AUTH_LOGGED_IN, ADMIN, user_invite_page, NULL, 0},
    {POST, "/users/invite", AUTH_LOGGED_IN, ADMIN, user_invite_post, NULL, 0},
    {POST, "/users/invitations/:id/withdraw", AUTH_LOGGED_IN, ADMIN, user_uninvite_post, NULL, 0},
    {GET, "/users/:id", AUTH_LOGGED_IN, ADMIN, user_page_get, NULL, 0},
    {POST, "/users/:id/roles", AUTH_LOGGED_IN, ADMIN, user_role_add_post, NULL, 0},
    {POST, "/users/:id/roles/:role/end", AUTH_LOGGED_IN, ADMIN, user_role_end_post, NULL, 0},
    {GET, "/users/:id/close", AUTH_LOGGED_IN, ADMIN, user_close_page, NULL, 0},
    {POST, "/users/:id/close", AUTH_LOGGED_IN, ADMIN, user_close_post, NULL, 0},
    {POST, "/users/:id/open", AUTH_LOGGED_IN, ADMIN, user_reopen_post, NULL, 0},
    {POST, "/users/:id/sessions/end", AUTH_LOGGED_IN, ADMIN, user_sessions_end_post, NULL, 0},
    {POST, "/users/:id/password", AUTH_LOGGED_IN, ADMIN, user_password_post, NULL, 0},
    {POST, "/users/:id/factor/off", AUTH_LOGGED_IN, ADMIN, factor_reset_post, NULL, 0},
    {GET, "/settings/login", AUTH_LOGGED_IN, ADMIN, login_rules_page, NULL, 0},
    {POST, "/settings/login", AUTH_LOGGED_IN, ADMIN, login_rules_post, NULL, 0},
    {GET, "/organisations", AUTH_LOGGED_IN, ADMIN, organisations_page, NULL, 0},
    {POST, "/organisations", AUTH_LOGGED_IN, ADMIN, organisation_new_post, NULL, 0},
    {GET, "/organisations/new", AUTH_LOGGED_IN, ADMIN, organisation_new_page, NULL, 0},
    {GET, "/organisations/:id", AUTH_LOGGED_IN, ADMIN, organisation_page, NULL, 0},
    {POST, "/organisations/:id/administrator", AUTH_LOGGED_IN, ADMIN, organisation_administrator_post, NULL, 0},
    {GET, "/cooperations", AUTH_LOGGED_IN, ADMIN, cooperations_page, NULL, 0},
    {POST, "/cooperations", AUTH_LOGGED_IN, ADMIN, cooperation_new_post, NULL, 0},
    {GET, "/cooperations/new", AUTH_LOGGED_IN, ADMIN, cooperation_new_page, NULL, 0},
    {GET, "/cooperations/:id", AUTH_LOGGED_IN, ADMIN, cooperation_page, NULL, 0},
    {POST, "/cooperations/:id/end", AUTH_LOGGED_IN, ADMIN, cooperation_end_post, NULL, 0},
    {GET, "/settings", AUTH_LOGGED_IN, LEADER | ADMIN, settings_page, NULL, 0},
    {POST, "/settings", AUTH_LOGGED_IN, ADMIN, settings_post, NULL, 0},
    {GET, "/settings/check", AUTH_LOGGED_IN, ADMIN, settings_check_page, page_slow, 0},

    {0},
};
