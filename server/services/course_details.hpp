// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/base/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tongxing::services {

/// What an author writes about a course.
struct CourseDetails {
  std::string title;
  std::string summary;
  std::string language = "cmn";  ///< of the teaching: cmn, yue, en
  std::string policy = "OPEN";   ///< OPEN, CREDIT, SUBSIDISED
};

struct LessonDetails {
  std::string title;
  std::string summary;
};

inline constexpr std::size_t kLongestTitle = 100;     ///< characters
inline constexpr std::size_t kLongestSummary = 2000;  ///< characters

/// Everything that is wrong, each with its field; empty: it can be stored.
[[nodiscard]] std::vector<Error> problems_in(const CourseDetails& details);
[[nodiscard]] std::vector<Error> problems_in(const LessonDetails& details);

/// Line ends as LF, no other control characters, nothing around it. What is stored and compared.
[[nodiscard]] CourseDetails tidied(CourseDetails details);
[[nodiscard]] LessonDetails tidied(LessonDetails details);
[[nodiscard]] std::string tidied_text(std::string_view text);

/// Characters (code points) of a UTF-8 text.
[[nodiscard]] std::size_t characters_in(std::string_view text);

}  // namespace tongxing::services
