-- A keyed hash over the whole row: a row that the program did not write does not count (db.Bindings).
ALTER TABLE archive_shelf ADD COLUMN bound {{blob}};
