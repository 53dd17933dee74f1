-- Several server processes on one database.

-- A process of `springbrett serve`, while it runs: it says so every few seconds.
CREATE TABLE server (
    id INTEGER PRIMARY KEY,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL                      -- when it last said that it is there
);

-- What happens at its time, once for all processes together: whoever is first takes it.
CREATE TABLE job (
    name TEXT NOT NULL PRIMARY KEY,              -- which (job/job.c)
    due_at BIGINT NOT NULL,                      -- not before
    taken_by BIGINT NOT NULL DEFAULT 0           -- the server that is at it or was last
);
