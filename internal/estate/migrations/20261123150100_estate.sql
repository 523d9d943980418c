CREATE TABLE estate_estate (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL, -- its own id
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  name    {{text}} NOT NULL UNIQUE,
  address {{text}}
);

CREATE TABLE estate_unit (
  id         BIGINT NOT NULL PRIMARY KEY,
  estate     BIGINT NOT NULL REFERENCES estate_estate (id),
  version    BIGINT NOT NULL,
  ev_op      BIGINT NOT NULL,
  ev_salt    {{blob}} NOT NULL,
  building   {{text}},          -- 3, A, C1; NULL where an estate has none
  entrance   {{text}},          -- 单元
  room       {{text}} NOT NULL, -- 1202, S-12
  code       {{text}} NOT NULL, -- 3-1-1202: how the desk says it
  sorting    {{text}} NOT NULL, -- the code with its numbers padded
  floor      {{text}},
  kind       {{text}} NOT NULL, -- flat, shop, office, parking, store
  gross_area BIGINT,            -- 建筑面积, 0.01 ㎡
  net_area   BIGINT,            -- 套内面积, 0.01 ㎡
  note       {{text}},
  valid_from {{text}},          -- local date the unit was handed over or made; NULL: always there
  valid_to   {{text}},          -- local date it was split, merged or removed; NULL: in force
  ended      {{text}}           -- why
);
CREATE UNIQUE INDEX estate_unit_code ON estate_unit (estate, code) WHERE valid_to IS NULL;
CREATE INDEX estate_unit_sorting ON estate_unit (estate, sorting, id);
