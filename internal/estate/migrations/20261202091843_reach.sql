-- By what kinds of contact somebody can be reached today, read from the index alone.
CREATE INDEX estate_contact_today ON estate_contact (party, kind, valid_to) WHERE valid_to IS NULL;
