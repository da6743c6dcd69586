// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace tongxing::courses {

using Milliseconds = std::chrono::milliseconds;

/// The parameters that learning time, credit and completion are judged by. Every computed result stores `id`.
struct Policy {
  std::string_view id;                   ///< "open-2026-1"
  Milliseconds class_hour{2'700'000};    ///< 课时: 45 minutes
  int rate_cap_percent = 200;            ///< credit per wall second, in percent
  int max_speed_percent = 300;           ///< fastest believable play
  Milliseconds daily_cap{21'600'000};    ///< credited time a day
  int threshold_percent = 90;            ///< coverage that makes a lesson COVERED, unless the lesson says otherwise
};

[[nodiscard]] const Policy& open_policy();
[[nodiscard]] const Policy& credit_policy();
[[nodiscard]] const Policy& subsidised_policy();

}  // namespace tongxing::courses
