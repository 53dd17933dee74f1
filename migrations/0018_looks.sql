-- A look at a mentor's data is a line without participant that names the mentor in subject_id: "who has seen my data" for mentors.
CREATE INDEX log_line_subject ON log_line (subject_id, at) WHERE participant_id = 0 AND subject_id > 0; -- who has seen a mentor's data

CREATE INDEX consent_open ON consent (organisation_id, purpose, id) WHERE withdrawn_at = 0; -- who has said yes to this
