// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/finding.hpp"

#include <array>

namespace tongxing::accessibility {
namespace {

struct Row {
  FindingKind kind;
  std::string_view name;
  std::string_view rule;
};

constexpr std::array kRows{
    Row{FindingKind::not_utf8, "not_utf8", "C25"},
    Row{FindingKind::second_bom, "second_bom", "C25"},
    Row{FindingKind::nul_character, "nul_character", "C25"},
    Row{FindingKind::lone_cr, "lone_cr", "C25"},
    Row{FindingKind::header_not_ended, "header_not_ended", "C25"},
    Row{FindingKind::timing_malformed, "timing_malformed", "C25"},
    Row{FindingKind::text_lost, "text_lost", "C25"},
    Row{FindingKind::blank_line_missing, "blank_line_missing", "C25"},
    Row{FindingKind::blank_line_in_cue, "blank_line_in_cue", "C26"},
    Row{FindingKind::number_missing, "number_missing", "C26"},
    Row{FindingKind::style_after_cue, "style_after_cue", "C25"},
    Row{FindingKind::style_dropped, "style_dropped", "C27"},
    Row{FindingKind::region_dropped, "region_dropped", "C25"},
    Row{FindingKind::setting_ignored, "setting_ignored", "C25"},
    Row{FindingKind::region_unknown, "region_unknown", "C25"},
    Row{FindingKind::cue_empty, "cue_empty", "C25"},
    Row{FindingKind::unknown_tag, "unknown_tag", "C27"},
    Row{FindingKind::tag_not_closed, "tag_not_closed", "C27"},
    Row{FindingKind::end_tag_unmatched, "end_tag_unmatched", "C27"},
    Row{FindingKind::unknown_entity, "unknown_entity", "C27"},
    Row{FindingKind::timestamp_ignored, "timestamp_ignored", "C27"},
    Row{FindingKind::nested_too_deep, "nested_too_deep", "C27"},
    Row{FindingKind::bidi_control, "bidi_control", "C27"},
    Row{FindingKind::markup_lost, "markup_lost", "C26"},
    Row{FindingKind::style_lost, "style_lost", "C26"},
    Row{FindingKind::position_lost, "position_lost", "C26"},
    Row{FindingKind::line_too_long, "line_too_long", "C1"},
    Row{FindingKind::too_many_lines, "too_many_lines", "C2"},
    Row{FindingKind::too_fast, "too_fast", "C3"},
    Row{FindingKind::too_short, "too_short", "C5"},
    Row{FindingKind::too_long, "too_long", "C6"},
    Row{FindingKind::gap_tiny, "gap_tiny", "C7"},
    Row{FindingKind::gap_small, "gap_small", "C8"},
    Row{FindingKind::overlap, "overlap", "C9"},
    Row{FindingKind::end_not_after_start, "end_not_after_start", "C10"},
    Row{FindingKind::out_of_order, "out_of_order", "C10"},
    Row{FindingKind::after_media_end, "after_media_end", "C10"},
    Row{FindingKind::too_fast_easy, "too_fast_easy", "C4"},
    Row{FindingKind::speech_early, "speech_early", "C11"},
    Row{FindingKind::speech_late, "speech_late", "C11"},
    Row{FindingKind::hang_after_speech, "hang_after_speech", "C12"},
    Row{FindingKind::speech_uncovered, "speech_uncovered", "C13"},
    Row{FindingKind::sound_unlabelled, "sound_unlabelled", "C14"},
    Row{FindingKind::no_sound_label, "no_sound_label", "C15"},
    Row{FindingKind::speaker_unmarked, "speaker_unmarked", "C16"},
    Row{FindingKind::ascii_punctuation, "ascii_punctuation", "C17"},
    Row{FindingKind::ellipsis_style, "ellipsis_style", "C18"},
    Row{FindingKind::italics, "italics", "C19"},
    Row{FindingKind::wrong_script, "wrong_script", "C20"},
    Row{FindingKind::cantonese_words, "cantonese_words", "C21"},
    Row{FindingKind::break_in_word, "break_in_word", "C22"},
    Row{FindingKind::break_in_number, "break_in_number", "C22"},
    Row{FindingKind::break_in_name, "break_in_name", "C22"},
    Row{FindingKind::numeral_with_unit, "numeral_with_unit", "C23"},
    Row{FindingKind::across_cut, "across_cut", "C24"},
    Row{FindingKind::machine_made, "machine_made", "C28"},
    Row{FindingKind::sentence_too_long, "sentence_too_long", "C29"},
    Row{FindingKind::idiom, "idiom", "C29"},
    Row{FindingKind::comma_chain, "comma_chain", "C29"},
    Row{FindingKind::covers_burned_in, "covers_burned_in", "C30"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].kind) != i) return false;
  }
  return true;
}
static_assert(in_order(), "a row for each kind, in the order of the enumeration");

}  // namespace

std::string_view name_of(FindingKind kind) {
  return kRows[static_cast<std::size_t>(kind)].name;
}

std::string_view rule_of(FindingKind kind) {
  return kRows[static_cast<std::size_t>(kind)].rule;
}

std::string_view name_of(Severity severity) {
  constexpr std::array<std::string_view, 3> kNames{"info", "warning", "error"};
  return kNames[static_cast<std::size_t>(severity)];
}

}  // namespace tongxing::accessibility
