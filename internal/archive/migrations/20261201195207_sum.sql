-- Whoever sends a file is told where it is already.
CREATE INDEX archive_blob_sum ON archive_blob (sum);
