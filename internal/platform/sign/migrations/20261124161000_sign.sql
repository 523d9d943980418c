-- A signature: who, as what, on which thing, over which digest of what he saw.
CREATE TABLE sign_signature (
  id        BIGINT NOT NULL PRIMARY KEY,
  estate    BIGINT NOT NULL,
  version   BIGINT NOT NULL,
  ev_op     BIGINT NOT NULL,
  ev_salt   {{blob}} NOT NULL,
  kind      {{text}} NOT NULL,
  thing     BIGINT NOT NULL,
  role      {{text}} NOT NULL,
  account   BIGINT NOT NULL,
  digest    {{blob}} NOT NULL,
  means     {{text}} NOT NULL, -- password
  signed_at BIGINT NOT NULL    -- µs UTC
);
CREATE INDEX sign_signature_thing ON sign_signature (kind, thing);
