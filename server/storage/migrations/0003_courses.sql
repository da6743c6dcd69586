-- Courses, their versions, the lessons in them, and their review.
CREATE TABLE courses (
  id TEXT PRIMARY KEY,
  author_id TEXT NOT NULL REFERENCES accounts(id),
  created_at INTEGER NOT NULL,
  published_version_id TEXT              -- what the catalogue shows; NULL: not in the catalogue
) STRICT;

-- The content of a PUBLISHED version never changes; an edit makes the next version.
CREATE TABLE course_versions (
  id TEXT PRIMARY KEY,
  course_id TEXT NOT NULL REFERENCES courses(id),
  number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'PUBLISHED', 'SUSPENDED', 'RETIRED')),
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  language TEXT NOT NULL,                -- BCP 47 tag of the teaching: cmn, yue, en
  policy TEXT NOT NULL CHECK (policy IN ('OPEN', 'CREDIT', 'SUBSIDISED')),
  visual_statement TEXT NOT NULL DEFAULT '',  -- reviewer's recorded "no unspoken visual information"
  created_at INTEGER NOT NULL,
  submitted_at INTEGER,
  published_at INTEGER,
  UNIQUE (course_id, number)
) STRICT;

-- A lesson keeps its identity, and with it the learners' progress, through all versions of its course.
CREATE TABLE lessons (
  id TEXT PRIMARY KEY,
  course_id TEXT NOT NULL REFERENCES courses(id),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE version_lessons (
  version_id TEXT NOT NULL REFERENCES course_versions(id),
  lesson_id TEXT NOT NULL REFERENCES lessons(id),
  ordinal INTEGER NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('VIDEO', 'AUDIO', 'TEXT_EASY_READ', 'PRACTICE')),
  title TEXT NOT NULL,
  summary TEXT NOT NULL DEFAULT '',
  asset_id TEXT REFERENCES media_assets(id),
  mandatory INTEGER NOT NULL DEFAULT 1,
  threshold_percent INTEGER NOT NULL DEFAULT 90 CHECK (threshold_percent BETWEEN 80 AND 100),
  PRIMARY KEY (version_id, lesson_id),
  UNIQUE (version_id, ordinal)
) STRICT;

CREATE TABLE reviews (
  id TEXT PRIMARY KEY,
  version_id TEXT NOT NULL REFERENCES course_versions(id),
  reviewer_id TEXT NOT NULL REFERENCES accounts(id),
  checklist TEXT NOT NULL CHECK (checklist IN ('CONTENT', 'ACCESSIBILITY', 'RIGHTS')),
  passed INTEGER NOT NULL,
  reasons TEXT NOT NULL DEFAULT '',
  reviewed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reviews_by_version ON reviews(version_id);
