-- Who uses the platform, what they may do, and where they are signed in.
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,            -- NFKC, lower case, trimmed
  display_name TEXT NOT NULL,
  password_hash TEXT NOT NULL,           -- Argon2id, encoded by libsodium
  locale TEXT NOT NULL DEFAULT '',       -- BCP 47 tag, or empty: follow the browser
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'DISABLED')),
  session_epoch INTEGER NOT NULL DEFAULT 0,  -- grows when every session of the account must end
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE account_preferences (
  account_id TEXT NOT NULL REFERENCES accounts(id),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (account_id, name)
) STRICT;

CREATE TABLE role_assignments (
  account_id TEXT NOT NULL REFERENCES accounts(id),
  role TEXT NOT NULL CHECK (role IN ('trainee', 'instructor', 'reviewer', 'administrator')),
  granted_at INTEGER NOT NULL,
  granted_by TEXT REFERENCES accounts(id),
  PRIMARY KEY (account_id, role)
) STRICT;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,                   -- hash of the token, base32: the token itself is only in the cookie
  account_id TEXT NOT NULL REFERENCES accounts(id),
  session_epoch INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  idle_ms INTEGER NOT NULL,              -- ends after so long without a request
  expires_at INTEGER NOT NULL            -- ends in any case
) STRICT;
CREATE INDEX sessions_by_account ON sessions(account_id);

CREATE TABLE setup_links (
  token_hash TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

-- Keys and switches of this installation that are made at first start (form-token key, installation id).
CREATE TABLE installation (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- A form sent twice answers as the first time did.
CREATE TABLE idempotency_keys (
  account_id TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  location TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, key)
) STRICT;

CREATE TABLE audit_events (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,                   -- account id, or 'system', or 'command-line'
  action TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL                     -- BLAKE2b-256 over previous_hash and the row
) STRICT;
CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events BEGIN SELECT RAISE(ABORT, 'append-only'); END;
