-- A browser that is known is forgotten after a year without a login (model/sweep.c).
CREATE INDEX known_device_seen ON known_device (seen_at);
