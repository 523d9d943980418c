-- What became of every row of every sheet of an import, kept when its file is gone.
CREATE TABLE household_import_line (
  id         BIGINT NOT NULL PRIMARY KEY,
  import     BIGINT NOT NULL,
  estate     BIGINT NOT NULL,
  n          BIGINT NOT NULL, -- its place in the file
  sheet      {{text}} NOT NULL,
  row_no     BIGINT NOT NULL,
  upto       BIGINT NOT NULL, -- the last of several empty rows
  part       {{text}} NOT NULL, -- the column where the part begins, of tables side by side
  fate       {{text}} NOT NULL,
  room       {{text}}, -- as typed
  unit       BIGINT,
  household  BIGINT,
  other      BIGINT, -- a second household of the row
  joined     {{text}}, -- the row it goes on with
  adds       {{text}}, -- what it added, masked: JSON
  problem    {{text}},
  args       {{text}}, -- JSON
  problems   BIGINT NOT NULL,
  by_account BIGINT, -- who said that it be left out
  said       {{text}}, -- of what was set aside: what it says, masked where it may tell of a person
  sealed     {{blob}} -- of what was set aside: the beginning of what it says
);
CREATE UNIQUE INDEX household_import_line_import ON household_import_line (import, n);
CREATE INDEX household_import_line_household ON household_import_line (household);
CREATE INDEX household_import_line_other ON household_import_line (other);

-- What binds some of those rows: how many, and a keyed hash over them.
CREATE TABLE household_import_fate (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL REFERENCES estate_estate (id),
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  import  BIGINT NOT NULL,
  start   BIGINT NOT NULL,
  lines   BIGINT NOT NULL,
  hash    {{blob}} NOT NULL
);
CREATE INDEX household_import_fate_import ON household_import_fate (import, start);

-- What an import left over: questions nobody answered, numbers cut off, values that fit nowhere.
CREATE TABLE household_import_left (
  id           BIGINT NOT NULL PRIMARY KEY,
  estate       BIGINT NOT NULL REFERENCES estate_estate (id),
  version      BIGINT NOT NULL,
  ev_op        BIGINT NOT NULL,
  ev_salt      {{blob}} NOT NULL,
  import       BIGINT NOT NULL,
  sheet        {{text}} NOT NULL,
  row_no       BIGINT NOT NULL,
  cell         {{text}} NOT NULL,
  unit         BIGINT,
  household    BIGINT,
  room         {{text}},
  problem      {{text}} NOT NULL,
  args         {{text}},
  severity     {{text}} NOT NULL,
  field        {{text}},
  value_mask   {{text}},
  value_sealed {{blob}},
  value_hash   {{blob}},
  given        BIGINT,
  due          {{text}} NOT NULL,
  state        {{text}} NOT NULL,
  outcome      {{text}},
  made         BIGINT NOT NULL,
  settled      BIGINT,
  settled_by   BIGINT
);
CREATE INDEX household_import_left_import ON household_import_left (import);
CREATE INDEX household_import_left_household ON household_import_left (household);
CREATE INDEX household_import_left_open ON household_import_left (estate, state, due);

ALTER TABLE household_import ADD COLUMN mapped_by BIGINT;
