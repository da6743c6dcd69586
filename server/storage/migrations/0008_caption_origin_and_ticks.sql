-- Who made a track's captions, and who read those over that a machine made (rule C28); where writing is part of the
-- picture, as the author marked it beside the file (C30).
ALTER TABLE tracks ADD COLUMN origin TEXT NOT NULL DEFAULT 'human'
  CHECK (origin IN ('human', 'machine', 'machine-reviewed'));
ALTER TABLE tracks ADD COLUMN reviewed_by TEXT REFERENCES accounts(id);
ALTER TABLE tracks ADD COLUMN reviewed_at INTEGER;
ALTER TABLE tracks ADD COLUMN burned_in TEXT NOT NULL DEFAULT '';  -- one mark a line

-- What only a person can say of a lesson's tracks: rules A9, S6 and S8.
CREATE TABLE lesson_ticks (
  version_id TEXT NOT NULL REFERENCES course_versions(id),
  lesson_id TEXT NOT NULL REFERENCES lessons(id),
  point TEXT NOT NULL CHECK (point IN ('ON_SCREEN_TEXT', 'SIGN_PICTURE', 'SIGN_CONSENT', 'SIGN_CONSENT_STATED')),
  about TEXT NOT NULL,                   -- fingerprint of the track: the tick counts for no other
  ticked_by TEXT NOT NULL REFERENCES accounts(id),
  ticked_at INTEGER NOT NULL,
  PRIMARY KEY (version_id, lesson_id, point)
) STRICT;
CREATE INDEX lesson_ticks_by_lesson ON lesson_ticks(lesson_id, point);
