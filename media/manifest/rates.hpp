// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/model/package.hpp"

#include <cstdint>

/// Bit rates measured from the segments that were made. The encoder's setting is never used: capped encodes
/// go over their cap by some percent.
namespace tongxing::media::manifest {

/// Peak segment bit rate in bits a second, rounded up: the largest bit rate of any run of segments that lasts
/// between 0.5 and 1.5 times the target duration (RFC 8216 §4.1); of everything, when all is shorter than
/// that. A very short last segment therefore does not count alone. 0 without segments.
[[nodiscard]] std::int64_t peak_bit_rate(const model::Rendition& rendition,
                                         model::Milliseconds segment_duration);

/// All bits divided by all time, rounded up; 0 without segments.
[[nodiscard]] std::int64_t average_bit_rate(const model::Rendition& rendition);

/// The same for the key frames alone, one a segment, each lasting as long as its segment: what an I-frame
/// playlist needs. 0 where nobody measured them.
[[nodiscard]] std::int64_t peak_key_bit_rate(const model::Rendition& rendition);
[[nodiscard]] std::int64_t average_key_bit_rate(const model::Rendition& rendition);

/// Sum of the segments.
[[nodiscard]] std::int64_t duration_us(const model::Rendition& rendition);

}  // namespace tongxing::media::manifest
