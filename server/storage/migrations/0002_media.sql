-- Files on their way in, what they became, and the work between.
CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES accounts(id),
  lesson_id TEXT NOT NULL,               -- the lesson that the file is for
  length_bytes INTEGER NOT NULL,
  offset_bytes INTEGER NOT NULL,         -- never more than what is on disk and synced
  file_name TEXT NOT NULL,               -- for display only
  media_type TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('UPLOADING', 'UPLOADED', 'TERMINATED', 'EXPIRED')),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  asset_id TEXT                          -- set when complete
) STRICT;
CREATE INDEX uploads_by_owner ON uploads(owner_id, state);

CREATE TABLE media_assets (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES accounts(id),
  lesson_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('UPLOADED', 'PROBING', 'TRANSCODING', 'READY', 'FAILED', 'QUARANTINED')),
  file_name TEXT NOT NULL,
  source_bytes INTEGER NOT NULL,
  source_sha256 TEXT NOT NULL,
  version TEXT NOT NULL DEFAULT '',      -- name of the immutable folder media/<id>/<version>/, set when READY
  duration_ms INTEGER NOT NULL DEFAULT 0,-- measured, never typed
  has_video INTEGER NOT NULL DEFAULT 0,
  has_audio INTEGER NOT NULL DEFAULT 0,
  package TEXT NOT NULL DEFAULT '',      -- media::model::Package as JSON
  failure_key TEXT NOT NULL DEFAULT '',  -- message key of what went wrong
  failure_args TEXT NOT NULL DEFAULT '{}',
  created_at INTEGER NOT NULL,
  ready_at INTEGER
) STRICT;
CREATE INDEX media_assets_by_lesson ON media_assets(lesson_id);

CREATE TABLE tracks (
  id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL REFERENCES media_assets(id),
  kind TEXT NOT NULL CHECK (kind IN ('CAPTION', 'SUBTITLE', 'EASY_READ', 'AUDIO_DESCRIPTION', 'SIGN_LANGUAGE', 'TRANSCRIPT', 'CHAPTERS')),
  lang TEXT NOT NULL,
  folder TEXT NOT NULL,                  -- below media/<asset>/<version>/, named after the content
  source TEXT NOT NULL,                  -- the file as given, UTF-8
  cue_count INTEGER NOT NULL,
  created_by TEXT NOT NULL REFERENCES accounts(id),
  created_at INTEGER NOT NULL,
  UNIQUE (asset_id, kind, lang)
) STRICT;

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,                    -- 'package'
  asset_id TEXT NOT NULL REFERENCES media_assets(id),
  spec TEXT NOT NULL,                    -- media::model::JobSpec as JSON
  state TEXT NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  attempt INTEGER NOT NULL DEFAULT 0,
  fence INTEGER NOT NULL DEFAULT 0,      -- grows with every claim: a late worker's result is refused
  lease_until INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL DEFAULT 0,
  idempotency_key TEXT NOT NULL UNIQUE,
  progress TEXT NOT NULL DEFAULT '{}',   -- last JobEvent, for pages opened later
  failure TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX jobs_by_state ON jobs(state, not_before);
