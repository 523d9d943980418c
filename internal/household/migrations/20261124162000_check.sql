-- A household's file held against its shelf: one row for the check, one for each paper looked for or found.
CREATE TABLE household_check (
  id         BIGINT NOT NULL PRIMARY KEY,
  estate     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  ev_op      BIGINT NOT NULL,
  ev_salt    {{blob}} NOT NULL,
  household  BIGINT NOT NULL REFERENCES household_household (id),
  checked_on {{text}} NOT NULL, -- local date
  checked_by BIGINT NOT NULL,
  papers     BIGINT NOT NULL,   -- looked for
  wrong      BIGINT NOT NULL,   -- differences found
  unsettled  BIGINT NOT NULL    -- of those, not settled yet
);
CREATE INDEX household_check_household ON household_check (household, id);
CREATE INDEX household_check_unsettled ON household_check (estate) WHERE unsettled > 0;

CREATE TABLE household_check_line (
  id         BIGINT NOT NULL PRIMARY KEY,
  estate     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  ev_op      BIGINT NOT NULL,
  ev_salt    {{blob}} NOT NULL,
  of_check   BIGINT NOT NULL REFERENCES household_check (id),
  seq        BIGINT NOT NULL,
  volume     BIGINT,            -- whose key the line lies under in the log
  item       BIGINT,            -- NULL: on the shelf but not in the file
  code       {{text}},          -- of the directory's line
  title      {{text}} NOT NULL,
  copies     BIGINT NOT NULL,   -- as the file says
  counted    BIGINT NOT NULL,   -- on the shelf
  finding    {{text}} NOT NULL, -- there, missing, count, extra
  note       {{text}},
  settled    {{text}},          -- found, corrected, reported
  settled_on {{text}},
  settled_by BIGINT,
  how        {{text}}
);
CREATE INDEX household_check_line_check ON household_check_line (of_check, seq);
