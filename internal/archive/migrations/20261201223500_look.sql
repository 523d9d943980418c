-- The files that nobody has looked at to the end, which are few, found without reading the others.
CREATE INDEX archive_blob_look ON archive_blob (id) WHERE (state = 'unseen' OR flags LIKE '%rest:%');
