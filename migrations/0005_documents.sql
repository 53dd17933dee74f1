-- Living documents: what is written together, who may, what was said about it, and every edit as it came in.

-- A document. Its words are not here: they are updates (document_log, document_snap, live_journal).
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- whose templates and whose leader
    owner_account BIGINT NOT NULL REFERENCES account(id), -- the trainee; decides who may see it
    participant_id BIGINT NOT NULL DEFAULT 0,    -- the owner as a participant, 0 when the owner is none
    kind TEXT NOT NULL,                          -- domain/document.h: cv, letter, application, minutes, ad, free
    title TEXT NOT NULL,                         -- as its owner calls it; not in mails and events
    meeting_id BIGINT NOT NULL DEFAULT 0,        -- of minutes: which meeting
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_by BIGINT NOT NULL DEFAULT 0,        -- who wrote last
    changed_at BIGINT NOT NULL,                  -- last change of the words
    archived_at BIGINT NOT NULL DEFAULT 0,       -- put away by the owner: read only
    deleted_at BIGINT NOT NULL DEFAULT 0,        -- thrown away by the owner; gone for all, swept after 30 days
    version BIGINT NOT NULL DEFAULT 1            -- of title, kind and archive
);
CREATE INDEX document_owner ON document (owner_account, deleted_at, changed_at); -- one's own list
CREATE INDEX document_meeting ON document (meeting_id) WHERE meeting_id > 0; -- from the meeting to its minutes
CREATE INDEX document_changed ON document (changed_at); -- texts for searching: what changed lately
CREATE INDEX document_deleted ON document (deleted_at) WHERE deleted_at > 0; -- sweeping

-- Who else may see it. The right holds only while the person is in the owner's circle (domain/access.c).
CREATE TABLE document_share (
    document_id BIGINT NOT NULL REFERENCES document(id), -- what
    account_id BIGINT NOT NULL REFERENCES account(id),   -- with whom
    may INTEGER NOT NULL,                        -- enum document_right: 1 read, 2 comment, 3 write
    given_by BIGINT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (document_id, account_id)
);
CREATE INDEX document_share_account ON document_share (account_id); -- what is shared with me

-- When somebody last had it open: what is new since.
CREATE TABLE document_visit (
    document_id BIGINT NOT NULL REFERENCES document(id), -- what
    account_id BIGINT NOT NULL REFERENCES account(id),   -- who
    at BIGINT NOT NULL,
    PRIMARY KEY (document_id, account_id)
);
CREATE INDEX document_visit_account ON document_visit (account_id); -- with the list

-- The advertisement that a job-ad analysis is about, kept as it was: advertisements disappear (G3).
CREATE TABLE document_ad (
    document_id BIGINT NOT NULL PRIMARY KEY REFERENCES document(id), -- the analysis
    employer TEXT NOT NULL DEFAULT '',           -- as the advertisement says it
    url TEXT NOT NULL DEFAULT '',                -- where it stood
    deadline_on INTEGER NOT NULL DEFAULT 0,      -- last day to apply
    text TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1
);

-- Comments. The place in the text is a mark with the same id in the document; a reply has none.
CREATE TABLE document_comment (
    id INTEGER PRIMARY KEY,
    document_id BIGINT NOT NULL REFERENCES document(id), -- in
    parent_id BIGINT NOT NULL DEFAULT 0,         -- the comment that this answers, 0 for the first of a thread
    mark TEXT NOT NULL DEFAULT '',               -- id of the mark in the text, '' about the whole document
    quote TEXT NOT NULL DEFAULT '',              -- the words it was about, at that time
    text TEXT NOT NULL,
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    resolved_at BIGINT NOT NULL DEFAULT 0,       -- of a thread's first: done with
    resolved_by BIGINT NOT NULL DEFAULT 0,
    deleted_at BIGINT NOT NULL DEFAULT 0         -- taken back by its author; the words are emptied
);
CREATE INDEX document_comment_document ON document_comment (document_id, id); -- beside the text
CREATE INDEX document_comment_at ON document_comment (at); -- the digest

-- Up to where somebody has been told of comments by mail.
CREATE TABLE document_digest (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account(id), -- whom
    told_at BIGINT NOT NULL                      -- comments up to here are told or seen
);

-- A named state to come back to. It holds its own copy, for ever as long as the document.
CREATE TABLE document_version (
    id INTEGER PRIMARY KEY,
    document_id BIGINT NOT NULL REFERENCES document(id), -- of
    name TEXT NOT NULL,                          -- as the person called it
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    state BLOB NOT NULL                          -- one update with all of it
);
CREATE INDEX document_version_document ON document_version (document_id, at); -- the history page

-- What a new document begins with. The built-in ones stand in domain/document.c; a row here replaces or adds one for the organisation.
CREATE TABLE document_template (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- whose
    kind TEXT NOT NULL,                          -- as document.kind
    lang TEXT NOT NULL,                          -- language it is written in
    title TEXT NOT NULL,                         -- as shown in the choice
    text TEXT NOT NULL,                          -- markup of domain/rich.h
    changed_by BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL DEFAULT 0,          -- no longer offered
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX document_template_organisation ON document_template (organisation_id, ended_at, kind); -- the choice

-- The words of a document as text, for searching. Made from the updates some seconds after they came.
CREATE TABLE document_text (
    document_id BIGINT NOT NULL PRIMARY KEY REFERENCES document(id), -- of
    text TEXT NOT NULL,
    folded TEXT NOT NULL,                        -- utf8_fold of title and text
    words BIGINT NOT NULL,                       -- how many
    made_at BIGINT NOT NULL                      -- from what was there then
);

-- Every edit that was acknowledged, in the order it came: the truth, first written here, many documents in one row. Moved to document_log
-- after some seconds.
CREATE TABLE live_journal (
    id INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,                     -- which of the hub's loops wrote it
    records BLOB NOT NULL                        -- model/live.h: document, account, time, update; again and again
);

-- The edits of one document: a row is a run of edits by one person. Rows stay: they are the history.
CREATE TABLE document_log (
    document_id BIGINT NOT NULL REFERENCES document(id), -- of
    seq BIGINT NOT NULL,                         -- 1, 2, 3 ... without a gap
    account_id BIGINT NOT NULL,                  -- who wrote, 0 for the program
    from_at BIGINT NOT NULL,                     -- first edit in it
    at BIGINT NOT NULL,                          -- last edit in it
    edits BIGINT NOT NULL,                       -- how many it was
    data BLOB NOT NULL,                          -- one update, Yjs format v1
    PRIMARY KEY (document_id, seq)
);

-- All of a document up to a row of its log in one update, so that opening it is one read.
CREATE TABLE document_snap (
    document_id BIGINT NOT NULL PRIMARY KEY REFERENCES document(id), -- of
    seq BIGINT NOT NULL,                         -- holds document_log up to this
    made_at BIGINT NOT NULL,
    state BLOB NOT NULL                          -- compacted: deleted text is gone from it
);

-- A key for programs: the same rights as the account, but only for what its scopes name.
CREATE TABLE access_token (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,             -- BLAKE2b-256 of the token
    account_id BIGINT NOT NULL REFERENCES account(id), -- whose
    account_role_id BIGINT NOT NULL,             -- as which role
    scopes TEXT NOT NULL,                        -- documents, api, calendar; comma between
    created_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL DEFAULT 0           -- taken back
);
CREATE INDEX access_token_account ON access_token (account_id); -- list and end one's own
