-- What a person made of a list for himself: the columns he left out, and his own views as tabs.
CREATE TABLE list_preference (
  account BIGINT NOT NULL,
  list    {{text}} NOT NULL, -- its name
  hidden  {{text}} NOT NULL, -- keys of columns, comma-separated
  PRIMARY KEY (account, list)
);

CREATE TABLE list_view (
  account BIGINT NOT NULL,
  list    {{text}} NOT NULL,
  name    {{text}} NOT NULL,
  query   {{text}} NOT NULL, -- filters, order and tab, as in the address
  made    BIGINT NOT NULL,   -- µs UTC
  PRIMARY KEY (account, list, name)
);
