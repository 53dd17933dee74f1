-- The log: every look-up of and change to a person's data, refused ones too, in a chain of hashes for each organisation.
-- A line is never changed. What erasure takes away stands here only as a commitment (hash of salt and text), so the chain still holds.
CREATE TABLE log_line (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL,             -- whose data; its chain. 0: the installation's own (logins, settings)
    seq BIGINT NOT NULL,                         -- 1, 2, 3 ... without gaps within the organisation
    at BIGINT NOT NULL,
    account_id BIGINT NOT NULL,                  -- who; 0: the program or nobody
    from_organisation_id BIGINT NOT NULL,        -- for whom the actor worked
    role TEXT NOT NULL,                          -- as what
    participant_id BIGINT NOT NULL DEFAULT 0,    -- whose data; 0: about no participant
    act TEXT NOT NULL,                           -- domain/logchain.h: look, change, refused, login, export, erase, ...
    what TEXT NOT NULL,                          -- which kind of data, the event's kind, or of a refusal the address without its numbers
    subject_id BIGINT NOT NULL DEFAULT 0,        -- row it is about, by kind; of a refusal the number in the address
    outcome TEXT NOT NULL DEFAULT '',            -- short code
    event_id BIGINT NOT NULL DEFAULT 0,          -- the event that this line belongs to
    reason_hash TEXT NOT NULL DEFAULT '',        -- commitment to the reason given; '' when none
    request TEXT NOT NULL DEFAULT '',            -- request id
    hash TEXT NOT NULL DEFAULT '',               -- of the line before and of this one; '' only until the chain is begun (service/log.h)
    UNIQUE (organisation_id, seq)
);
CREATE INDEX log_line_participant ON log_line (participant_id, at); -- "who has seen my data"
CREATE INDEX log_line_account ON log_line (account_id, at, participant_id); -- how many persons today, unusual looking
CREATE INDEX log_line_organisation ON log_line (organisation_id, at); -- the administrator's search

-- The newest line of each chain: it shows when the end was cut off, and is what is anchored outside.
CREATE TABLE log_head (
    organisation_id BIGINT NOT NULL PRIMARY KEY, -- whose chain
    seq BIGINT NOT NULL,                         -- of its newest line
    hash TEXT NOT NULL                           -- of its newest line
);
ALTER TABLE event ADD COLUMN reason_salt TEXT NOT NULL DEFAULT ''; -- with the reason it gives reason_hash; gone when the reason is erased

-- What was noted so far begins the chains. Salts and hashes are computed by the program before it serves: SQL cannot.
INSERT INTO log_line (organisation_id, seq, at, account_id, from_organisation_id, role, participant_id, act, what, subject_id, outcome, event_id, request)
    SELECT organisation_id, ROW_NUMBER() OVER (PARTITION BY organisation_id ORDER BY at, act, old_id), at, account_id, organisation_id, role,
           participant_id, act, what, subject_id, outcome, event_id, request
      FROM (SELECT organisation_id, at, account_id, role, participant_id, 'look' AS act, what, 0 AS subject_id, '' AS outcome,
                   0 AS event_id, request, id AS old_id FROM lookup
            UNION ALL
            SELECT organisation_id, at, account_id, role, participant_id, 'change' AS act, kind AS what, subject_id, outcome,
                   id AS event_id, '' AS request, id AS old_id FROM event) AS old
     ORDER BY organisation_id, at, act, old_id;
INSERT INTO log_head (organisation_id, seq, hash)
    SELECT DISTINCT organisation_id, 0, '0000000000000000000000000000000000000000000000000000000000000000' FROM log_line;
DROP TABLE lookup;
