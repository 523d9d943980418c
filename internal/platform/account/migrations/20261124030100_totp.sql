-- The second step of signing in: codes by time (RFC 6238). The secret is made of the key store and the nonce.
CREATE TABLE account_totp (
  account BIGINT NOT NULL PRIMARY KEY,
  nonce   {{blob}} NOT NULL,
  step    BIGINT NOT NULL -- of the newest code used: none works twice
);

-- Recovery codes not used yet.
CREATE TABLE account_recovery (
  account BIGINT NOT NULL,
  code    {{blob}} NOT NULL, -- keyed hash
  PRIMARY KEY (account, code)
);

-- must_code: the person has to set up the second step before anything else.
ALTER TABLE account_session ADD COLUMN must_code BIGINT;
