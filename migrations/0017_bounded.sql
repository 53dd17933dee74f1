-- No page's cost grows with the number of persons: what a list or a count reads stands in an index, in its order, and the erased are not among it.

-- Who is over time. The days stood in two columns beside a status, so everybody who had ever been there was read.
ALTER TABLE trainee ADD COLUMN over_on INTEGER NOT NULL DEFAULT 0; -- completed or ended: the day from which the time until erasure counts; 0: neither, or erased
UPDATE trainee SET over_on = CASE WHEN completed_on > ended_on THEN completed_on ELSE ended_on END
 WHERE status IN (1, 3) AND EXISTS (SELECT 1 FROM participant p WHERE p.id = trainee.participant_id AND p.sort_name <> 'SLETTET');
CREATE INDEX trainee_over ON trainee (organisation_id, over_on, id) WHERE over_on > 0; -- those whose way is over, the first first
CREATE INDEX participant_ended ON participant (organisation_id, programme_end_on, id) WHERE programme_end_on > 0; -- the same of participants
CREATE INDEX participant_touched ON participant (organisation_id, updated_at, id) WHERE programme_end_on = 0 AND sort_name <> 'SLETTET'; -- and of those without a programme
CREATE INDEX mentor_ended ON mentor (organisation_id, ended_at, id) WHERE ended_at > 0 AND sort_name <> 'SLETTET'; -- and of mentors

-- Lists of an organisation: the same without the erased. By name they stood before everybody else, by criteria and settlement after most: pages with nobody on them.
DROP INDEX participant_name;
DROP INDEX participant_criteria;
DROP INDEX participant_settled;
DROP INDEX participant_stage;
DROP INDEX participant_screening;
DROP INDEX participant_track;
CREATE INDEX participant_name ON participant (organisation_id, sort_name, id) WHERE sort_name <> 'SLETTET'; -- the list, paged by name
CREATE INDEX participant_criteria ON participant (organisation_id, criteria_sort, id) WHERE sort_name <> 'SLETTET'; -- the list, paged by criteria
CREATE INDEX participant_settled ON participant (organisation_id, settled_on, id) WHERE sort_name <> 'SLETTET'; -- the list, paged by settlement
CREATE INDEX participant_stage ON participant (organisation_id, stage, sort_name, id) WHERE sort_name <> 'SLETTET'; -- the list of one stage
CREATE INDEX participant_screening ON participant (organisation_id, stage, criteria_sort, id) WHERE sort_name <> 'SLETTET'; -- who is screened next
CREATE INDEX participant_track ON participant (organisation_id, track, sort_name, id) WHERE sort_name <> 'SLETTET'; -- the list of one track

-- Counts read this alone.
DROP INDEX participant_count;
CREATE INDEX participant_count ON participant (organisation_id, stage, track, address_protection, sort_name) WHERE sort_name <> 'SLETTET'; -- how many at each stage

CREATE INDEX trainee_admitted ON trainee (organisation_id, admitted_at, id); -- results of some years
DROP INDEX interview_planned; -- of all organisations: what is coming is found from the people of one
