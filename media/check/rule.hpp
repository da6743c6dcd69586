// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tongxing::media::check {

/// The house's checklists for packages: H1–H33 for HLS, D1–D12 for DASH. P1 and P2 are what all others stand
/// on: every file can be read, and both manifests tell of the same thing.
enum class Rule : std::uint8_t {
  p1,
  p2,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  h7,
  h8,
  h9,
  h10,
  h11,
  h12,
  h13,
  h14,
  h15,
  h16,
  h17,
  h18,
  h19,
  h20,
  h21,
  h22,
  h23,
  h24,
  h25,
  h26,
  h27,
  h28,
  h29,
  h30,
  h31,
  h32,
  h33,
  d1,
  d2,
  d3,
  d4,
  d5,
  d6,
  d7,
  d8,
  d9,
  d10,
  d11,
  d12
};

inline constexpr std::size_t kRules = 47;

struct RuleText {
  std::string_view id;    ///< "H7"
  std::string_view asks;  ///< what must hold, in a few words
  std::string_view mend;  ///< what to do where it does not
};

/// Of all rules, in the order of Rule.
[[nodiscard]] const std::array<RuleText, kRules>& rule_texts();

[[nodiscard]] inline const RuleText& text_of(Rule rule) {
  return rule_texts().at(static_cast<std::size_t>(rule));
}

}  // namespace tongxing::media::check
