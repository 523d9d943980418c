-- Requests of other departments to see a household's file (D5).
CREATE TABLE household_request (
  id          BIGINT NOT NULL PRIMARY KEY,
  estate      BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  ev_op       BIGINT NOT NULL,
  ev_salt     {{blob}} NOT NULL,
  unit        BIGINT NOT NULL REFERENCES estate_unit (id),
  why         {{text}} NOT NULL,
  state       {{text}} NOT NULL, -- waiting, granted, refused
  asked       BIGINT NOT NULL,   -- µs UTC
  asked_by    BIGINT NOT NULL,
  answered    BIGINT,
  answered_by BIGINT,
  answer      {{text}}
);
CREATE INDEX household_request_state ON household_request (estate, state);
CREATE INDEX household_request_asker ON household_request (asked_by, id);
