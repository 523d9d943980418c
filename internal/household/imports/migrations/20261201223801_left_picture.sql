-- What is left over may be a picture of a row that no household was made of: it waits sealed among the import's parts, under this name.
ALTER TABLE household_import_left ADD COLUMN picture {{text}};
