-- Who said that he has no telephone: few, and asked for by every home page.
CREATE INDEX estate_contact_none ON estate_contact (estate, valid_from) WHERE kind = 'none' AND valid_to IS NULL;
