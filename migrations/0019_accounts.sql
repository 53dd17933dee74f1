-- Accounts that were closed years ago and are nobody's participant or mentor go (service/erase.c).
CREATE INDEX account_closed ON account (disabled_at) WHERE disabled_at > 0 AND name <> 'Slettet bruker';
