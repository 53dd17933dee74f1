-- Who was erased before some of it was taken away with the person (domain/register_table.h): who answered what, leaves, and places that were kept for them.
DELETE FROM leave WHERE trainee_id IN (SELECT t.id FROM trainee t JOIN participant p ON p.id = t.participant_id WHERE p.sort_name = 'SLETTET');
UPDATE evaluation SET go_on = 0 WHERE mentorship_id IN
    (SELECT s.id FROM mentorship s JOIN trainee t ON t.id = s.trainee_id JOIN participant p ON p.id = t.participant_id WHERE p.sort_name = 'SLETTET');
UPDATE match SET trainee_answer = 0, trainee_answer_at = 0, mentor_answer = 0, mentor_answer_at = 0
 WHERE trainee_id IN (SELECT t.id FROM trainee t JOIN participant p ON p.id = t.participant_id WHERE p.sort_name = 'SLETTET')
    OR mentor_id IN (SELECT m.id FROM mentor m WHERE m.sort_name = 'SLETTET');
UPDATE match SET status = 6 WHERE status < 5 AND (trainee_id IN (SELECT t.id FROM trainee t JOIN participant p ON p.id = t.participant_id WHERE p.sort_name = 'SLETTET')
    OR mentor_id IN (SELECT m.id FROM mentor m WHERE m.sort_name = 'SLETTET'));
UPDATE trainee SET status = 3, ended_on = COALESCE((SELECT MAX(e.at) / 86400000 FROM erasure e WHERE e.participant_id = trainee.participant_id), 0)
 WHERE status IN (0, 2) AND EXISTS (SELECT 1 FROM participant p WHERE p.id = trainee.participant_id AND p.sort_name = 'SLETTET');
-- The file's free room is cleared of it (job/scrub).
UPDATE erasure SET scrubbed_at = 0 WHERE id = (SELECT MAX(x.id) FROM erasure x) AND EXISTS (SELECT 1 FROM participant p WHERE p.sort_name = 'SLETTET');
