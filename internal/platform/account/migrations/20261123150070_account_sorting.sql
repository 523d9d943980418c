-- The name's pinyin, for the order of lists; NULL sorts by the name itself until the account is next written.
ALTER TABLE account_account ADD COLUMN sorting {{text}};
