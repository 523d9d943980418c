-- Small pictures of a file's pages, which can be made anew: one blob for those that were made in one look, from a page on.
CREATE TABLE archive_thumb (
  file    BIGINT NOT NULL,   -- archive_blob
  first   BIGINT NOT NULL,   -- the first page, within the file, from 0
  stored  {{text}} NOT NULL, -- digest of the ciphertext; empty where no page could be drawn
  wrapped {{blob}} NOT NULL, -- its key, under the volume's
  sizes   {{text}} NOT NULL, -- bytes of each page's picture, with blanks between; 0 for a page without one
  bound   {{blob}},
  PRIMARY KEY (file, first)
);
CREATE INDEX archive_thumb_stored ON archive_thumb (stored);
