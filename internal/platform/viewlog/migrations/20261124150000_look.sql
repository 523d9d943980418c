CREATE TABLE viewlog_look (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  account BIGINT NOT NULL,
  kind    {{text}} NOT NULL,
  thing   BIGINT NOT NULL,
  at      BIGINT NOT NULL, -- µs UTC
  seal    BIGINT
);
CREATE INDEX viewlog_look_thing ON viewlog_look (kind, thing, at);
CREATE INDEX viewlog_look_at ON viewlog_look (at);
CREATE INDEX viewlog_look_open ON viewlog_look (estate, id) WHERE seal IS NULL;
CREATE INDEX viewlog_look_seal ON viewlog_look (seal, id) WHERE seal IS NOT NULL;

CREATE TABLE viewlog_seal (
  id         BIGINT NOT NULL PRIMARY KEY,
  estate     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  ev_op      BIGINT NOT NULL,
  ev_salt    {{blob}} NOT NULL,
  first_look BIGINT NOT NULL,
  last_look  BIGINT NOT NULL,
  looks      BIGINT NOT NULL,
  digest     {{blob}} NOT NULL
);
