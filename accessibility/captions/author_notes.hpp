// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the author of captions says about them beside the cues. In WebVTT it stands in comments, which
/// players do not show and other programs leave alone:
///
///     NOTE origin: machine
///
///     NOTE burned-in:
///     00:01:05.000 - 00:01:09.500 bottom
///
/// The origin is `human`, `machine` or `machine-reviewed` (C28). A mark is a stretch of time in which writing
/// is part of the picture (C30), and where: `top`, `middle` or `bottom`, which is meant where nothing is
/// said.
namespace tongxing::accessibility {

/// Half open: [start, end).
struct TimeSpan {
  std::chrono::milliseconds start{0};
  std::chrono::milliseconds end{0};
  bool operator==(const TimeSpan&) const = default;
};

/// A third of the picture's height.
enum class PictureArea : std::uint8_t { top, middle, bottom };

/// Writing that is part of the picture, as its author marked it (C30).
struct BurnedInText {
  TimeSpan time;
  PictureArea area = PictureArea::bottom;
  bool operator==(const BurnedInText&) const = default;
};

/// Who wrote the captions (C28).
enum class CaptionOrigin : std::uint8_t { unknown, human, machine_unreviewed, machine_reviewed };

struct AuthorNotes {
  CaptionOrigin origin = CaptionOrigin::unknown;
  std::vector<BurnedInText> burned_in{};  ///< in the order of the file
  bool operator==(const AuthorNotes&) const = default;
};

/// More marks than this are not kept.
inline constexpr std::size_t kMaxBurnedIn = 1000;

/// "human", "machine", "machine-reviewed"; "" for unknown.
[[nodiscard]] std::string_view name_of(CaptionOrigin origin);
/// nullopt: none of the three.
[[nodiscard]] std::optional<CaptionOrigin> caption_origin_from(std::string_view name);

/// "1:05 - 1:09.5", "00:01:05.000-00:01:09.500 top": two times with "-", "–", "~", "至", "到" or a space
/// between, and perhaps the place (top, middle, bottom; 上, 中, 下). nullopt: it is no mark, or lasts no
/// time.
[[nodiscard]] std::optional<BurnedInText> burned_in_from(std::string_view line);

/// "00:01:05.000 - 00:01:09.500 bottom".
[[nodiscard]] std::string burned_in_text(const BurnedInText& mark);

/// One mark a line; empty lines are skipped. The error is the number of the first line that is none, or of
/// the first behind kMaxBurnedIn.
[[nodiscard]] std::expected<std::vector<BurnedInText>, std::size_t> burned_in_list(std::string_view text);

/// The comment blocks, each with an empty line before it; empty where there is nothing to say.
[[nodiscard]] std::string author_notes_text(const AuthorNotes& notes);

/// Reads the text of a comment behind "NOTE", its lines joined by LF. Returns the lines that begin as a note
/// of ours and are not understood; another comment is none of our business.
[[nodiscard]] std::vector<std::string> read_author_note(std::string_view comment, AuthorNotes& notes);

}  // namespace tongxing::accessibility
