-- What the day's list asks of every open household, read from the index alone; and the tenants among them.
CREATE INDEX household_household_open ON household_household (estate, until, kind, first_unit, head, checked, since) WHERE until IS NULL;
