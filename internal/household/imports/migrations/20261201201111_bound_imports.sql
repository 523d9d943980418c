-- A keyed hash over the whole row: a row that the program did not write does not count (db.Bindings).
ALTER TABLE household_import_part ADD COLUMN bound {{blob}};
ALTER TABLE household_import_piece ADD COLUMN bound {{blob}};
ALTER TABLE household_import_mapping ADD COLUMN bound {{blob}};
