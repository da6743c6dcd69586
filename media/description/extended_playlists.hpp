// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// HLS text of the described-extended rendition: the lesson's own segments, those in which it stands still
/// replaced. Pure.
namespace tongxing::media::description {

enum class Standing : std::uint8_t { runs, stands_still };

struct ExtendedSegment {
  std::string uri;
  std::int64_t duration_us = 0;
  std::int64_t bytes = 0;
  Standing standing = Standing::runs;  ///< a pause is in it: what follows begins anew
};

struct ExtendedRendition {
  const model::Rendition* of = nullptr;
  std::vector<ExtendedSegment> segments;
};

/// A media playlist. Behind every segment that stands still is a discontinuity (RFC 8216 §4.3.2.3): the
/// segments after it keep the times of the lesson, and players add up.
[[nodiscard]] std::string extended_media_playlist(std::span<const ExtendedSegment> segments);

/// described-extended.m3u8. `videos` may be empty. Rates are measured from the segments.
[[nodiscard]] std::string extended_multivariant(std::span<const ExtendedRendition> videos,
                                                const ExtendedRendition& sound, const std::string& name);

}  // namespace tongxing::media::description
