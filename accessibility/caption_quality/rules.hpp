// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/caption_quality/context.hpp"
#include "accessibility/captions/finding.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The caption rules C1 … C30 as data: what each measures, its limits for each language and use, how heavy it
/// weighs, where it comes from, and whether the house mends it. The code of the rules measures; every number
/// and every severity is here.
namespace tongxing::accessibility {

/// Languages that share their limits.
enum class LanguageGroup : std::uint8_t {
  chinese,  ///< zh, cmn, yue and the other languages written in Chinese characters only
  wide,     ///< Japanese and Korean: counted as Chinese is, without its rules of punctuation
  english,
  other  ///< every other language: the limits of English
};

[[nodiscard]] LanguageGroup group_of(std::string_view language);

/// Whether a rule is mended without asking.
enum class Repair : std::uint8_t { none, automatic };

/// What a measurement needs beside the track.
enum class Input : std::uint8_t {
  none,
  file,            ///< the file as it was read: told by its reader
  media_duration,  ///< CaptionContext::media_duration, and so on
  speech,
  speech_and_sound,
  shot_changes,
  burned_in,
  origin,
  script  ///< a language tag that says Hans or Hant, or a region that does
};

enum class Unit : std::uint8_t {
  none,        ///< it is there, or is not
  characters,  ///< as the media rules §3.1 count them
  lines,
  tenths_of_characters_a_second,
  milliseconds,
  tenths_of_percent,
  commas
};

/// On which side of its limits a value is wrong.
enum class Bound : std::uint8_t { above, below };

struct Rule {
  std::string_view id;        ///< "C1"
  std::string_view measures;  ///< in English, for documents and developers
  std::string_view source;
  Repair repair = Repair::none;
};

/// One row of limits: for one kind of finding, in some languages and uses. Beyond `error` it is an error,
/// beyond `warn` a warning, beyond `info` it is shown only.
struct Limits {
  FindingKind kind = FindingKind::line_too_long;
  unsigned groups = 0;  ///< set of LanguageGroup, bit n for value n
  unsigned uses = 0;    ///< set of TrackUse
  Unit unit = Unit::none;
  Bound bound = Bound::above;
  Input needs = Input::none;
  std::optional<std::int64_t> info{};
  std::optional<std::int64_t> warn{};
  std::optional<std::int64_t> error{};
};

/// C1 … C30, in order.
[[nodiscard]] std::span<const Rule> caption_rules();

/// nullptr: no such rule.
[[nodiscard]] const Rule* find_rule(std::string_view id);

/// Every row.
[[nodiscard]] std::span<const Limits> caption_limits();

/// The row for a kind of finding; nullptr: it does not concern this language or use.
[[nodiscard]] const Limits* limits_for(FindingKind kind, LanguageGroup group, TrackUse use);

[[nodiscard]] Unit unit_of(FindingKind kind);

/// "characters", "characters_per_second", "ms", "percent" …: the unit of value_text(). Empty for Unit::none.
[[nodiscard]] std::string_view name_of(Unit unit);

/// A value of a finding in the unit of name_of(): tenths become "7.1".
[[nodiscard]] std::string value_text(FindingKind kind, std::int64_t value);

/// "sdh", "subtitle", "easy_read".
[[nodiscard]] std::string_view name_of(TrackUse use);

/// Numbers that the rules need and that are no limit of one value. All in milliseconds where not said.
struct RuleNumbers {
  std::int64_t tiny_gap_ms = 83;               ///< C7, C8: the least gap, two frames at 24 a second
  std::int64_t small_gap_from_ms = 125;        ///< C8
  std::int64_t small_gap_to_ms = 460;          ///< C8
  std::int64_t unlabelled_track_ms = 180'000;  ///< C15: shorter tracks may do without
  std::int64_t cut_part_ms = 1000;             ///< C24: both parts are shorter than this
};
inline constexpr RuleNumbers kRuleNumbers{};

}  // namespace tongxing::accessibility
