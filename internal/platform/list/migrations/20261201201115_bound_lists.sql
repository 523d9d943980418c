-- A keyed hash over the whole row: a row that the program did not write does not count (db.Bindings).
ALTER TABLE list_preference ADD COLUMN bound {{blob}};
ALTER TABLE list_view ADD COLUMN bound {{blob}};
