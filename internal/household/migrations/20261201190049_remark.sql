-- What whoever serves a household should know at once. Several may stand; none is written over: one that is corrected ends, and
-- the next begins.
CREATE TABLE household_remark (
  id          BIGINT NOT NULL PRIMARY KEY,
  estate      BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  ev_op       BIGINT NOT NULL,
  ev_salt     {{blob}} NOT NULL,
  household   BIGINT NOT NULL REFERENCES household_household (id),
  party       BIGINT REFERENCES estate_party (id), -- under whose key it lies: by whom the household was called; NULL: nobody
  said_mask   {{text}},
  said_sealed {{blob}},
  said_hash   {{blob}},
  said_on     {{text}} NOT NULL, -- local date
  said_by     BIGINT NOT NULL,
  until       {{text}}           -- local date it was taken away or another took its place
);
CREATE INDEX household_remark_household ON household_remark (household, id);
