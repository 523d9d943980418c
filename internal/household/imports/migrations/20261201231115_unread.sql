-- Columns of the file that did not go in, as JSON: their heads with how many cells said something. The file may be cleared; this stays.
ALTER TABLE household_import ADD COLUMN unread {{text}};
