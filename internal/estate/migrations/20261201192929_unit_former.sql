-- The numbers a unit had before, or bears elsewhere: people still call it by them, and old papers name them.
ALTER TABLE estate_unit ADD COLUMN former {{text}};
