// SPDX-License-Identifier: GPL-3.0-or-later
#include "courses/learning/credits.hpp"

#include <algorithm>

namespace tongxing::courses {
namespace {

constexpr std::int64_t kPointsPerClassHour = 10;
constexpr std::int64_t kBonusPercent = 20;

std::int64_t class_hour_seconds(const Policy& policy) {
  return std::chrono::floor<std::chrono::seconds>(policy.class_hour).count();
}

}  // namespace

std::int64_t credited_seconds(Milliseconds credited) {
  return std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(credited).count());
}

std::int64_t class_hour_hundredths(const Policy& policy, Milliseconds credited) {
  return credited_seconds(credited) * 100 / class_hour_seconds(policy);
}

std::string class_hour_text(std::int64_t hundredths) {
  const auto cents = hundredths % 100;
  return std::to_string(hundredths / 100) + (cents < 10 ? ".0" : ".") + std::to_string(cents);
}

std::int64_t time_points(const Policy& policy, Milliseconds credited_in_course) {
  return credited_seconds(credited_in_course) * kPointsPerClassHour / class_hour_seconds(policy);
}

std::int64_t points_due(std::int64_t earned, std::int64_t posted) {
  return std::max<std::int64_t>(0, earned - posted);
}

std::int64_t completion_bonus(const Policy& policy, Milliseconds creditable_in_course) {
  return time_points(policy, creditable_in_course) * kBonusPercent / 100;
}

}  // namespace tongxing::courses
