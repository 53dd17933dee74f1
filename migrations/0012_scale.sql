-- A country in one database: indexes for what was found by reading whole tables (tests/unit/t_plan.c finds the next one).

-- One person's own data, for the page that shows them and for erasure.
CREATE INDEX document_participant ON document (participant_id) WHERE participant_id > 0; -- written by this person
CREATE INDEX document_comment_by ON document_comment (by_account); -- said by this person
CREATE INDEX agreement_signature_account ON agreement_signature (account_id); -- signed by this person
CREATE INDEX known_device_account ON known_device (account_id); -- this person's
CREATE INDEX link_email ON link (email); -- sent to this person
CREATE INDEX form_once_account ON form_once (account_id); -- sent by this person
CREATE INDEX outbox_to ON outbox (to_email); -- to this person
CREATE INDEX rights_request_participant ON rights_request (participant_id); -- about this person
CREATE INDEX erasure_participant ON erasure (participant_id) WHERE participant_id > 0; -- has this person been erased
CREATE INDEX erasure_account ON erasure (account_id) WHERE account_id > 0; -- the same by account
CREATE INDEX erasure_mentor ON erasure (mentor_id) WHERE mentor_id > 0; -- the same of a mentor
CREATE INDEX erasure_at ON erasure (at); -- is this erasure known already
CREATE INDEX erasure_unscrubbed ON erasure (id) WHERE scrubbed_at = 0; -- whose traces are in the file still
CREATE INDEX mentor_recommended ON mentor (recommended_by) WHERE recommended_by IS NOT NULL; -- whom a mentor brought along

-- The mails of an organisation, and what is swept by age.
CREATE INDEX outbox_state ON outbox (organisation_id, sent_at, failed_at); -- what waits and what failed
CREATE INDEX outbox_text ON outbox (organisation_id, id) WHERE subject <> ''; -- those that still have their words
CREATE INDEX outbox_created ON outbox (created_at); -- removal
CREATE INDEX link_created ON link (created_at); -- removal
CREATE INDEX link_open ON link (organisation_id, kind, created_at) WHERE used_at = 0; -- invitations that wait for an answer
CREATE INDEX import_run_organisation ON import_run (organisation_id, at); -- when the last import was
CREATE INDEX session_expires ON session (expires_at); -- removal

-- The list of an organisation's accounts, paged by name, however many accounts the others have. Names change by erasure only.
ALTER TABLE account_role ADD COLUMN name TEXT NOT NULL DEFAULT ''; -- the account's, once more
UPDATE account_role SET name = COALESCE((SELECT a.name FROM account a WHERE a.id = account_role.account_id), '');
CREATE INDEX account_role_name ON account_role (organisation_id, name, account_id); -- the list

-- Lists and counts whose cost must not follow the years.
CREATE INDEX participant_count ON participant (organisation_id, stage, track, address_protection); -- how many at each stage, without reading anybody
CREATE INDEX participant_track ON participant (organisation_id, track, sort_name, id); -- the list of one track
CREATE INDEX cohort_open ON cohort (organisation_id, start_on, id) WHERE closed_at = 0; -- those that run
CREATE INDEX task_open ON task (organisation_id, due_on) WHERE done_at = 0; -- what is to be done
