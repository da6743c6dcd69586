// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/rules.hpp"

#include <algorithm>
#include <array>

namespace tongxing::accessibility {
namespace {

constexpr std::array kRules{
    Rule{"C1", "characters a line", "Netflix zh-Hans TTSG 215986007; CityU Hong Kong; 42 in English"},
    Rule{"C2", "lines a cue", "Netflix; BBC"},
    Rule{"C3", "reading speed", "Netflix zh 9, SDH 11, children 7; en 20, children 17; real file p90 6.9"},
    Rule{"C4", "reading speed of easy-read tracks", "4-5 a second in practice; DCMP lower level"},
    Rule{"C5", "shortest cue", "Netflix 5/6 s"},
    Rule{"C6", "longest cue", "Netflix 7 s; Kuo 6-8 s"},
    Rule{"C7", "gap that flickers", "Netflix: two frames", Repair::automatic},
    Rule{"C8", "gap that is neither closed nor a pause", "Netflix: 3-11 frames", Repair::automatic},
    Rule{"C9", "cues that overlap without different places or speakers", "WebVTT: players stack them"},
    Rule{"C10", "times in order, inside the media", "WebVTT; real files with cues of no length"},
    Rule{"C11", "start against the beginning of speech", "Netflix 1-2 frames; BBC"},
    Rule{"C12", "cue that stays after the speech", "BBC; Netflix 0.5 s"},
    Rule{"C13", "share of the speech that is captioned", "WCAG 1.2.2"},
    Rule{"C14", "sound without speech and without a cue", "DCMP; SDH practice"},
    Rule{"C15", "sound labels in captions", "WCAG 1.2.2, sounds that are no speech"},
    Rule{"C16", "another speaker without a mark", "Netflix, dual speakers"},
    Rule{"C17", "narrow punctuation beside Chinese", "Netflix zh", Repair::automatic},
    Rule{"C18", "the ellipsis of the house", "GB/T 15834: six dots; Netflix has three", Repair::automatic},
    Rule{"C19", "italics in Chinese", "Netflix zh: none", Repair::automatic},
    Rule{"C20", "characters of the other script", "a wrong language label"},
    Rule{"C21", "Cantonese words under Mandarin sound", "a wrong language label"},
    Rule{"C22", "line break inside a word, a number with its unit, or a name", "Netflix; DCMP"},
    Rule{"C23", "measures in Chinese numerals", "practice lessons: 30 grams as digits"},
    Rule{"C24", "cue across a hard cut", "Netflix, shot changes 360051554394"},
    Rule{"C25", "the form of the file", "WebVTT"},
    Rule{"C26", "losses of a conversion", "ATAG 2.0 B.1.2"},
    Rule{"C27", "markup that captions do not have", "security"},
    Rule{"C28", "captions made by a machine", "WCAG 1.2.2, failure of automatic captions"},
    Rule{"C29", "easy-read: short sentences, no idioms, no comma chains", "easy-read guides; DCMP"},
    Rule{"C30", "captions over writing in the picture", "Netflix; DCMP", Repair::automatic},
};

template <typename... Values>
constexpr unsigned set_of(Values... values) {
  return ((1U << static_cast<unsigned>(values)) | ...);
}

using enum LanguageGroup;
constexpr unsigned kZh = set_of(chinese);
constexpr unsigned kWide = set_of(chinese, wide);
constexpr unsigned kNarrow = set_of(english, other);
constexpr unsigned kAll = set_of(chinese, wide, english, other);
constexpr unsigned kSdh = set_of(TrackUse::sdh);
constexpr unsigned kEasy = set_of(TrackUse::easy_read);
constexpr unsigned kUsual = set_of(TrackUse::sdh, TrackUse::subtitle);
constexpr unsigned kEach = set_of(TrackUse::sdh, TrackUse::subtitle, TrackUse::easy_read);

using Kind = FindingKind;
constexpr auto kMs = Unit::milliseconds;
constexpr auto kSpeed = Unit::tenths_of_characters_a_second;
constexpr auto kShare = Unit::tenths_of_percent;

/// Rows of things that are there or not: above 0 of them is a finding.
constexpr Limits shown(Kind kind, unsigned groups, unsigned uses, Unit unit = Unit::none,
                       Input needs = Input::none) {
  return {.kind = kind, .groups = groups, .uses = uses, .unit = unit, .needs = needs, .info = 0};
}
constexpr Limits doubtful(Kind kind, unsigned groups, unsigned uses, Unit unit = Unit::none,
                          Input needs = Input::none) {
  return {.kind = kind, .groups = groups, .uses = uses, .unit = unit, .needs = needs, .warn = 0};
}
constexpr Limits wrong(Kind kind, unsigned groups, unsigned uses, Unit unit = Unit::none,
                       Input needs = Input::none) {
  return {.kind = kind, .groups = groups, .uses = uses, .unit = unit, .needs = needs, .error = 0};
}

/// Rows of measured values: a warning above the first number, an error above the second.
constexpr Limits at_most(Kind kind, unsigned groups, unsigned uses, Unit unit,
                         std::optional<std::int64_t> warn, std::optional<std::int64_t> error = {},
                         Input needs = Input::none) {
  return {.kind = kind,
          .groups = groups,
          .uses = uses,
          .unit = unit,
          .bound = Bound::above,
          .needs = needs,
          .info = {},
          .warn = warn,
          .error = error};
}
constexpr Limits at_least(Kind kind, unsigned groups, unsigned uses, Unit unit, std::int64_t warn,
                          std::int64_t error, Input needs = Input::none) {
  return {.kind = kind,
          .groups = groups,
          .uses = uses,
          .unit = unit,
          .bound = Bound::below,
          .needs = needs,
          .info = {},
          .warn = warn,
          .error = error};
}

constexpr std::array kLimits{
    at_most(Kind::line_too_long, kWide, kEach, Unit::characters, 16, 20),
    at_most(Kind::line_too_long, kNarrow, kEach, Unit::characters, 42, 50),
    at_most(Kind::too_many_lines, kWide, kEach, Unit::lines, {}, 2),
    at_most(Kind::too_many_lines, kNarrow, kEach, Unit::lines, 2, 3),
    at_most(Kind::too_fast, kWide, kUsual, kSpeed, 70, 110),
    at_most(Kind::too_fast, kNarrow, kUsual, kSpeed, 170, 200),
    at_most(Kind::too_fast_easy, kWide, kEasy, kSpeed, 40, 50),
    at_most(Kind::too_fast_easy, kNarrow, kEasy, kSpeed, 100, 120),
    at_least(Kind::too_short, kAll, kEach, kMs, 833, 500),
    at_most(Kind::too_long, kAll, kEach, kMs, 7000, 10'000),
    wrong(Kind::gap_tiny, kAll, kEach, kMs),
    doubtful(Kind::gap_small, kAll, kEach, kMs),
    wrong(Kind::overlap, kAll, kEach, kMs),
    wrong(Kind::end_not_after_start, kAll, kEach, kMs),
    wrong(Kind::out_of_order, kAll, kEach, kMs),
    at_most(Kind::after_media_end, kAll, kEach, kMs, {}, 100, Input::media_duration),
    at_most(Kind::speech_early, kAll, kEach, kMs, 200, {}, Input::speech),
    at_most(Kind::speech_late, kAll, kEach, kMs, 500, {}, Input::speech),
    at_most(Kind::hang_after_speech, kAll, kEach, kMs, 1500, {}, Input::speech),
    at_least(Kind::speech_uncovered, kAll, kEach, kShare, 970, 900, Input::speech),
    at_most(Kind::sound_unlabelled, kAll, kSdh, kMs, 10'000, {}, Input::speech_and_sound),
    at_most(Kind::no_sound_label, kAll, kSdh, kMs, kRuleNumbers.unlabelled_track_ms),
    doubtful(Kind::speaker_unmarked, kAll, kEach),
    doubtful(Kind::ascii_punctuation, kZh, kEach),
    doubtful(Kind::ellipsis_style, kZh, kEach),
    doubtful(Kind::italics, kZh, kEach),
    at_most(Kind::wrong_script, kZh, kEach, kShare, 5, 50, Input::script),
    doubtful(Kind::cantonese_words, kZh, kEach),
    doubtful(Kind::break_in_word, kAll, kEach),
    doubtful(Kind::break_in_number, kAll, kEach),
    doubtful(Kind::break_in_name, kAll, kEach),
    shown(Kind::numeral_with_unit, kZh, kEach),
    // Twelve frames at 25 a second.
    Limits{.kind = Kind::across_cut,
           .groups = kAll,
           .uses = kEach,
           .unit = kMs,
           .needs = Input::shot_changes,
           .info = 480},
    wrong(Kind::machine_made, kAll, kEach, Unit::none, Input::origin),
    at_most(Kind::sentence_too_long, kZh, kEasy, Unit::characters, 15),
    doubtful(Kind::idiom, kZh, kEasy),
    at_most(Kind::comma_chain, kZh, kEasy, Unit::commas, 1),
    doubtful(Kind::covers_burned_in, kAll, kEach, Unit::none, Input::burned_in),
};

constexpr std::string_view primary_of(std::string_view language) {
  return language.substr(0, language.find('-'));
}

}  // namespace

LanguageGroup group_of(std::string_view language) {
  const auto primary = primary_of(language);
  for (const auto* tag : {"zh", "cmn", "yue", "hak", "nan", "wuu"}) {
    if (primary == tag) return chinese;
  }
  if (primary == "ja" || primary == "ko") return wide;
  return primary == "en" ? english : other;
}

std::span<const Rule> caption_rules() {
  return kRules;
}

const Rule* find_rule(std::string_view id) {
  const auto* found = std::ranges::find(kRules, id, &Rule::id);
  return found == kRules.end() ? nullptr : found;
}

std::span<const Limits> caption_limits() {
  return kLimits;
}

const Limits* limits_for(FindingKind kind, LanguageGroup group, TrackUse use) {
  const auto* found = std::ranges::find_if(kLimits, [&](const Limits& row) {
    return row.kind == kind && (row.groups & set_of(group)) != 0 && (row.uses & set_of(use)) != 0;
  });
  return found == kLimits.end() ? nullptr : found;
}

Unit unit_of(FindingKind kind) {
  const auto* found = std::ranges::find(kLimits, kind, &Limits::kind);
  return found == kLimits.end() ? Unit::none : found->unit;
}

std::string_view name_of(Unit unit) {
  constexpr std::array<std::string_view, 7> kNames{"",   "characters", "lines", "characters_per_second",
                                                   "ms", "percent",    "commas"};
  return kNames[static_cast<std::size_t>(unit)];
}

std::string value_text(FindingKind kind, std::int64_t value) {
  const auto unit = unit_of(kind);
  if (unit != Unit::tenths_of_characters_a_second && unit != Unit::tenths_of_percent) {
    return std::to_string(value);
  }
  auto text = std::to_string(value / 10);
  if (value % 10 != 0) text += '.' + std::to_string(value % 10 < 0 ? -(value % 10) : value % 10);
  return text;
}

std::string_view name_of(TrackUse use) {
  constexpr std::array<std::string_view, 3> kNames{"sdh", "subtitle", "easy_read"};
  return kNames[static_cast<std::size_t>(use)];
}

}  // namespace tongxing::accessibility
