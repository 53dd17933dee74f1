-- People, organisations, access. Plain SQL that both databases read (docs/sql.md).
-- Everywhere: *_at is milliseconds since 1970 UTC, *_on is days since 1970, 0 or NULL is "not known"; version counts changes of a row,
-- a change names the version it saw. organisation_id says who owns the row.

-- A municipality's qualification centre, a career centre, a NAV office. One installation may hold several.
CREATE TABLE organisation (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,                          -- as shown in the page head: "Fjordby kommune"
    kind TEXT NOT NULL DEFAULT 'municipality',   -- municipality, career_centre, nav, business
    municipality TEXT NOT NULL DEFAULT '',       -- four-digit municipality number (SSB), for distance in matching
    created_at BIGINT NOT NULL
);

-- Settings of an organisation; names, types, defaults and ranges stand in domain/settings.h.
CREATE TABLE setting (
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- whose
    key TEXT NOT NULL,                           -- "criteria.norwegian.minimum"
    value TEXT NOT NULL,                         -- as text, checked against its type when read
    changed_at BIGINT NOT NULL,                  -- when
    changed_by BIGINT NOT NULL,                  -- account id, 0 for the installation itself
    PRIMARY KEY (organisation_id, key)
);

-- Someone who can log in.
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,                  -- lower case
    name TEXT NOT NULL,                          -- as shown to others
    lang TEXT NOT NULL DEFAULT 'nb',             -- language of screens and mails, BCP 47
    password_hash TEXT NOT NULL DEFAULT '',      -- Argon2id, PHC form; empty: cannot log in by password
    created_at BIGINT NOT NULL,
    disabled_at BIGINT NOT NULL DEFAULT 0,       -- since when closed
    version BIGINT NOT NULL DEFAULT 1
);

-- What an account may be, where, from when to when. A person can hold several and switch.
CREATE TABLE account_role (
    id INTEGER PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account(id),           -- who
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- where
    role TEXT NOT NULL,                          -- administrator, project_leader, adviser, nav_contact, trainee, mentor
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL DEFAULT 0,          -- 0: open
    UNIQUE (account_id, organisation_id, role)
);
CREATE INDEX account_role_organisation ON account_role (organisation_id, role); -- lists of advisers, leaders

-- A login that lasts. The cookie holds the token, the table only its hash.
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,             -- BLAKE2b-256 of the cookie's token, hex
    account_id BIGINT NOT NULL REFERENCES account(id), -- who
    account_role_id BIGINT NOT NULL,             -- the role in use
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,                     -- last use, written at most once a minute
    expires_at BIGINT NOT NULL,                  -- absolute end
    agent TEXT NOT NULL DEFAULT ''               -- browser and system in words, for the list of sessions
);
CREATE INDEX session_account ON session (account_id); -- list and end one's sessions

-- Failed logins, to slow attackers without locking people out: see service/login.h.
CREATE TABLE login_throttle (
    key TEXT NOT NULL PRIMARY KEY,               -- "a:HASH" account from unknown devices, "n:HASH" network, "d:HASH" a known device
    failures BIGINT NOT NULL,                    -- how many in a row
    until_at BIGINT NOT NULL,                    -- no attempt is looked at before
    seen_at BIGINT NOT NULL                      -- last failure; rows older than a day are removed
);

-- A device that once logged in to an account: its failures count apart from strangers'.
CREATE TABLE known_device (
    token_hash TEXT NOT NULL,                    -- BLAKE2b-256 of the device cookie
    account_id BIGINT NOT NULL REFERENCES account(id), -- whose
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash, account_id)
);

-- One-time links sent by mail: invitations and new passwords.
CREATE TABLE link (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,             -- BLAKE2b-256 of the token in the mail
    kind TEXT NOT NULL,                          -- invite_participant, invite_mentor, invite_staff, new_password
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- who invites
    email TEXT NOT NULL,                         -- to whom
    name TEXT NOT NULL,                          -- to whom
    lang TEXT NOT NULL,                          -- in which language
    role TEXT NOT NULL,                          -- role of the account to be, '' for new_password
    subject_id BIGINT NOT NULL,                  -- participant, mentor or account id by kind
    created_by BIGINT NOT NULL,                  -- account, 0 for the program
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL DEFAULT 0            -- when; a link works once
);
CREATE INDEX link_subject ON link (kind, subject_id); -- has this person an open invitation?

-- A form carries a token; the second sending of the same form finds it here and goes where the first went.
CREATE TABLE form_once (
    token TEXT NOT NULL PRIMARY KEY,             -- from the form
    account_id BIGINT NOT NULL,                  -- whose form
    at BIGINT NOT NULL,                          -- rows older than two days are removed
    location TEXT NOT NULL                       -- where the first sending was redirected
);
CREATE INDEX form_once_at ON form_once (at); -- removal

-- Every look at and change of a person's data, and every decision: who, when, as what, why. Never changed, never deleted but by retention.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL,             -- whose data
    at BIGINT NOT NULL,
    account_id BIGINT NOT NULL,                  -- who, 0 for the program
    role TEXT NOT NULL,                          -- as what
    participant_id BIGINT NOT NULL DEFAULT 0,    -- whose data; 0 when about no participant
    kind TEXT NOT NULL,                          -- "screening.decided", see service/event.h
    subject_id BIGINT NOT NULL DEFAULT 0,        -- row the event is about, by kind
    outcome TEXT NOT NULL DEFAULT '',            -- short code of what was decided
    reason TEXT NOT NULL DEFAULT ''              -- the person's own words
);
CREATE INDEX event_participant ON event (participant_id, at); -- the history on a person's page
CREATE INDEX event_organisation ON event (organisation_id, at); -- newest events
CREATE INDEX event_subject ON event (subject_id, at) WHERE participant_id = 0; -- the history of a mentor or a cohort

-- Who looked at whom. Written before the answer is shown.
CREATE TABLE lookup (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL,             -- whose data
    at BIGINT NOT NULL,
    account_id BIGINT NOT NULL,                  -- who looked
    role TEXT NOT NULL,                          -- as what
    participant_id BIGINT NOT NULL,              -- at whom
    what TEXT NOT NULL,                          -- which kind of data: profile, application, interview, ...
    request TEXT NOT NULL                        -- request id of the log
);
CREATE INDEX lookup_participant ON lookup (participant_id, at); -- "who has seen my data"

-- Mail to be sent, written in the transaction that causes it.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL,             -- who sends
    kind TEXT NOT NULL,                          -- invite, interview, offer, reminder, ...
    to_email TEXT NOT NULL,                      -- address
    to_name TEXT NOT NULL,                       -- name for the To line
    lang TEXT NOT NULL,                          -- language it was written in
    subject TEXT NOT NULL,                       -- nothing sensitive
    body TEXT NOT NULL,                          -- plain text; nothing sensitive
    calendar TEXT NOT NULL DEFAULT '',           -- iCalendar object or ''
    calendar_method TEXT NOT NULL DEFAULT '',    -- REQUEST, CANCEL
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,                      -- not before; moves on after a failure
    attempts BIGINT NOT NULL DEFAULT 0,          -- how often it was tried
    sent_at BIGINT NOT NULL DEFAULT 0,
    failed_at BIGINT NOT NULL DEFAULT 0,         -- given up
    error TEXT NOT NULL DEFAULT ''               -- the mail server's code, no address
);
CREATE INDEX outbox_due ON outbox (sent_at, failed_at, due_at); -- what to send next
