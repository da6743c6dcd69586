-- Who reviews a version, what exactly was approved, and why one was returned or suspended.
ALTER TABLE course_versions ADD COLUMN reviewer_id TEXT;                       -- who took it into review
ALTER TABLE course_versions ADD COLUMN content_hash TEXT NOT NULL DEFAULT '';  -- SHA-256 of the content when approved

CREATE TABLE review_reasons (
  id TEXT PRIMARY KEY,
  version_id TEXT NOT NULL REFERENCES course_versions(id),
  reviewer_id TEXT NOT NULL REFERENCES accounts(id),
  kind TEXT NOT NULL CHECK (kind IN ('RETURN', 'SUSPEND')),
  lesson_id TEXT REFERENCES lessons(id),  -- NULL: the course as a whole
  at_ms INTEGER,                          -- time code in that lesson
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX review_reasons_by_version ON review_reasons(version_id);
