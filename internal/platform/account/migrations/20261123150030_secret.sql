-- When the password in force was set; NULL before the first one and after a reset.
ALTER TABLE account_account ADD COLUMN password_set BIGINT;

-- How the office was set up: one row, id 1; none where accounts were made otherwise.
CREATE TABLE account_office (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  merged  BIGINT NOT NULL -- 1: administrators' posts and others may be in one hand
);

CREATE TABLE account_secret (
  account BIGINT NOT NULL PRIMARY KEY,
  hash    {{text}} NOT NULL -- $argon2id$…, with its salt and cost
);

-- must_set: whoever came by this has to set a password before anything else.
ALTER TABLE account_session ADD COLUMN must_set BIGINT NOT NULL DEFAULT 0;
CREATE INDEX account_session_account ON account_session (account);
ALTER TABLE account_link ADD COLUMN must_set BIGINT NOT NULL DEFAULT 0;

-- When an account was last at work; its sessions are gone by then.
CREATE TABLE account_seen (
  account BIGINT NOT NULL PRIMARY KEY,
  seen    BIGINT NOT NULL
);

-- Refused sign-ins, by account, address and minute.
CREATE TABLE account_failure (
  account BIGINT NOT NULL,   -- 0 for a login nobody has
  address {{blob}} NOT NULL, -- keyed hash of the network address
  minute  BIGINT NOT NULL,   -- since 1970
  tries   BIGINT NOT NULL,
  tested  BIGINT NOT NULL,   -- of these, with a password that was looked at and was wrong; 0 after a success
  newest  BIGINT NOT NULL,   -- when the newest of those was, µs UTC
  logged  BIGINT NOT NULL,   -- of tries, those whose leaf is written
  PRIMARY KEY (account, address, minute)
);
CREATE INDEX account_failure_address ON account_failure (address);
