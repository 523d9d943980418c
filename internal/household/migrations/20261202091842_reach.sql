-- Who holds a household today, read from the index alone: the day's list asks it of every household.
CREATE INDEX household_occupancy_today ON household_occupancy (household, part, party, until) WHERE until IS NULL;
