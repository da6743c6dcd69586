// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every track, whatever file it was read from.
#pragma once

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/caption_writer.hpp"
#include "accessibility/captions/cue_text.hpp"
#include "accessibility/captions/webvtt_writer.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace tongxing::fuzz {

inline void require(bool good) {
  if (!good) std::abort();
}

/// Writing may make a text longer than what may be read; nothing else may go wrong.
inline bool is_limit(accessibility::CaptionErrorKind kind) {
  using enum accessibility::CaptionErrorKind;
  return kind == cue_too_long || kind == too_large || kind == too_many_cues;
}

/// Cues that TTML can show: they last, and have something to read.
inline std::size_t shown_cues(const accessibility::Track& track) {
  return static_cast<std::size_t>(std::ranges::count_if(track.cues, [](const accessibility::Cue& cue) {
    const auto plain = accessibility::plain_text(std::string_view{cue.text});
    return cue.end > cue.start && plain.find_first_not_of(" \t\n\r") != std::string::npos;
  }));
}

inline void require_webvtt_round_trip(const accessibility::Track& track) {
  const auto written = accessibility::write_webvtt(track);
  const auto again = accessibility::read_webvtt(written);
  if (!again) return require(is_limit(again.error().kind));
  require(again->track.cues.size() == track.cues.size());
  require(accessibility::write_webvtt(again->track) == written);
  for (std::size_t i = 0; i < track.cues.size(); ++i) {
    require(again->track.cues[i].start == track.cues[i].start);
    require(again->track.cues[i].end == track.cues[i].end);
    require(again->track.cues[i].settings == track.cues[i].settings);
  }
}

inline void require_other_formats(const accessibility::Track& track) {
  const auto srt = accessibility::read_srt(accessibility::write_srt(track).text);
  if (srt) require(srt->track.cues.size() == track.cues.size());
  if (!srt) require(is_limit(srt.error().kind));
  const auto ttml = accessibility::read_ttml(accessibility::write_ttml(track, "zh-Hans").text);
  if (!ttml) return require(is_limit(ttml.error().kind));
  const bool ordinary = std::ranges::all_of(
      track.cues, [](const accessibility::Cue& cue) { return cue.end.count() < 300'000'000'000; });
  if (ordinary) require(ttml->track.cues.size() == shown_cues(track));
}

/// For readers of other formats: what they make of their markup is WebVTT's, and well-formed.
inline void require_clean_text(const accessibility::Track& track) {
  for (const auto& cue : track.cues) {
    require(cue.text.find("-->") == std::string::npos);
    require(cue.text.find("\n\n") == std::string::npos);
    require(accessibility::parse_cue_text(cue.text).problems.empty());
  }
}

inline void require_all(const std::expected<accessibility::CaptionFile, accessibility::CaptionError>& file) {
  if (!file) return;
  require_clean_text(file->track);
  require_webvtt_round_trip(file->track);
  require_other_formats(file->track);
}

}  // namespace tongxing::fuzz
