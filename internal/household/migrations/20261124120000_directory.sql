CREATE TABLE household_directory (
  id         BIGINT NOT NULL PRIMARY KEY,
  estate     BIGINT NOT NULL, -- 0: the company's
  version    BIGINT NOT NULL,
  ev_op      BIGINT NOT NULL,
  ev_salt    {{blob}} NOT NULL,
  kind       {{text}} NOT NULL,
  no         BIGINT NOT NULL, -- counts the kind's directories; the built-in one is 1
  valid_from {{text}} NOT NULL
);
CREATE UNIQUE INDEX household_directory_no ON household_directory (kind, no);

CREATE TABLE household_directory_line (
  id        BIGINT NOT NULL PRIMARY KEY,
  estate    BIGINT NOT NULL,
  version   BIGINT NOT NULL,
  ev_op     BIGINT NOT NULL,
  ev_salt   {{blob}} NOT NULL,
  directory BIGINT NOT NULL REFERENCES household_directory (id),
  code      {{text}} NOT NULL,
  seq       BIGINT NOT NULL,
  section   {{text}},
  title     {{text}} NOT NULL,
  need      {{text}} NOT NULL -- required, optional
);
CREATE INDEX household_directory_line_directory ON household_directory_line (directory);

CREATE TABLE household_mark (
  id        BIGINT NOT NULL PRIMARY KEY,
  estate    BIGINT NOT NULL,
  version   BIGINT NOT NULL,
  ev_op     BIGINT NOT NULL,
  ev_salt   {{blob}} NOT NULL,
  household BIGINT NOT NULL REFERENCES household_household (id),
  code      {{text}} NOT NULL,
  mark      {{text}}, -- not_applicable, expected, lost_long_ago; NULL: taken back
  why       {{text}},
  marked_by BIGINT NOT NULL,
  marked_on {{text}} NOT NULL
);
CREATE UNIQUE INDEX household_mark_line ON household_mark (household, code);
