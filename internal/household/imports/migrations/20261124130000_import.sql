CREATE TABLE household_import (
  id         BIGINT NOT NULL PRIMARY KEY,
  estate     BIGINT NOT NULL REFERENCES estate_estate (id),
  version    BIGINT NOT NULL,
  ev_op      BIGINT NOT NULL,
  ev_salt    {{blob}} NOT NULL,
  file       {{text}} NOT NULL,
  bytes      BIGINT NOT NULL,
  hash       {{blob}} NOT NULL,
  state      {{text}} NOT NULL,
  moves      {{text}} NOT NULL,
  uploads    BIGINT NOT NULL,
  by_account BIGINT NOT NULL,
  job        BIGINT,
  units      BIGINT,
  changed    BIGINT,
  opened     BIGINT,
  people     BIGINT
);
CREATE INDEX household_import_estate ON household_import (estate, id);

-- The file itself, how its tables are read, and what was answered, each sealed in pieces under the import's key.
CREATE TABLE household_import_part (
  import BIGINT NOT NULL,
  kind   {{text}} NOT NULL, -- file, mapping, answers
  seq    BIGINT NOT NULL,
  sealed {{blob}} NOT NULL,
  PRIMARY KEY (import, kind, seq)
);

-- Which rows an import wrote, and whether it made them: what its undo goes by.
CREATE TABLE household_import_row (
  import  BIGINT NOT NULL,
  seq     BIGINT NOT NULL,
  tbl     {{text}} NOT NULL,
  id      BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (import, seq)
);

-- How an estate's tables with these headers were read last time.
CREATE TABLE household_import_mapping (
  estate  BIGINT NOT NULL,
  headers {{text}} NOT NULL, -- sorted, joined
  mapping {{text}} NOT NULL, -- JSON
  used    BIGINT NOT NULL,
  PRIMARY KEY (estate, headers)
);
