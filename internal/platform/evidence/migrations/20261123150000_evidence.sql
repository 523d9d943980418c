-- The head of each log: how many leaves, and the roots of the complete subtrees (derivable; kept so that an append reads one row).
CREATE TABLE evidence_head (
  log   BIGINT NOT NULL PRIMARY KEY,
  size  BIGINT NOT NULL,
  peaks {{blob}} NOT NULL
);

-- Leaves, in order; log is the estate, 0 the company. nodes are the hashes of the tree that a leaf completes, its own
-- first: together, leaf by leaf, they are tlog's stored hashes.
CREATE TABLE evidence_leaf (
  log   BIGINT NOT NULL,
  pos   BIGINT NOT NULL,
  op    BIGINT NOT NULL,
  leaf  {{blob}} NOT NULL,
  nodes {{blob}} NOT NULL,
  PRIMARY KEY (log, pos)
) {{rowless}};
CREATE UNIQUE INDEX evidence_leaf_op ON evidence_leaf (op);

-- Every version of every evidential row: its digest and the leaf that covers it. An empty digest: the row was deleted.
CREATE TABLE evidence_touched (
  tbl     {{text}} NOT NULL,
  row     BIGINT NOT NULL,
  version BIGINT NOT NULL,
  log     BIGINT NOT NULL,
  leaf    BIGINT NOT NULL,
  seq     BIGINT NOT NULL,
  digest  {{blob}} NOT NULL,
  PRIMARY KEY (tbl, row, version)
) {{rowless}};
CREATE UNIQUE INDEX evidence_touched_leaf ON evidence_touched (log, leaf, seq);

-- What the operation said and changed, encrypted, one part per owner of a key. Not {{rowless}}: a part is long, and
-- SQLite would give each an overflow page of its own.
CREATE TABLE evidence_part (
  log         BIGINT NOT NULL,
  leaf        BIGINT NOT NULL,
  seq         BIGINT NOT NULL,
  owner_class {{text}} NOT NULL,
  owner_id    BIGINT NOT NULL,
  commitment  {{blob}} NOT NULL,
  sealed      {{blob}} NOT NULL,
  PRIMARY KEY (log, leaf, seq)
);
