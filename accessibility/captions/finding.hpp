// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// What was found in a caption file, by the readers and by the checks (media rules §3.2). A finding is data:
/// pages put it into words by its name.
namespace tongxing::accessibility {

enum class Severity : std::uint8_t {
  info,     ///< shown only
  warning,  ///< a reviewer has to confirm it
  error     ///< blocks publication
};

enum class FindingKind : std::uint8_t {
  // The file (C25).
  not_utf8,          ///< bytes that are no UTF-8; read as U+FFFD
  second_bom,        ///< more than one byte order mark
  nul_character,     ///< read as U+FFFD
  lone_cr,           ///< line ends with CR alone
  header_not_ended,  ///< no empty line after the header
  // Blocks (C25): what the lenient algorithm drops or repairs.
  timing_malformed,  ///< a cue was dropped: its times can not be read
  text_lost,         ///< a block that is no cue: a cue with an empty line in its text, or text without times
  blank_line_missing,  ///< a cue began without an empty line before it
  blank_line_in_cue,   ///< SRT: text after an empty line was added to the cue before it
  number_missing,      ///< SRT: a cue without its number
  style_after_cue,     ///< a STYLE or REGION block after the first cue is ignored
  style_dropped,       ///< a STYLE block that loads something, is too long or one too many
  region_dropped,      ///< a REGION block after the first kMaxRegions, or with an id that is far too long
  setting_ignored,     ///< `text` is the setting
  region_unknown,      ///< `text` is the id
  cue_empty,           ///< nothing to read in a cue
  // Cue text (C27).
  unknown_tag,        ///< `text` is the tag; its name is not one of WebVTT's
  tag_not_closed,     ///< `text` is the tag
  end_tag_unmatched,  ///< `text` is the tag
  unknown_entity,     ///< `text` is what stands after &
  timestamp_ignored,  ///< a time in < > that can not be read
  nested_too_deep,
  bidi_control,  ///< `text` is a character that changes the order of what is shown, as U+202E
  // Other formats (C26): what WebVTT does not have, or this house does not keep.
  markup_lost,    ///< `text` is markup or an override in a cue's text
  style_lost,     ///< `text` is the style, or the attribute
  position_lost,  ///< `text` is where the cue was
  // Checks of a track. `value` and `limit` in the unit that is given.
  line_too_long,        ///< C1, half characters
  too_many_lines,       ///< C2, lines
  too_fast,             ///< C3, C4: tenths of a character a second
  too_short,            ///< C5, ms
  too_long,             ///< C6, ms
  gap_tiny,             ///< C7, ms: close_small_gaps() mends it
  gap_small,            ///< C8, ms
  overlap,              ///< C9, ms
  end_not_after_start,  ///< C10
  out_of_order,         ///< C10: starts before the cue before it
  after_media_end,      ///< C10: `value` ms, `limit` the end of the media in ms
  too_fast_easy,        ///< C4: as too_fast, for easy-read tracks
  speech_early,         ///< C11: shown `value` ms before the speech begins
  speech_late,          ///< C11: shown `value` ms after the speech began
  hang_after_speech,    ///< C12: stays `value` ms after the speech
  speech_uncovered,  ///< C13: `value` tenths of a percent are covered; `text` is where the longest gap begins
  sound_unlabelled,  ///< C14: `value` ms of sound without speech and cue; `text` is when it begins
  no_sound_label,    ///< C15: `value` ms without a single sound label
  speaker_unmarked,  ///< C16: `text` is the line where another person speaks
  ascii_punctuation,  ///< C17: `text` are the marks
  ellipsis_style,     ///< C18: `text` is how it is written
  italics,            ///< C19
  wrong_script,       ///< C20: `value` tenths of a percent; `text` are some of the characters
  cantonese_words,    ///< C21: `text` are the words
  break_in_word,      ///< C22: `text` are the two sides, with / between
  break_in_number,    ///< C22: the number and its unit, `text` as above
  break_in_name,      ///< C22: `text` as above
  numeral_with_unit,  ///< C23: `text` is the number with its unit
  across_cut,         ///< C24: `value` ms of the cue are on the shorter side of the cut
  machine_made,       ///< C28
  sentence_too_long,  ///< C29: `value` characters; `text` is how it begins
  idiom,              ///< C29: `text` is the idiom
  comma_chain,        ///< C29: `value` commas; `text` is how it begins
  covers_burned_in    ///< C30: `text` is when the writing in the picture begins
};

struct Finding {
  FindingKind kind = FindingKind::not_utf8;
  Severity severity = Severity::warning;
  std::size_t line = 0;  ///< 1-based in the file; 0: unknown
  std::int64_t value = 0;
  std::int64_t limit = 0;
  std::string text{};
  std::size_t cue = 0;  ///< 1-based number of the cue in the track; 0: the file as a whole, or unknown
  bool operator==(const Finding&) const = default;
};

/// The identifier as text ("timing_malformed"): the end of its message key.
[[nodiscard]] std::string_view name_of(FindingKind kind);

/// The rule that it belongs to: "C1" … "C30".
[[nodiscard]] std::string_view rule_of(FindingKind kind);

/// "info", "warning", "error".
[[nodiscard]] std::string_view name_of(Severity severity);

}  // namespace tongxing::accessibility
