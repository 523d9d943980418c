-- An operation that waits for approval: its input is sealed under the key of whom it is about.
CREATE TABLE approval_request (
  id          BIGINT NOT NULL PRIMARY KEY,
  estate      BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  ev_op       BIGINT NOT NULL,
  ev_salt     {{blob}} NOT NULL,
  name        {{text}} NOT NULL, -- of the operation
  input       {{blob}} NOT NULL,
  owner_class {{text}} NOT NULL,
  owner_id    BIGINT NOT NULL,
  why         {{text}} NOT NULL,
  state       {{text}} NOT NULL, -- waiting, approved, done, failed, refused, withdrawn
  made_by     BIGINT NOT NULL,
  made_at     BIGINT NOT NULL,   -- µs UTC
  until       BIGINT NOT NULL,
  ran         BIGINT,            -- the operation that ran
  outcome     {{blob}}           -- sealed: why it was refused
);
CREATE INDEX approval_request_state ON approval_request (state, estate);
CREATE INDEX approval_request_by ON approval_request (made_by, id);

CREATE TABLE approval_step (
  id         BIGINT NOT NULL PRIMARY KEY,
  estate     BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  ev_op      BIGINT NOT NULL,
  ev_salt    {{blob}} NOT NULL,
  request    BIGINT NOT NULL REFERENCES approval_request (id),
  no         BIGINT NOT NULL,
  posts      {{text}} NOT NULL,
  decided_by BIGINT,
  decided_at BIGINT,
  agreed     BIGINT NOT NULL,
  why        {{text}},
  UNIQUE (request, no)
);
