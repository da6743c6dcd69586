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

namespace tongxing::courses {

using Milliseconds = std::chrono::milliseconds;

/// A stretch of media time [from, to) in milliseconds from the start of the lesson.
struct Interval {
  Milliseconds from{0};
  Milliseconds to{0};
  bool operator==(const Interval&) const = default;
};

enum class IntervalsError : std::uint8_t {
  malformed,    ///< not "from-to,from-to" with plain decimal numbers
  not_sorted,   ///< out of order, empty, touching or overlapping: not what text() writes
  too_many,     ///< more than Intervals::kMax
  out_of_range  ///< a number above Intervals::kMaxTime
};

enum class Insertion : std::uint8_t {
  done,
  nothing,   ///< the interval was empty
  too_many,  ///< would make more than kMax pieces: nothing was changed
  out_of_range
};

/// The union of played media time (rule book §2.5.3): sorted, disjoint, not touching. A value, no locks.
/// Bounded, because its text is stored once per learner and lesson and is made from what clients report.
class Intervals {
 public:
  static constexpr std::size_t kMax = 1000;                    ///< pieces; a lesson watched in order has one
  static constexpr Milliseconds kMaxTime{24LL * 3600 * 1000};  ///< no lesson is longer than a day

  /// Reads what text() wrote. Strict: stored data that is not canonical was damaged, and that must be seen.
  [[nodiscard]] static std::expected<Intervals, IntervalsError> parse(std::string_view text);

  /// "0-5000,8000-10000"; empty text for no interval.
  [[nodiscard]] std::string text() const;

  /// Adds one interval, merging what it overlaps or touches.
  Insertion insert(Interval added);

  /// Length of the union.
  [[nodiscard]] Milliseconds total() const { return total_; }

  /// Length of the part of the union that lies in `range`.
  [[nodiscard]] Milliseconds covered_in(Interval range) const;

  /// The first point of [0, duration) that was not played; nullopt when all was.
  [[nodiscard]] std::optional<Milliseconds> first_uncovered(Milliseconds duration) const;

  /// What of [0, duration) was not played, in order.
  [[nodiscard]] std::vector<Interval> gaps(Milliseconds duration) const;

  /// The part of the union before `duration`: for a lesson whose new version is shorter.
  [[nodiscard]] Intervals clipped(Milliseconds duration) const;

  [[nodiscard]] const std::vector<Interval>& pieces() const { return pieces_; }
  [[nodiscard]] bool empty() const { return pieces_.empty(); }
  bool operator==(const Intervals&) const = default;

 private:
  std::vector<Interval> pieces_;
  Milliseconds total_{0};
};

}  // namespace tongxing::courses
