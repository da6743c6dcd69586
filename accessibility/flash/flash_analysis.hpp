// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// Whether a picture flashes so that it can set off a seizure: WCAG 2.2, success criterion 2.3.1 (general
/// flash and red flash thresholds). A flash is a pair of opposing transitions; more than three within any one
/// second are harmful when together they fill more than a quarter of a ten-degree field, which on a picture
/// shown at 1024 × 768 is a rectangle of 341 × 256 pixels: a third of its width and height.
namespace tongxing::accessibility {

/// One cell of a coarse picture, averaged over its pixels in linear light.
struct FlashCell {
  float luminance = 0;  ///< relative, 0…1
  float red_share = 0;  ///< R / (R + G + B), 0 for black; a saturated red has 0.8 or more
  float u = 0;          ///< CIE 1976 UCS chromaticity u′
  float v = 0;          ///< v′
  bool operator==(const FlashCell&) const = default;
};

/// sRGB 0…255 to linear light 0…1 (IEC 61966-2-1).
[[nodiscard]] float linear_light(std::uint8_t srgb);

/// From linear light of the three colours of sRGB, each 0…1.
[[nodiscard]] FlashCell flash_cell(float red, float green, float blue);

enum class FlashKind : std::uint8_t { general, red };

/// A stretch of the video in which the threshold is passed.
struct FlashFinding {
  FlashKind kind = FlashKind::general;
  std::chrono::milliseconds start{0};  ///< of the first transition that counts
  std::chrono::milliseconds end{0};    ///< of the last one
  int area_percent = 0;                ///< of the worst field, at its worst moment
  bool operator==(const FlashFinding&) const = default;
};

/// Takes a video frame by frame, in order. Owns its memory; one thread. The frame rate may be anything; 64 ×
/// 48 cells are fine enough. Never fails: frames of a wrong size or out of order are left out and counted.
class FlashAnalysis {
 public:
  /// Both at least 3; other values are brought to that.
  FlashAnalysis(int columns, int rows);

  /// `cells` row by row, columns × rows of them.
  void push(std::span<const FlashCell> cells, std::chrono::milliseconds time);

  /// What was found so far, by rising start; at most kMostFindings.
  [[nodiscard]] const std::vector<FlashFinding>& findings() const { return findings_; }
  [[nodiscard]] std::size_t frames() const { return frames_; }
  [[nodiscard]] std::size_t frames_left_out() const { return left_out_; }

  static constexpr std::size_t kMostFindings = 1000;

 private:
  using Time = std::int64_t;
  /// Three flashes are six transitions: the seventh within a second is one too many.
  static constexpr std::size_t kTooMany = 7;

  /// The last transitions of one cell, as a ring.
  struct Transitions {
    std::array<Time, kTooMany> times{};
    std::size_t count = 0;
    void add(Time time) { times[count++ % kTooMany] = time; }
    /// Too many within a second, the last of them just now: what flashes at other times than its
    /// neighbours, as a thing that moves before a bright ground does, is no flash of the whole field.
    [[nodiscard]] bool too_many(Time now) const;
    [[nodiscard]] Time oldest() const { return times[count % kTooMany]; }
    [[nodiscard]] Time newest() const { return times[(count + kTooMany - 1) % kTooMany]; }
  };
  /// What every picture is compared with; the transitions, which are rare, stand apart.
  struct CellState {
    float low = 0;  ///< since the last transition
    float high = 0;
    int direction = 0;  ///< of the last transition of luminance: −1 darker, 1 brighter, 0 none yet
    int red_direction = 0;
    FlashCell colour;  ///< where the last transition of red ended
    FlashCell seen;    ///< in the picture before: what stays the same is no transition
  };
  /// The transitions of one kind, of all cells.
  struct History {
    std::vector<Transitions> cells;
    Time crowded = -1'000'000;  ///< when a cell last had kTooMany within a second
    void add(std::size_t cell, Time now);
  };

  void follow(std::size_t cell, const FlashCell& seen, Time now);
  void follow_luminance(std::size_t cell, float luminance, Time now);
  void follow_red(std::size_t cell, const FlashCell& seen, Time now);
  [[nodiscard]] History& history(FlashKind kind) { return histories_[static_cast<std::size_t>(kind)]; }
  void judge(FlashKind kind, Time now);
  [[nodiscard]] int worst_area(FlashKind kind, Time now, Time& since);
  void report(FlashKind kind, Time since, Time now, int area);

  int columns_;
  int rows_;
  std::vector<CellState> cells_;
  std::array<History, 2> histories_;
  std::vector<int> sums_;  ///< summed-area table of the cells that flash now
  std::vector<FlashFinding> findings_;
  std::array<std::ptrdiff_t, 2> open_{-1, -1};  ///< finding that may go on, for each kind
  std::size_t frames_ = 0;
  std::size_t left_out_ = 0;
  Time last_ = 0;
};

}  // namespace tongxing::accessibility
