-- The administrator's view of the log costs the same however long the log is.

-- What each account did on a day, in each role: counted once when the day is over. domain/unusual.h says what the numbers mean.
CREATE TABLE log_day (
    organisation_id BIGINT NOT NULL,             -- whose data
    day INTEGER NOT NULL,                        -- days since 1970-01-01, in Norway
    account_id BIGINT NOT NULL,                  -- who
    role TEXT NOT NULL,                          -- as what
    opened INTEGER NOT NULL,                     -- persons whose data was opened
    persons INTEGER NOT NULL,                    -- persons seen, in lists too
    outside INTEGER NOT NULL,                    -- of the opened: not this one's own
    night INTEGER NOT NULL,                      -- looks between 22 and 6
    refused INTEGER NOT NULL,                    -- what was refused
    hidden INTEGER NOT NULL,                     -- looks and tries at strictly protected people by somebody not named for them
    stops INTEGER NOT NULL,                      -- times the day's limit was met
    PRIMARY KEY (organisation_id, day, account_id, role)
);
CREATE INDEX log_day_account ON log_day (account_id); -- one person's own
ALTER TABLE log_head ADD COLUMN counted_on INTEGER NOT NULL DEFAULT 0; -- the last day that is counted in log_day; 0: none yet
CREATE INDEX log_line_act ON log_line (organisation_id, act, at) WHERE act <> 'look'; -- the search for one kind; looks are nearly everything
