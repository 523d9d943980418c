-- By which rules the password in force was checked; NULL for the regular ones.
ALTER TABLE account_secret ADD COLUMN profile BIGINT;

-- Passwords that were in force before, where the profile forbids that they come back: the five newest of an account.
CREATE TABLE account_former (
  account BIGINT NOT NULL,
  hash    {{text}} NOT NULL, -- as in account_secret
  retired BIGINT NOT NULL,   -- µs UTC
  PRIMARY KEY (account, hash)
);
