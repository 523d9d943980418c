-- A keyed hash over the whole row: a row that the program did not write does not count (db.Bindings).
ALTER TABLE viewlog_look ADD COLUMN bound {{blob}};
