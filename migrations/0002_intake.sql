-- From the list of participants to the cohort.

-- A person in, or recently out of, the introduction programme. Columns follow the import's names (docs/user/import.md).
CREATE TABLE participant (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- whose participant
    reference TEXT NOT NULL,                     -- the case system's own number; the same one is the same person
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    sort_name TEXT NOT NULL DEFAULT '',          -- "last first" folded, with æ ø å after z: for paging by name
    sex TEXT NOT NULL DEFAULT '',                -- female, male, other, '' unknown
    birth_year INTEGER NOT NULL DEFAULT 0,
    email TEXT NOT NULL DEFAULT '',              -- lower case
    phone TEXT NOT NULL DEFAULT '',
    lang TEXT NOT NULL DEFAULT 'nb',             -- language to write to the person in
    languages TEXT NOT NULL DEFAULT '',          -- spoken, codes with comma: "ar,en,nb"
    settled_on INTEGER NOT NULL DEFAULT 0,       -- settled in a municipality
    programme_start_on INTEGER NOT NULL DEFAULT 0, -- introduction programme from
    programme_end_on INTEGER NOT NULL DEFAULT 0,   -- and (planned) to
    track INTEGER NOT NULL DEFAULT 0,            -- 1 to 3
    education_level INTEGER NOT NULL DEFAULT 0,  -- enum education_level (domain/criteria.h)
    field TEXT NOT NULL DEFAULT '',              -- ISCED-F 2013 code (domain/field.h)
    field_text TEXT NOT NULL DEFAULT '',         -- as it came, or the specialisation
    occupation TEXT NOT NULL DEFAULT '',         -- STYRK-08 code, the person's profession
    education_country TEXT NOT NULL DEFAULT '',  -- where the education is from, as it came
    recognition INTEGER NOT NULL DEFAULT 0,      -- enum recognition: HK-dir/NOKUT status
    norwegian_oral INTEGER NOT NULL DEFAULT 0,   -- enum cefr
    norwegian_written INTEGER NOT NULL DEFAULT 0, -- enum cefr
    experience_years INTEGER NOT NULL DEFAULT -1, -- in the profession; -1 unknown
    municipality TEXT NOT NULL DEFAULT '',       -- municipality number of residence, for distance
    adviser_id BIGINT,                           -- account of the programme adviser
    adviser_text TEXT NOT NULL DEFAULT '',       -- the adviser's name as imported while no account fits
    nav_contact_id BIGINT,                       -- account of the NAV contact
    address_protection INTEGER NOT NULL DEFAULT 0, -- 0 none, 1 confidential, 2 strictly confidential
    account_id BIGINT,                           -- when the person can log in
    stage INTEGER NOT NULL DEFAULT 0,            -- enum intake_stage (domain/intake.h)
    stage_at BIGINT NOT NULL DEFAULT 0,          -- since when
    criteria_sort INTEGER NOT NULL DEFAULT 0,    -- how well the criteria are met (sort_key of domain/criteria.h), for sorting only
    criteria_due_on INTEGER NOT NULL DEFAULT 0,  -- from this date on criteria_sort may be another; 0: it never changes by itself
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (organisation_id, reference)
);
CREATE INDEX participant_name ON participant (organisation_id, sort_name, id); -- the list, paged by name
CREATE INDEX participant_criteria ON participant (organisation_id, criteria_sort, id); -- the list, paged by criteria
CREATE INDEX participant_settled ON participant (organisation_id, settled_on, id); -- the list, paged by settlement
CREATE INDEX participant_stage ON participant (organisation_id, stage, sort_name, id); -- the list of one stage
CREATE INDEX participant_screening ON participant (organisation_id, stage, criteria_sort, id); -- who is screened next
CREATE INDEX participant_due ON participant (organisation_id, criteria_due_on, id); -- whose criteria_sort is looked at again
CREATE INDEX participant_adviser ON participant (adviser_id, sort_name, id); -- an adviser's own
CREATE INDEX participant_nav ON participant (nav_contact_id, sort_name, id) WHERE nav_contact_id IS NOT NULL; -- a NAV contact's own
CREATE INDEX participant_account ON participant (account_id) WHERE account_id IS NOT NULL; -- from login to person

-- The words of names and references, folded, so that a search finds the beginning of each of them in any number of persons.
CREATE TABLE participant_word (
    participant_id BIGINT NOT NULL REFERENCES participant(id), -- whose
    organisation_id BIGINT NOT NULL,             -- of the participant
    word TEXT NOT NULL,                          -- "hassan"
    PRIMARY KEY (participant_id, word)
);
CREATE INDEX participant_word_search ON participant_word (organisation_id, word, participant_id); -- search in the list

-- A file that was uploaded and is looked at before it is imported. Removed when it is imported or thrown away, and after an hour.
CREATE TABLE import_draft (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- where to
    account_id BIGINT NOT NULL,                  -- whose; nobody else sees it
    at BIGINT NOT NULL,                          -- when it was uploaded
    filename TEXT NOT NULL,                      -- as the browser said, to show
    text TEXT NOT NULL,                          -- the file as UTF-8
    mapping TEXT NOT NULL DEFAULT ''             -- column by column what it is taken as: numbers with comma
);
CREATE INDEX import_draft_at ON import_draft (at); -- removal

-- One import of a file.
CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL,             -- where to
    kind TEXT NOT NULL,                          -- participants, mentors
    by_account BIGINT NOT NULL,                  -- 0: command line
    at BIGINT NOT NULL,
    rows INTEGER NOT NULL,                       -- data rows read
    created INTEGER NOT NULL,                    -- rows that became new people
    updated INTEGER NOT NULL,                    -- rows that changed a known one
    unchanged INTEGER NOT NULL                   -- rows that said nothing new
);

-- What a person judged about a criterion that no date or level can tell (domain/criteria.h). The newest per criterion counts.
CREATE TABLE criterion_assessment (
    id INTEGER PRIMARY KEY,
    participant_id BIGINT NOT NULL REFERENCES participant(id), -- about whom
    criterion INTEGER NOT NULL,                  -- enum criterion
    verdict INTEGER NOT NULL,                    -- 1 met, 2 not met, 3 unknown
    note TEXT NOT NULL DEFAULT '',
    by_leader INTEGER NOT NULL DEFAULT 0,        -- 1: as project leader, whose word goes before the adviser's
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX criterion_assessment_participant ON criterion_assessment (participant_id, criterion, at); -- newest per criterion

-- An adviser's (or NAV contact's) suggestion of a participant, and why.
CREATE TABLE recommendation (
    id INTEGER PRIMARY KEY,
    participant_id BIGINT NOT NULL REFERENCES participant(id), -- about whom
    verdict INTEGER NOT NULL,                    -- 1 recommend, 2 not yet, 3 recommend something else
    reason TEXT NOT NULL,
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX recommendation_participant ON recommendation (participant_id, at); -- on the person's page

-- What is missing against the profession's requirements (D2).
CREATE TABLE competence_gap (
    id INTEGER PRIMARY KEY,
    participant_id BIGINT NOT NULL REFERENCES participant(id), -- about whom
    requirement TEXT NOT NULL,                   -- what the profession asks in Norway
    gap TEXT NOT NULL,                           -- what is missing, and what could close it
    closed_at BIGINT NOT NULL DEFAULT 0,
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX competence_gap_participant ON competence_gap (participant_id); -- on the person's page

-- The application to the mentor programme (D3). One per participant; reopening makes it a draft again.
CREATE TABLE application (
    id INTEGER PRIMARY KEY,
    participant_id BIGINT NOT NULL UNIQUE REFERENCES participant(id), -- whose
    status INTEGER NOT NULL DEFAULT 0,           -- 0 draft, 1 submitted
    step INTEGER NOT NULL DEFAULT 1,             -- where the person stopped, 1 to 5
    lang TEXT NOT NULL DEFAULT 'nb',             -- language it is written in
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    submitted_at BIGINT NOT NULL DEFAULT 0,
    reopened_at BIGINT NOT NULL DEFAULT 0,       -- last reopening by the leader
    version BIGINT NOT NULL DEFAULT 1
);

-- One answer of an application.
CREATE TABLE application_answer (
    application_id BIGINT NOT NULL REFERENCES application(id), -- in which
    question INTEGER NOT NULL,                   -- number in domain/workbook.h's application questions
    text TEXT NOT NULL,
    at_version BIGINT NOT NULL DEFAULT 0,        -- version of the application in which it was last changed
    PRIMARY KEY (application_id, question)
);

-- The interview (D4). The newest that is not cancelled counts.
CREATE TABLE interview (
    id INTEGER PRIMARY KEY,
    participant_id BIGINT NOT NULL REFERENCES participant(id), -- with whom
    interviewer_id BIGINT NOT NULL,              -- account
    at BIGINT NOT NULL,
    minutes INTEGER NOT NULL DEFAULT 60,
    place TEXT NOT NULL DEFAULT '',              -- room or video link; counts as an address
    status INTEGER NOT NULL DEFAULT 0,           -- 0 planned, 1 held, 2 cancelled
    motivation INTEGER NOT NULL DEFAULT 0,       -- 1 to 4: plan and motivation
    motivation_note TEXT NOT NULL DEFAULT '',
    drive INTEGER NOT NULL DEFAULT 0,            -- 1 to 4: drive and ability to learn
    drive_note TEXT NOT NULL DEFAULT '',
    communication INTEGER NOT NULL DEFAULT 0,    -- 1 to 4: communication and understanding
    communication_note TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL DEFAULT '',            -- for the leader only
    feedback TEXT NOT NULL DEFAULT '',           -- for the applicant
    feedback_at BIGINT NOT NULL DEFAULT 0,       -- when it was shown to the applicant
    sequence INTEGER NOT NULL DEFAULT 0,         -- of the calendar object, counts moves
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX interview_participant ON interview (participant_id, at); -- the person's interviews
CREATE INDEX interview_planned ON interview (at) WHERE status = 0; -- what is coming, of all
CREATE INDEX interview_interviewer ON interview (interviewer_id, status, at); -- what is coming

-- Questions prepared for one interview, grown out of the answers.
CREATE TABLE interview_question (
    id INTEGER PRIMARY KEY,
    interview_id BIGINT NOT NULL REFERENCES interview(id), -- in which
    question INTEGER NOT NULL DEFAULT 0,         -- application question it grew from, 0 for none
    text TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',               -- what the applicant said
    place INTEGER NOT NULL DEFAULT 0             -- order
);
CREATE INDEX interview_question_interview ON interview_question (interview_id, place, id); -- in order

-- A cohort: at most five trainees, twelve months.
CREATE TABLE cohort (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- whose
    name TEXT NOT NULL,                          -- as the office calls it
    start_on INTEGER NOT NULL,                   -- planned start
    seats INTEGER NOT NULL DEFAULT 5,            -- most trainees at the same time
    closed_at BIGINT NOT NULL DEFAULT 0,         -- no more admissions, results final
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX cohort_organisation ON cohort (organisation_id, start_on); -- the list

-- An offer of a place, and the answer (D5).
CREATE TABLE offer (
    id INTEGER PRIMARY KEY,
    participant_id BIGINT NOT NULL REFERENCES participant(id), -- to whom
    cohort_id BIGINT NOT NULL REFERENCES cohort(id), -- of what
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    answer_by_on INTEGER NOT NULL,               -- please answer by
    status INTEGER NOT NULL DEFAULT 0,           -- 0 open, 1 accepted, 2 declined, 3 withdrawn
    answered_at BIGINT NOT NULL DEFAULT 0,
    answer_note TEXT NOT NULL DEFAULT '',
    over_seats_reason TEXT NOT NULL DEFAULT ''   -- why more than the seats, when so
);
CREATE INDEX offer_participant ON offer (participant_id, at); -- a person's offers
CREATE INDEX offer_cohort ON offer (cohort_id, status); -- seats taken
