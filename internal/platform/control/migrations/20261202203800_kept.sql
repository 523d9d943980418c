-- How a control stood in an estate at the end of a month, as it was found then.
CREATE TABLE control_kept (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  month   {{text}} NOT NULL, -- 2026-11
  name    {{text}} NOT NULL, -- of the control
  clause  {{text}} NOT NULL,
  state   {{text}} NOT NULL, -- met, due, broken, unproven, waived
  figure  BIGINT NOT NULL,
  target  BIGINT NOT NULL,
  unit    {{text}} NOT NULL, -- catalogue key
  records {{text}} NOT NULL, -- address
  zh      {{text}} NOT NULL, -- how it came to stand so, in both languages
  en      {{text}} NOT NULL,
  kept    BIGINT NOT NULL    -- µs UTC
);
CREATE UNIQUE INDEX control_kept_name ON control_kept (estate, month, name);
