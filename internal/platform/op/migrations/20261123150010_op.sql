-- Tokens of requests already carried out: a repeat gets the first answer (reliability §2, Idempotency).
CREATE TABLE op_token (
  token   {{blob}} NOT NULL PRIMARY KEY, -- SHA-256 of the token
  account BIGINT NOT NULL,
  name    {{text}} NOT NULL,
  input   {{blob}} NOT NULL,             -- keyed hash of name and input
  op      BIGINT NOT NULL,
  at      BIGINT NOT NULL                -- µs UTC; no index: clearing reads the few weeks there are, every run would write one
) {{rowless}};
