-- From mentor and trainee to pair, agreement, meetings.

-- A volunteer professional.
CREATE TABLE mentor (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- in whose register
    account_id BIGINT,                           -- when the mentor can log in
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    sort_name TEXT NOT NULL DEFAULT '',          -- utf8_fold of "last first"
    email TEXT NOT NULL DEFAULT '',              -- lower case
    phone TEXT NOT NULL DEFAULT '',
    lang TEXT NOT NULL DEFAULT 'nb',             -- language of mails
    sex TEXT NOT NULL DEFAULT '',                -- female, male, other, '' not told
    birth_year INTEGER NOT NULL DEFAULT 0,
    field TEXT NOT NULL DEFAULT '',              -- ISCED-F 2013
    specialisation TEXT NOT NULL DEFAULT '',     -- within the field, in own words
    occupation TEXT NOT NULL DEFAULT '',         -- STYRK-08
    job_title TEXT NOT NULL DEFAULT '',          -- as on the business card
    employer TEXT NOT NULL DEFAULT '',           -- name of the business
    sector TEXT NOT NULL DEFAULT '',             -- public, private, voluntary
    experience_years INTEGER NOT NULL DEFAULT 0, -- in the profession
    seniority INTEGER NOT NULL DEFAULT 0,        -- 0 unknown, 1 newly started, 2 experienced, 3 senior, 4 leader
    network INTEGER NOT NULL DEFAULT 0,          -- own word, 0 to 3: how many in the field the mentor can introduce to
    languages TEXT NOT NULL DEFAULT '',          -- codes with comma
    municipality TEXT NOT NULL DEFAULT '',       -- municipality number
    motivation TEXT NOT NULL DEFAULT '',         -- why a mentor, in own words
    capacity INTEGER NOT NULL DEFAULT 1,         -- trainees at the same time
    wish_sex TEXT NOT NULL DEFAULT '',           -- stated wish, '' none
    wish_text TEXT NOT NULL DEFAULT '',          -- about the trainee, in own words
    police_certificate_on INTEGER NOT NULL DEFAULT 0, -- shown on, where required
    confidentiality_at BIGINT NOT NULL DEFAULT 0, -- signed the duty of confidentiality
    paused_until_on INTEGER NOT NULL DEFAULT 0,  -- wants a break until
    recommended_by BIGINT,                       -- mentor id
    ended_at BIGINT NOT NULL DEFAULT 0,          -- left the register
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX mentor_name ON mentor (organisation_id, sort_name, id); -- the register
CREATE INDEX mentor_email ON mentor (organisation_id, email); -- is somebody in the register already
CREATE INDEX mentor_account ON mentor (account_id); -- from login to mentor

-- A participant admitted to a cohort.
CREATE TABLE trainee (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL,             -- as the participant's
    participant_id BIGINT NOT NULL UNIQUE REFERENCES participant(id), -- who
    cohort_id BIGINT NOT NULL REFERENCES cohort(id), -- in
    admitted_at BIGINT NOT NULL,
    status INTEGER NOT NULL DEFAULT 0,           -- 0 active, 1 completed, 2 on leave, 3 ended early
    completed_on INTEGER NOT NULL DEFAULT 0,
    on_time INTEGER NOT NULL DEFAULT 0,          -- 1: completed by the planned end (domain/progress.h), fixed at completion
    ended_on INTEGER NOT NULL DEFAULT 0,         -- early end
    end_reason TEXT NOT NULL DEFAULT '',
    wish_sex TEXT NOT NULL DEFAULT '',           -- stated wishes for a mentor, '' none
    wish_age TEXT NOT NULL DEFAULT '',           -- younger, same, older
    wish_language TEXT NOT NULL DEFAULT '',      -- language code
    wish_sector TEXT NOT NULL DEFAULT '',        -- public, private
    wish_text TEXT NOT NULL DEFAULT '',          -- in own words
    goals TEXT NOT NULL DEFAULT '',              -- SMARTe goals, prepared for the matching meeting
    expectations TEXT NOT NULL DEFAULT '',       -- prepared for the matching meeting
    motivation TEXT NOT NULL DEFAULT '',         -- prepared for the matching meeting
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX trainee_cohort ON trainee (cohort_id); -- the cohort's page
CREATE INDEX trainee_organisation ON trainee (organisation_id, status); -- the leader's overview

-- "These two, please" and "never these two" (F1).
CREATE TABLE match_wish (
    id INTEGER PRIMARY KEY,
    trainee_id BIGINT NOT NULL REFERENCES trainee(id), -- one side
    mentor_id BIGINT NOT NULL REFERENCES mentor(id), -- other side
    kind INTEGER NOT NULL,                       -- 1 pin, 2 forbid
    reason TEXT NOT NULL DEFAULT '',             -- for the leader; a decline in confidence leaves no words here
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (trainee_id, mentor_id)
);
CREATE INDEX match_wish_mentor ON match_wish (mentor_id); -- other way round

-- A proposed pair and its way to yes or no (F2).
CREATE TABLE match (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL,             -- whose
    trainee_id BIGINT NOT NULL REFERENCES trainee(id), -- one side
    mentor_id BIGINT NOT NULL REFERENCES mentor(id), -- other side
    points INTEGER NOT NULL,                     -- of domain/matching.h when proposed
    reasons TEXT NOT NULL,                       -- codes and arguments, "field_same:0916;years:14"
    status INTEGER NOT NULL DEFAULT 0,           -- enum match_status (domain/match.h)
    meeting_at BIGINT NOT NULL DEFAULT 0,        -- matching meeting
    meeting_place TEXT NOT NULL DEFAULT '',      -- counts as an address
    meeting_held_on INTEGER NOT NULL DEFAULT 0,
    asked_at BIGINT NOT NULL DEFAULT 0,          -- both were asked, after the pause
    trainee_answer INTEGER NOT NULL DEFAULT 0,   -- 0 none, 1 yes, 2 no
    trainee_answer_at BIGINT NOT NULL DEFAULT 0,
    trainee_comment TEXT NOT NULL DEFAULT '',    -- in confidence, leader only
    mentor_answer INTEGER NOT NULL DEFAULT 0,    -- 0 none, 1 yes, 2 no
    mentor_answer_at BIGINT NOT NULL DEFAULT 0,
    mentor_comment TEXT NOT NULL DEFAULT '',     -- in confidence, leader only
    sequence INTEGER NOT NULL DEFAULT 0,         -- of the calendar object
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX match_trainee ON match (trainee_id, at); -- a trainee's matches
CREATE INDEX match_mentor ON match (mentor_id, status); -- a mentor's
CREATE INDEX match_organisation ON match (organisation_id, status); -- under way

-- The template of the mentoring agreement, one per organisation and language; the newest counts.
CREATE TABLE agreement_template (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL,             -- whose
    lang TEXT NOT NULL,                          -- nb, nn, en
    text TEXT NOT NULL,                          -- paragraphs; placeholders of domain/agreement.h
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX agreement_template_organisation ON agreement_template (organisation_id, lang, at); -- newest

-- The agreement of one pair (F3).
CREATE TABLE agreement (
    id INTEGER PRIMARY KEY,
    match_id BIGINT NOT NULL UNIQUE REFERENCES match(id), -- of which pair
    text TEXT NOT NULL,
    text_hash TEXT NOT NULL,                     -- BLAKE2b-256 of text; what is signed
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

-- A signature. A change of the text voids the earlier ones (void_at).
CREATE TABLE agreement_signature (
    id INTEGER PRIMARY KEY,
    agreement_id BIGINT NOT NULL REFERENCES agreement(id), -- under which
    account_id BIGINT NOT NULL,                  -- who
    side INTEGER NOT NULL,                       -- 1 trainee, 2 mentor
    name TEXT NOT NULL,                          -- as typed
    text_hash TEXT NOT NULL,                     -- of the text that was on the screen
    at BIGINT NOT NULL,
    void_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX agreement_signature_agreement ON agreement_signature (agreement_id); -- with the agreement

-- A pair that works together.
CREATE TABLE mentorship (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL,             -- whose
    match_id BIGINT NOT NULL UNIQUE REFERENCES match(id), -- from which
    trainee_id BIGINT NOT NULL REFERENCES trainee(id), -- one side
    mentor_id BIGINT NOT NULL REFERENCES mentor(id), -- other side
    started_at BIGINT NOT NULL,                  -- both signed
    first_meeting_on INTEGER NOT NULL DEFAULT 0, -- the twelve months count from here
    status INTEGER NOT NULL DEFAULT 0,           -- 0 active, 1 completed, 2 ended early
    ended_on INTEGER NOT NULL DEFAULT 0,
    end_reason TEXT NOT NULL DEFAULT '',
    contact_after TEXT NOT NULL DEFAULT '',      -- what they agreed about later contact
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX mentorship_trainee ON mentorship (trainee_id, status); -- a trainee's pair
CREATE INDEX mentorship_mentor ON mentorship (mentor_id, status); -- a mentor's pairs
CREATE INDEX mentorship_organisation ON mentorship (organisation_id, status); -- all running

-- A mentoring meeting (G4).
CREATE TABLE meeting (
    id INTEGER PRIMARY KEY,
    mentorship_id BIGINT NOT NULL REFERENCES mentorship(id), -- whose
    theme INTEGER NOT NULL DEFAULT 0,            -- 1 to 12 of the workbook, 0 free
    at BIGINT NOT NULL,
    minutes INTEGER NOT NULL DEFAULT 60,
    place TEXT NOT NULL DEFAULT '',              -- counts as an address
    digital INTEGER NOT NULL DEFAULT 0,          -- 1: by video or telephone
    status INTEGER NOT NULL DEFAULT 0,           -- 0 planned, 1 held, 2 cancelled
    held_on INTEGER NOT NULL DEFAULT 0,
    sequence INTEGER NOT NULL DEFAULT 0,         -- of the calendar object, counts moves
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX meeting_mentorship ON meeting (mentorship_id, at); -- in order

-- Minutes, written by the trainee. The pair reads them; the leader sees only that they exist and the tasks.
CREATE TABLE minutes (
    meeting_id BIGINT NOT NULL PRIMARY KEY REFERENCES meeting(id), -- of which
    talked TEXT NOT NULL DEFAULT '',             -- what we talked about
    learned TEXT NOT NULL DEFAULT '',            -- what I take with me
    next TEXT NOT NULL DEFAULT '',               -- until next time
    by_account BIGINT NOT NULL,
    written_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

-- A task with an owner and a date.
CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL,             -- whose
    trainee_id BIGINT NOT NULL REFERENCES trainee(id), -- about whose way
    meeting_id BIGINT,                           -- from which meeting
    owner INTEGER NOT NULL,                      -- 1 trainee, 2 mentor, 3 project leader
    text TEXT NOT NULL,
    due_on INTEGER NOT NULL DEFAULT 0,
    done_at BIGINT NOT NULL DEFAULT 0,
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX task_trainee ON task (trainee_id, done_at, due_on); -- open tasks of a trainee
CREATE INDEX task_organisation ON task (organisation_id, owner, done_at, due_on); -- the leader's own

-- Midway and final evaluation (G7).
CREATE TABLE evaluation (
    id INTEGER PRIMARY KEY,
    mentorship_id BIGINT NOT NULL REFERENCES mentorship(id), -- of which pair
    kind INTEGER NOT NULL,                       -- 1 midway, 2 final
    held_on INTEGER NOT NULL,
    go_on INTEGER NOT NULL DEFAULT 0,            -- 1 yes, 2 no (midway)
    goals TEXT NOT NULL DEFAULT '',              -- do we work on what we agreed; reached goals
    new_goals TEXT NOT NULL DEFAULT '',          -- for the time that is left (midway)
    benefit TEXT NOT NULL DEFAULT '',            -- what came of it (final)
    ending TEXT NOT NULL DEFAULT '',             -- how the roles end, contact after (final)
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (mentorship_id, kind)
);

-- Leave stops the clock (G7). Only the kind in general words, never a diagnosis.
CREATE TABLE leave (
    id INTEGER PRIMARY KEY,
    trainee_id BIGINT NOT NULL REFERENCES trainee(id), -- whose
    kind INTEGER NOT NULL,                       -- 1 parental, 2 other
    from_on INTEGER NOT NULL,
    until_on INTEGER NOT NULL DEFAULT 0,         -- expected
    returned_on INTEGER NOT NULL DEFAULT 0,      -- 0: still away
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX leave_trainee ON leave (trainee_id, from_on); -- for the clock

-- Skill self-assessment at start, midway and end (G8).
CREATE TABLE self_assessment (
    trainee_id BIGINT NOT NULL REFERENCES trainee(id), -- whose
    moment INTEGER NOT NULL,                     -- 1 start, 2 midway, 3 end
    statement INTEGER NOT NULL,                  -- number in domain/workbook.h
    value INTEGER NOT NULL,                      -- 1 to 5
    at BIGINT NOT NULL,
    PRIMARY KEY (trainee_id, moment, statement)
);
