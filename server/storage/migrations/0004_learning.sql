-- Enrolment, what was really played, progress, and the ledger of credits.
CREATE TABLE enrollments (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts(id),
  course_id TEXT NOT NULL REFERENCES courses(id),
  version_id TEXT NOT NULL REFERENCES course_versions(id),
  state TEXT NOT NULL CHECK (state IN ('LEARNING', 'COMPLETED', 'WITHDRAWN')),
  created_at INTEGER NOT NULL,
  completed_at INTEGER,
  UNIQUE (account_id, course_id)
) STRICT;

CREATE TABLE playback_sessions (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts(id),
  lesson_id TEXT NOT NULL REFERENCES lessons(id),
  version_id TEXT NOT NULL REFERENCES course_versions(id),
  ordinal INTEGER NOT NULL,              -- grows with every session of the learner: the newest one counts
  state TEXT NOT NULL CHECK (state IN ('ACTIVE', 'SUPERSEDED', 'IDLE', 'CLOSED')),
  policy TEXT NOT NULL,                  -- PolicyVersion that its heartbeats are judged by
  last_seq INTEGER NOT NULL DEFAULT 0,
  last_accepted_at INTEGER NOT NULL,     -- server time of start or of the last accepted heartbeat
  started_at INTEGER NOT NULL
) STRICT;
CREATE INDEX playback_sessions_by_account ON playback_sessions(account_id, ordinal);

-- Append-only: each heartbeat, accepted or not, as it was judged.
CREATE TABLE learning_events (
  session_id TEXT NOT NULL REFERENCES playback_sessions(id),
  seq INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  wall_ms INTEGER NOT NULL,
  form TEXT NOT NULL,                    -- plain, described, signed, audio, transcript, easy_read
  speed_percent INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  reason TEXT NOT NULL,                  -- empty when accepted
  credited_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX learning_events_by_session ON learning_events(session_id, seq);

CREATE TABLE lesson_progress (
  account_id TEXT NOT NULL REFERENCES accounts(id),
  lesson_id TEXT NOT NULL REFERENCES lessons(id),
  intervals TEXT NOT NULL,               -- union of played media time, "from-to,from-to" in ms, sorted, disjoint
  unique_ms INTEGER NOT NULL,
  credited_ms INTEGER NOT NULL,
  resume_ms INTEGER NOT NULL,            -- where to go on: not progress
  state TEXT NOT NULL CHECK (state IN ('IN_PROGRESS', 'COVERED', 'COMPLETED')),
  updated_at INTEGER NOT NULL,
  completed_at INTEGER,
  PRIMARY KEY (account_id, lesson_id)
) STRICT;

CREATE TABLE study_days (
  account_id TEXT NOT NULL REFERENCES accounts(id),
  day INTEGER NOT NULL,                  -- days since 1970-01-01 in Asia/Shanghai
  used_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, day)
) STRICT;

-- Append-only ledger: a correction is a reversing entry.
CREATE TABLE credit_entries (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts(id),
  course_id TEXT NOT NULL REFERENCES courses(id),
  lesson_id TEXT REFERENCES lessons(id),
  kind TEXT NOT NULL CHECK (kind IN ('TIME', 'QUIZ', 'COMPLETION', 'REVERSAL')),
  points INTEGER NOT NULL,
  basis TEXT NOT NULL,                   -- what it was computed from, for people and auditors
  policy TEXT NOT NULL,
  posted_at INTEGER NOT NULL,
  reverses TEXT REFERENCES credit_entries(id)
) STRICT;
CREATE INDEX credit_entries_by_account ON credit_entries(account_id, course_id);
CREATE TRIGGER credit_entries_no_update BEFORE UPDATE ON credit_entries BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER credit_entries_no_delete BEFORE DELETE ON credit_entries BEGIN SELECT RAISE(ABORT, 'append-only'); END;
