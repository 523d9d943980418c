-- The buildings of a filter, and the units of one, in their order; and the few that are over.
CREATE INDEX estate_unit_building ON estate_unit (building, estate, sorting);
CREATE INDEX estate_unit_over ON estate_unit (estate, sorting) WHERE valid_to IS NOT NULL;
