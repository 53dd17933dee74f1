-- Living documents on several servers.

-- Where a document is open, on PostgreSQL: whose journal its last edits stand in, and whom to tell of new ones. Written before the first edit.
CREATE TABLE live_open (
    document_id BIGINT NOT NULL,                 -- what
    stream INTEGER NOT NULL,                     -- which journal: live_journal.stream
    PRIMARY KEY (document_id, stream)
);
CREATE INDEX live_open_stream ON live_open (stream); -- what a server that died had open
CREATE INDEX live_journal_stream ON live_journal (stream, id); -- the journal of one stream, in its order
