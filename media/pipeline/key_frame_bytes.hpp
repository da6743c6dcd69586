// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace tongxing::media::pipeline {

/// How many bytes of a segment (one moof and its mdat, ISO/IEC 14496-12) must be read to have its first
/// sample: from the start to the end of that sample. 0 where the boxes are not as our muxer writes them.
/// Pure.
[[nodiscard]] std::int64_t first_sample_end(std::span<const std::byte> segment) noexcept;

}  // namespace tongxing::media::pipeline
