// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/author_notes.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Captions as values (WebVTT §3–4). Every text is UTF-8.
namespace tongxing::accessibility {

using Milliseconds = std::chrono::milliseconds;

enum class Vertical : std::uint8_t { horizontal, rl, lr };
enum class LineAlign : std::uint8_t { start, center, end };
enum class PositionAlign : std::uint8_t { automatic, line_left, center, line_right };
enum class TextAlign : std::uint8_t { start, center, end, left, right };
enum class LineUnit : std::uint8_t { lines, percent };

/// Where a cue is shown (WebVTT §4.4). The defaults are those of a cue without settings.
struct CueSettings {
  Vertical vertical = Vertical::horizontal;
  std::optional<double> line;  ///< nullopt: auto
  LineUnit line_unit = LineUnit::lines;
  LineAlign line_align = LineAlign::start;
  std::optional<double> position;  ///< percent; nullopt: auto
  PositionAlign position_align = PositionAlign::automatic;
  double size = 100;  ///< percent
  TextAlign align = TextAlign::center;
  std::string region;  ///< id of a region of the track, or empty: none
  bool operator==(const CueSettings&) const = default;
};

struct Cue {
  std::string id;
  Milliseconds start{0};
  Milliseconds end{0};
  std::string text;  ///< cue text with its markup, lines joined by LF: see cue_text.hpp
  CueSettings settings;
  std::size_t line = 0;  ///< 1-based line of its timing in the file it came from; 0: from no file
};

/// A region (WebVTT §4.5). Percentages are 0…100.
struct Region {
  std::string id;
  double width = 100;
  double lines = 3;  ///< a whole number, without limit in the standard
  double anchor_x = 0;
  double anchor_y = 100;
  double viewport_x = 0;
  double viewport_y = 100;
  bool scroll_up = false;
  bool operator==(const Region&) const = default;
};

struct Track {
  std::vector<Cue> cues;            ///< in the order of the file
  std::vector<Region> regions;      ///< in the order of the file; of two with one id the later one counts
  std::vector<std::string> styles;  ///< CSS of STYLE blocks that load nothing
  AuthorNotes notes{};              ///< what the author says beside the cues
};

/// What one file may hold: more is refused, so that no reader of it ever meets more.
inline constexpr std::size_t kMaxFileBytes = 2U * 1024 * 1024;
inline constexpr std::size_t kMaxCues = 20'000;
inline constexpr std::size_t kMaxCueBytes = 1024;
inline constexpr std::size_t kMaxStyleBytes = 8U * 1024;
/// Styles and regions are repeated in every segment of a track, so that all of them together are bounded too.
inline constexpr std::size_t kMaxStylesBytes = 32U * 1024;
inline constexpr std::size_t kMaxRegions = 200;

}  // namespace tongxing::accessibility
