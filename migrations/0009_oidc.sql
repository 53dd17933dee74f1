-- OpenID Connect: ID-porten for citizens, any provider for staff. The national identity number is never the key of a person.

-- A login under way at a provider.
CREATE TABLE oidc_login (
    state_hash TEXT NOT NULL PRIMARY KEY,        -- BLAKE2b-256 of the state
    browser_hash TEXT NOT NULL,                  -- BLAKE2b-256 of a cookie of the browser that began
    provider TEXT NOT NULL,                      -- NAME of oidc.NAME.*
    nonce TEXT NOT NULL,                         -- must come back in the id token
    verifier TEXT NOT NULL,                      -- PKCE
    next TEXT NOT NULL,                          -- where to go
    account_id BIGINT NOT NULL DEFAULT 0,        -- tie this account to the identity; 0: log in
    invitation BLOB NOT NULL,                    -- token of the link that is accepted this way, sealed; empty: none
    shared INTEGER NOT NULL,                     -- 1: a computer that others use
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX oidc_login_expires ON oidc_login (expires_at); -- removal

-- Whom a provider knows as whom.
CREATE TABLE identity (
    id INTEGER PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account(id), -- who
    issuer TEXT NOT NULL,                        -- which provider
    subject_hash TEXT NOT NULL,                  -- keyed hash (base/vault.h) of what the provider is known by: pid where there is one, else sub
    pid BLOB NOT NULL,                           -- national identity number, sealed; empty: not needed
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL DEFAULT 0,
    UNIQUE (issuer, subject_hash)
);
CREATE INDEX identity_account ON identity (account_id); -- by which identities this account is known

-- Which sessions end when the provider says so.
CREATE TABLE oidc_session (
    session_id BIGINT NOT NULL PRIMARY KEY REFERENCES session(id) ON DELETE CASCADE, -- ours
    issuer TEXT NOT NULL,                        -- which provider
    provider TEXT NOT NULL,                      -- NAME of oidc.NAME.*
    sid_hash TEXT NOT NULL,                      -- BLAKE2b-256 of the provider's session id; empty: it named none
    end_session TEXT NOT NULL,                   -- the provider's address for logging out; empty: none
    id_token BLOB NOT NULL                       -- sealed; the hint for logging out there
);
CREATE INDEX oidc_session_sid ON oidc_session (issuer, sid_hash); -- whom the provider logs out
