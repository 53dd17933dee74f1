/* register_table.h: the data register, column by column: what it is about (enum data_kind), how the person is shown it, what erasure does to it,
 * and its name in words (NULL: only in data.json, or not at all). domain/register.c makes the list that people read of it, model/person.c the
 * statements that export and erase. tests/unit/t_register.c compares it with the real schema: a column that is not here fails the build.
 *
 * Shown as: TEXT, CODE (of a list), NUMBER, DAY, AT (an instant); WHO: an account, told as "you", "somebody else" or "the program"; KEY: a number
 * that ties rows; INNER: hashes and the like, and what is told in confidence of another person: not given out; BYTES: a document's edits, given out
 * as the document; TRAINEE, MENTOR: only to that side; MATCHPLACE, PAIRPLACE: to the trainee, and to the mentor as long as the match or pair lasts, but for
 * protected addresses; REASON: of an event, but for what only leaders are told.
 * Erased: KEEP; EMPTY, ZERO, MINUS (-1), NULLED; FIRST, LAST, ...: what stands there instead. Of a table whose rows go (ROWS) every column goes. */
#pragma once

/* X(table, kind, what happens to the rows, title in words): ROWS go; TEXTS go, the row stays; STAY; SPECIAL: service/erase.c says how. */
#define REGISTER_TABLES(X) \
    X(participant, CONTACT, TEXTS, N_("Om deg")) \
    X(participant_word, CONTACT, ROWS, NULL) \
    X(criterion_assessment, ASSESSMENT, ROWS, N_("Vurderinger av kriteriene")) \
    X(recommendation, ASSESSMENT, ROWS, N_("Anbefalinger")) \
    X(competence_gap, ASSESSMENT, ROWS, N_("Kompetansegap")) \
    X(application_answer, APPLICATION, ROWS, N_("Svarene i søknaden")) \
    X(application, APPLICATION, TEXTS, N_("Søknaden")) \
    X(interview_question, INTERVIEW, ROWS, N_("Spørsmål til intervjuet")) \
    X(interview, INTERVIEW, TEXTS, N_("Intervju")) \
    X(offer, DECISION, TEXTS, N_("Tilbud om plass")) \
    X(trainee, MATCHING, TEXTS, N_("Du som trainee")) \
    X(match_wish, MATCHING, ROWS, NULL) \
    X(match, MATCHING, TEXTS, N_("Match")) \
    X(agreement, MATCHING, TEXTS, N_("Mentoravtalen")) \
    X(agreement_signature, MATCHING, TEXTS, N_("Underskrifter")) \
    X(mentorship, MENTORING, TEXTS, N_("Mentorforløp")) \
    X(meeting, MENTORING, TEXTS, N_("Mentormøter")) \
    X(minutes, MENTORING, ROWS, N_("Referater")) \
    X(task, MENTORING, ROWS, N_("Oppgaver")) \
    X(evaluation, MENTORING, TEXTS, N_("Evalueringer")) \
    X(leave, MENTORING, ROWS, N_("Permisjon")) \
    X(self_assessment, MENTORING, ROWS, N_("Egenvurdering")) \
    X(internship, OUTCOME, TEXTS, N_("Praksis")) \
    X(outcome, OUTCOME, TEXTS, N_("Jobb og utdanning")) \
    X(mentor, MENTOR, TEXTS, N_("Deg som mentor")) \
    X(document, DOCUMENTS, ROWS, N_("Dokumenter")) \
    X(document_share, DOCUMENTS, ROWS, N_("Deling av dokumenter")) \
    X(document_visit, DOCUMENTS, ROWS, NULL) \
    X(document_ad, DOCUMENTS, ROWS, N_("Stillingsannonser")) \
    X(document_comment, DOCUMENTS, ROWS, N_("Kommentarer")) \
    X(document_digest, DOCUMENTS, ROWS, NULL) \
    X(document_version, DOCUMENTS, ROWS, N_("Versjoner")) \
    X(document_text, DOCUMENTS, ROWS, NULL) \
    X(document_log, DOCUMENTS, ROWS, NULL) \
    X(document_snap, DOCUMENTS, ROWS, NULL) \
    X(live_journal, DOCUMENTS, SPECIAL, NULL) \
    X(account, ACCOUNT, TEXTS, N_("Kontoen din")) \
    X(account_role, ACCOUNT, TEXTS, N_("Roller")) \
    X(session, ACCOUNT, ROWS, N_("Innlogginger")) \
    X(login_throttle, ACCOUNT, SPECIAL, NULL) \
    X(known_device, ACCOUNT, ROWS, NULL) \
    X(link, ACCOUNT, ROWS, N_("Lenker på e-post")) \
    X(form_once, ACCOUNT, ROWS, NULL) \
    X(access_token, ACCOUNT, ROWS, N_("Nøkler for programmer")) \
    X(totp, ACCOUNT, ROWS, N_("Engangskode")) \
    X(recovery_code, ACCOUNT, ROWS, NULL) \
    X(login_step, ACCOUNT, ROWS, NULL) \
    X(login_link, ACCOUNT, ROWS, NULL) \
    X(login_code, ACCOUNT, ROWS, NULL) \
    X(oidc_login, ACCOUNT, ROWS, NULL) \
    X(identity, ACCOUNT, ROWS, N_("Innlogging fra andre")) \
    X(oidc_session, ACCOUNT, ROWS, NULL) \
    X(confidentiality, PROMISE, STAY, N_("Taushetserklæring")) \
    X(outbox, MAIL, ROWS, N_("E-post til deg")) \
    X(event, LOG, TEXTS, N_("Det som er gjort og bestemt")) \
    X(log_line, LOG, STAY, N_("Hvem har sett")) \
    X(log_day, LOG, STAY, NULL) \
    X(relation, PROGRAMME, TEXTS, N_("Hvem som har fulgt deg opp")) \
    X(handover, PROGRAMME, TEXTS, N_("Overføring til NAV")) \
    X(consent, RIGHTS, STAY, N_("Samtykker")) \
    X(rights_request, RIGHTS, TEXTS, N_("Det du har bedt om")) \
    X(erasure, RIGHTS, STAY, NULL) \
    X(import_draft, IMPORT, SPECIAL, NULL)

/* Tables that hold nothing about a person. X(table, why) */
#define REGISTER_NOT_PERSONAL(X) \
    X(organisation, N_("Navnet på en organisasjon.")) \
    X(setting, N_("Innstillinger for organisasjonen.")) \
    X(agreement_template, N_("Maler som organisasjonen har skrevet.")) \
    X(document_template, N_("Maler som organisasjonen har skrevet.")) \
    X(cohort, N_("Puljer: navn, dato og plasser.")) \
    X(import_run, N_("Tall om en import.")) \
    X(cooperation, N_("Avtaler mellom organisasjoner.")) \
    X(log_head, N_("Kontrolltall for loggen.")) \
    X(schema_version, N_("Hvilken utgave databasen har."))                                         \
    X(server, N_("Programmene som er i gang, og når de sist ga lyd fra seg."))                     \
    X(job, N_("Når faste oppgaver skal gjøres neste gang.")) \
    X(live_open, N_("Hvilken tjener et dokument er åpent på."))

#define REGISTER_participant(C, t) \
    C(t, id, CONTACT, KEY, KEEP, NULL) C(t, organisation_id, CONTACT, KEY, KEEP, NULL) C(t, reference, CONTACT, TEXT, NUMBERED, N_("Saksnummer")) \
    C(t, first_name, CONTACT, TEXT, FIRST, N_("Fornavn")) C(t, last_name, CONTACT, TEXT, LAST, N_("Etternavn")) \
    C(t, sort_name, CONTACT, INNER, SORT, NULL) C(t, sex, CONTACT, CODE, KEEP, NULL) C(t, birth_year, CONTACT, NUMBER, ZERO, N_("Fødselsår")) \
    C(t, email, CONTACT, TEXT, EMPTY, N_("E-post")) C(t, phone, CONTACT, TEXT, EMPTY, N_("Telefon")) C(t, lang, CONTACT, CODE, KEEP, NULL) \
    C(t, languages, BACKGROUND, CODE, EMPTY, NULL) C(t, settled_on, PROGRAMME, DAY, ZERO, N_("Bosatt")) \
    C(t, programme_start_on, PROGRAMME, DAY, ZERO, N_("Programmet begynte")) \
    C(t, programme_end_on, PROGRAMME, DAY, ZERO, N_("Programmet slutter")) C(t, track, PROGRAMME, NUMBER, ZERO, N_("Spor")) \
    C(t, education_level, BACKGROUND, NUMBER, ZERO, NULL) C(t, field, BACKGROUND, CODE, KEEP, NULL) \
    C(t, field_text, BACKGROUND, TEXT, EMPTY, N_("Fagfelt")) C(t, occupation, BACKGROUND, CODE, EMPTY, NULL) \
    C(t, education_country, BACKGROUND, TEXT, EMPTY, N_("Land for utdanningen")) C(t, recognition, BACKGROUND, NUMBER, ZERO, NULL) \
    C(t, norwegian_oral, BACKGROUND, NUMBER, ZERO, NULL) C(t, norwegian_written, BACKGROUND, NUMBER, ZERO, NULL) \
    C(t, experience_years, BACKGROUND, NUMBER, MINUS, N_("Års erfaring")) C(t, municipality, CONTACT, CODE, EMPTY, NULL) \
    C(t, adviser_id, PROGRAMME, WHO, NULLED, N_("Programrådgiver")) C(t, adviser_text, PROGRAMME, INNER, EMPTY, NULL) \
    C(t, nav_contact_id, PROGRAMME, WHO, NULLED, N_("NAV-kontakt")) C(t, address_protection, CONTACT, NUMBER, KEEP, NULL) \
    C(t, account_id, ACCOUNT, KEY, NULLED, NULL) C(t, stage, PROGRAMME, NUMBER, KEEP, NULL) C(t, stage_at, PROGRAMME, AT, KEEP, NULL) \
    C(t, criteria_sort, ASSESSMENT, INNER, ZERO, NULL) C(t, criteria_due_on, ASSESSMENT, INNER, ZERO, NULL) \
    C(t, created_at, CONTACT, AT, KEEP, N_("Opprettet")) C(t, updated_at, CONTACT, AT, KEEP, N_("Sist endret")) \
    C(t, version, CONTACT, INNER, KEEP, NULL)

#define REGISTER_participant_word(C, t) \
    C(t, participant_id, CONTACT, KEY, KEEP, NULL) C(t, organisation_id, CONTACT, KEY, KEEP, NULL) C(t, word, CONTACT, INNER, KEEP, NULL)

#define REGISTER_criterion_assessment(C, t) \
    C(t, id, ASSESSMENT, KEY, KEEP, NULL) C(t, participant_id, ASSESSMENT, KEY, KEEP, NULL) C(t, criterion, ASSESSMENT, NUMBER, KEEP, NULL) \
    C(t, verdict, ASSESSMENT, NUMBER, KEEP, NULL) C(t, note, ASSESSMENT, TEXT, KEEP, N_("Merknad")) \
    C(t, by_leader, ASSESSMENT, NUMBER, KEEP, NULL) C(t, by_account, ASSESSMENT, WHO, KEEP, N_("Av hvem")) \
    C(t, at, ASSESSMENT, AT, KEEP, N_("Når"))

#define REGISTER_recommendation(C, t) \
    C(t, id, ASSESSMENT, KEY, KEEP, NULL) C(t, participant_id, ASSESSMENT, KEY, KEEP, NULL) C(t, verdict, ASSESSMENT, NUMBER, KEEP, NULL) \
    C(t, reason, ASSESSMENT, TEXT, KEEP, N_("Begrunnelse")) C(t, by_account, ASSESSMENT, WHO, KEEP, N_("Av hvem")) \
    C(t, at, ASSESSMENT, AT, KEEP, N_("Når"))

#define REGISTER_competence_gap(C, t) \
    C(t, id, ASSESSMENT, KEY, KEEP, NULL) C(t, participant_id, ASSESSMENT, KEY, KEEP, NULL) \
    C(t, requirement, ASSESSMENT, TEXT, KEEP, N_("Krav i yrket")) C(t, gap, ASSESSMENT, TEXT, KEEP, N_("Det som mangler")) \
    C(t, closed_at, ASSESSMENT, AT, KEEP, N_("Avsluttet")) C(t, by_account, ASSESSMENT, WHO, KEEP, N_("Av hvem")) \
    C(t, at, ASSESSMENT, AT, KEEP, N_("Når"))

#define REGISTER_application_answer(C, t) \
    C(t, application_id, APPLICATION, KEY, KEEP, NULL) C(t, question, APPLICATION, NUMBER, KEEP, NULL) \
    C(t, text, APPLICATION, TEXT, KEEP, N_("Tekst")) C(t, at_version, APPLICATION, INNER, KEEP, NULL)

#define REGISTER_application(C, t) \
    C(t, id, APPLICATION, KEY, KEEP, NULL) C(t, participant_id, APPLICATION, KEY, KEEP, NULL) C(t, status, APPLICATION, NUMBER, KEEP, NULL) \
    C(t, step, APPLICATION, NUMBER, KEEP, NULL) C(t, lang, APPLICATION, CODE, KEEP, NULL) C(t, created_at, APPLICATION, AT, KEEP, N_("Opprettet")) \
    C(t, updated_at, APPLICATION, AT, KEEP, N_("Sist endret")) C(t, submitted_at, APPLICATION, AT, KEEP, N_("Sendt")) \
    C(t, reopened_at, APPLICATION, AT, KEEP, N_("Åpnet igjen")) C(t, version, APPLICATION, INNER, KEEP, NULL)

#define REGISTER_interview_question(C, t) \
    C(t, id, INTERVIEW, KEY, KEEP, NULL) C(t, interview_id, INTERVIEW, KEY, KEEP, NULL) C(t, question, INTERVIEW, NUMBER, KEEP, NULL) \
    C(t, text, INTERVIEW, TEXT, KEEP, N_("Tekst")) C(t, note, INTERVIEW, TEXT, KEEP, N_("Merknad")) C(t, place, INTERVIEW, INNER, KEEP, NULL)

#define REGISTER_interview(C, t) \
    C(t, id, INTERVIEW, KEY, KEEP, NULL) C(t, participant_id, INTERVIEW, KEY, KEEP, NULL) \
    C(t, interviewer_id, INTERVIEW, WHO, KEEP, N_("Intervjuer")) C(t, at, INTERVIEW, AT, KEEP, N_("Når")) \
    C(t, minutes, INTERVIEW, NUMBER, KEEP, N_("Minutter")) C(t, place, INTERVIEW, TEXT, EMPTY, N_("Sted")) \
    C(t, status, INTERVIEW, NUMBER, KEEP, NULL) C(t, motivation, INTERVIEW, NUMBER, ZERO, NULL) \
    C(t, motivation_note, INTERVIEW, TEXT, EMPTY, N_("Om plan og motivasjon")) C(t, drive, INTERVIEW, NUMBER, ZERO, NULL) \
    C(t, drive_note, INTERVIEW, TEXT, EMPTY, N_("Om driv og læring")) C(t, communication, INTERVIEW, NUMBER, ZERO, NULL) \
    C(t, communication_note, INTERVIEW, TEXT, EMPTY, N_("Om kommunikasjon")) C(t, summary, INTERVIEW, TEXT, EMPTY, N_("Oppsummering")) \
    C(t, feedback, INTERVIEW, TEXT, EMPTY, N_("Tilbakemelding")) C(t, feedback_at, INTERVIEW, AT, KEEP, N_("Tilbakemelding gitt")) \
    C(t, sequence, INTERVIEW, INNER, KEEP, NULL) C(t, created_at, INTERVIEW, AT, KEEP, N_("Opprettet")) \
    C(t, version, INTERVIEW, INNER, KEEP, NULL)

#define REGISTER_offer(C, t) \
    C(t, id, DECISION, KEY, KEEP, NULL) C(t, participant_id, DECISION, KEY, KEEP, NULL) C(t, cohort_id, DECISION, KEY, KEEP, NULL) \
    C(t, by_account, DECISION, WHO, KEEP, N_("Av hvem")) C(t, at, DECISION, AT, KEEP, N_("Når")) \
    C(t, answer_by_on, DECISION, DAY, KEEP, N_("Svarfrist")) C(t, status, DECISION, NUMBER, KEEP, NULL) \
    C(t, answered_at, DECISION, AT, KEEP, N_("Besvart")) C(t, answer_note, DECISION, TEXT, EMPTY, N_("Svaret")) \
    C(t, over_seats_reason, DECISION, TEXT, EMPTY, N_("Begrunnelse for ekstra plass"))

#define REGISTER_trainee(C, t) \
    C(t, id, MATCHING, KEY, KEEP, NULL) C(t, organisation_id, MATCHING, KEY, KEEP, NULL) C(t, participant_id, MATCHING, KEY, KEEP, NULL) \
    C(t, cohort_id, DECISION, KEY, KEEP, NULL) C(t, admitted_at, DECISION, AT, KEEP, N_("Tatt opp")) C(t, status, DECISION, NUMBER, KEEP, NULL) \
    C(t, completed_on, DECISION, DAY, KEEP, N_("Fullført")) C(t, on_time, DECISION, NUMBER, KEEP, NULL) \
    C(t, ended_on, DECISION, DAY, KEEP, N_("Avsluttet")) C(t, end_reason, DECISION, TEXT, EMPTY, N_("Grunn til slutten")) \
    C(t, wish_sex, MATCHING, CODE, EMPTY, NULL) C(t, wish_age, MATCHING, CODE, EMPTY, NULL) C(t, wish_language, MATCHING, CODE, EMPTY, NULL) \
    C(t, wish_sector, MATCHING, CODE, EMPTY, NULL) C(t, wish_text, MATCHING, TEXT, EMPTY, N_("Ønsker")) \
    C(t, goals, MATCHING, TEXT, EMPTY, N_("Mål")) C(t, expectations, MATCHING, TEXT, EMPTY, N_("Forventninger")) \
    C(t, motivation, MATCHING, TEXT, EMPTY, N_("Motivasjon")) C(t, version, MATCHING, INNER, KEEP, NULL)

#define REGISTER_match_wish(C, t) \
    C(t, id, MATCHING, KEY, KEEP, NULL) C(t, trainee_id, MATCHING, KEY, KEEP, NULL) C(t, mentor_id, MATCHING, KEY, KEEP, NULL) \
    C(t, kind, MATCHING, NUMBER, KEEP, NULL) C(t, reason, MATCHING, INNER, KEEP, NULL) C(t, by_account, MATCHING, WHO, KEEP, NULL) \
    C(t, at, MATCHING, AT, KEEP, NULL)

#define REGISTER_match(C, t) \
    C(t, id, MATCHING, KEY, KEEP, NULL) C(t, organisation_id, MATCHING, KEY, KEEP, NULL) C(t, trainee_id, MATCHING, KEY, KEEP, NULL) \
    C(t, mentor_id, MATCHING, KEY, KEEP, NULL) C(t, points, MATCHING, INNER, KEEP, NULL) C(t, reasons, MATCHING, INNER, EMPTY, NULL) \
    C(t, status, MATCHING, NUMBER, KEEP, NULL) C(t, meeting_at, MATCHING, AT, KEEP, N_("Matchingmøte")) \
    C(t, meeting_place, MATCHING, MATCHPLACE, EMPTY, N_("Sted")) C(t, meeting_held_on, MATCHING, DAY, KEEP, N_("Møtet ble holdt")) \
    C(t, asked_at, MATCHING, AT, KEEP, N_("Spurt")) C(t, trainee_answer, MATCHING, TRAINEENUM, ZERO, NULL) \
    C(t, trainee_answer_at, MATCHING, INNER, ZERO, NULL) C(t, trainee_comment, MATCHING, TRAINEE, EMPTY, N_("Kommentaren din")) \
    C(t, mentor_answer, MATCHING, MENTORNUM, ZERO, NULL) C(t, mentor_answer_at, MATCHING, INNER, ZERO, NULL) \
    C(t, mentor_comment, MATCHING, MENTOR, EMPTY, N_("Kommentaren din")) C(t, sequence, MATCHING, INNER, KEEP, NULL) \
    C(t, by_account, MATCHING, WHO, KEEP, N_("Av hvem")) C(t, at, MATCHING, AT, KEEP, N_("Når")) C(t, version, MATCHING, INNER, KEEP, NULL)

#define REGISTER_agreement(C, t) \
    C(t, id, MATCHING, KEY, KEEP, NULL) C(t, match_id, MATCHING, KEY, KEEP, NULL) C(t, text, MATCHING, TEXT, EMPTY, N_("Tekst")) \
    C(t, text_hash, MATCHING, INNER, EMPTY, NULL) C(t, created_at, MATCHING, AT, KEEP, N_("Opprettet")) \
    C(t, updated_at, MATCHING, AT, KEEP, N_("Sist endret")) C(t, version, MATCHING, INNER, KEEP, NULL)

#define REGISTER_agreement_signature(C, t) \
    C(t, id, MATCHING, KEY, KEEP, NULL) C(t, agreement_id, MATCHING, KEY, KEEP, NULL) C(t, account_id, MATCHING, WHO, KEEP, N_("Hvem")) \
    C(t, side, MATCHING, NUMBER, KEEP, NULL) C(t, name, MATCHING, TEXT, EMPTY, N_("Navn")) C(t, text_hash, MATCHING, INNER, EMPTY, NULL) \
    C(t, at, MATCHING, AT, KEEP, N_("Når")) C(t, void_at, MATCHING, AT, KEEP, N_("Gjelder ikke lenger fra"))

#define REGISTER_mentorship(C, t) \
    C(t, id, MENTORING, KEY, KEEP, NULL) C(t, organisation_id, MENTORING, KEY, KEEP, NULL) C(t, match_id, MENTORING, KEY, KEEP, NULL) \
    C(t, trainee_id, MENTORING, KEY, KEEP, NULL) C(t, mentor_id, MENTORING, KEY, KEEP, NULL) C(t, started_at, MENTORING, AT, KEEP, N_("Begynte")) \
    C(t, first_meeting_on, MENTORING, DAY, KEEP, N_("Første møte")) C(t, status, MENTORING, NUMBER, KEEP, NULL) \
    C(t, ended_on, MENTORING, DAY, KEEP, N_("Avsluttet")) C(t, end_reason, MENTORING, TRAINEE, EMPTY, N_("Grunn til slutten")) \
    C(t, contact_after, MENTORING, TEXT, EMPTY, N_("Kontakt etterpå")) C(t, version, MENTORING, INNER, KEEP, NULL)

#define REGISTER_meeting(C, t) \
    C(t, id, MENTORING, KEY, KEEP, NULL) C(t, mentorship_id, MENTORING, KEY, KEEP, NULL) C(t, theme, MENTORING, NUMBER, KEEP, NULL) \
    C(t, at, MENTORING, AT, KEEP, N_("Når")) C(t, minutes, MENTORING, NUMBER, KEEP, N_("Minutter")) \
    C(t, place, MENTORING, PAIRPLACE, EMPTY, N_("Sted")) C(t, digital, MENTORING, NUMBER, KEEP, NULL) C(t, status, MENTORING, NUMBER, KEEP, NULL) \
    C(t, held_on, MENTORING, DAY, KEEP, N_("Holdt")) C(t, sequence, MENTORING, INNER, KEEP, NULL) \
    C(t, created_by, MENTORING, WHO, KEEP, N_("Av hvem")) C(t, created_at, MENTORING, AT, KEEP, N_("Opprettet")) \
    C(t, version, MENTORING, INNER, KEEP, NULL)

#define REGISTER_minutes(C, t) \
    C(t, meeting_id, MENTORING, KEY, KEEP, NULL) C(t, talked, MENTORING, TEXT, KEEP, N_("Det dere snakket om")) \
    C(t, learned, MENTORING, TEXT, KEEP, N_("Det du tok med deg")) C(t, next, MENTORING, TEXT, KEEP, N_("Til neste gang")) \
    C(t, by_account, MENTORING, WHO, KEEP, N_("Av hvem")) C(t, written_at, MENTORING, AT, KEEP, N_("Skrevet")) \
    C(t, version, MENTORING, INNER, KEEP, NULL)

#define REGISTER_task(C, t) \
    C(t, id, MENTORING, KEY, KEEP, NULL) C(t, organisation_id, MENTORING, KEY, KEEP, NULL) C(t, trainee_id, MENTORING, KEY, KEEP, NULL) \
    C(t, meeting_id, MENTORING, KEY, KEEP, NULL) C(t, owner, MENTORING, NUMBER, KEEP, NULL) C(t, text, MENTORING, TEXT, KEEP, N_("Tekst")) \
    C(t, due_on, MENTORING, DAY, KEEP, N_("Frist")) C(t, done_at, MENTORING, AT, KEEP, N_("Gjort")) \
    C(t, by_account, MENTORING, WHO, KEEP, N_("Av hvem")) C(t, at, MENTORING, AT, KEEP, N_("Når"))

#define REGISTER_evaluation(C, t) \
    C(t, id, MENTORING, KEY, KEEP, NULL) C(t, mentorship_id, MENTORING, KEY, KEEP, NULL) C(t, kind, MENTORING, NUMBER, KEEP, NULL) \
    C(t, held_on, MENTORING, DAY, KEEP, N_("Holdt")) C(t, go_on, MENTORING, DAY, ZERO, NULL) C(t, goals, MENTORING, TEXT, EMPTY, N_("Mål")) \
    C(t, new_goals, MENTORING, TEXT, EMPTY, N_("Nye mål")) C(t, benefit, MENTORING, TEXT, EMPTY, N_("Utbytte")) \
    C(t, ending, MENTORING, TEXT, EMPTY, N_("Avslutning")) C(t, by_account, MENTORING, WHO, KEEP, N_("Av hvem")) \
    C(t, at, MENTORING, AT, KEEP, N_("Når"))

#define REGISTER_leave(C, t) \
    C(t, id, MENTORING, KEY, KEEP, NULL) C(t, trainee_id, MENTORING, KEY, KEEP, NULL) C(t, kind, MENTORING, NUMBER, KEEP, NULL) \
    C(t, from_on, MENTORING, DAY, KEEP, N_("Fra")) C(t, until_on, MENTORING, DAY, KEEP, N_("Til")) \
    C(t, returned_on, MENTORING, DAY, KEEP, N_("Tilbake")) C(t, by_account, MENTORING, WHO, KEEP, N_("Av hvem")) \
    C(t, at, MENTORING, AT, KEEP, N_("Når"))

#define REGISTER_self_assessment(C, t) \
    C(t, trainee_id, MENTORING, KEY, KEEP, NULL) C(t, moment, MENTORING, NUMBER, KEEP, NULL) C(t, statement, MENTORING, NUMBER, KEEP, NULL) \
    C(t, value, MENTORING, NUMBER, KEEP, NULL) C(t, at, MENTORING, AT, KEEP, N_("Når"))

#define REGISTER_internship(C, t) \
    C(t, id, OUTCOME, KEY, KEEP, NULL) C(t, trainee_id, OUTCOME, KEY, KEEP, NULL) C(t, business, OUTCOME, TEXT, EMPTY, N_("Virksomhet")) \
    C(t, from_on, OUTCOME, DAY, KEEP, N_("Fra")) C(t, until_on, OUTCOME, DAY, KEEP, N_("Til")) \
    C(t, percent, OUTCOME, NUMBER, KEEP, N_("Stilling i prosent")) C(t, field_relevant, OUTCOME, NUMBER, KEEP, NULL) \
    C(t, by_account, OUTCOME, WHO, KEEP, N_("Av hvem")) C(t, at, OUTCOME, AT, KEEP, N_("Når")) C(t, version, OUTCOME, INNER, KEEP, NULL)

#define REGISTER_outcome(C, t) \
    C(t, id, OUTCOME, KEY, KEEP, NULL) C(t, trainee_id, OUTCOME, KEY, KEEP, NULL) C(t, kind, OUTCOME, NUMBER, KEEP, NULL) \
    C(t, offered_on, OUTCOME, DAY, KEEP, N_("Tilbud")) C(t, from_on, OUTCOME, DAY, KEEP, N_("Fra")) C(t, until_on, OUTCOME, DAY, KEEP, N_("Til")) \
    C(t, employer, OUTCOME, TEXT, EMPTY, N_("Arbeidsgiver")) C(t, occupation, OUTCOME, CODE, EMPTY, NULL) \
    C(t, job_title, OUTCOME, TEXT, EMPTY, N_("Stilling")) C(t, percent, OUTCOME, NUMBER, KEEP, N_("Stilling i prosent")) \
    C(t, permanent, OUTCOME, NUMBER, KEEP, NULL) C(t, subsidy, OUTCOME, NUMBER, KEEP, NULL) \
    C(t, practice_percent, OUTCOME, NUMBER, KEEP, N_("Praksis i prosent")) C(t, field_relevant, OUTCOME, NUMBER, KEEP, NULL) \
    C(t, found_by, OUTCOME, WHO, KEEP, NULL) C(t, note, OUTCOME, TEXT, EMPTY, N_("Merknad")) C(t, by_account, OUTCOME, WHO, KEEP, N_("Av hvem")) \
    C(t, at, OUTCOME, AT, KEEP, N_("Når")) C(t, version, OUTCOME, INNER, KEEP, NULL)

#define REGISTER_mentor(C, t) \
    C(t, id, MENTOR, KEY, KEEP, NULL) C(t, organisation_id, MENTOR, KEY, KEEP, NULL) C(t, account_id, MENTOR, KEY, NULLED, NULL) \
    C(t, first_name, MENTOR, TEXT, FIRST, N_("Fornavn")) C(t, last_name, MENTOR, TEXT, LASTMENTOR, N_("Etternavn")) \
    C(t, sort_name, MENTOR, INNER, SORT, NULL) C(t, email, MENTOR, TEXT, EMPTY, N_("E-post")) C(t, phone, MENTOR, TEXT, EMPTY, N_("Telefon")) \
    C(t, lang, MENTOR, CODE, KEEP, NULL) C(t, sex, MENTOR, CODE, EMPTY, NULL) C(t, birth_year, MENTOR, NUMBER, ZERO, N_("Fødselsår")) \
    C(t, field, MENTOR, CODE, EMPTY, NULL) C(t, specialisation, MENTOR, TEXT, EMPTY, N_("Spesialisering")) \
    C(t, occupation, MENTOR, CODE, EMPTY, NULL) C(t, job_title, MENTOR, TEXT, EMPTY, N_("Stilling")) \
    C(t, employer, MENTOR, TEXT, EMPTY, N_("Arbeidsgiver")) C(t, sector, MENTOR, CODE, EMPTY, NULL) \
    C(t, experience_years, MENTOR, NUMBER, ZERO, N_("Års erfaring")) C(t, seniority, MENTOR, NUMBER, ZERO, NULL) \
    C(t, network, MENTOR, NUMBER, ZERO, NULL) C(t, languages, MENTOR, CODE, EMPTY, NULL) C(t, municipality, MENTOR, CODE, EMPTY, NULL) \
    C(t, motivation, MENTOR, TEXT, EMPTY, N_("Motivasjon")) C(t, capacity, MENTOR, NUMBER, KEEP, NULL) C(t, wish_sex, MENTOR, CODE, EMPTY, NULL) \
    C(t, wish_text, MENTOR, TEXT, EMPTY, N_("Ønsker")) C(t, police_certificate_on, MENTOR, DAY, ZERO, N_("Politiattest vist")) \
    C(t, confidentiality_at, ACCOUNT, AT, KEEP, N_("Taushetsplikten bekreftet")) C(t, paused_until_on, MENTOR, DAY, KEEP, N_("Pause til")) \
    C(t, recommended_by, MENTOR, INNER, NULLED, NULL) C(t, ended_at, MENTOR, AT, KEEP, N_("Avsluttet")) \
    C(t, created_at, MENTOR, AT, KEEP, N_("Opprettet")) C(t, updated_at, MENTOR, AT, KEEP, N_("Sist endret")) \
    C(t, version, MENTOR, INNER, KEEP, NULL)

#define REGISTER_document(C, t) \
    C(t, id, DOCUMENTS, KEY, KEEP, NULL) C(t, organisation_id, DOCUMENTS, KEY, KEEP, NULL) C(t, owner_account, DOCUMENTS, KEY, KEEP, NULL) \
    C(t, participant_id, DOCUMENTS, KEY, KEEP, NULL) C(t, kind, DOCUMENTS, CODE, KEEP, NULL) C(t, title, DOCUMENTS, TEXT, KEEP, N_("Tittel")) \
    C(t, meeting_id, DOCUMENTS, KEY, KEEP, NULL) C(t, created_by, DOCUMENTS, WHO, KEEP, N_("Av hvem")) \
    C(t, created_at, DOCUMENTS, AT, KEEP, N_("Opprettet")) C(t, changed_by, DOCUMENTS, WHO, KEEP, NULL) \
    C(t, changed_at, DOCUMENTS, AT, KEEP, N_("Sist endret")) C(t, archived_at, DOCUMENTS, AT, KEEP, N_("Arkivert")) \
    C(t, deleted_at, DOCUMENTS, AT, KEEP, N_("Slettet")) C(t, version, DOCUMENTS, INNER, KEEP, NULL)

#define REGISTER_document_share(C, t) \
    C(t, document_id, DOCUMENTS, KEY, KEEP, NULL) C(t, account_id, DOCUMENTS, WHO, KEEP, N_("Hvem")) C(t, may, DOCUMENTS, NUMBER, KEEP, NULL) \
    C(t, given_by, DOCUMENTS, WHO, KEEP, NULL) C(t, given_at, DOCUMENTS, AT, KEEP, N_("Gitt"))

#define REGISTER_document_visit(C, t) \
    C(t, document_id, DOCUMENTS, KEY, KEEP, NULL) C(t, account_id, DOCUMENTS, KEY, KEEP, NULL) C(t, at, DOCUMENTS, AT, KEEP, NULL)

#define REGISTER_document_ad(C, t) \
    C(t, document_id, DOCUMENTS, KEY, KEEP, NULL) C(t, employer, DOCUMENTS, TEXT, KEEP, N_("Arbeidsgiver")) \
    C(t, url, DOCUMENTS, TEXT, KEEP, N_("Nettadresse")) C(t, deadline_on, DOCUMENTS, DAY, KEEP, N_("Søknadsfrist")) \
    C(t, text, DOCUMENTS, TEXT, KEEP, N_("Tekst")) C(t, version, DOCUMENTS, INNER, KEEP, NULL)

#define REGISTER_document_comment(C, t) \
    C(t, id, DOCUMENTS, KEY, KEEP, NULL) C(t, document_id, DOCUMENTS, KEY, KEEP, NULL) C(t, parent_id, DOCUMENTS, KEY, KEEP, NULL) \
    C(t, mark, DOCUMENTS, INNER, KEEP, NULL) C(t, quote, DOCUMENTS, TEXT, KEEP, N_("Sitat")) C(t, text, DOCUMENTS, TEXT, KEEP, N_("Tekst")) \
    C(t, by_account, DOCUMENTS, WHO, KEEP, N_("Av hvem")) C(t, at, DOCUMENTS, AT, KEEP, N_("Når")) \
    C(t, resolved_at, DOCUMENTS, AT, KEEP, N_("Avsluttet")) C(t, resolved_by, DOCUMENTS, WHO, KEEP, NULL) \
    C(t, deleted_at, DOCUMENTS, AT, KEEP, N_("Slettet"))

#define REGISTER_document_digest(C, t) \
    C(t, account_id, DOCUMENTS, KEY, KEEP, NULL) C(t, told_at, DOCUMENTS, AT, KEEP, NULL)

#define REGISTER_document_version(C, t) \
    C(t, id, DOCUMENTS, KEY, KEEP, NULL) C(t, document_id, DOCUMENTS, KEY, KEEP, NULL) C(t, name, DOCUMENTS, TEXT, KEEP, N_("Navn")) \
    C(t, by_account, DOCUMENTS, WHO, KEEP, N_("Av hvem")) C(t, at, DOCUMENTS, AT, KEEP, N_("Når")) C(t, state, DOCUMENTS, BYTES, KEEP, NULL)

#define REGISTER_document_text(C, t) \
    C(t, document_id, DOCUMENTS, KEY, KEEP, NULL) C(t, text, DOCUMENTS, INNER, KEEP, NULL) C(t, folded, DOCUMENTS, INNER, KEEP, NULL) \
    C(t, words, DOCUMENTS, INNER, KEEP, NULL) C(t, made_at, DOCUMENTS, INNER, KEEP, NULL)

#define REGISTER_document_log(C, t) \
    C(t, document_id, DOCUMENTS, KEY, KEEP, NULL) C(t, seq, DOCUMENTS, INNER, KEEP, NULL) C(t, account_id, DOCUMENTS, KEY, KEEP, NULL) \
    C(t, from_at, DOCUMENTS, AT, KEEP, NULL) C(t, at, DOCUMENTS, AT, KEEP, NULL) C(t, edits, DOCUMENTS, NUMBER, KEEP, NULL) \
    C(t, data, DOCUMENTS, BYTES, KEEP, NULL)

#define REGISTER_document_snap(C, t) \
    C(t, document_id, DOCUMENTS, KEY, KEEP, NULL) C(t, seq, DOCUMENTS, INNER, KEEP, NULL) C(t, made_at, DOCUMENTS, AT, KEEP, NULL) \
    C(t, state, DOCUMENTS, BYTES, KEEP, NULL)

#define REGISTER_live_journal(C, t) \
    C(t, id, DOCUMENTS, KEY, KEEP, NULL) C(t, stream, DOCUMENTS, INNER, KEEP, NULL) C(t, records, DOCUMENTS, BYTES, KEEP, NULL)

#define REGISTER_account(C, t) \
    C(t, id, ACCOUNT, KEY, KEEP, NULL) C(t, email, ACCOUNT, TEXT, MAIL, N_("E-post")) C(t, name, ACCOUNT, TEXT, USER, N_("Navn")) \
    C(t, lang, ACCOUNT, CODE, KEEP, NULL) C(t, password_hash, ACCOUNT, INNER, EMPTY, NULL) C(t, created_at, ACCOUNT, AT, KEEP, N_("Opprettet")) \
    C(t, disabled_at, ACCOUNT, AT, KEEP, N_("Stengt")) C(t, version, ACCOUNT, INNER, KEEP, NULL)

#define REGISTER_account_role(C, t) \
    C(t, id, ACCOUNT, KEY, KEEP, NULL) C(t, account_id, ACCOUNT, KEY, KEEP, NULL) C(t, organisation_id, ACCOUNT, KEY, KEEP, NULL) \
    C(t, role, ACCOUNT, CODE, KEEP, NULL) C(t, from_at, ACCOUNT, AT, KEEP, N_("Fra")) C(t, until_at, ACCOUNT, AT, KEEP, N_("Til")) \
    C(t, name, ACCOUNT, INNER, USER, NULL)

#define REGISTER_session(C, t) \
    C(t, id, ACCOUNT, KEY, KEEP, NULL) C(t, token_hash, ACCOUNT, INNER, KEEP, NULL) C(t, account_id, ACCOUNT, KEY, KEEP, NULL) \
    C(t, account_role_id, ACCOUNT, KEY, KEEP, NULL) C(t, created_at, ACCOUNT, AT, KEEP, N_("Opprettet")) \
    C(t, seen_at, ACCOUNT, AT, KEEP, N_("Sist brukt")) C(t, expires_at, ACCOUNT, AT, KEEP, N_("Gjelder til")) \
    C(t, agent, ACCOUNT, TEXT, KEEP, N_("Nettleser")) C(t, method, ACCOUNT, CODE, KEEP, NULL) C(t, factor_at, ACCOUNT, AT, KEEP, NULL) \
    C(t, shared, ACCOUNT, NUMBER, KEEP, NULL)

#define REGISTER_login_throttle(C, t) \
    C(t, key, ACCOUNT, INNER, KEEP, NULL) C(t, failures, ACCOUNT, INNER, KEEP, NULL) C(t, until_at, ACCOUNT, INNER, KEEP, NULL) \
    C(t, seen_at, ACCOUNT, INNER, KEEP, NULL)

#define REGISTER_known_device(C, t) \
    C(t, token_hash, ACCOUNT, INNER, KEEP, NULL) C(t, account_id, ACCOUNT, KEY, KEEP, NULL) C(t, seen_at, ACCOUNT, AT, KEEP, NULL)

#define REGISTER_link(C, t) \
    C(t, id, ACCOUNT, KEY, KEEP, NULL) C(t, token_hash, ACCOUNT, INNER, KEEP, NULL) C(t, kind, ACCOUNT, CODE, KEEP, NULL) \
    C(t, organisation_id, ACCOUNT, KEY, KEEP, NULL) C(t, email, ACCOUNT, TEXT, KEEP, N_("E-post")) C(t, name, ACCOUNT, TEXT, KEEP, N_("Navn")) \
    C(t, lang, ACCOUNT, CODE, KEEP, NULL) C(t, role, ACCOUNT, CODE, KEEP, NULL) C(t, subject_id, ACCOUNT, KEY, KEEP, NULL) \
    C(t, created_by, ACCOUNT, WHO, KEEP, N_("Av hvem")) C(t, created_at, ACCOUNT, AT, KEEP, N_("Opprettet")) \
    C(t, expires_at, ACCOUNT, AT, KEEP, N_("Gjelder til")) C(t, used_at, ACCOUNT, AT, KEEP, N_("Brukt"))

#define REGISTER_form_once(C, t) \
    C(t, token, ACCOUNT, INNER, KEEP, NULL) C(t, account_id, ACCOUNT, KEY, KEEP, NULL) C(t, at, ACCOUNT, AT, KEEP, NULL) \
    C(t, location, ACCOUNT, INNER, KEEP, NULL)

#define REGISTER_access_token(C, t) \
    C(t, id, ACCOUNT, KEY, KEEP, NULL) C(t, token_hash, ACCOUNT, INNER, KEEP, NULL) C(t, account_id, ACCOUNT, KEY, KEEP, NULL) \
    C(t, account_role_id, ACCOUNT, KEY, KEEP, NULL) C(t, scopes, ACCOUNT, CODE, KEEP, NULL) C(t, created_at, ACCOUNT, AT, KEEP, N_("Opprettet")) \
    C(t, ended_at, ACCOUNT, AT, KEEP, N_("Avsluttet"))

#define REGISTER_totp(C, t) \
    C(t, account_id, ACCOUNT, KEY, KEEP, NULL) C(t, secret, ACCOUNT, BYTES, KEEP, NULL) C(t, confirmed_at, ACCOUNT, AT, KEEP, N_("Bekreftet")) \
    C(t, last_step, ACCOUNT, INNER, KEEP, NULL) C(t, created_at, ACCOUNT, AT, KEEP, N_("Opprettet"))

#define REGISTER_recovery_code(C, t) \
    C(t, account_id, ACCOUNT, KEY, KEEP, NULL) C(t, code_hash, ACCOUNT, INNER, KEEP, NULL) C(t, used_at, ACCOUNT, INNER, KEEP, NULL)

#define REGISTER_login_step(C, t) \
    C(t, token_hash, ACCOUNT, INNER, KEEP, NULL) C(t, account_id, ACCOUNT, KEY, KEEP, NULL) C(t, method, ACCOUNT, INNER, KEEP, NULL) \
    C(t, next, ACCOUNT, INNER, KEEP, NULL) C(t, tries, ACCOUNT, NUMBER, KEEP, NULL) C(t, expires_at, ACCOUNT, AT, KEEP, NULL) \
    C(t, shared, ACCOUNT, INNER, KEEP, NULL)

#define REGISTER_login_link(C, t) \
    C(t, token_hash, ACCOUNT, INNER, KEEP, NULL) C(t, browser_hash, ACCOUNT, INNER, KEEP, NULL) C(t, account_id, ACCOUNT, KEY, KEEP, NULL) \
    C(t, created_at, ACCOUNT, AT, KEEP, NULL) C(t, expires_at, ACCOUNT, AT, KEEP, NULL) \
    C(t, used_at, ACCOUNT, AT, KEEP, NULL) \
    C(t, shared, ACCOUNT, INNER, KEEP, NULL)

#define REGISTER_login_code(C, t) \
    C(t, id, ACCOUNT, KEY, KEEP, NULL) C(t, account_id, ACCOUNT, KEY, KEEP, NULL) C(t, code_hash, ACCOUNT, INNER, KEEP, NULL) \
    C(t, by_account, ACCOUNT, WHO, KEEP, NULL) C(t, created_at, ACCOUNT, AT, KEEP, NULL) C(t, expires_at, ACCOUNT, AT, KEEP, NULL) \
    C(t, tries, ACCOUNT, NUMBER, KEEP, NULL) C(t, used_at, ACCOUNT, AT, KEEP, NULL) \
    C(t, begins, ACCOUNT, INNER, KEEP, NULL)

#define REGISTER_oidc_login(C, t) \
    C(t, state_hash, ACCOUNT, INNER, KEEP, NULL) C(t, browser_hash, ACCOUNT, INNER, KEEP, NULL) C(t, provider, ACCOUNT, INNER, KEEP, NULL) \
    C(t, nonce, ACCOUNT, INNER, KEEP, NULL) C(t, verifier, ACCOUNT, INNER, KEEP, NULL) C(t, next, ACCOUNT, INNER, KEEP, NULL) \
    C(t, account_id, ACCOUNT, KEY, KEEP, NULL) C(t, created_at, ACCOUNT, AT, KEEP, NULL) C(t, expires_at, ACCOUNT, AT, KEEP, NULL) \
    C(t, invitation, ACCOUNT, BYTES, KEEP, NULL) C(t, shared, ACCOUNT, INNER, KEEP, NULL)

#define REGISTER_identity(C, t) \
    C(t, id, ACCOUNT, KEY, KEEP, NULL) C(t, account_id, ACCOUNT, KEY, KEEP, NULL) C(t, issuer, ACCOUNT, TEXT, KEEP, N_("Fra hvem")) \
    C(t, subject_hash, ACCOUNT, INNER, KEEP, NULL) C(t, pid, ACCOUNT, BYTES, KEEP, NULL) C(t, created_at, ACCOUNT, AT, KEEP, N_("Opprettet")) \
    C(t, used_at, ACCOUNT, AT, KEEP, N_("Brukt"))

#define REGISTER_oidc_session(C, t) \
    C(t, session_id, ACCOUNT, KEY, KEEP, NULL) C(t, issuer, ACCOUNT, INNER, KEEP, NULL) C(t, sid_hash, ACCOUNT, INNER, KEEP, NULL) \
    C(t, id_token, ACCOUNT, BYTES, KEEP, NULL) \
    C(t, end_session, ACCOUNT, INNER, KEEP, NULL) C(t, provider, ACCOUNT, INNER, KEEP, NULL)

#define REGISTER_confidentiality(C, t) \
    C(t, id, PROMISE, KEY, KEEP, NULL) C(t, account_id, PROMISE, KEY, KEEP, NULL) C(t, text_version, PROMISE, NUMBER, KEEP, NULL) \
    C(t, lang, PROMISE, CODE, KEEP, NULL) C(t, at, PROMISE, AT, KEEP, N_("Når"))

#define REGISTER_outbox(C, t) \
    C(t, id, MAIL, KEY, KEEP, NULL) C(t, organisation_id, MAIL, KEY, KEEP, NULL) C(t, kind, MAIL, CODE, KEEP, NULL) \
    C(t, to_email, MAIL, TEXT, KEEP, N_("E-post")) C(t, to_name, MAIL, TEXT, KEEP, N_("Navn")) C(t, lang, MAIL, CODE, KEEP, NULL) \
    C(t, subject, MAIL, TEXT, KEEP, N_("Emne")) C(t, body, MAIL, TEXT, KEEP, N_("Tekst")) C(t, calendar, MAIL, TEXT, KEEP, N_("Kalender")) \
    C(t, calendar_method, MAIL, INNER, KEEP, NULL) C(t, created_at, MAIL, AT, KEEP, N_("Opprettet")) C(t, due_at, MAIL, INNER, KEEP, NULL) \
    C(t, attempts, MAIL, INNER, KEEP, NULL) C(t, sent_at, MAIL, AT, KEEP, N_("Sendt")) C(t, failed_at, MAIL, INNER, KEEP, NULL) \
    C(t, error, MAIL, INNER, KEEP, NULL)

#define REGISTER_event(C, t) \
    C(t, id, LOG, KEY, KEEP, NULL) C(t, organisation_id, LOG, KEY, KEEP, NULL) C(t, at, LOG, AT, KEEP, N_("Når")) \
    C(t, account_id, LOG, WHO, KEEP, N_("Hvem")) C(t, role, LOG, CODE, KEEP, NULL) C(t, participant_id, LOG, KEY, KEEP, NULL) \
    C(t, kind, LOG, CODE, KEEP, NULL) C(t, subject_id, LOG, KEY, KEEP, NULL) C(t, outcome, LOG, CODE, KEEP, NULL) \
    C(t, reason, LOG, REASON, EMPTY, N_("Begrunnelse")) C(t, reason_salt, LOG, INNER, EMPTY, NULL)

#define REGISTER_log_line(C, t) \
    C(t, id, LOG, KEY, KEEP, NULL) C(t, organisation_id, LOG, KEY, KEEP, NULL) C(t, seq, LOG, INNER, KEEP, NULL) \
    C(t, at, LOG, AT, KEEP, N_("Når")) C(t, account_id, LOG, WHO, KEEP, N_("Hvem")) C(t, from_organisation_id, LOG, KEY, KEEP, NULL) \
    C(t, role, LOG, CODE, KEEP, NULL) C(t, participant_id, LOG, KEY, KEEP, NULL) C(t, act, LOG, CODE, KEEP, NULL) \
    C(t, what, LOG, CODE, KEEP, NULL) C(t, subject_id, LOG, KEY, KEEP, NULL) C(t, outcome, LOG, CODE, KEEP, NULL) \
    C(t, event_id, LOG, KEY, KEEP, NULL) C(t, reason_hash, LOG, INNER, KEEP, NULL) C(t, request, LOG, INNER, KEEP, NULL) \
    C(t, hash, LOG, INNER, KEEP, NULL)

/* What was refused and whether somebody hidden was looked for is not given out: see OF_log_line in model/person.c. */
#define REGISTER_log_day(C, t) \
    C(t, organisation_id, LOG, KEY, KEEP, NULL) C(t, day, LOG, DAY, KEEP, NULL) C(t, account_id, LOG, WHO, KEEP, NULL) C(t, role, LOG, CODE, KEEP, NULL) \
    C(t, opened, LOG, NUMBER, KEEP, NULL) C(t, persons, LOG, NUMBER, KEEP, NULL) C(t, outside, LOG, INNER, KEEP, NULL) \
    C(t, night, LOG, NUMBER, KEEP, NULL) C(t, refused, LOG, INNER, KEEP, NULL) C(t, hidden, LOG, INNER, KEEP, NULL) \
    C(t, stops, LOG, INNER, KEEP, NULL)

#define REGISTER_relation(C, t) \
    C(t, id, PROGRAMME, KEY, KEEP, NULL) C(t, organisation_id, PROGRAMME, KEY, KEEP, NULL) C(t, participant_id, PROGRAMME, KEY, KEEP, NULL) \
    C(t, account_id, PROGRAMME, WHO, KEEP, N_("Hvem")) C(t, kind, PROGRAMME, CODE, KEEP, NULL) C(t, subject_id, PROGRAMME, KEY, KEEP, NULL) \
    C(t, from_on, PROGRAMME, DAY, KEEP, N_("Fra")) C(t, until_on, PROGRAMME, DAY, KEEP, N_("Til")) \
    C(t, reason, PROGRAMME, TEXT, EMPTY, N_("Begrunnelse")) C(t, by_account, PROGRAMME, WHO, KEEP, N_("Av hvem")) \
    C(t, at, PROGRAMME, AT, KEEP, N_("Når")) C(t, ended_by, PROGRAMME, WHO, KEEP, NULL) C(t, ended_at, PROGRAMME, AT, KEEP, N_("Avsluttet"))

#define REGISTER_handover(C, t) \
    C(t, id, PROGRAMME, KEY, KEEP, NULL) C(t, organisation_id, PROGRAMME, KEY, KEEP, NULL) C(t, participant_id, PROGRAMME, KEY, KEEP, NULL) \
    C(t, adviser_id, PROGRAMME, WHO, KEEP, N_("Programrådgiver")) C(t, nav_contact_id, PROGRAMME, WHO, KEEP, N_("NAV-kontakt")) \
    C(t, on_day, PROGRAMME, DAY, KEEP, N_("Fra")) C(t, note, PROGRAMME, TEXT, EMPTY, N_("Merknad")) \
    C(t, by_account, PROGRAMME, WHO, KEEP, N_("Av hvem")) C(t, at, PROGRAMME, AT, KEEP, N_("Når")) C(t, done_at, PROGRAMME, AT, KEEP, N_("Gjort")) \
    C(t, withdrawn_at, PROGRAMME, AT, KEEP, N_("Trukket"))

#define REGISTER_consent(C, t) \
    C(t, id, RIGHTS, KEY, KEEP, NULL) C(t, organisation_id, RIGHTS, KEY, KEEP, NULL) C(t, account_id, RIGHTS, KEY, KEEP, NULL) \
    C(t, purpose, RIGHTS, CODE, KEEP, NULL) C(t, text_version, RIGHTS, NUMBER, KEEP, NULL) C(t, lang, RIGHTS, CODE, KEEP, NULL) \
    C(t, given_at, RIGHTS, AT, KEEP, N_("Gitt")) C(t, withdrawn_at, RIGHTS, AT, KEEP, N_("Trukket"))

#define REGISTER_rights_request(C, t) \
    C(t, id, RIGHTS, KEY, KEEP, NULL) C(t, organisation_id, RIGHTS, KEY, KEEP, NULL) C(t, participant_id, RIGHTS, KEY, KEEP, NULL) \
    C(t, account_id, RIGHTS, WHO, KEEP, N_("Hvem")) C(t, kind, RIGHTS, CODE, KEEP, NULL) C(t, text, RIGHTS, TEXT, EMPTY, N_("Tekst")) \
    C(t, at, RIGHTS, AT, KEEP, N_("Når")) C(t, answer, RIGHTS, TEXT, EMPTY, N_("Svar")) C(t, answered_at, RIGHTS, AT, KEEP, N_("Besvart")) \
    C(t, answered_by, RIGHTS, WHO, KEEP, N_("Av hvem"))

#define REGISTER_erasure(C, t) \
    C(t, id, RIGHTS, KEY, KEEP, NULL) C(t, organisation_id, RIGHTS, KEY, KEEP, NULL) C(t, participant_id, RIGHTS, KEY, KEEP, NULL) \
    C(t, account_id, RIGHTS, KEY, KEEP, NULL) C(t, mentor_id, RIGHTS, KEY, KEEP, NULL) C(t, kind, RIGHTS, CODE, KEEP, NULL) C(t, why, RIGHTS, CODE, KEEP, NULL) \
    C(t, kept, RIGHTS, CODE, KEEP, NULL) C(t, at, RIGHTS, AT, KEEP, NULL) C(t, by_account, RIGHTS, WHO, KEEP, NULL) \
    C(t, scrubbed_at, RIGHTS, INNER, KEEP, NULL) C(t, proof_at, RIGHTS, INNER, KEEP, NULL)

#define REGISTER_import_draft(C, t) \
    C(t, id, IMPORT, KEY, KEEP, NULL) C(t, organisation_id, IMPORT, KEY, KEEP, NULL) C(t, account_id, IMPORT, KEY, KEEP, NULL) \
    C(t, at, IMPORT, INNER, KEEP, NULL) C(t, filename, IMPORT, INNER, KEEP, NULL) C(t, text, IMPORT, INNER, KEEP, NULL) \
    C(t, mapping, IMPORT, INNER, KEEP, NULL)
