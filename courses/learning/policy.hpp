// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tongxing::courses {

using Milliseconds = std::chrono::milliseconds;

/// The parameters that learning time, credit and completion are judged by (rule book §2.5.2). A policy is a
/// value that never changes: new figures mean a new `id`. Every computed result stores `id`, so that it can
/// be explained.
struct Policy {
  std::string_view id;                 ///< "open-2026-1"
  Milliseconds class_hour{2'700'000};  ///< 课时: 45 minutes
  int rate_cap_percent = 200;          ///< credit per wall second, in percent
  int max_speed_percent = 300;         ///< fastest believable play
  Milliseconds daily_cap{21'600'000};  ///< credited time a day
  int threshold_percent = 90;  ///< coverage that makes a lesson COVERED, unless the lesson says otherwise
};

[[nodiscard]] const Policy& open_policy();
[[nodiscard]] const Policy& credit_policy();
[[nodiscard]] const Policy& subsidised_policy();

/// What a course says it is. The names are those of the column course_versions.policy.
enum class Track : std::uint8_t { open, credit, subsidised };

[[nodiscard]] std::string_view name_of(Track track);  ///< "OPEN", "CREDIT", "SUBSIDISED"
[[nodiscard]] std::optional<Track> track_from(
    std::string_view name);                                    ///< the reverse; nullopt: no such track
[[nodiscard]] const Policy& current_policy(Track track);       ///< for a session that starts now
[[nodiscard]] const Policy* find_policy(std::string_view id);  ///< a stored id; nullptr: unknown

}  // namespace tongxing::courses
