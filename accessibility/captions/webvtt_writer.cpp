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
  if (!is_writable_id(id)) return {};
  std::string out{id};
  std::ranges::replace_if(out, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return out;
}

void append_cue(std::string& out, const Cue& cue, std::string_view id) {
  out += '\n';
  if (!id.empty()) {
    out += id;
    out += '\n';
  }
  out +=
      timestamp_text(cue.start) + " --> " + timestamp_text(cue.end) + cue_settings_text(cue.settings) + '\n';
  auto nodes = parse_cue_text(cue.text).nodes;
  remove_bidi_tricks(nodes);
  const auto text = markup_of(nodes);
  if (!text.empty()) out += text + '\n';
}

/// Regions and styles: they come before all cues.
std::string head_blocks(const Track& track) {
  std::string out;
  for (auto region = track.regions.begin(); region != track.regions.end(); ++region) {
    // One without a name, or with the name of a later one, holds no cue.
    const bool shadowed =
        std::ranges::find(region + 1, track.regions.end(), region->id, &Region::id) != track.regions.end();
    if (!region->id.empty() && !shadowed) out += '\n' + region_text(*region);
  }
  for (const auto& style : track.styles) {
    if (is_writable_style(style)) out += "\nSTYLE\n" + style + '\n';
  }
  return out;
}

}  // namespace

bool is_writable_id(std::string_view id) {
  return id.find("-->") == std::string_view::npos;
}

bool is_writable_style(std::string_view style) {
  return style.find("-->") == std::string_view::npos && style.find("\n\n") == std::string_view::npos;
}

std::string write_webvtt(const Track& track) {
  auto out = "WEBVTT\n" + head_blocks(track) + author_notes_text(track.notes);
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
