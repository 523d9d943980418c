-- Where a form that was accepted led to: the same form sent again gets the same answer, also on a page that looks at what was
-- typed before it runs its operation.
CREATE TABLE op_answer (
  token   {{blob}} NOT NULL PRIMARY KEY, -- SHA-256 of the form's token
  account BIGINT NOT NULL,
  place   {{blob}} NOT NULL,             -- sealed, bound to the account, the token and all that was typed
  at      BIGINT NOT NULL                -- µs UTC
) {{rowless}};
CREATE INDEX op_answer_at ON op_answer (at);
