CREATE TABLE archive_volume (
  id           BIGINT NOT NULL PRIMARY KEY,
  estate       BIGINT NOT NULL REFERENCES estate_estate (id),
  version      BIGINT NOT NULL,
  ev_op        BIGINT NOT NULL,
  ev_salt      {{blob}} NOT NULL,
  class        {{text}} NOT NULL, -- YH, GL: the class of the company's scheme
  subject_kind {{text}},          -- what the volume is about; NULL: what its title says
  subject      BIGINT,
  title        {{text}} NOT NULL,
  year         BIGINT,
  secrecy      {{text}} NOT NULL, -- ordinary, confidential
  state        {{text}} NOT NULL, -- open, closed
  opened       {{text}} NOT NULL, -- local date
  closed       {{text}}
);
CREATE UNIQUE INDEX archive_volume_subject ON archive_volume (subject_kind, subject, class) WHERE subject IS NOT NULL AND state = 'open';
CREATE INDEX archive_volume_estate ON archive_volume (estate, id);

CREATE TABLE archive_blob (
  id        BIGINT NOT NULL PRIMARY KEY,
  estate    BIGINT NOT NULL,
  version   BIGINT NOT NULL,
  ev_op     BIGINT NOT NULL,
  ev_salt   {{blob}} NOT NULL,
  volume    BIGINT NOT NULL REFERENCES archive_volume (id),
  stored    {{text}} NOT NULL UNIQUE, -- digest of the ciphertext: where it lies
  size      BIGINT NOT NULL,
  sum       {{blob}} NOT NULL,        -- keyed digest of the bytes in clear
  wrapped   {{blob}} NOT NULL,        -- its key, under the volume's
  type      {{text}} NOT NULL,        -- pdf, jpg, png, tiff, heic, mp4
  state     {{text}} NOT NULL,        -- ok, broken, flagged
  flags     {{text}},                 -- what a flagged one carries, with blanks between
  pages     BIGINT NOT NULL,
  file_name {{blob}} NOT NULL,        -- sealed
  made_at   BIGINT NOT NULL
);
CREATE INDEX archive_blob_volume ON archive_blob (volume, sum);

CREATE TABLE archive_item (
  id          BIGINT NOT NULL PRIMARY KEY,
  estate      BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  ev_op       BIGINT NOT NULL,
  ev_salt     {{blob}} NOT NULL,
  volume      BIGINT NOT NULL REFERENCES archive_volume (id),
  title       {{text}} NOT NULL,
  paper       {{text}},           -- code of the checklist line it fills
  formed      {{text}},           -- local date with its precision
  author      {{text}},
  doc_no      {{text}},
  carrier     {{text}} NOT NULL,  -- scan, paper
  original    {{text}} NOT NULL,  -- original, copy
  copies      BIGINT NOT NULL,
  pages       BIGINT NOT NULL,
  place       {{text}},
  note        {{blob}},           -- sealed
  verified    {{text}},           -- local date a copy was compared with its original
  verified_by BIGINT,
  stage       {{text}} NOT NULL,  -- collect, sort, file, use
  collected   {{text}} NOT NULL,  -- local date of each stage
  sorted      {{text}},
  filed       {{text}},
  used        {{text}},
  current     BIGINT,             -- the version of its pages in force; NULL: paper only
  voided      {{text}},           -- local date
  void_reason {{text}}
);
CREATE INDEX archive_item_volume ON archive_item (volume, id);
CREATE INDEX archive_item_stage ON archive_item (estate, stage, id) WHERE voided IS NULL;

CREATE TABLE archive_version (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  volume  BIGINT NOT NULL,
  item    BIGINT NOT NULL REFERENCES archive_item (id),
  no      BIGINT NOT NULL, -- 1, 2, … of the item
  source  {{text}} NOT NULL, -- upload, wechat, arrange
  made_by BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  UNIQUE (item, no)
);

CREATE TABLE archive_page (
  id      BIGINT NOT NULL PRIMARY KEY,
  estate  BIGINT NOT NULL,
  version BIGINT NOT NULL,
  ev_op   BIGINT NOT NULL,
  ev_salt {{blob}} NOT NULL,
  volume  BIGINT NOT NULL,
  leaf_of BIGINT NOT NULL REFERENCES archive_version (id),
  seq     BIGINT NOT NULL, -- 1, 2, … of the version
  blob    BIGINT NOT NULL REFERENCES archive_blob (id),
  page    BIGINT NOT NULL, -- within the blob, from 0
  turn    BIGINT NOT NULL, -- 0, 90, 180, 270 degrees clockwise
  UNIQUE (leaf_of, seq)
);
CREATE INDEX archive_page_blob ON archive_page (blob);
