-- Files beside a lesson's video: the video of a signer, a recorded description. Their bytes lie in originals/<id>.
CREATE TABLE side_files (
  id TEXT PRIMARY KEY,                   -- that of its upload; a copy of an asset gives each a new one
  asset_id TEXT NOT NULL REFERENCES media_assets(id),
  kind TEXT NOT NULL CHECK (kind IN ('SIGN', 'DESCRIPTION')),
  owner_id TEXT NOT NULL REFERENCES accounts(id),
  file_name TEXT NOT NULL,               -- for display only
  source_bytes INTEGER NOT NULL,
  source_sha256 TEXT NOT NULL,
  offset_ms INTEGER NOT NULL DEFAULT 0,  -- where it begins on the lesson's time line; may be negative
  created_at INTEGER NOT NULL,
  UNIQUE (asset_id, kind)
) STRICT;
CREATE INDEX side_files_by_owner ON side_files(owner_id);

ALTER TABLE uploads ADD COLUMN purpose TEXT NOT NULL DEFAULT 'VIDEO';  -- VIDEO, or a kind of side_files
ALTER TABLE uploads ADD COLUMN offset_ms INTEGER NOT NULL DEFAULT 0;   -- of the side file that it becomes

CREATE INDEX jobs_by_asset ON jobs(asset_id, kind);
