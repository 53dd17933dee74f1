-- The log is kept for five years and the proofs for five years after the person: what is over goes by itself (service/log_years.h).
ALTER TABLE log_head ADD COLUMN gone_seq BIGINT NOT NULL DEFAULT 0; -- lines up to this one went when their time was over; 0: none yet
ALTER TABLE log_head ADD COLUMN gone_hash TEXT NOT NULL DEFAULT ''; -- of that line: the chain goes on from it
ALTER TABLE log_head ADD COLUMN over_seq BIGINT NOT NULL DEFAULT 0; -- lines up to this one are noted as over; they go some time after
ALTER TABLE log_head ADD COLUMN over_at BIGINT NOT NULL DEFAULT 0;  -- when that was noted; 0: nothing is
ALTER TABLE log_head ADD COLUMN cleared_seq BIGINT NOT NULL DEFAULT 0; -- of lines up to this one nothing is left in the free room of the database's file
ALTER TABLE erasure ADD COLUMN proof_at BIGINT NOT NULL DEFAULT 0; -- what stayed of this person as proof: 0 stands, when it was noted as over, -1 is gone
CREATE INDEX erasure_proof ON erasure (at) WHERE proof_at = 0; -- whose proofs are over
CREATE INDEX erasure_proof_noted ON erasure (proof_at) WHERE proof_at > 0; -- whose go
