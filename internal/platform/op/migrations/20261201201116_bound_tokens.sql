-- A keyed hash over the whole row: a row that the program did not write does not count (db.Bindings).
ALTER TABLE op_token ADD COLUMN bound {{blob}};
