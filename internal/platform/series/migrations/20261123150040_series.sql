-- The last number given of each gapless series.
CREATE TABLE series_counter (
  name {{text}} NOT NULL PRIMARY KEY,
  last BIGINT NOT NULL
);
