-- The register in the order of its rooms; the few that are over; and whom a household followed.
CREATE INDEX household_household_now ON household_household (first_unit) WHERE until IS NULL;
CREATE INDEX household_household_over ON household_household (first_unit) WHERE until IS NOT NULL;
CREATE INDEX household_household_next ON household_household (next) WHERE next IS NOT NULL;
