-- Two parties of different estates who are one person. The row lies in the estate of the one registered first.
CREATE TABLE estate_same_person (
  id       BIGINT NOT NULL PRIMARY KEY,
  estate   BIGINT NOT NULL,
  version  BIGINT NOT NULL,
  ev_op    BIGINT NOT NULL,
  ev_salt  {{blob}} NOT NULL,
  party    BIGINT NOT NULL REFERENCES estate_party (id),
  other    BIGINT NOT NULL REFERENCES estate_party (id),
  linked   {{text}} NOT NULL, -- local date
  why      {{text}} NOT NULL,
  valid_to {{text}},
  ended    {{text}}
);
CREATE UNIQUE INDEX estate_same_person_pair ON estate_same_person (party, other) WHERE valid_to IS NULL;
CREATE INDEX estate_same_person_other ON estate_same_person (other);
