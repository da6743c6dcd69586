// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "courses/learning/policy.hpp"

#include <cstdint>
#include <string>

/// Class hours (课时) and learning credits (学习积分), rule book §2.5.4. Whole numbers only, always rounded
/// down, and always from the sum of a course: sums of rounded lesson figures would lose or invent time.
namespace tongxing::courses {

/// Whole seconds of credit: what people are told, and what points are computed from.
[[nodiscard]] std::int64_t credited_seconds(Milliseconds credited);

/// 课时 in hundredths: 4050 s are 150.
[[nodiscard]] std::int64_t class_hour_hundredths(const Policy& policy, Milliseconds credited);

/// Hundredths as text with two decimals: 150 is "1.50". The same in every language.
[[nodiscard]] std::string class_hour_text(std::int64_t hundredths);

/// Points for time: ten a class hour, so one for each full 270 s.
[[nodiscard]] std::int64_t time_points(const Policy& policy, Milliseconds credited_in_course);

/// What the ledger still has to post so that it says `earned`: never negative, corrections are reversing
/// entries.
[[nodiscard]] std::int64_t points_due(std::int64_t earned, std::int64_t posted);

/// Points for finishing a course: a fifth of the time points that its whole creditable time gives.
[[nodiscard]] std::int64_t completion_bonus(const Policy& policy, Milliseconds creditable_in_course);

/// Points for a mandatory quiz, once, when first passed.
inline constexpr std::int64_t kQuizPoints = 5;

}  // namespace tongxing::courses
