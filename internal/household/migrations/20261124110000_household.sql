CREATE TABLE household_household (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL REFERENCES estate_estate (id),
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  kind    {{text}} NOT NULL,
  head    BIGINT REFERENCES estate_party (id),
  first_unit BIGINT REFERENCES estate_unit (id),
  stay    {{text}},
  since   {{text}},
  until   {{text}},
  ended   {{text}},
  next    BIGINT REFERENCES household_household (id),
  checked {{text}},
  batch   BIGINT
);
CREATE INDEX household_household_estate ON household_household (estate, until);
CREATE INDEX household_household_first ON household_household (first_unit);
CREATE INDEX household_household_head ON household_household (head);
CREATE INDEX household_household_batch ON household_household (batch) WHERE batch IS NOT NULL;

CREATE TABLE household_holding (
  id        BIGINT NOT NULL PRIMARY KEY,
  estate    BIGINT NOT NULL,
  version   BIGINT NOT NULL,
  ev_op     BIGINT NOT NULL,
  ev_salt   {{blob}} NOT NULL,
  household BIGINT NOT NULL REFERENCES household_household (id),
  unit      BIGINT NOT NULL REFERENCES estate_unit (id),
  since     {{text}},
  until     {{text}}
);
CREATE INDEX household_holding_household ON household_holding (household);
CREATE INDEX household_holding_unit ON household_holding (unit);

CREATE TABLE household_occupancy (
  id        BIGINT NOT NULL PRIMARY KEY,
  estate    BIGINT NOT NULL,
  version   BIGINT NOT NULL,
  ev_op     BIGINT NOT NULL,
  ev_salt   {{blob}} NOT NULL,
  household BIGINT NOT NULL REFERENCES household_household (id),
  party     BIGINT NOT NULL REFERENCES estate_party (id),
  part      {{text}} NOT NULL,
  relation  {{text}},
  share     BIGINT, -- basis points
  rank      BIGINT NOT NULL,
  since     {{text}},
  until     {{text}},
  ended     {{text}}
);
CREATE INDEX household_occupancy_household ON household_occupancy (household);
CREATE INDEX household_occupancy_party ON household_occupancy (party);

CREATE TABLE household_observation (
  id          BIGINT NOT NULL PRIMARY KEY,
  estate      BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  ev_op       BIGINT NOT NULL,
  ev_salt     {{blob}} NOT NULL,
  unit        BIGINT REFERENCES estate_unit (id),
  household   BIGINT REFERENCES household_household (id),
  place       {{text}} NOT NULL, -- as typed
  said_mask   {{text}},
  said_sealed {{blob}},
  said_hash   {{blob}},
  state       {{text}} NOT NULL, -- waiting, confirmed, refused
  noted       BIGINT NOT NULL,   -- µs UTC
  noted_by    BIGINT NOT NULL,
  settled     BIGINT,
  settled_by  BIGINT,
  outcome     {{text}}
);
CREATE INDEX household_observation_state ON household_observation (estate, state);
