-- A setting's value from a day on, for the company (estate 0) or one estate. Old values stay: they were in force then.
CREATE TABLE setting_value (
  id         BIGINT NOT NULL PRIMARY KEY,
  estate     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  ev_op      BIGINT NOT NULL,
  ev_salt    {{blob}} NOT NULL,
  name       {{text}} NOT NULL,
  value      BIGINT NOT NULL,
  valid_from {{text}} NOT NULL, -- local date
  reason     {{text}} NOT NULL
);
CREATE UNIQUE INDEX setting_value_from ON setting_value (name, estate, valid_from);
