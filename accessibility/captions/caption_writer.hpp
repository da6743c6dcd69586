// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/caption_file.hpp"
#include "accessibility/captions/cue.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A track in another format, and what that format can not say: nothing is left out without being named.
namespace tongxing::accessibility {

enum class LossKind : std::uint8_t {
  style,           ///< a STYLE block
  region,          ///< a region, or that it scrolls
  position,        ///< place, size, alignment or writing direction of a cue
  identifier,      ///< of a cue
  class_name,      ///< <c.name>, or a class of another tag
  voice,           ///< who speaks is written as text
  language,        ///< <lang>
  ruby,            ///< what stands above is written in parentheses
  inner_time,      ///< a time inside a cue
  literal_markup,  ///< text that the format would take for markup was changed, or may be taken for it
  control,         ///< a character that the format can not hold, or that changes the order of what is shown
  never_shown      ///< a cue that ends before it starts
};

struct Loss {
  LossKind kind = LossKind::style;
  std::size_t cue = 0;   ///< 1-based number in the track; 0: the file as a whole
  std::size_t line = 0;  ///< of the file that the cue came from; 0: unknown
  std::string text{};    ///< what is lost
  bool operator==(const Loss&) const = default;
};

/// "style", "inner_time" …: the end of its message key.
[[nodiscard]] std::string_view name_of(LossKind kind);

struct Written {
  std::string text;  ///< UTF-8, LF
  std::vector<Loss> losses;
};

/// SubRip. i, b and u stay.
[[nodiscard]] Written write_srt(const Track& track);

/// TTML, IMSC 1.1 text profile. Places become regions; ruby, languages and speakers stay. `language` is that
/// of the track (BCP 47) or empty.
[[nodiscard]] Written write_ttml(const Track& track, std::string_view language);

/// write_webvtt() with what it leaves out.
[[nodiscard]] Written write_webvtt_told(const Track& track);

/// One of these. nullopt: the format is only read.
[[nodiscard]] std::optional<Written> write_captions(CaptionFormat format, const Track& track,
                                                    std::string_view language);

}  // namespace tongxing::accessibility
