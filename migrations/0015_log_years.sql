-- The log is kept for five years and the proofs for five years after the person: what is over goes by itself (domain/register.h).
ALTER TABLE log_head ADD COLUMN gone_seq BIGINT NOT NULL DEFAULT 0; -- lines up to this one went when their time was over; 0: none yet
ALTER TABLE log_head ADD COLUMN gone_hash TEXT NOT NULL DEFAULT ''; -- of that line: the chain goes on from it
ALTER TABLE erasure ADD COLUMN proof_gone INTEGER NOT NULL DEFAULT 0; -- 1: the proofs that stayed of this person are gone too
CREATE INDEX erasure_proof ON erasure (at) WHERE proof_gone = 0; -- whose proofs are over time
