-- Which papers a household's file lacks is asked of all volumes about it, closed ones too.
CREATE INDEX archive_volume_about ON archive_volume (subject_kind, subject, id) WHERE subject IS NOT NULL;
