// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/description/speaking_rate.hpp"

#include "accessibility/text/width.hpp"

#include <algorithm>

namespace tongxing::accessibility {

namespace {

constexpr std::int64_t kMinute = 60'000;  // milliseconds
constexpr SpeakingRate kMandarin{RateUnit::characters, 220, 250, 250, 270};
// The middle of 180–230; sped up to its upper end, because nothing was measured above it.
constexpr SpeakingRate kCantonese{RateUnit::characters, 205, 230, 230, 250};
constexpr SpeakingRate kEnglish{RateUnit::words, 160, 180, 180, 200};

bool is_or_below(std::string_view tag, std::string_view language) {
  return tag.starts_with(language) && (tag.size() == language.size() || tag[language.size()] == '-');
}

}  // namespace

SpeakingRate speaking_rate_for(std::string_view language) {
  if (is_or_below(language, "en")) return kEnglish;
  if (is_or_below(language, "yue") || is_or_below(language, "zh-yue") || is_or_below(language, "zh-HK")) {
    return kCantonese;
  }
  return kMandarin;
}

std::string without_readings(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    result += text.substr(0, open);
    text.remove_prefix(close + 1);
  }
  return result += text;
}

std::int64_t spoken_units(std::string_view text, RateUnit unit) {
  const std::string spoken = without_readings(text);
  return static_cast<std::int64_t>(unit == RateUnit::words ? count_words(spoken) : count_characters(spoken));
}

Milliseconds spoken_length(std::int64_t units, int units_a_minute) {
  if (units_a_minute <= 0 || units <= 0) return Milliseconds(0);
  return Milliseconds((units * kMinute + units_a_minute - 1) / units_a_minute);
}

std::int64_t units_within(Milliseconds time, int units_a_minute) {
  return std::max<std::int64_t>(0, time.count()) * std::max(0, units_a_minute) / kMinute;
}

}  // namespace tongxing::accessibility
