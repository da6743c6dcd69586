-- What was known of every lesson when its version was published, for the question who can take it. The content of a
-- published version never changes, so this is measured once; other rules (`rules`) make it be measured again.
CREATE TABLE lesson_access (
  version_id TEXT NOT NULL REFERENCES course_versions(id),
  lesson_id TEXT NOT NULL REFERENCES lessons(id),
  rules INTEGER NOT NULL,
  facts TEXT NOT NULL,                   -- accessibility::AccessFacts as JSON
  measured_at INTEGER NOT NULL,
  PRIMARY KEY (version_id, lesson_id)
) STRICT;
