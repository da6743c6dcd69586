// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/range.hpp"

#include "server/http/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace tongxing::http {
namespace {

/// Digits only; a number too large for 64 bits is as good as the largest.
std::optional<std::uint64_t> number(std::string_view text) noexcept {
  if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return std::numeric_limits<std::uint64_t>::max();
  return value;
}

}  // namespace

RangeChoice choose_range(std::string_view field, std::uint64_t size) noexcept {
  field = trimmed(field);
  const auto equals = field.find('=');
  if (equals == std::string_view::npos || !equals_ignoring_case(field.substr(0, equals), "bytes"))
    return WholeContent{};
  const auto spec = trimmed(field.substr(equals + 1));
  const auto dash = spec.find('-');
  if (dash == std::string_view::npos || spec.contains(',')) return WholeContent{};
  const auto first_text = spec.substr(0, dash);
  const auto last_text = spec.substr(dash + 1);
  if (first_text.empty()) {
    const auto suffix = number(last_text);
    if (!suffix) return WholeContent{};
    if (*suffix == 0 || size == 0) return UnsatisfiableRange{};
    const auto length = std::min(*suffix, size);
    return ByteRange{size - length, length};
  }
  const auto first = number(first_text);
  const auto last =
      last_text.empty() ? std::optional(std::numeric_limits<std::uint64_t>::max()) : number(last_text);
  if (!first || !last || *last < *first) return WholeContent{};
  if (*first >= size) return UnsatisfiableRange{};
  return ByteRange{*first, std::min(*last, size - 1) - *first + 1};
}

std::string content_range(const ByteRange& range, std::uint64_t size) {
  return "bytes " + std::to_string(range.first) + "-" + std::to_string(range.first + range.length - 1) + "/" +
         std::to_string(size);
}

std::string content_range_unsatisfied(std::uint64_t size) {
  return "bytes */" + std::to_string(size);
}

}  // namespace tongxing::http
