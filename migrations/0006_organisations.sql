-- Several organisations and the people between them: cooperation, dated relations, hand-over, the duty of confidentiality.

-- Whose administrator or leader made it; 0 the installation itself.
ALTER TABLE organisation ADD COLUMN maker_id BIGINT NOT NULL DEFAULT 0;

-- One organisation lets another see a part of its data, from a day to a day. Revocable; who works there still needs a relation to the person.
CREATE TABLE cooperation (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- whose data
    partner_id BIGINT NOT NULL REFERENCES organisation(id), -- who may see
    purpose TEXT NOT NULL,                       -- why, in own words, shown to the persons
    from_on INTEGER NOT NULL,                    -- first day
    until_on INTEGER NOT NULL DEFAULT 0,         -- last day, 0: open
    ended_at BIGINT NOT NULL DEFAULT 0,          -- revoked: from that moment nobody of the partner sees anything
    ended_by BIGINT NOT NULL DEFAULT 0,
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX cooperation_partner ON cooperation (partner_id, organisation_id); -- whose data does this organisation see
CREATE INDEX cooperation_organisation ON cooperation (organisation_id); -- with whom

-- Who stands or stood in a relation to a person, from when to when. The history, and the truth for named staff and supervisors; for
-- adviser and NAV contact the present ones stand in participant too, where the lists look.
CREATE TABLE relation (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- whose data
    participant_id BIGINT NOT NULL REFERENCES participant(id), -- to whom
    account_id BIGINT NOT NULL REFERENCES account(id), -- who
    kind TEXT NOT NULL,                          -- adviser, nav_contact, supervisor, named
    subject_id BIGINT NOT NULL DEFAULT 0,        -- supervisor: the internship
    from_on INTEGER NOT NULL,                    -- first day
    until_on INTEGER NOT NULL DEFAULT 0,         -- last day, 0: open
    reason TEXT NOT NULL DEFAULT '',             -- why named, or why ended
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    ended_by BIGINT NOT NULL DEFAULT 0,
    ended_at BIGINT NOT NULL DEFAULT 0           -- taken back before its last day
);
CREATE INDEX relation_participant ON relation (participant_id, kind); -- who stands how to this person
CREATE INDEX relation_account ON relation (account_id, kind); -- to whom does this account stand

-- The hand-over from adviser to NAV contact in the middle of the programme.
CREATE TABLE handover (
    id INTEGER PRIMARY KEY,
    organisation_id BIGINT NOT NULL REFERENCES organisation(id), -- whose data
    participant_id BIGINT NOT NULL REFERENCES participant(id), -- of whom
    adviser_id BIGINT NOT NULL,                  -- account that hands over
    nav_contact_id BIGINT NOT NULL,              -- account that takes over
    on_day INTEGER NOT NULL,                     -- from this day the NAV contact is responsible
    note TEXT NOT NULL DEFAULT '',               -- what the new one should know
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    done_at BIGINT NOT NULL DEFAULT 0,           -- when it took effect
    withdrawn_at BIGINT NOT NULL DEFAULT 0       -- taken back before
);
CREATE INDEX handover_participant ON handover (participant_id); -- of this person
CREATE INDEX handover_due ON handover (done_at, withdrawn_at, on_day); -- what takes effect today

-- The duty of confidentiality, signed before any personal data is shown. A newer version of the text is signed anew.
CREATE TABLE confidentiality (
    id INTEGER PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account(id), -- who
    text_version INTEGER NOT NULL,               -- which text (domain/confidentiality.h)
    lang TEXT NOT NULL,                          -- in which language it was read
    at BIGINT NOT NULL
);
CREATE INDEX confidentiality_account ON confidentiality (account_id, text_version); -- has this one signed
INSERT INTO confidentiality (account_id, text_version, lang, at)
    SELECT account_id, 1, lang, confidentiality_at FROM mentor WHERE account_id IS NOT NULL AND confidentiality_at > 0;

-- Today's relations begin the history.
INSERT INTO relation (organisation_id, participant_id, account_id, kind, from_on, by_account, at)
    SELECT organisation_id, id, adviser_id, 'adviser', created_at / 86400000, 0, created_at FROM participant WHERE adviser_id > 0;
INSERT INTO relation (organisation_id, participant_id, account_id, kind, from_on, by_account, at)
    SELECT organisation_id, id, nav_contact_id, 'nav_contact', created_at / 86400000, 0, created_at FROM participant WHERE nav_contact_id > 0;

-- Strictly protected people were known to adviser, NAV contact and project leaders until now: these are named, so that somebody still knows.
INSERT INTO relation (organisation_id, participant_id, account_id, kind, from_on, by_account, at)
    SELECT p.organisation_id, p.id, x.account_id, 'named', p.created_at / 86400000, 0, p.created_at
      FROM participant p JOIN (SELECT id AS participant_id, adviser_id AS account_id FROM participant WHERE adviser_id > 0
                               UNION SELECT id, nav_contact_id FROM participant WHERE nav_contact_id > 0
                               UNION SELECT q.id, r.account_id FROM participant q JOIN account_role r ON r.organisation_id = q.organisation_id
                                      WHERE r.role = 'project_leader' AND r.until_at = 0) x ON x.participant_id = p.id
     WHERE p.address_protection = 2;
