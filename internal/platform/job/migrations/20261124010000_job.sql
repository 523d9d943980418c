-- Long work: one row per job, from the operation that started it to its outcome.
CREATE TABLE job_run (
  id         BIGINT NOT NULL PRIMARY KEY,
  estate     BIGINT NOT NULL,
  kind       {{text}} NOT NULL,
  title      {{text}} NOT NULL, -- catalogue key of the kind, when it was started
  started_by BIGINT NOT NULL,   -- account; 0 for the program
  ref_kind   {{text}} NOT NULL, -- what it belongs to; empty for nothing
  ref_id     BIGINT NOT NULL,
  args       {{text}} NOT NULL, -- JSON, ids and numbers only
  state      {{text}} NOT NULL, -- waiting, running, done, cancelled, failed
  done       BIGINT NOT NULL,
  total      BIGINT NOT NULL,   -- 0: not known
  step       {{text}} NOT NULL, -- catalogue key; may be empty
  error_key  {{text}},          -- catalogue key: why it failed
  error_args {{text}},          -- JSON
  created    BIGINT NOT NULL,   -- µs UTC
  began      BIGINT,
  ended      BIGINT,            -- NULL while it is open
  cancelled  BIGINT,            -- when somebody asked for it to stop
  ready      BIGINT NOT NULL    -- machine's time: in the future while somebody works at it or it pauses, else its last turn
);
CREATE INDEX job_run_open ON job_run (ready) WHERE ended IS NULL;
CREATE INDEX job_run_ref ON job_run (ref_kind, ref_id);
CREATE INDEX job_run_starter ON job_run (started_by);
