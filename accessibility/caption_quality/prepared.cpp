// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/caption_quality/prepared.hpp"

#include "accessibility/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tongxing::accessibility {
namespace {

constexpr std::size_t kLongestQuote = 12;

constexpr std::array<std::pair<char32_t, char32_t>, 3> kLabelPairs{
    {{U'［', U'］'}, {U'[', U']'}, {U'【', U'】'}}};

std::u32string_view trimmed(std::u32string_view text) {
  const auto first = text.find_first_not_of(U" \t\u3000");
  if (first == std::u32string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(U" \t\u3000") - first + 1);
}

bool is_whole_line_label(std::u32string_view line) {
  if (line.size() < 3) return false;
  const bool wide = line.front() == U'（' && line.back() == U'）';
  const bool narrow = line.front() == U'(' && line.back() == U')';
  return wide || narrow;
}

std::vector<std::u32string> lines_of(std::string_view plain) {
  std::vector<std::u32string> lines;
  while (!plain.empty()) {
    const auto end = std::min(plain.find('\n'), plain.size());
    lines.push_back(decode(plain.substr(0, end)));
    plain.remove_prefix(std::min(end + 1, plain.size()));
  }
  return lines;
}

}  // namespace

std::u32string without_labels(std::u32string_view line) {
  if (line.find_first_of(U"♪♫") != std::u32string_view::npos) return {};
  if (is_whole_line_label(trimmed(line))) return {};
  std::u32string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto* pair = std::ranges::find(kLabelPairs, line[i], [](const auto& row) { return row.first; });
    const auto end = pair == kLabelPairs.end() ? std::u32string_view::npos : line.find(pair->second, i);
    if (end == std::u32string_view::npos) {
      out += line[i];
    } else {
      i = end;
    }
  }
  return out;
}

PreparedCue prepare(const Cue& cue, std::size_t number) {
  PreparedCue out;
  out.cue = &cue;
  out.number = number;
  out.nodes = parse_cue_text(cue.text).nodes;
  out.plain = plain_text(out.nodes);
  out.lines = lines_of(out.plain);
  out.speaker = speaker_of(out.nodes);
  for (const auto& line : out.lines) {
    const auto rest = without_labels(line);
    out.has_label = out.has_label || rest.size() != line.size();
    out.spoken = out.spoken || !trimmed(rest).empty();
  }
  return out;
}

PreparedTrack prepare(const Track& track) {
  PreparedTrack out{.track = &track, .cues = {}};
  out.cues.reserve(track.cues.size());
  for (const auto& cue : track.cues) out.cues.push_back(prepare(cue, out.cues.size() + 1));
  return out;
}

std::u32string spoken_text(const PreparedCue& cue) {
  std::u32string out;
  for (const auto& line : cue.lines) out += without_labels(line);
  return std::u32string{trimmed(out)};
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t code : text) append_utf8(out, code);
  return out;
}

std::string beginning_of(std::u32string_view text) {
  return text.size() <= kLongestQuote ? to_utf8(text) : to_utf8(text.substr(0, kLongestQuote)) + "…";
}

}  // namespace tongxing::accessibility
