-- Which operations of an import wrote, in place of each of their rows: those stand in the log. What is left of one to be
-- taken back are the rows of its leaf before upto.
CREATE TABLE household_import_piece (
  import BIGINT NOT NULL,
  seq    BIGINT NOT NULL,
  op     BIGINT NOT NULL,
  upto   BIGINT NOT NULL,
  PRIMARY KEY (import, seq)
) {{rowless}};
CREATE UNIQUE INDEX household_import_piece_op ON household_import_piece (op);

INSERT INTO household_import_piece (import, seq, op, upto)
SELECT r.import, MIN(r.seq), l.op, MAX(t.seq) + 1
FROM household_import_row r
JOIN evidence_touched t ON t.tbl = r.tbl AND t.row = r.id AND t.version = r.version
JOIN evidence_leaf l ON l.log = t.log AND l.pos = t.leaf
GROUP BY r.import, l.op;

DROP TABLE household_import_row;
