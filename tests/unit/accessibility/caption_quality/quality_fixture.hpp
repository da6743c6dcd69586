// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/caption_quality/checks.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tongxing::tests {

using Told = std::vector<std::pair<accessibility::FindingKind, accessibility::Severity>>;

inline std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

inline accessibility::Cue cue(accessibility::Milliseconds start, accessibility::Milliseconds end,
                              std::string text) {
  return {.id = {}, .start = start, .end = end, .text = std::move(text), .settings = {}, .line = 7};
}

/// What the rules say of cues, in the order of the report.
inline Told told(std::vector<accessibility::Cue> cues, const accessibility::CaptionContext& context) {
  accessibility::Track track;
  track.cues = std::move(cues);
  Told out;
  for (const auto& finding : accessibility::check_captions(track, context).findings) {
    out.emplace_back(finding.kind, finding.severity);
  }
  return out;
}

/// One cue of six seconds: slow enough that only its text counts.
inline Told told_of(std::string text,
                    const accessibility::CaptionContext& context = {.language = "zh-Hans"}) {
  using namespace std::chrono_literals;
  return told({cue(0s, 6s, std::move(text))}, context);
}

}  // namespace tongxing::tests
