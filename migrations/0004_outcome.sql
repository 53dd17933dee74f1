-- What came of it.

-- An internship in a business, in its first form: enough for the results.
CREATE TABLE internship (
    id INTEGER PRIMARY KEY,
    trainee_id BIGINT NOT NULL REFERENCES trainee(id), -- whose
    business TEXT NOT NULL,                      -- name; counts as an address
    from_on INTEGER NOT NULL,
    until_on INTEGER NOT NULL DEFAULT 0,         -- planned or real end
    percent INTEGER NOT NULL DEFAULT 100,        -- share of full time
    field_relevant INTEGER NOT NULL DEFAULT 1,   -- 1 yes, 2 partly, 3 no
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX internship_trainee ON internship (trainee_id, from_on); -- a trainee's internships

-- Outcome over time (L1): each row holds from a date until the next one.
CREATE TABLE outcome (
    id INTEGER PRIMARY KEY,
    trainee_id BIGINT NOT NULL REFERENCES trainee(id), -- whose
    kind INTEGER NOT NULL,                       -- enum outcome_kind (domain/outcome.h): job, education, none
    offered_on INTEGER NOT NULL DEFAULT 0,       -- job: offer given
    from_on INTEGER NOT NULL,
    until_on INTEGER NOT NULL DEFAULT 0,         -- 0: open
    employer TEXT NOT NULL DEFAULT '',           -- of a job, school of an education; counts as an address
    occupation TEXT NOT NULL DEFAULT '',         -- STYRK-08
    job_title TEXT NOT NULL DEFAULT '',          -- as in the contract; of an education what is studied
    percent INTEGER NOT NULL DEFAULT 0,          -- share of a full position
    permanent INTEGER NOT NULL DEFAULT 0,        -- 1 permanent, 2 temporary
    subsidy INTEGER NOT NULL DEFAULT 0,          -- enum outcome_subsidy: none, wage subsidy, other
    practice_percent INTEGER NOT NULL DEFAULT 0, -- NAV practice beside the job, share of full time
    field_relevant INTEGER NOT NULL DEFAULT 0,   -- 1 yes, 2 partly, 3 no
    found_by INTEGER NOT NULL DEFAULT 0,         -- enum outcome_found: internship, mentor, tour, advertisement, network, nav, other
    note TEXT NOT NULL DEFAULT '',
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX outcome_trainee ON outcome (trainee_id, from_on); -- a trainee's outcomes
