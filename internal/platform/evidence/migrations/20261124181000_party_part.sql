-- What was done about a party: the first part of a leaf is its subject's. One entry for an operation on somebody, none for
-- the many parts of an import.
CREATE INDEX evidence_part_party ON evidence_part (owner_id, log, leaf) WHERE seq = 0 AND owner_class = 'party';
