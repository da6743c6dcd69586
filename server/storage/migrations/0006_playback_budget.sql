-- What a playback session has left of its tolerances (courses/learning/counting.hpp): kept between heartbeats, so that
-- many small heartbeats can not claim more than few large ones.
ALTER TABLE playback_sessions ADD COLUMN carry_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE playback_sessions ADD COLUMN media_carry_ms INTEGER NOT NULL DEFAULT 2000;
