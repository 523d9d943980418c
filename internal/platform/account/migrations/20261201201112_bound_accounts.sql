-- A keyed hash over the whole row: a row that the program did not write does not count (db.Bindings).
ALTER TABLE account_secret ADD COLUMN bound {{blob}};
ALTER TABLE account_former ADD COLUMN bound {{blob}};
ALTER TABLE account_pin ADD COLUMN bound {{blob}};
ALTER TABLE account_totp ADD COLUMN bound {{blob}};
ALTER TABLE account_recovery ADD COLUMN bound {{blob}};
ALTER TABLE account_session ADD COLUMN bound {{blob}};
ALTER TABLE account_link ADD COLUMN bound {{blob}};
ALTER TABLE account_seen ADD COLUMN bound {{blob}};
ALTER TABLE account_failure ADD COLUMN bound {{blob}};
