-- Ten digits on a thing, and what the thing is (design §5, label codes).
CREATE TABLE label_code (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  code    {{text}} NOT NULL UNIQUE,
  kind    {{text}} NOT NULL,
  thing   BIGINT NOT NULL
);
CREATE UNIQUE INDEX label_code_thing ON label_code (kind, thing);
