-- The register in the order of its rooms; and the few that are over.
CREATE INDEX household_household_now ON household_household (first_unit) WHERE until IS NULL;
CREATE INDEX household_household_over ON household_household (first_unit) WHERE until IS NOT NULL;
