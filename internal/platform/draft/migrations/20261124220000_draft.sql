CREATE TABLE draft_form (
  account BIGINT NOT NULL,
  form    {{text}} NOT NULL, -- the address it posts to
  saved   BIGINT NOT NULL,   -- µs UTC
  fields  {{blob}} NOT NULL, -- sealed
  PRIMARY KEY (account, form)
);
CREATE INDEX draft_form_saved ON draft_form (saved);
