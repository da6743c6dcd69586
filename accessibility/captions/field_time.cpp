// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/field_time.hpp"

#include "accessibility/captions/timestamp.hpp"

#include <charconv>

namespace tongxing::accessibility {
namespace {

constexpr std::size_t kMostHourDigits = 5;

/// At most `most` digits and then `separator` (0: nothing).
std::optional<std::int64_t> take_number(std::string_view& text, std::size_t most, char separator) {
  const auto digits = take_digits(text);
  if (digits.empty() || digits.size() > most) return std::nullopt;
  if (separator != 0) {
    if (!text.starts_with(separator)) return std::nullopt;
    text.remove_prefix(1);
  }
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

std::optional<Milliseconds> field_time(std::string_view text) {
  skip_space(text);
  const auto hours = take_number(text, kMostHourDigits, ':');
  const auto minutes = hours ? take_number(text, 2, ':') : std::nullopt;
  const auto seconds = minutes ? take_number(text, 2, '.') : std::nullopt;
  if (!seconds || *minutes > 59 || *seconds > 59) return std::nullopt;
  const auto fraction = take_digits(text);
  if (fraction.empty() || fraction.size() > 3) return std::nullopt;
  skip_space(text);
  if (!text.empty()) return std::nullopt;
  std::int64_t thousandths = 0;
  for (std::size_t i = 0; i < 3; ++i)
    thousandths = thousandths * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  return Milliseconds{((*hours * 60 + *minutes) * 60 + *seconds) * 1000 + thousandths};
}

}  // namespace tongxing::accessibility
