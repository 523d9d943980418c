CREATE TABLE toy_note (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  text    {{text}} NOT NULL,
  holder  BIGINT,
  done    BIGINT NOT NULL,
  scan    {{blob}}
);

CREATE TABLE toy_till (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  last    BIGINT NOT NULL
);

CREATE TABLE toy_account (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  balance BIGINT NOT NULL
);

CREATE TABLE toy_receipt (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  till    BIGINT NOT NULL REFERENCES toy_till (id),
  no      BIGINT NOT NULL,
  account BIGINT NOT NULL REFERENCES toy_account (id),
  payer   {{text}} NOT NULL,
  total   BIGINT NOT NULL,
  UNIQUE (till, no)
);
CREATE INDEX toy_receipt_account ON toy_receipt (account);

CREATE TABLE toy_line (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  receipt BIGINT NOT NULL REFERENCES toy_receipt (id),
  item    {{text}} NOT NULL,
  fen     BIGINT NOT NULL
);
CREATE INDEX toy_line_receipt ON toy_line (receipt);
