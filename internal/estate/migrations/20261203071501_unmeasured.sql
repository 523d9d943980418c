-- The units in force whose area nobody has registered: whether there are any is asked by the day's list.
CREATE INDEX estate_unit_unmeasured ON estate_unit (estate) WHERE valid_to IS NULL AND gross_area IS NULL;
