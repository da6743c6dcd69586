// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/check/mpd.hpp"
#include "media/check/xml.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace tongxing::media::check {

/// Where a representation's segments may be described: innermost first. Attributes of the inner one win
/// (§5.3.9.1).
struct SegmentSource {
  std::array<pugi::xml_node, 3> levels;  ///< Representation, AdaptationSet, Period
  std::int64_t period_us = 0;            ///< 0: unknown
};

inline constexpr std::size_t kMostDashSegments = 100'000;

/// Fills init, segments, index and offset of a representation from SegmentTemplate, SegmentList or
/// SegmentBase. Returns a sentence where they cannot be resolved.
[[nodiscard]] std::optional<std::string> add_segments(const SegmentSource& source, Representation& into);

}  // namespace tongxing::media::check
