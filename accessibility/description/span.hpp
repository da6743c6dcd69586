// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accessibility/captions/cue.hpp"

#include <span>
#include <vector>

/// Stretches of a lesson's time, in whole milliseconds.
namespace tongxing::accessibility {

/// [start, end).
struct Span {
  Milliseconds start{0};
  Milliseconds end{0};
  [[nodiscard]] constexpr Milliseconds length() const noexcept { return end - start; }
  [[nodiscard]] constexpr bool holds(Milliseconds time) const noexcept { return start <= time && time < end; }
  bool operator==(const Span&) const = default;
};

/// What any of the spans covers once each is widened by `margin` on both sides and cut to [0, end): sorted,
/// disjoint, none empty. Spans that end before they start count nothing.
[[nodiscard]] std::vector<Span> merged(std::vector<Span> spans, Milliseconds margin, Milliseconds end);

/// What sorted, disjoint spans leave of [0, end).
[[nodiscard]] std::vector<Span> complement(std::span<const Span> covered, Milliseconds end);

/// How much of `one` the sorted, disjoint spans cover.
[[nodiscard]] Milliseconds overlap(const Span& one, std::span<const Span> covered);

}  // namespace tongxing::accessibility
