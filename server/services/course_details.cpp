// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/course_details.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tongxing::services {
namespace {

constexpr std::array<std::string_view, 3> kLanguages{"cmn", "yue", "en"};
constexpr std::array<std::string_view, 3> kPolicies{"OPEN", "CREDIT", "SUBSIDISED"};

Error wrong(std::string field, std::string message, MessageArgs args = {}) {
  return {ErrorCode::invalid, std::move(message), std::move(args), std::move(field), {}};
}

void check_texts(std::vector<Error>& found, std::string_view title, std::string_view summary) {
  if (title.empty()) found.push_back(wrong("title", "errors.teaching.title_missing"));
  if (characters_in(title) > kLongestTitle) {
    found.push_back(wrong("title", "errors.teaching.title_long", {{"limit", std::to_string(kLongestTitle)}}));
  }
  if (characters_in(summary) > kLongestSummary) {
    found.push_back(
        wrong("summary", "errors.teaching.summary_long", {{"limit", std::to_string(kLongestSummary)}}));
  }
}

}  // namespace

std::vector<Error> problems_in(const CourseDetails& details) {
  std::vector<Error> found;
  check_texts(found, details.title, details.summary);
  if (details.summary.empty()) found.push_back(wrong("summary", "errors.teaching.summary_missing"));
  if (std::ranges::find(kLanguages, details.language) == kLanguages.end()) {
    found.push_back(wrong("language", "errors.teaching.language"));
  }
  if (std::ranges::find(kPolicies, details.policy) == kPolicies.end())
    found.push_back(wrong("policy", "errors.teaching.policy"));
  return found;
}

std::vector<Error> problems_in(const LessonDetails& details) {
  std::vector<Error> found;
  check_texts(found, details.title, details.summary);
  return found;
}

std::string tidied_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') out.push_back('\n');
    } else if (c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)) {
      out.push_back(c);
    } else if (c == '\t') {
      out.push_back(' ');
    }
  }
  const auto from = out.find_first_not_of(" \n");
  if (from == std::string::npos) return {};
  return out.substr(from, out.find_last_not_of(" \n") - from + 1);
}

CourseDetails tidied(CourseDetails details) {
  details.title = tidied_text(details.title);
  details.summary = tidied_text(details.summary);
  return details;
}

LessonDetails tidied(LessonDetails details) {
  details.title = tidied_text(details.title);
  details.summary = tidied_text(details.summary);
  return details;
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace tongxing::services
