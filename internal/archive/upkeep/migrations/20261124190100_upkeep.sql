-- When the files whose names begin with a number of three hex digits were last held against their names.
CREATE TABLE archive_shelf (
  shelf   BIGINT NOT NULL PRIMARY KEY, -- 0 to 4095
  checked BIGINT NOT NULL              -- µs UTC
);

-- A file of a paper that cannot be read any more: an incident until it is put back.
CREATE TABLE archive_damage (
  id       BIGINT NOT NULL PRIMARY KEY,
  estate   BIGINT NOT NULL,
  version  BIGINT NOT NULL,
  ev_op    BIGINT NOT NULL,
  ev_salt  {{blob}} NOT NULL,
  file     BIGINT NOT NULL,   -- archive_blob
  stored   {{text}} NOT NULL, -- its name in the store
  kind     {{text}} NOT NULL, -- damaged, missing
  found_at BIGINT NOT NULL,   -- µs UTC
  mended   BIGINT             -- µs UTC; NULL while it cannot be read
);
CREATE UNIQUE INDEX archive_damage_open ON archive_damage (stored) WHERE mended IS NULL;
