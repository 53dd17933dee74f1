-- More ways to log in: one-time code, link by mail, code from staff. Secrets are stored as hashes, or sealed with the installation's key.

-- One-time codes by an app (TOTP, RFC 6238).
CREATE TABLE totp (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account(id), -- whose
    secret BLOB NOT NULL,                        -- 20 bytes, sealed (base/vault.h)
    confirmed_at BIGINT NOT NULL DEFAULT 0,      -- 0: set up, but no code was right yet
    last_step BIGINT NOT NULL DEFAULT 0,         -- time step of the last code taken: none is taken twice
    created_at BIGINT NOT NULL
);
-- Ten codes on paper, for when the telephone is gone.
CREATE TABLE recovery_code (
    account_id BIGINT NOT NULL REFERENCES account(id), -- whose
    code_hash TEXT NOT NULL,                     -- BLAKE2b-256 with the installation's key (base/vault.h)
    used_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, code_hash)
);
-- Half a login: the password was right, the code is waited for.
CREATE TABLE login_step (
    token_hash TEXT NOT NULL PRIMARY KEY,        -- BLAKE2b-256 of the cookie
    account_id BIGINT NOT NULL REFERENCES account(id), -- who
    method TEXT NOT NULL,                        -- what was right: password, link, code, oidc:NAME
    next TEXT NOT NULL,                          -- where to go
    shared INTEGER NOT NULL DEFAULT 0,           -- 1: a computer that others use
    tries BIGINT NOT NULL DEFAULT 0,             -- wrong codes so far
    expires_at BIGINT NOT NULL
);
CREATE INDEX login_step_account ON login_step (account_id); -- erasing an account
-- A link by mail that logs in once, in the browser that asked for it.
CREATE TABLE login_link (
    token_hash TEXT NOT NULL PRIMARY KEY,        -- BLAKE2b-256 of the token in the mail
    browser_hash TEXT NOT NULL,                  -- BLAKE2b-256 of a cookie of the browser that asked
    account_id BIGINT NOT NULL,                  -- who; 0: nobody has the address that was typed (the same work is done, and nothing told)
    shared INTEGER NOT NULL DEFAULT 0,           -- 1: a computer that others use
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX login_link_account ON login_link (account_id, created_at); -- how many were asked for
-- A code that staff hand to a person without BankID and without mail.
CREATE TABLE login_code (
    id INTEGER PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account(id), -- who
    begins TEXT NOT NULL,                        -- the first four of its twelve letters: which one is meant
    code_hash TEXT NOT NULL,                     -- Argon2id of the other eight
    by_account BIGINT NOT NULL,                  -- who handed it out
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,             -- wrong ones so far
    used_at BIGINT NOT NULL DEFAULT 0            -- used, replaced or tried too often
);
CREATE INDEX login_code_account ON login_code (account_id, created_at); -- those of this account
CREATE INDEX login_code_begins ON login_code (begins); -- the one that was typed

ALTER TABLE session ADD COLUMN method TEXT NOT NULL DEFAULT 'password'; -- how it began: password, link, code, invitation, oidc:NAME
ALTER TABLE session ADD COLUMN factor_at BIGINT NOT NULL DEFAULT 0; -- when a second factor was given, 0: none
ALTER TABLE session ADD COLUMN shared INTEGER NOT NULL DEFAULT 0; -- 1: a computer that others use: shorter
