-- A person's rights: consent, export, correction, erasure. What is kept of whom and for how long: domain/register.h.

-- Consent, where it is the basis. A new version of the text is asked for anew; withdrawal is a date, not a deletion.
CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- to whom it is given
    account_id BIGINT NOT NULL REFERENCES account(id), -- who
    purpose TEXT NOT NULL,                       -- code of domain/consent.h
    text_version INTEGER NOT NULL,               -- which text
    lang TEXT NOT NULL,                          -- in which language it was read
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX consent_account ON consent (account_id, purpose); -- what this one has said

-- The person says that something is wrong, or wants data gone; staff answers.
CREATE TABLE rights_request (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- to whom
    participant_id BIGINT NOT NULL DEFAULT 0,    -- about whom; 0: about an account that is no participant
    account_id BIGINT NOT NULL,                  -- who asks
    kind TEXT NOT NULL,                          -- correction, erasure, restriction
    text TEXT NOT NULL,                          -- in own words
    at BIGINT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',             -- what staff did, or why not
    answered_at BIGINT NOT NULL DEFAULT 0,
    answered_by BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX rights_request_organisation ON rights_request (organisation_id, answered_at); -- what waits
CREATE INDEX rights_request_account ON rights_request (account_id); -- what this one asked

-- What was erased: numbers only, so that the restoring of an older backup can erase again.
CREATE TABLE erasure (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL,             -- whose data it was
    participant_id BIGINT NOT NULL DEFAULT 0,    -- who, 0: no participant
    account_id BIGINT NOT NULL DEFAULT 0,        -- the account that went too, 0: none
    mentor_id BIGINT NOT NULL DEFAULT 0,         -- the mentor, 0: none
    kind TEXT NOT NULL,                          -- erased, anonymised
    why TEXT NOT NULL,                           -- asked, retention, command
    kept TEXT NOT NULL DEFAULT '',               -- codes of the register for what law says must stay
    at BIGINT NOT NULL,
    by_account BIGINT NOT NULL,
    scrubbed_at BIGINT NOT NULL DEFAULT 0        -- when the database's file was written anew without what was erased; 0: not yet
);
