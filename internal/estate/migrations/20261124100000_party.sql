CREATE TABLE estate_party (
  id           BIGINT NOT NULL PRIMARY KEY,
  estate       BIGINT NOT NULL REFERENCES estate_estate (id),
  version      BIGINT NOT NULL,
  ev_op        BIGINT NOT NULL,
  ev_salt      {{blob}} NOT NULL,
  kind         {{text}} NOT NULL, -- person, org
  name         {{text}} NOT NULL,
  sorting      {{text}} NOT NULL, -- pinyin key
  sex          {{text}},
  short_name   {{text}},
  sign_name    {{text}},
  legal        {{text}},
  employer     {{text}},
  origin       {{text}},
  birth_mask   {{text}},
  birth_sealed {{blob}},
  birth_hash   {{blob}},
  note_mask    {{text}},
  note_sealed  {{blob}},
  note_hash    {{blob}},
  merged_into  BIGINT REFERENCES estate_party (id)
);
CREATE INDEX estate_party_sorting ON estate_party (estate, sorting, id);
CREATE INDEX estate_party_name ON estate_party (estate, name);
CREATE INDEX estate_party_merged ON estate_party (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE estate_former_name (
  id       BIGINT NOT NULL PRIMARY KEY,
  estate   BIGINT NOT NULL,
  version  BIGINT NOT NULL,
  ev_op    BIGINT NOT NULL,
  ev_salt  {{blob}} NOT NULL,
  party    BIGINT NOT NULL REFERENCES estate_party (id),
  name     {{text}} NOT NULL,
  valid_to {{text}} NOT NULL, -- local date
  why      {{text}}
);
CREATE INDEX estate_former_name_party ON estate_former_name (party);

CREATE TABLE estate_contact (
  id           BIGINT NOT NULL PRIMARY KEY,
  estate       BIGINT NOT NULL,
  version      BIGINT NOT NULL,
  ev_op        BIGINT NOT NULL,
  ev_salt      {{blob}} NOT NULL,
  party        BIGINT NOT NULL REFERENCES estate_party (id),
  kind         {{text}} NOT NULL,
  value_mask   {{text}},
  value_sealed {{blob}},
  value_hash   {{blob}},
  whose        {{text}},
  rank         BIGINT NOT NULL,
  valid_from   {{text}},
  valid_to     {{text}},
  ended        {{text}}
);
CREATE INDEX estate_contact_party ON estate_contact (party);
CREATE INDEX estate_contact_hash ON estate_contact (value_hash) WHERE value_hash IS NOT NULL;

CREATE TABLE estate_identity (
  id            BIGINT NOT NULL PRIMARY KEY,
  estate        BIGINT NOT NULL,
  version       BIGINT NOT NULL,
  ev_op         BIGINT NOT NULL,
  ev_salt       {{blob}} NOT NULL,
  party         BIGINT NOT NULL REFERENCES estate_party (id),
  kind          {{text}} NOT NULL,
  number_mask   {{text}},
  number_sealed {{blob}},
  number_hash   {{blob}},
  doubt         {{text}},
  doubt_why     {{text}},
  taken_why     {{text}},
  expires       {{text}},
  verified      {{text}},
  verified_by   BIGINT,
  valid_to      {{text}},
  ended         {{text}}
);
CREATE INDEX estate_identity_party ON estate_identity (party);
CREATE INDEX estate_identity_hash ON estate_identity (number_hash) WHERE number_hash IS NOT NULL;

CREATE TABLE estate_vehicle (
  id         BIGINT NOT NULL PRIMARY KEY,
  estate     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  ev_op      BIGINT NOT NULL,
  ev_salt    {{blob}} NOT NULL,
  unit       BIGINT NOT NULL REFERENCES estate_unit (id),
  party      BIGINT REFERENCES estate_party (id),
  plate      {{text}} NOT NULL,
  doubt      {{text}},
  doubt_why  {{text}},
  kind       {{text}},
  brand      {{text}},
  colour     {{text}},
  parking    BIGINT REFERENCES estate_unit (id),
  terms      {{text}}, -- own, rent, monthly
  expires    {{text}},
  card       {{text}},
  valid_from {{text}},
  valid_to   {{text}},
  ended      {{text}}
);
CREATE INDEX estate_vehicle_unit ON estate_vehicle (unit);
CREATE INDEX estate_vehicle_party ON estate_vehicle (party);
CREATE INDEX estate_vehicle_plate ON estate_vehicle (estate, plate);

CREATE TABLE estate_lease (
  id         BIGINT NOT NULL PRIMARY KEY,
  estate     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  ev_op      BIGINT NOT NULL,
  ev_salt    {{blob}} NOT NULL,
  unit       BIGINT NOT NULL REFERENCES estate_unit (id),
  lessor     BIGINT REFERENCES estate_party (id),
  tenant     BIGINT NOT NULL REFERENCES estate_party (id),
  kind       {{text}} NOT NULL, -- let, mixed, sublet
  use_as     {{text}},          -- living, office, business, storage
  valid_from {{text}},
  valid_to   {{text}},          -- as agreed
  area       BIGINT,            -- 0.01 ㎡
  heads      BIGINT,
  contract   {{text}},
  filing_no  {{text}},
  payer      {{text}},          -- owner, tenant
  trade      {{text}},
  hours      {{text}},
  consent    BIGINT NOT NULL,   -- 0, 1
  registered {{text}} NOT NULL,
  left_on    {{text}},
  ended      {{text}}
);
CREATE INDEX estate_lease_unit ON estate_lease (unit);
CREATE INDEX estate_lease_tenant ON estate_lease (tenant);
CREATE INDEX estate_lease_lessor ON estate_lease (lessor);
CREATE INDEX estate_lease_until ON estate_lease (estate, valid_to) WHERE left_on IS NULL;
