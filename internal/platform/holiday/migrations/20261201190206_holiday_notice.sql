-- The yearly notice of days off as the office brought it, one a year; what came with the program needs no row. The company's (estate 0).
CREATE TABLE holiday_notice (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  year    BIGINT NOT NULL,
  body    {{text}} NOT NULL, -- the notice's own words
  reason  {{text}} NOT NULL  -- why one replaced another; empty for a year's first
);
CREATE UNIQUE INDEX holiday_notice_year ON holiday_notice (year);
