CREATE TABLE account_account (
  id       BIGINT NOT NULL PRIMARY KEY,
  estate   BIGINT NOT NULL,
  version  BIGINT NOT NULL,
  ev_op    BIGINT NOT NULL,
  ev_salt  {{blob}} NOT NULL,
  login    {{text}} NOT NULL UNIQUE,
  name     {{text}} NOT NULL,
  disabled BIGINT -- µs UTC; NULL while the account may sign in
);

-- A post held by an account in one estate, or in all (at_estate 0), until it ends.
CREATE TABLE account_grant (
  id        BIGINT NOT NULL PRIMARY KEY,
  estate    BIGINT NOT NULL,
  version   BIGINT NOT NULL,
  ev_op     BIGINT NOT NULL,
  ev_salt   {{blob}} NOT NULL,
  account   BIGINT NOT NULL REFERENCES account_account (id),
  post      {{text}} NOT NULL,
  at_estate BIGINT NOT NULL,
  ended     BIGINT -- µs UTC
);
CREATE INDEX account_grant_account ON account_grant (account);

CREATE TABLE account_session (
  token   {{blob}} NOT NULL PRIMARY KEY, -- SHA-256 of the cookie
  account BIGINT NOT NULL,
  estate  BIGINT NOT NULL,               -- chosen in the header; 0 for all
  made    BIGINT NOT NULL,
  seen    BIGINT NOT NULL,
  address {{text}} NOT NULL
);

-- One-time links that sign somebody in: a first start, a demonstration.
CREATE TABLE account_link (
  token   {{blob}} NOT NULL PRIMARY KEY, -- SHA-256 of the link's secret
  account BIGINT NOT NULL,
  expires BIGINT NOT NULL
);
