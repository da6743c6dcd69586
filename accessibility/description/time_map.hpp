// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <span>
#include <vector>

/// Lesson time ↔ time of a rendition that stands still for its descriptions. Progress is always written in
/// lesson time, so that pauses neither add nor take credit.
namespace tongxing::accessibility {

/// The rendition stands still for `length` at this lesson time.
struct Pause {
  Milliseconds at{0};
  Milliseconds length{0};
  bool operator==(const Pause&) const = default;
};

class TimeMap {
 public:
  TimeMap() = default;
  /// In any order; pauses at the same time follow each other. Those without length count nothing.
  explicit TimeMap(std::vector<Pause> pauses);

  /// Where a lesson time is in the extended rendition; of a paused one the beginning of the pause, so that
  /// who seeks there hears the description.
  [[nodiscard]] Milliseconds to_extended(Milliseconds lesson) const;
  /// The lesson time of a time in the extended rendition. to_lesson(to_extended(t)) == t for every t.
  [[nodiscard]] Milliseconds to_lesson(Milliseconds extended) const;
  /// Sum of all pauses.
  [[nodiscard]] Milliseconds added() const;
  /// By rising time, one for each lesson time that has a pause.
  [[nodiscard]] std::span<const Pause> pauses() const { return pauses_; }

 private:
  std::vector<Pause> pauses_;
  std::vector<Milliseconds> before_;  ///< sum of the pauses before each
};

}  // namespace tongxing::accessibility
