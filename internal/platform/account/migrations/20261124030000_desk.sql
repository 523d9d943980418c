-- A computer at a desk where people change places by work card and PIN (realities 2).
CREATE TABLE account_pc (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  name    {{text}} NOT NULL,
  token   {{blob}} NOT NULL UNIQUE, -- SHA-256 of its cookie
  ended   BIGINT                    -- µs UTC; NULL while it counts as registered
);

-- A work card; an account has one in force at most.
CREATE TABLE account_card (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  account BIGINT NOT NULL REFERENCES account_account (id),
  number  {{text}} NOT NULL UNIQUE,
  ended   BIGINT -- µs UTC
);
CREATE INDEX account_card_account ON account_card (account);

CREATE TABLE account_pin (
  account BIGINT NOT NULL PRIMARY KEY,
  hash    {{text}} NOT NULL, -- as that of a password
  wrong   BIGINT NOT NULL,   -- wrong PINs since the last right PIN or password
  proved  BIGINT NOT NULL    -- when the password was last given, µs UTC
);

-- A session opened at a registered computer is good there only. A parked one lends its place to somebody else's.
ALTER TABLE account_session ADD COLUMN pc BIGINT;
ALTER TABLE account_session ADD COLUMN parked BIGINT; -- µs UTC
ALTER TABLE account_session ADD COLUMN seed {{blob}}; -- its forms' token is made of it; survives parking
