// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What is known about a track and its lesson beside the cues themselves.
namespace tongxing::accessibility {

/// For whom a track is made.
enum class TrackUse : std::uint8_t {
  sdh,       ///< captions: what is said, by whom, and the sounds that matter
  subtitle,  ///< what is said, for people who hear
  easy_read  ///< plain words, read slowly
};

/// The input of the rules. What is not known stays empty, and the rules that need it say that they did not
/// look. Spans may come in any order and may overlap. Where `burned_in` and `origin` are not known, what the
/// track's own notes say counts.
struct CaptionContext {
  std::string language;  ///< BCP 47, of the text
  TrackUse use = TrackUse::sdh;
  std::optional<Milliseconds> media_duration{};
  std::optional<std::vector<TimeSpan>> speech{};            ///< where somebody speaks (voice activity)
  std::optional<std::vector<TimeSpan>> sound{};             ///< where there is any sound, speech included
  std::optional<std::vector<Milliseconds>> shot_changes{};  ///< hard cuts of the picture
  std::optional<std::vector<BurnedInText>> burned_in{};
  CaptionOrigin origin = CaptionOrigin::unknown;
  std::string audio_language{};  ///< BCP 47; empty: Mandarin where the text is Chinese
};

}  // namespace tongxing::accessibility
