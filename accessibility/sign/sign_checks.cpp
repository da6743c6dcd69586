// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/sign/sign_checks.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace tongxing::accessibility {
namespace {

constexpr std::array<SignRule, 14> kRules{{
    {SignCheck::frame_rate, "S1", Bound::least, 25'000, 20'000, "EN 301 549 6.5 (informative)"},
    {SignCheck::source_width, "S2", Bound::least, 640, std::nullopt, "ITU-T H Suppl. 1 = GB/T 28513-2012"},
    {SignCheck::source_height, "S2", Bound::least, 480, std::nullopt, "ITU-T H Suppl. 1 = GB/T 28513-2012"},
    {SignCheck::least_width, "S2", Bound::least, 320, std::nullopt, "ITU-T H Suppl. 1 = GB/T 28513-2012"},
    {SignCheck::least_height, "S2", Bound::least, 240, std::nullopt, "ITU-T H Suppl. 1 = GB/T 28513-2012"},
    {SignCheck::bit_rate, "S3", Bound::least, 100'000, std::nullopt, "ITU-T H Suppl. 1"},
    {SignCheck::shown_width, "S4", Bound::least, 333, std::nullopt,
     "DB32/T 4746-2024: a third of the picture"},
    {SignCheck::offset, "S5", Bound::most, 1'000, std::nullopt, "DB32/T 4746-2024"},
    {SignCheck::drift, "S5", Bound::most, 80, std::nullopt, "house: half of what is seen as late"},
    {SignCheck::picture, "S6", Bound::least, 1, std::nullopt, "W3C: making media accessible, sign language"},
    {SignCheck::length, "S7", Bound::most, 1'000, std::nullopt, "house"},
    {SignCheck::sound, "S7", Bound::most, std::nullopt, 0, "iOS plays one video with sound at a time"},
    {SignCheck::language, "S8", Bound::least, 1, std::nullopt, "ISO 639-3"},
    {SignCheck::consent, "S8", Bound::least, std::nullopt, 1, "Personal Information Protection Law, art. 29"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (static_cast<std::size_t>(kRules[i].check) != i) return false;
  }
  return true;
}
static_assert(in_order(), "the table is read by index");

constexpr std::array<std::string_view, 14> kNames{
    "frame_rate", "source_width", "source_height", "least_width", "least_height", "bit_rate", "shown_width",
    "offset",     "drift",        "picture",       "length",      "sound",        "language", "consent"};

template <typename Number>
std::optional<std::int64_t> number(const std::optional<Number>& value) {
  if (!value) return std::nullopt;
  return static_cast<std::int64_t>(*value);
}

/// Without its sign, and safe for every value.
std::int64_t magnitude(std::chrono::milliseconds time) {
  const auto count = std::max<std::int64_t>(time.count(), INT64_MIN + 1);
  return count < 0 ? -count : count;
}

std::optional<std::int64_t> magnitude(const std::optional<std::chrono::milliseconds>& time) {
  return time ? std::optional(magnitude(*time)) : std::nullopt;
}

std::optional<std::int64_t> length_difference(const SignFacts& facts) {
  if (!facts.length || !facts.lesson) return std::nullopt;
  return magnitude(*facts.length - *facts.lesson);
}

std::optional<std::int64_t> measured(SignCheck check, const SignFacts& facts) {
  switch (check) {
    case SignCheck::frame_rate:
      return facts.frames_per_1000_s;
    case SignCheck::source_width:
      return number(facts.source_width);
    case SignCheck::source_height:
      return number(facts.source_height);
    case SignCheck::least_width:
      return number(facts.least_width);
    case SignCheck::least_height:
      return number(facts.least_height);
    case SignCheck::bit_rate:
      return facts.least_bits_a_second;
    case SignCheck::shown_width:
      return number(facts.shown_permille);
    case SignCheck::offset:
      return magnitude(facts.offset);
    case SignCheck::drift:
      return magnitude(facts.drift);
    case SignCheck::picture:
      return facts.picture == Tick::confirmed ? 1 : 0;
    case SignCheck::length:
      return length_difference(facts);
    case SignCheck::sound:
      return facts.sound_streams;
    case SignCheck::language:
      return facts.language == "csl" || facts.language == "hks" ? 1 : 0;
    case SignCheck::consent:
      return facts.consent == Tick::confirmed ? 1 : 0;
  }
  return std::nullopt;
}

bool beyond(Bound bound, std::int64_t value, const std::optional<std::int64_t>& limit) {
  if (!limit) return false;
  return bound == Bound::least ? value < *limit : value > *limit;
}

}  // namespace

std::span<const SignRule> sign_rules() {
  return kRules;
}

std::vector<SignFinding> check_sign(const SignFacts& facts) {
  std::vector<SignFinding> findings;
  for (const auto& rule : kRules) {
    const auto value = measured(rule.check, facts);
    if (!value) continue;
    if (beyond(rule.bound, *value, rule.error)) {
      findings.push_back({rule.check, SignSeverity::error, *value, *rule.error});
    } else if (beyond(rule.bound, *value, rule.warn)) {
      findings.push_back({rule.check, SignSeverity::warning, *value, *rule.warn});
    }
  }
  return findings;
}

std::size_t count_of(const std::vector<SignFinding>& findings, SignSeverity severity) {
  return static_cast<std::size_t>(std::ranges::count(findings, severity, &SignFinding::severity));
}

std::string_view name_of(SignCheck check) {
  return kNames[static_cast<std::size_t>(check)];
}

std::string_view rule_of(SignCheck check) {
  return kRules[static_cast<std::size_t>(check)].id;
}

}  // namespace tongxing::accessibility
