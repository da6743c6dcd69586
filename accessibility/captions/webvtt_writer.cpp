// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/captions/webvtt_writer.hpp"

#include "accessibility/captions/cue_settings.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/captions/timestamp.hpp"

#include <algorithm>
#include <string_view>

namespace tongxing::accessibility {
namespace {

/// An identifier is one line without "-->".
std::string safe_id(std::string_view id) {
  std::string out{id};
  std::ranges::replace_if(out, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return out.find("-->") == std::string::npos ? out : std::string{};
}

void append_cue(std::string& out, const Cue& cue, std::string_view id) {
  out += '\n';
  if (!id.empty()) {
    out += id;
    out += '\n';
  }
  out +=
      timestamp_text(cue.start) + " --> " + timestamp_text(cue.end) + cue_settings_text(cue.settings) + '\n';
  const auto text = markup_of(parse_cue_text(cue.text).nodes);
  if (!text.empty()) out += text + '\n';
}

/// Regions and styles: they come before all cues.
std::string head_blocks(const Track& track) {
  std::string out;
  for (const auto& region : track.regions) out += '\n' + region_text(region);
  for (const auto& style : track.styles) {
    const bool fits = style.find("-->") == std::string::npos && style.find("\n\n") == std::string::npos;
    if (fits) out += "\nSTYLE\n" + style + '\n';
  }
  return out;
}

}  // namespace

std::string write_webvtt(const Track& track) {
  auto out = "WEBVTT\n" + head_blocks(track);
  for (const auto& cue : track.cues) append_cue(out, cue, safe_id(cue.id));
  return out;
}

std::string write_webvtt_segment(const Track& track, Milliseconds from, Milliseconds to) {
  auto out = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n" + head_blocks(track);
  for (std::size_t i = 0; i < track.cues.size(); ++i) {
    const auto& cue = track.cues[i];
    if (cue.start >= to || cue.end <= from) continue;
    const auto id = safe_id(cue.id);
    append_cue(out, cue, id.empty() ? std::to_string(i + 1) : id);
  }
  return out;
}

}  // namespace tongxing::accessibility
