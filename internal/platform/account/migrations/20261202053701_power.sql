-- What an account may act as: its posts in force while it is enabled, as the program itself wrote them. A post that was written straight into
-- account_grant, or a disabling that was taken back there, is not here and opens nothing.
CREATE TABLE account_power (
  held      BIGINT NOT NULL PRIMARY KEY,
  account   BIGINT NOT NULL,
  post      {{text}} NOT NULL,
  at_estate BIGINT NOT NULL,
  bound     {{blob}}
);
CREATE INDEX account_power_account ON account_power (account);
INSERT INTO account_power (held, account, post, at_estate)
  SELECT g.id, g.account, g.post, g.at_estate FROM account_grant g JOIN account_account a ON a.id = g.account
  WHERE g.ended IS NULL AND a.disabled IS NULL;
