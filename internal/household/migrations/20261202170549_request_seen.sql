-- Which answers to requests their askers have looked at: until then the answer stands in the asker's list of today.
CREATE TABLE household_request_seen (
  request BIGINT NOT NULL PRIMARY KEY,
  account BIGINT NOT NULL, -- who asked
  bound   {{blob}}         -- a keyed hash over the whole row (db.Bindings)
);
